/** What was done: a usual action, the parts, the cause, and it is finished (walk-through 3: four presses). */
import { Button, Input, InputNumber } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Ticket } from '../../../shared/features/tickets.ts';
import { tickets } from '../../../shared/features/tickets.ts';
import { usualActions, usualCause, usualParts } from '../../../shared/features/tickets/faults.ts';
import { keyOf, optionLabel, useText, type Text } from '../../i18n.ts';
import type { PanelProps } from './panel-props.ts';

type Cause = NonNullable<Ticket['cause']>;
const CENTS = 100;

/** `水晶头 ×2，跳线 ×1` */
const partsText = (t: Text, counts: Readonly<Record<string, number>>): string =>
  usualParts
    .flatMap(({ code }) =>
      counts[code] ? [t('tickets.partCount', { part: t(`tickets.part.${code}`), n: counts[code] })] : [],
    )
    .join('，');

export function WorkPanel({ ticket, busy, take }: PanelProps & { ticket: Ticket }): ReactNode {
  const t = useText();
  const [action, setAction] = useState(ticket.action ?? '');
  const [parts, setParts] = useState(ticket.parts ?? '');
  const [counts, setCounts] = useState<Readonly<Record<string, number>>>({});
  const [cause, setCause] = useState<Cause | null>(ticket.cause);
  const [outside, setOutside] = useState<{ vendor: string; cost: number | null } | null>(null);
  const add = (words: string): void => setAction(action.trim() === '' ? words : `${action}；${words}`);
  const addPart = (code: string, n: number): void => {
    const next = { ...counts, [code]: (counts[code] ?? 0) + n };
    setCounts(next);
    setParts(partsText(t, next));
  };
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
    await take({ step: 'finish', cause, action, parts, vendor: outside?.vendor ?? null, cost: outside?.cost ?? null });
  };
  return (
    <div className="step-panel">
      <div className="chips" role="group" aria-label={t('tickets.usual')}>
        {usualActions[ticket.category].map((code) => {
          const key = keyOf(`tickets.do.${code}`);
          return key ? (
            <button key={code} type="button" className="chip" onClick={() => add(t(key))}>
              {t(key)}
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
      <div className="chips" role="group" aria-label={t('tickets.partsUsed')}>
        {usualParts.map(({ code, count }) => (
          <button key={code} type="button" className="chip" onClick={() => addPart(code, count)}>
            {t('tickets.addPart', { part: t(`tickets.part.${code}`), n: count })}
          </button>
        ))}
      </div>
      <Input
        maxLength={200}
        aria-label={t('field.tickets.parts')}
        placeholder={t('field.tickets.parts')}
        value={parts}
        onChange={(event) => setParts(event.target.value)}
      />
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
      {outside ? (
        <div className="steps-row">
          <Input
            maxLength={100}
            aria-label={t('field.tickets.vendor')}
            placeholder={t('field.tickets.vendor')}
            value={outside.vendor}
            onChange={(event) => setOutside({ ...outside, vendor: event.target.value })}
          />
          <InputNumber
            aria-label={t('field.tickets.cost')}
            placeholder={t('field.tickets.cost')}
            prefix="¥"
            min={0}
            precision={2}
            value={outside.cost === null ? null : outside.cost / CENTS}
            onChange={(yuan) => setOutside({ ...outside, cost: yuan === null ? null : Math.round(yuan * CENTS) })}
          />
        </div>
      ) : null}
      <div className="steps-row">
        <Button type="primary" disabled={busy} onClick={() => void finish()}>
          {optionLabel(t, 'ticket_events', 'kind', 'finish')}
        </Button>
        <Button
          disabled={busy || (action.trim() === '' && parts.trim() === '')}
          onClick={() => void take({ step: 'work', remark: added(ticket.action, action), parts })}
        >
          {t('tickets.logWork')}
        </Button>
        {outside ? null : (
          <Button type="text" onClick={() => setOutside({ vendor: ticket.vendor ?? '', cost: ticket.cost })}>
            {t('tickets.outside')}
          </Button>
        )}
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
