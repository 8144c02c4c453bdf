/** What was done: a usual action, the parts, the cause, and it is finished (walk-through 3: four presses). */
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Ticket } from '../../../shared/features/tickets.ts';
import { tickets } from '../../../shared/features/tickets.ts';
import { usualActions, usualCause } from '../../../shared/features/tickets/faults.ts';
import { partsOf } from '../../../shared/features/tickets/parts.ts';
import { keyOf, optionLabel, useText } from '../../i18n.ts';
import { dropDraft, keepDraft, keptDraft } from '../../ui/form/draft.ts';
import type { PanelProps } from './panel-props.ts';
import { PartsInput } from './parts-input.tsx';

type Cause = NonNullable<Ticket['cause']>;

export function WorkPanel({ ticket, busy, take }: PanelProps & { ticket: Ticket }): ReactNode {
  const t = useText();
  // What was done is written at a stranger's desk, between two telephone calls: closing the panel loses none of it.
  const key = `work.${ticket.id}`;
  const [action, setWritten] = useState(() => {
    const kept = keptDraft(key);
    return String((kept?.['was'] === (ticket.action ?? '') ? kept['action'] : ticket.action) ?? '');
  });
  const setAction = (words: string): void => {
    setWritten(words);
    keepDraft(key, { action: words, was: ticket.action ?? '' });
  };
  const save = async (step: Parameters<typeof take>[0]): Promise<void> => {
    await take(step);
    dropDraft(key);
  };
  const [parts, setParts] = useState(() => partsOf(ticket));
  const [requisition, setRequisition] = useState(ticket.requisition ?? '');
  const [cause, setCause] = useState<Cause | null>(ticket.cause);
  const add = (words: string): void => setAction(action.trim() === '' ? words : `${action}；${words}`);
  // Unchanged lines are not said again: what an older laptop wrote in words stays as it wrote it.
  const touched = JSON.stringify(parts) !== JSON.stringify(partsOf(ticket));
  const used = { ...(touched ? { part_lines: [...parts] } : {}), requisition };
  const usual = usualCause(ticket.category);
  const causes = [usual, ...tickets.fields.cause.options.filter((each) => each !== usual)];
  // What finishing needs is said at its field, before the engine refuses it.
  const [tried, setTried] = useState(false);
  const missing = {
    action: tried && action.trim() === '' ? t('refusal.ticket_needs_action', { number: ticket.number }) : null,
    cause: tried && cause === null ? t('refusal.ticket_needs_cause', { number: ticket.number }) : null,
  };
  const finish = async (): Promise<void> => {
    setTried(true);
    if (action.trim() === '' || cause === null) return;
    await save({ step: 'finish', cause, action, ...used });
  };
  return (
    <div className="step-panel">
      <div className="chips" role="group" aria-label={t('tickets.usual')}>
        {usualActions[ticket.category].map((code) => {
          const word = keyOf(`tickets.do.${code}`);
          return word ? (
            <button key={code} type="button" className="chip" onClick={() => add(t(word))}>
              {t(word)}
            </button>
          ) : null;
        })}
      </div>
      <Input.TextArea
        rows={2}
        maxLength={1000}
        aria-label={t('field.tickets.action')}
        placeholder={t('field.tickets.action')}
        status={missing.action === null ? '' : 'error'}
        aria-invalid={missing.action !== null}
        value={action}
        onChange={(event) => setAction(event.target.value)}
      />
      <Missing sentence={missing.action} />
      <PartsInput parts={parts} onChange={(next) => setParts([...next])} />
      {ticket.category === 'ports_short' || ticket.requisition !== null ? (
        <Input
          maxLength={200}
          aria-label={t('field.tickets.requisition')}
          placeholder={t('tickets.requisitionHint')}
          value={requisition}
          onChange={(event) => setRequisition(event.target.value)}
        />
      ) : null}
      <div className="chips" role="radiogroup" aria-label={t('field.tickets.cause')}>
        <span className="field-label">{t('field.tickets.cause')}</span>
        {causes.map((code) => (
          <button
            key={code}
            type="button"
            role="radio"
            aria-checked={cause === code}
            className={cause === code ? 'chip chosen' : 'chip'}
            onClick={() => setCause(code)}
          >
            {optionLabel(t, 'tickets', 'cause', code)}
          </button>
        ))}
      </div>
      <Missing sentence={missing.cause} />
      <div className="steps-row">
        <Button type="primary" disabled={busy} onClick={() => void finish()}>
          {optionLabel(t, 'ticket_events', 'kind', 'finish')}
        </Button>
        <Button
          disabled={busy || (action.trim() === '' && !touched && requisition === (ticket.requisition ?? ''))}
          onClick={() => void save({ step: 'work', remark: added(ticket.action, action), ...used })}
        >
          {t('tickets.logWork')}
        </Button>
      </div>
    </div>
  );
}

/** Brought into view when it comes: the panel may be longer than the screen. */
const Missing = ({ sentence }: { sentence: string | null }): ReactNode =>
  sentence === null ? null : (
    <p ref={(line) => line?.scrollIntoView({ block: 'nearest' })} className="field-problem" role="alert">
      {sentence}
    </p>
  );

/** What was written on since the last entry: the log takes only the new part. */
function added(before: string | null, now: string): string {
  return before !== null && now.startsWith(before) ? now.slice(before.length).replace(/^；/, '') : now;
}
