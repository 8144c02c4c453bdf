/** Beside the steps of a ticket: first aid, articles that may help, the vendor, reporting it upwards, making an article of it. */
import { Button, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { liveStates, type Ticket, type ticketEvents } from '../../../shared/features/tickets.ts';
import type { RowOf } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import { useSay } from '../../ui/say.ts';
import { FirstAid, outcomesOf, useAidSteps } from './aid.tsx';
import { Suggestions } from './suggestions.tsx';
import { VendorPanel } from './vendor.tsx';

type Panel = 'aid' | 'vendor' | 'escalate';

export function Care({ ticket, events }: { ticket: Ticket; events: readonly RowOf<typeof ticketEvents>[] }): ReactNode {
  const t = useText();
  const [panel, setPanel] = useState<Panel | null>(null);
  const steps = useAidSteps(ticket.category);
  const tried = outcomesOf(events).size;
  const live = liveStates.some((state) => state === ticket.state);
  const toggle = (which: Panel): void => setPanel(panel === which ? null : which);
  const told = ticket.action !== null || ticket.advice !== null;
  return (
    <div className="care">
      <div className="steps-row">
        {live || tried > 0 ? (
          <Button size="small" aria-expanded={panel === 'aid'} onClick={() => toggle('aid')}>
            {t('tickets.firstAid', { done: tried, all: Math.max(steps.length, tried) })}
          </Button>
        ) : null}
        {live ? (
          <>
            <Button size="small" aria-expanded={panel === 'vendor'} onClick={() => toggle('vendor')}>
              {t('tickets.vendorVisit')}
            </Button>
            <Button size="small" aria-expanded={panel === 'escalate'} onClick={() => toggle('escalate')}>
              {t(ticket.escalated_at === null ? 'tickets.escalate' : 'tickets.escalated')}
            </Button>
          </>
        ) : null}
        {told ? (
          <Button size="small" onClick={() => go(`tickets/knowledge/new?ticket=${ticket.id}`)}>
            {t('knowledge.fromTicket')}
          </Button>
        ) : null}
      </div>
      {panel === 'aid' ? <FirstAid ticket={ticket} events={events} /> : null}
      {panel === 'vendor' ? <VendorPanel ticket={ticket} onDone={() => setPanel(null)} /> : null}
      {panel === 'escalate' ? <EscalatePanel ticket={ticket} onDone={() => setPanel(null)} /> : null}
      {live ? <Suggestions category={ticket.category} symptom={ticket.symptom} /> : null}
    </div>
  );
}

function EscalatePanel({ ticket, onDone }: { ticket: Ticket; onDone: () => void }): ReactNode {
  const t = useText();
  const say = useSay();
  const [reason, setReason] = useState(ticket.escalation ?? '');
  const save = async (): Promise<void> => {
    try {
      await client.tickets.escalate({ id: ticket.id, reason });
      say.done(t('tickets.escalatedDone', { number: ticket.number }));
      onDone();
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <div className="step-panel">
      <p className="field-hint">{t('tickets.escalateHint')}</p>
      <Input.TextArea
        rows={2}
        maxLength={500}
        aria-label={t('field.tickets.escalation')}
        placeholder={t('field.tickets.escalation')}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="steps-row">
        <Button type="primary" danger disabled={reason.trim() === ''} onClick={() => void save()}>
          {t('tickets.escalate')}
        </Button>
      </div>
    </div>
  );
}
