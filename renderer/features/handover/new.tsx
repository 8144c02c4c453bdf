/** Starts a handover: who, to whom, which area; the lists are gathered from the registers. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, DatePicker, Segmented } from 'antd';
import dayjs from 'dayjs';
import { useId, useState, type ReactNode } from 'react';
import { handoverReasons } from '../../../shared/features/handover.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import { RefPicker } from '../../ui/form/ref-picker.tsx';
import { useKey } from '../../ui/keys.ts';
import { sentenceOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { NameInput } from './name-input.tsx';
import { nameMeant } from './names.ts';

interface Answers {
  readonly location_id: string | null;
  /** Null until typed: the technician of this notebook. */
  readonly giver: string | null;
  readonly receiver: string;
  readonly supervisor: string;
  readonly reason: (typeof handoverReasons)[number];
  readonly start_on: string | null;
}
const blank: Answers = {
  location_id: null,
  giver: null,
  receiver: '',
  supervisor: '',
  reason: 'leaving',
  start_on: null,
};

export function NewHandover({ open }: { open: boolean }): ReactNode {
  const t = useText();
  const say = useSay();
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  const [answers, setAnswers] = useState(blank);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const giver = answers.giver ?? state?.setup?.technician ?? '';
  const receiver = useId();
  const ready = answers.location_id !== null && giver.trim() !== '' && answers.receiver.trim() !== '';
  const set = (changes: Partial<Answers>): void => setAnswers({ ...answers, ...changes });
  const close = (): void => {
    setFailure(null);
    go('handover');
  };
  const gather = async (): Promise<void> => {
    const { location_id, reason, start_on } = answers;
    if (!ready || busy || location_id === null) return;
    setBusy(true);
    setFailure(null);
    try {
      const { handover, items } = await client.handover.create({
        location_id,
        giver: await nameMeant(giver),
        receiver: await nameMeant(answers.receiver),
        supervisor: await nameMeant(answers.supervisor),
        reason,
        ...(start_on ? { start_on } : {}),
      });
      setAnswers(blank);
      say.done(t('handover.gathered', { n: items }));
      go(`handover/${handover.id}`);
    } catch (error) {
      setFailure(sentenceOf(error, t));
    } finally {
      setBusy(false);
    }
  };
  useKey('ctrl+enter', () => void gather(), open);
  const text = (field: 'giver' | 'receiver' | 'supervisor', must: boolean): ReactNode => (
    <Field label={t(`field.handovers.${field}`)} must={must} {...(field === 'receiver' ? { name: receiver } : {})}>
      {(id) => (
        <NameInput
          id={id}
          value={field === 'giver' ? giver : answers[field]}
          onChange={(name) => setAnswers((now) => ({ ...now, [field]: name }))}
        />
      )}
    </Field>
  );
  return (
    <Sheet
      open={open}
      title={t('handover.new')}
      onClose={close}
      footer={
        <div className="form-foot">
          <span className="form-hint">Ctrl Enter</span>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button type="primary" loading={busy} disabled={!ready} onClick={() => void gather()}>
            {t('handover.start')}
          </Button>
        </div>
      }
    >
      <div className="form">
        <Field label={t('handover.area')} must>
          {(id) => (
            <>
              <RefPicker
                id={id}
                table="locations"
                autoFocus
                value={answers.location_id}
                onChange={(location_id) => {
                  set({ location_id });
                  // Who hands over is known; who receives is asked next. The picker lets go of the hand first.
                  if (location_id !== null) setTimeout(() => document.getElementById(receiver)?.focus());
                }}
              />
              <span className="field-hint">{t('handover.area_hint')}</span>
            </>
          )}
        </Field>
        <div className="form-group">
          {text('giver', true)}
          {text('receiver', true)}
          {text('supervisor', false)}
          <Field label={t('field.handovers.start_on')}>
            {(id) => (
              <DatePicker
                id={id}
                value={dayjs(answers.start_on ?? state?.today)}
                allowClear={false}
                onChange={(picked) => set({ start_on: picked ? dayjs(picked).format('YYYY-MM-DD') : null })}
              />
            )}
          </Field>
        </div>
        <div className="field">
          <span className="field-label">{t('field.handovers.reason')}</span>
          <Segmented
            className="segmented"
            value={answers.reason}
            onChange={(reason) => set({ reason })}
            options={handoverReasons.map((value) => ({ value, label: t(`option.handovers.reason.${value}`) }))}
          />
        </div>
        {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      </div>
    </Sheet>
  );
}

function Field({
  label,
  must = false,
  name,
  children,
}: {
  label: string;
  must?: boolean;
  /** Its id, where somebody else must find it. */
  name?: string;
  children: (id: string) => ReactNode;
}): ReactNode {
  const own = useId();
  const id = name ?? own;
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {must ? (
          <span className="field-must" aria-hidden="true">
            *
          </span>
        ) : null}
      </label>
      {children(id)}
    </div>
  );
}
