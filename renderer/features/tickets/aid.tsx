/** First aid in the ticket: the steps of its category in order, each told fine or faulty by one press, all into the work log. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Ticket, ticketEvents } from '../../../shared/features/tickets.ts';
import type { FaultCategory } from '../../../shared/features/tickets/faults.ts';
import { aidOutcomes, aidSteps, shippedAid, type AidOutcome } from '../../../shared/features/tickets/first-aid.ts';
import type { RowOf } from '../../../shared/record.ts';
import { optionLabel, useText, type Text } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { useSay } from '../../ui/say.ts';
import { State, type Tone } from '../../ui/state.tsx';

type Event = RowOf<typeof ticketEvents>;

/** The shipped steps of a category in the language of the window. */
export const shippedSteps = (t: Text, category: FaultCategory): string[] =>
  shippedAid[category].map((code) => t(`tickets.aid.${code}`));

/** The unit's own steps, or the shipped ones. */
export function useAidSteps(category: FaultCategory): readonly string[] {
  const t = useText();
  const { data } = useQuery(rpc.knowledge.firstAid.queryOptions({ meta: { tables: ['first_aid_lists'] } }));
  const own = data?.find((list) => list.category === category);
  return own ? aidSteps(own.steps) : shippedSteps(t, category);
}

const tones: Record<AidOutcome, Tone> = { ok: 'good', bad: 'bad', skipped: 'off' };

/** What came of each step; a step tried again is told by its last outcome. */
export const outcomesOf = (events: readonly Event[]): ReadonlyMap<string, AidOutcome> =>
  new Map(
    events.flatMap(({ aid_step, aid_outcome }) =>
      aid_step === null || aid_outcome === null ? [] : [[aid_step, aid_outcome] as const],
    ),
  );

export function FirstAid({ ticket, events }: { ticket: Ticket; events: readonly Event[] }): ReactNode {
  const t = useText();
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const known = outcomesOf(events);
  const listed = useAidSteps(ticket.category);
  // Steps of a list that was changed meanwhile stay told.
  const steps = [...listed, ...[...known.keys()].filter((step) => !listed.includes(step))];
  const tell = async (step: string, outcome: AidOutcome): Promise<void> => {
    setBusy(true);
    try {
      await client.tickets.aid({ id: ticket.id, step, outcome });
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <ol className="aid">
      {steps.map((step) => {
        const outcome = known.get(step);
        return (
          <li key={step}>
            <span className="aid-step">{step}</span>
            {outcome ? (
              <State tone={tones[outcome]}>{optionLabel(t, 'ticket_events', 'aid_outcome', outcome)}</State>
            ) : null}
            <span className="aid-acts" role="group" aria-label={step}>
              {aidOutcomes
                .filter((each) => each !== outcome)
                .map((each) => (
                  <Button key={each} size="small" disabled={busy} onClick={() => void tell(step, each)}>
                    {optionLabel(t, 'ticket_events', 'aid_outcome', each)}
                  </Button>
                ))}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
