/**
 * The life of a ticket: 待受理 → 已受理 → 处理中 ⇄ 挂起 → 待确认 → 已关闭, or 已取消 (F-12). One pure function says what a step
 * changes and what it leaves in the work log, or refuses it naming the state the ticket is in.
 */
import { refuse } from '../../refusal.ts';
import { partsText, type PartLine } from './parts.ts';
import type { Step, StepKind, Ticket, TicketChanges, TicketEventDraft, TicketState } from '../tickets.ts';

/** From which states each step may be taken. */
const from: Record<StepKind, readonly TicketState[]> = {
  accept: ['open'],
  arrive: ['open', 'accepted', 'working'],
  work: ['open', 'accepted', 'working'],
  pause: ['accepted', 'working'],
  resume: ['paused'],
  finish: ['working'],
  close: ['to_confirm'],
  advise: ['open', 'accepted', 'working'],
  reopen: ['to_confirm', 'closed'],
  cancel: ['open', 'accepted', 'working', 'paused'],
  note: ['open', 'accepted', 'working', 'paused', 'to_confirm', 'closed', 'cancelled'],
};
/** The steps a ticket in this state may take, in the order they are usually taken. */
export const stepsFrom = (state: TicketState): StepKind[] =>
  (Object.keys(from) as StepKind[]).filter((step) => from[step].includes(state));

/** Where each step leads; a note leads nowhere. */
const to: Record<Exclude<StepKind, 'note'>, TicketState> = {
  accept: 'accepted',
  arrive: 'working',
  work: 'working',
  pause: 'paused',
  resume: 'working',
  finish: 'to_confirm',
  close: 'closed',
  advise: 'closed',
  reopen: 'working',
  cancel: 'cancelled',
};
type Move = keyof typeof to;
const moves = Object.keys(to) as Move[];

/** Whether one step leads from one state to the other. The central store asks this of every ticket, in its own order. */
export const mayMove = (before: TicketState, after: TicketState): boolean =>
  moves.some((step) => to[step] === after && from[step].includes(before));

/** A state that takes nothing away from what a colleague did meanwhile: a ticket may be put on hold on top of that. */
export const isMonotone = (after: TicketState): boolean => after === 'paused';

/** Steps a technician takes on the way to a state, shortest first; null when there is no way. */
export function stepsTo(start: TicketState, goal: TicketState): Move[] | null {
  const ways: { at: TicketState; steps: Move[] }[] = [{ at: start, steps: [] }];
  const seen = new Set<TicketState>([start]);
  for (const { at, steps } of ways) {
    if (at === goal) return steps;
    for (const step of moves) {
      if (!from[step].includes(at) || seen.has(to[step])) continue;
      seen.add(to[step]);
      ways.push({ at: to[step], steps: [...steps, step] });
    }
  }
  return null;
}

export interface StepResult {
  readonly changes: TicketChanges;
  readonly event: Omit<TicketEventDraft, 'ticket_id'>;
}

const given = (text: string | null | undefined): string | null => (text?.trim() ? text.trim() : null);

interface Used {
  readonly parts?: string | null | undefined;
  readonly part_lines?: readonly PartLine[] | null | undefined;
  readonly requisition?: string | null | undefined;
}
/** Lines say it in words too. Nothing said leaves what was said before; no lines left takes the words away. */
function usedOf({ parts, part_lines, requisition }: Used): TicketChanges {
  const words = given(parts);
  return {
    ...(part_lines
      ? {
          part_lines: part_lines.length === 0 ? null : JSON.stringify(part_lines),
          parts: partsText(part_lines) || words,
        }
      : words === null
        ? {}
        : { parts: words }),
    ...(given(requisition) === null ? {} : { requisition: given(requisition) }),
  };
}

export function takeStep(ticket: Ticket, step: Step, by: { now: number; actor: string }): StepResult {
  if (!from[step.step].includes(ticket.state))
    throw refuse('ticket_step', { number: ticket.number, state: ticket.state, step: step.step });
  const event = { kind: step.step, at: by.now, actor: by.actor, remark: given(step.remark) };
  const done = (changes: TicketChanges, remark = event.remark): StepResult => ({
    changes,
    event: { ...event, remark },
  });
  // Whoever first lays hands on a ticket has accepted it.
  const taken = {
    assignee: ticket.state === 'open' ? by.actor : (ticket.assignee ?? by.actor),
    accepted_at: ticket.accepted_at ?? by.now,
  };
  const must = (
    text: string | null,
    code: 'ticket_needs_action' | 'ticket_needs_advice' | 'ticket_needs_reason',
  ): string => {
    if (text === null) throw refuse(code, { number: ticket.number });
    return text;
  };
  switch (step.step) {
    case 'accept':
      return done({ state: 'accepted', assignee: given(step.assignee) ?? by.actor, accepted_at: by.now });
    case 'arrive':
      return done({ ...taken, state: 'working', arrived_at: ticket.arrived_at ?? by.now });
    case 'work':
      return done({
        ...taken,
        state: 'working',
        ...(event.remark === null ? {} : { action: [ticket.action, event.remark].filter(Boolean).join('；') }),
        ...usedOf(step),
      });
    case 'pause': {
      const { changes } = done({ ...taken, state: 'paused', pause_reason: step.reason, paused_at: by.now });
      return { changes, event: { ...event, reason: step.reason } };
    }
    case 'resume':
      return done({ state: 'working', pause_reason: null, paused_at: null });
    case 'finish': {
      const cause = step.cause ?? ticket.cause;
      if (!cause) throw refuse('ticket_needs_cause', { number: ticket.number });
      const action = must(given(step.action) ?? ticket.action, 'ticket_needs_action');
      const paid = { vendor: given(step.vendor) ?? ticket.vendor, cost: step.cost ?? ticket.cost };
      const changes = {
        state: 'to_confirm',
        cause,
        action,
        ...usedOf(step),
        ...paid,
        result: step.result ?? 'fixed',
        finished_at: by.now,
      } as const;
      return done(changes, event.remark ?? action);
    }
    case 'close':
      return done({
        state: 'closed',
        closed_at: by.now,
        ...(step.satisfaction ? { satisfaction: step.satisfaction } : {}),
      });
    case 'advise': {
      const advice = must(given(step.advice), 'ticket_needs_advice');
      const ended = { finished_at: by.now, closed_at: by.now };
      return done({ ...taken, ...ended, state: 'closed', result: 'not_network', advice }, advice);
    }
    case 'reopen':
      must(event.remark, 'ticket_needs_reason');
      return done({ state: 'working', finished_at: null, closed_at: null, result: null, satisfaction: null });
    case 'cancel':
      must(event.remark, 'ticket_needs_reason');
      return done({ state: 'cancelled', closed_at: by.now, pause_reason: null, paused_at: null });
    case 'note':
      must(event.remark, 'ticket_needs_reason');
      return done({});
  }
}
