/** How a record stands with its approval on paper: state, whose signature, of when; and recording one. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, DatePicker, Input, Modal, Radio } from 'antd';
import dayjs from 'dayjs';
import { useId, useState, type ReactNode } from 'react';
import { dayOf, showMoment } from '../../shared/day.ts';
import { approvable, type ApprovalState, type Approvable } from '../../shared/features/approvals.ts';
import { fieldLabel, optionLabel, useText } from '../i18n.ts';
import { rpc } from '../query.ts';
import { client } from '../rpc.ts';
import { Failed } from '../ui/blank.tsx';
import { sentenceOf } from '../ui/refusal.ts';
import { useSay } from '../ui/say.ts';
import { State, type Tone } from '../ui/state.tsx';
import { useSupervises } from './sync/supervises.ts';

const tones: Record<ApprovalState, Tone> = { none: 'await', approved: 'good', rejected: 'bad', void: 'bad' };

interface ApprovalProps {
  readonly what: Approvable;
  readonly id: string;
  /** What the approval opens, or what is open without it. */
  readonly hint?: string;
}
export function Approval({ what, id, hint }: ApprovalProps): ReactNode {
  const t = useText();
  const supervises = useSupervises();
  const [recording, setRecording] = useState(false);
  const { table } = approvable[what];
  const { data, error, refetch } = useQuery(
    rpc.approvals.of.queryOptions({ input: { what, id }, meta: { tables: ['approvals', table] } }),
  );
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return null;
  const fields = data.changed.map((field) => fieldLabel(t, table, field)).join('、');
  return (
    <section className="approval" aria-label={t(`approvals.${what}`)}>
      <div className="approval-head">
        <h4>{t(`approvals.${what}`)}</h4>
        <State tone={tones[data.state]}>{t(`approvals.state.${data.state}`)}</State>
        <Button
          size="small"
          disabled={!supervises}
          title={supervises ? undefined : t('sync.supervisor')}
          onClick={() => setRecording(true)}
        >
          {t('approvals.record')}
        </Button>
      </div>
      {data.state === 'void' ? <p>{t('approvals.void', { fields })}</p> : null}
      {data.rows.slice(0, 3).map((row) => (
        <p key={row.id}>
          {optionLabel(t, 'approvals', 'verdict', row.verdict)} ·{' '}
          {t('approvals.signed', { name: row.signer, day: row.signed_on })}
          {row.note === null ? null : ` · ${row.note}`}{' '}
          <small>{t('approvals.recorded', { name: row.approver, at: showMoment(row.at) })}</small>
        </p>
      ))}
      {hint !== undefined && data.state !== 'approved' ? (
        <p>
          <small>{hint}</small>
        </p>
      ) : null}
      {recording ? <RecordDialog what={what} id={id} onClose={() => setRecording(false)} /> : null}
    </section>
  );
}

function RecordDialog({ what, id, onClose }: ApprovalProps & { readonly onClose: () => void }): ReactNode {
  const t = useText();
  const say = useSay();
  const field = useId();
  const [verdict, setVerdict] = useState<'approved' | 'rejected'>('approved');
  const [signer, setSigner] = useState('');
  const [day, setDay] = useState(() => dayOf(Date.now()));
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await client.approvals.record({ what, id, verdict, signer, signed_on: day, note: note.trim() || null });
      say.done(t('approvals.saved'));
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
      title={t('approvals.record')}
      okText={t('common.save')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: signer.trim() === '' }}
      confirmLoading={busy}
      onOk={() => void save()}
      onCancel={onClose}
      width={440}
    >
      <div className="form">
        <p>{t('approvals.hint')}</p>
        <div className="field">
          <span className="field-label">{t('field.approvals.verdict')}</span>
          <Radio.Group
            value={verdict}
            onChange={({ target }) => setVerdict(target.value as typeof verdict)}
            options={(['approved', 'rejected'] as const).map((code) => ({
              value: code,
              label: optionLabel(t, 'approvals', 'verdict', code),
            }))}
          />
        </div>
        <div className="field">
          <label htmlFor={`${field}-signer`}>{t('field.approvals.signer')}</label>
          <Input
            id={`${field}-signer`}
            autoFocus
            maxLength={60}
            value={signer}
            onChange={({ target }) => setSigner(target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor={`${field}-day`}>{t('field.approvals.signed_on')}</label>
          <DatePicker
            id={`${field}-day`}
            allowClear={false}
            value={dayjs(day)}
            onChange={(value) => setDay(value ? value.format('YYYY-MM-DD') : day)}
          />
        </div>
        <div className="field">
          <label htmlFor={`${field}-note`}>{t('field.approvals.note')}</label>
          <Input id={`${field}-note`} maxLength={200} value={note} onChange={({ target }) => setNote(target.value)} />
        </div>
        {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      </div>
    </Modal>
  );
}
