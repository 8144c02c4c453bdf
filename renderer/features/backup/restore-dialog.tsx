/** The two steps of a restore: what the backup brings and what is lost; then the word typed by hand. */
import { Alert, Button, Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import { keyOf, useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { sentenceOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';
import { Moment } from '../../ui/text.tsx';

export type Inspection = Awaited<ReturnType<typeof client.system.inspectBackup>> & { readonly title: string };

/** What people know a register by; the rest (parts, events) is counted with them. */
const SHOWN = ['assets', 'people', 'locations', 'subnets', 'bindings', 'tickets', 'handovers', 'documents'] as const;

export function RestoreDialog({
  inspected,
  onClose,
}: {
  inspected: Inspection | null;
  onClose: () => void;
}): ReactNode {
  const t = useText();
  const say = useSay();
  const [second, setSecond] = useState(false);
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  if (!inspected) return null;
  const sure = typed.trim().toLowerCase() === t('backup.word').toLowerCase();
  const restore = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      const { aside } = await client.system.restore({ staged: inspected.staged });
      say.done(t('backup.restored', { aside }));
      onClose();
    } catch (error) {
      setFailure(sentenceOf(error, t));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t(second ? 'backup.step2' : 'backup.step1')}
      onCancel={onClose}
      width={520}
      footer={
        <>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          {second ? (
            <Button type="primary" danger disabled={!sure} loading={busy} onClick={() => void restore()}>
              {t('backup.restore')}
            </Button>
          ) : (
            <Button type="primary" onClick={() => setSecond(true)}>
              {t('backup.next')}
            </Button>
          )}
        </>
      }
    >
      <div className="form">
        {second ? null : <Brings inspected={inspected} />}
        <Loses inspected={inspected} />
        <p className="field-hint">{t('backup.aside')}</p>
        {second ? (
          <div className="field">
            <label htmlFor="restore-word">{t('backup.confirm')}</label>
            <Input id="restore-word" autoFocus value={typed} onChange={(event) => setTyped(event.target.value)} />
          </div>
        ) : null}
        {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      </div>
    </Modal>
  );
}

function Brings({ inspected }: { inspected: Inspection }): ReactNode {
  const t = useText();
  const { title, unit, technician, last_at, counts, intact } = inspected;
  return (
    <>
      <div>
        <strong>{title}</strong>
        <p className="field-hint">
          {t('backup.of', {
            unit: unit ?? '—',
            technician: technician ?? '—',
            at: last_at === null ? '—' : showMoment(last_at),
          })}
        </p>
      </div>
      {intact ? null : <Alert type="warning" showIcon title={t('backup.broken_log')} />}
      <div>
        <p>{t('backup.brings')}</p>
        <dl className="backup-counts">
          {SHOWN.map((table) => (
            <div key={table}>
              <dt>{t(`record.${table}`)}</dt>
              <dd>{(counts[table] ?? 0).toLocaleString()}</dd>
            </div>
          ))}
        </dl>
      </div>
    </>
  );
}

function Loses({ inspected: { loss } }: { inspected: Inspection }): ReactNode {
  const t = useText();
  if (loss.unknown) return <p>{t('backup.loses_unknown')}</p>;
  if (loss.commits === 0) return <p>{t('backup.loses_nothing')}</p>;
  const command = (name: string): string => {
    const key = keyOf(`command.${name}`);
    return key ? t(key) : name;
  };
  return (
    <div className="backup-loss">
      <p>{t('backup.loses', { n: loss.commits })}</p>
      <ul>
        {loss.latest.map(({ at, actor, command: name }, index) => (
          <li key={index}>
            <Moment at={at} /> {actor} {command(name)}
          </li>
        ))}
      </ul>
      {loss.unsent > 0 ? <p>{t('backup.unsent', { n: loss.unsent })}</p> : null}
    </div>
  );
}
