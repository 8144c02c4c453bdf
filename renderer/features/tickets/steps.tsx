/** The steps a ticket may take now. Those that need no word are one press; the others open a small panel below. */
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { pauseReasons, type Step, type StepKind, type Ticket } from '../../../shared/features/tickets.ts';
import { stepsFrom } from '../../../shared/features/tickets/steps.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { matchesKey } from '../../ui/keys.ts';
import { useSay } from '../../ui/say.ts';
import type { PanelProps } from './panel-props.ts';
import { WorkPanel } from './work-panel.tsx';

const direct = ['accept', 'arrive', 'resume'] as const satisfies StepKind[];
type Direct = (typeof direct)[number];
const isDirect = (step: StepKind): step is Direct => direct.some((each) => each === step);
type Panel = 'work' | 'pause' | 'close' | 'advise' | 'reopen' | 'cancel' | 'note';

/** Work and finish share one panel. */
const panelOf = (step: Exclude<StepKind, Direct>): Panel => (step === 'finish' ? 'work' : step);
/** What is usually done next: that button is the strong one. */
function usualNext(ticket: Ticket): StepKind | null {
  switch (ticket.state) {
    case 'open':
      return 'accept';
    case 'accepted':
      return 'arrive';
    case 'working':
      return ticket.arrived_at === null ? 'arrive' : 'work';
    case 'paused':
      return 'resume';
    case 'to_confirm':
      return 'close';
    case 'closed':
    case 'cancelled':
      return null;
  }
}

export function Steps({ ticket }: { ticket: Ticket }): ReactNode {
  const t = useText();
  const say = useSay();
  const [panel, setPanel] = useState<Panel | null>(ticket.state === 'to_confirm' ? 'close' : null);
  const [busy, setBusy] = useState(false);
  const take = async (step: Step): Promise<void> => {
    setBusy(true);
    try {
      const moved = await client.tickets.advance({ id: ticket.id, ...step });
      setPanel(moved.state === 'to_confirm' ? 'close' : null);
      say.done(
        t('tickets.stepDone', { number: moved.number, step: optionLabel(t, 'ticket_events', 'kind', step.step) }),
      );
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  };
  const usual = usualNext(ticket);
  // Finishing is inside the work panel; arriving twice means nothing.
  const steps = stepsFrom(ticket.state).filter(
    (step) => step !== 'finish' && !(step === 'arrive' && ticket.arrived_at !== null),
  );
  return (
    <div className="steps">
      <div className="steps-row">
        {steps.map((step) => (
          <Button
            key={step}
            type={step === usual && panel === null ? 'primary' : 'default'}
            danger={step === 'cancel'}
            disabled={busy}
            aria-expanded={isDirect(step) ? undefined : panel === panelOf(step)}
            onClick={() =>
              isDirect(step) ? void take({ step }) : setPanel(panel === panelOf(step) ? null : panelOf(step))
            }
          >
            {optionLabel(t, 'ticket_events', 'kind', step)}
          </Button>
        ))}
      </div>
      {panel === 'work' ? <WorkPanel ticket={ticket} busy={busy} take={take} /> : null}
      {panel === 'pause' ? <PausePanel busy={busy} take={take} /> : null}
      {panel === 'close' ? <ClosePanel busy={busy} take={take} /> : null}
      {panel === 'advise' ? (
        <WordsPanel key="advise" step="advise" busy={busy} run={(advice) => take({ step: 'advise', advice })} />
      ) : null}
      {panel === 'reopen' || panel === 'cancel' || panel === 'note' ? (
        <WordsPanel key={panel} step={panel} busy={busy} run={(remark) => take({ step: panel, remark })} />
      ) : null}
    </div>
  );
}

function PausePanel({ busy, take }: PanelProps): ReactNode {
  const t = useText();
  const [remark, setRemark] = useState('');
  return (
    <div className="step-panel">
      <p className="field-hint">{t('tickets.pauseHint')}</p>
      <Input
        aria-label={t('field.ticket_events.remark')}
        placeholder={t('field.ticket_events.remark')}
        maxLength={1000}
        value={remark}
        onChange={(event) => setRemark(event.target.value)}
      />
      <div className="steps-row">
        {pauseReasons.map((reason) => (
          <Button key={reason} disabled={busy} onClick={() => void take({ step: 'pause', reason, remark })}>
            {optionLabel(t, 'tickets', 'pause_reason', reason)}
          </Button>
        ))}
      </div>
    </div>
  );
}

const satisfactions = ['good', 'fair', 'bad'] as const;
function ClosePanel({ busy, take }: PanelProps): ReactNode {
  const t = useText();
  return (
    <div className="step-panel">
      <p className="field-hint">{t('tickets.confirmHint')}</p>
      <div className="steps-row">
        {satisfactions.map((satisfaction) => (
          <Button key={satisfaction} disabled={busy} onClick={() => void take({ step: 'close', satisfaction })}>
            {optionLabel(t, 'tickets', 'satisfaction', satisfaction)}
          </Button>
        ))}
        <Button type="text" disabled={busy} onClick={() => void take({ step: 'close' })}>
          {t('tickets.closeSilent')}
        </Button>
      </div>
    </div>
  );
}

function WordsPanel({
  step,
  busy,
  run,
}: {
  step: 'advise' | 'reopen' | 'cancel' | 'note';
  busy: boolean;
  run: (words: string) => Promise<void>;
}): ReactNode {
  const t = useText();
  const [words, setWords] = useState('');
  const hint = t(
    step === 'advise' ? 'tickets.adviceHint' : step === 'note' ? 'tickets.noteHint' : 'tickets.reasonHint',
  );
  return (
    <div className="step-panel">
      <Input.TextArea
        autoFocus
        rows={2}
        maxLength={1000}
        aria-label={hint}
        placeholder={hint}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={(event) => {
          if (matchesKey(event.nativeEvent, 'ctrl+enter')) void run(words);
        }}
      />
      <div className="steps-row">
        <Button
          type="primary"
          danger={step === 'cancel'}
          disabled={busy || words.trim() === ''}
          onClick={() => void run(words)}
        >
          {optionLabel(t, 'ticket_events', 'kind', step)}
        </Button>
      </div>
    </div>
  );
}
