/** Sync by USB stick, in the order it is carried: write a file here, take it in at the store, read its answer here. */
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import type { BundleNote, SyncEvent, SyncStatus } from '../../../shared/features/sync.ts';
import { dayOf, showMoment } from '../../../shared/day.ts';
import { useText, type Text } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { FileButton } from '../../ui/file-button.tsx';
import { Progress } from '../../ui/progress.tsx';
import { sentenceOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';
import { showSize } from '../backup.tsx';
import { readAnswer, writeFile } from './stick-files.ts';
import './stick.css';

/** Also for a notebook that has joined no store: then the file asks to be taken in, by a code. */
export function Stick({ status }: { status: SyncStatus }): ReactNode {
  const t = useText();
  const say = useSay();
  const id = useId();
  const [code, setCode] = useState('');
  const [busy, setBusy] = useState(false);
  const [reading, setReading] = useState<SyncEvent | null>(null);
  const [refused, setRefused] = useState<string | null>(null);
  const { data, error, refetch } = useQuery(rpc.sync.bundles.queryOptions({ meta: { tables: ['sync'] } }));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setRefused(null);
    try {
      await work();
    } catch (failure) {
      setRefused(sentenceOf(failure, t));
    } finally {
      setBusy(false);
      setReading(null);
    }
  };
  const joins = !status.enrolled;
  const take = (file: File): Promise<void> =>
    run(async () => {
      const summary = (await readAnswer(file, setReading))?.summary;
      if (!summary) return;
      const { sent, received } = summary;
      say.done(t(joins ? 'sync.stick.joined' : 'sync.stick.readDone', { sent, received }));
    });
  const ready = !busy && !status.running && (!joins || code.trim() !== '');
  const write = (): void => {
    if (ready) void run(async () => void (await writeFile(joins ? code : null)));
  };
  const waits = status.unsynced - status.waiting;
  return (
    <section className="stick">
      <p className="stick-lead">{t(joins ? 'sync.stick.joinLead' : 'sync.stick.lead')}</p>
      {refused === null ? null : (
        <p className="stick-refused" role="alert">
          {refused}
        </p>
      )}
      <ol className="stick-steps">
        <li>
          <h3>{t('sync.stick.step1')}</h3>
          <p>{waits === 0 ? t('sync.stick.nothing') : t('sync.stick.waits', { n: waits.toLocaleString() })}</p>
          {joins ? (
            <div className="field stick-code">
              <label htmlFor={`${id}-code`}>{t('sync.code')}</label>
              <Input
                id={`${id}-code`}
                className="mono"
                value={code}
                maxLength={64}
                autoComplete="off"
                placeholder="XXXX-XXXX-XXXX-XXXX-XXXX"
                onChange={(event) => setCode(event.target.value)}
                onPressEnter={write}
              />
              <span className="field-hint">{t('sync.stick.codeHint')}</span>
            </div>
          ) : null}
          <Button type={data.out ? 'default' : 'primary'} disabled={!ready} onClick={write}>
            {t(joins ? 'sync.stick.writeJoin' : 'sync.stick.write')}
          </Button>
          {data.out ? <Note label={t('sync.stick.lastOut')} note={data.out} text={outText(t, data.out)} /> : null}
        </li>
        <li>
          <h3>{t('sync.stick.step2')}</h3>
          <p>{t('sync.stick.atStore')}</p>
          <code className="mono stick-command">npm run hub -- bundle {data.out?.name ?? 'L02-20261122-1.lanbook'}</code>
          <p className="field-hint">{t(joins ? 'sync.stick.meanwhileJoin' : 'sync.stick.meanwhile')}</p>
        </li>
        <li>
          <h3>{t('sync.stick.step3')}</h3>
          <p>{t('sync.stick.pick')}</p>
          <FileButton
            label={t('sync.stick.read')}
            accept=".lanbook"
            type={data.out ? 'primary' : 'default'}
            disabled={busy || status.running}
            onFile={(file) => void take(file)}
          />
          {reading ? (
            <Progress label={t(`sync.phase.${reading.phase}`)} done={reading.done} total={reading.total} />
          ) : null}
          {data.in ? <Note label={t('sync.stick.lastIn')} note={data.in} text={inText(t, data.in)} /> : null}
        </li>
      </ol>
    </section>
  );
}

function outText(t: Text, { commits, from_at: from, to_at: to }: BundleNote): string {
  if (commits === 0 || from === null || to === null) return t('sync.stick.holdsNone');
  const [first, last] = [dayOf(from), dayOf(to)];
  return first === last
    ? t('sync.stick.holdsOf', { n: commits, day: first })
    : t('sync.stick.holds', { n: commits, from: first, to: last });
}
const inText = (t: Text, { commits, received }: BundleNote): string =>
  t('sync.stick.readDone', { sent: commits, received });

function Note({ label, note, text }: { label: string; note: BundleNote; text: string }): ReactNode {
  return (
    <dl className="stick-note">
      <dt>{label}</dt>
      <dd>
        <span className="mono">{note.name}</span>
        <span>{text}</span>
        <span className="field-hint">
          {showMoment(note.at)} · {showSize(note.bytes)}
        </span>
      </dd>
    </dl>
  );
}
