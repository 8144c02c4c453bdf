/** Repair tickets (报修单, F-12), their work log, and the calls that move them. */
import { z } from 'zod';
import { call } from '../call.ts';
import { dayText } from '../day.ts';
import { history } from '../history.ts';
import { listOf, listQuery } from '../list.ts';
import {
  choice,
  day,
  flag,
  idText,
  instant,
  ip,
  json,
  money,
  note,
  record,
  ref,
  text,
  type DraftOf,
  type PatchOf,
  type RowOf,
} from '../record.ts';
import { aidOutcomes } from './tickets/first-aid.ts';
import { faultCategories } from './tickets/faults.ts';
import { recurringFault, ticketFigures } from './tickets/figures.ts';
import { noteRow } from './tickets/notes.ts';
import { MOST_PARTS, partLine } from './tickets/parts.ts';
import { slaRules } from './sla-rules.ts';

export { faultCategories } from './tickets/faults.ts';
export const ticketStates = ['open', 'accepted', 'working', 'paused', 'to_confirm', 'closed', 'cancelled'] as const;
export type TicketState = (typeof ticketStates)[number];
/** States in which somebody still has to do something. */
export const liveStates = [
  'open',
  'accepted',
  'working',
  'paused',
  'to_confirm',
] as const satisfies readonly TicketState[];
export const pauseReasons = ['parts', 'user', 'vendor'] as const;
const kinds = ['fault', 'request', 'consultation', 'change'] as const;
const priorities = ['urgent', 'high', 'normal', 'low'] as const;
const channels = ['phone', 'chat', 'paper', 'scan', 'round'] as const;
const causes = ['wear', 'human', 'configuration', 'virus', 'line', 'other'] as const;
const results = ['fixed', 'waiting_parts', 'sent_out', 'scrap', 'not_network'] as const;
const satisfactions = ['good', 'fair', 'bad'] as const;

const who = {
  person_id: ref('people', { search: 'name' }),
  /** Reporter who is not in the register. */
  reporter: text({ max: 60, search: 'name', personal: true }),
  phone: text({ max: 40, personal: true }),
  department: text({ max: 60 }),
  location_id: ref('locations', { search: 'name' }),
  asset_id: ref('assets'),
  ip: ip({ search: 'key' }),
} as const;

export const tickets = record('tickets', {
  number: text({ required: true, max: 40, class: 'C', search: 'key' }),
  kind: choice(kinds, { required: true }),
  ...who,
  category: choice(faultCategories, { required: true }),
  symptom: note({ required: true, max: 1000, search: 'text' }),
  priority: choice(priorities, { required: true }),
  channel: choice(channels, { required: true }),
  state: choice(ticketStates, { required: true, class: 'C' }),
  assignee: text({ max: 80 }),
  reported_at: instant({ required: true }),
  accepted_at: instant(),
  arrived_at: instant(),
  finished_at: instant(),
  closed_at: instant(),
  due_on: day({ required: true }),
  due_at: instant({ required: true }),
  /** Since when the clock stands still; null unless paused. */
  paused_at: instant(),
  pause_reason: choice(pauseReasons, {}),
  cause: choice(causes, {}),
  action: note({ max: 1000, search: 'text' }),
  parts: text({ max: 200 }),
  /** Who repaired it outside, and what that cost. */
  vendor: text({ max: 100 }),
  cost: money(),
  result: choice(results, {}),
  /** What the user was told when the fault was not the network's. */
  advice: note({ max: 1000, search: 'text' }),
  satisfaction: choice(satisfactions, {}),
  /** `PartLine[]`: what went into the repair. `parts` says the same in words, for those who know no lines. */
  part_lines: json({ since: 2, max: 8000 }),
  /** What has to be bought before it can be done ("端口不足", R-41). */
  requisition: text({ since: 2, max: 200 }),
  /** Whom of the vendor was spoken to, with a telephone number. */
  vendor_contact: text({ since: 2, max: 100 }),
  vendor_called_at: instant({ since: 2 }),
  vendor_arrived_at: instant({ since: 2 }),
  /** The device leaves the house for the repair. */
  off_site: flag({ since: 2 }),
  /** Reported upwards as a grave event, with the reason. */
  escalated_at: instant({ since: 2 }),
  escalation: note({ since: 2, max: 500 }),
});
export type Ticket = RowOf<typeof tickets>;
export type TicketChanges = PatchOf<typeof tickets>;

/** The work log of a ticket: only ever added to. Its clock is replayed from it. */
export const ticketEvents = record(
  'ticket_events',
  {
    ticket_id: ref('tickets', { required: true }),
    kind: choice(
      ['open', 'accept', 'arrive', 'work', 'pause', 'resume', 'finish', 'close', 'advise', 'reopen', 'cancel', 'note'],
      {
        required: true,
      },
    ),
    at: instant({ required: true }),
    actor: text({ required: true, max: 80 }),
    /** Of a pause: what is waited for. */
    reason: choice(pauseReasons, {}),
    remark: note({ max: 1000 }),
    /** Of a note: the step of the first-aid list that was tried, and what came of it. */
    aid_step: text({ since: 2, max: 120 }),
    aid_outcome: choice(aidOutcomes, { since: 2 }),
  },
  { appendOnly: true },
);
export type TicketEventDraft = DraftOf<typeof ticketEvents>;

/** What opening takes: somebody or some place, and the symptom. Left out = filled in from the person; null = known to be none. */
export const opening = record('tickets', {
  ...who,
  symptom: note({ required: true, max: 1000 }),
  kind: choice(kinds, {}),
  category: choice(faultCategories, {}),
  priority: choice(priorities, {}),
  channel: choice(channels, {}),
  /** When it was reported, for a note taken earlier; now when left out. */
  reported_at: instant(),
}).draft;
export type TicketOpening = z.infer<typeof opening>;

/** What may be corrected afterwards. Times and states move by steps only. */
export const ticketCorrections = record('tickets', {
  ...who,
  kind: choice(kinds, { required: true }),
  category: choice(faultCategories, { required: true }),
  symptom: note({ required: true, max: 1000 }),
  priority: choice(priorities, { required: true }),
  channel: choice(channels, { required: true }),
  assignee: text({ max: 80 }),
});

const remark = z.string().max(1000).nullish();
const short = z.string().max(200).nullish();
/** Parts in lines, or in words by those who know no lines; what has to be bought. */
const used = { parts: short, part_lines: z.array(partLine).max(MOST_PARTS).nullish(), requisition: short };
const stepInput = z.discriminatedUnion('step', [
  z.object({ step: z.literal('accept'), assignee: z.string().max(80).nullish(), remark }),
  z.object({ step: z.literal('arrive'), remark }),
  z.object({ step: z.literal('work'), remark, ...used }),
  z.object({ step: z.literal('pause'), reason: z.enum(pauseReasons), remark }),
  z.object({ step: z.literal('resume'), remark }),
  z.object({
    step: z.literal('finish'),
    cause: z.enum(causes).nullish(),
    action: remark,
    ...used,
    vendor: z.string().max(100).nullish(),
    cost: z.int().min(0).nullish(),
    result: z.enum(results).exclude(['not_network']).nullish(),
    remark,
  }),
  z.object({ step: z.literal('close'), satisfaction: z.enum(satisfactions).nullish(), remark }),
  z.object({ step: z.literal('advise'), advice: remark, remark }),
  z.object({ step: z.literal('reopen'), remark }),
  z.object({ step: z.literal('cancel'), remark }),
  z.object({ step: z.literal('note'), remark }),
]);
export type Step = z.infer<typeof stepInput>;
export type StepKind = Step['step'];

const refs = z.record(z.string(), z.string());
const period = z.object({ from: dayText, to: dayText, area: idText.nullish() });
/** Where a person sits in the network: what a technician looks up before walking there. */
const path = z.object({
  ip: z.string(),
  mac: z.string().nullable(),
  hostname: z.string().nullable(),
  outlet: z.string().nullable(),
  switch_name: z.string().nullable(),
  switch_port: z.string().nullable(),
});

export const ticketsContract = {
  list: call.input(listQuery).output(listOf(tickets)),
  /** Every ticket that waits for somebody, soonest due first. */
  board: call.output(z.object({ cards: z.array(tickets.row), refs, now: z.number() })),
  get: call
    .input(z.object({ id: idText }))
    .output(z.object({ ticket: tickets.row, events: z.array(ticketEvents.row), refs, path: path.nullable() })),
  /** What is known of a reporter: place, phone, department, and the address and device bound to them. */
  prefill: call
    .input(z.object({ person_id: idText.nullish(), location_id: idText.nullish(), asset_id: idText.nullish() }))
    .output(
      z.object({
        values: z.object({
          phone: z.string().nullable(),
          department: z.string().nullable(),
          location_id: z.string().nullable(),
          asset_id: z.string().nullable(),
          ip: z.string().nullable(),
        }),
        refs,
        /** Tickets of the same person or place that are not closed yet: perhaps this one is known already. */
        open: z.array(
          z.object({ id: z.string(), number: z.string(), symptom: z.string(), state: z.enum(ticketStates) }),
        ),
      }),
    ),
  open: call.input(opening).output(tickets.row),
  advance: call.input(z.object({ id: idText }).and(stepInput)).output(tickets.row),
  update: call.input(z.object({ id: idText, changes: ticketCorrections.patch })).output(tickets.row),
  history: call.input(z.object({ id: idText })).output(history),
  /** A step of the first-aid list, with what came of it, into the work log. */
  aid: call
    .input(
      z.object({
        id: idText,
        step: z.string().trim().min(1).max(120),
        outcome: z.enum(aidOutcomes),
        remark: z.string().max(200).nullish(),
      }),
    )
    .output(tickets.row),
  /** The vendor's part of it. A device that must not leave the house is refused to be sent away. */
  dispatch: call
    .input(
      z.object({
        id: idText,
        vendor: z.string().trim().min(1).max(100),
        vendor_contact: z.string().trim().max(100).nullish(),
        vendor_called_at: z.int().nullish(),
        vendor_arrived_at: z.int().nullish(),
        off_site: z.boolean().default(false),
        cost: z.int().min(0).nullish(),
      }),
    )
    .output(tickets.row),
  /** Reported upwards as a grave event. */
  escalate: call.input(z.object({ id: idText, reason: z.string().trim().min(1).max(500) })).output(tickets.row),
  /** Telephone notes by paste: judged first, then those that are whole are opened. Lines are those of the text. */
  readNotes: call.input(z.object({ text: z.string().max(50_000) })).output(z.array(noteRow)),
  takeNotes: call
    .input(z.object({ text: z.string().max(50_000), lines: z.array(z.int()).min(1).max(100) }))
    .output(z.object({ opened: z.int(), batch: z.string() })),
  /** Parts used before, those used most first. */
  usualParts: call.output(z.array(partLine)),
  /** How the unit counts its deadlines, and changing that; `moved`: open tickets whose deadline changed with it. */
  rules: call.output(slaRules.draft),
  setRules: call.input(slaRules.draft).output(z.object({ moved: z.int(), batch: z.string() })),
  /** What a period amounts to, for the Pareto, the board's strip and the monthly report. */
  figures: call.input(period).output(ticketFigures),
  /** Faults that came back in a period. */
  recurring: call.input(period.omit({ area: true })).output(z.array(recurringFault)),
};
