/** Handover of an area from one technician to the next (交接清单, F-25): what is handed over, what was found, what is still open. */
import { z } from 'zod';
import { call } from '../call.ts';
import { dayText } from '../day.ts';
import { history } from '../history.ts';
import { listOf, listQuery } from '../list.ts';
import { choice, day, flag, idText, instant, int, note, record, ref, text } from '../record.ts';
import { documents } from './documents.ts';

export const handoverReasons = ['leaving', 'transfer', 'custody'] as const;
export const handoverStates = ['draft', 'running', 'settled'] as const;
/** The lettered parts of F-25 (domain.md §2.3). */
export const handoverParts = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const;
export const handoverResults = ['match', 'mismatch', 'pending'] as const;
export type HandoverPart = (typeof handoverParts)[number];

export const handovers = record('handovers', {
  /** `JJ-202609-L03-0001`; its papers carry the same number. */
  number: text({ required: true, max: 40, class: 'C', search: 'key' }),
  giver: text({ required: true, max: 60, search: 'name', personal: true }),
  receiver: text({ required: true, max: 60, search: 'name', personal: true }),
  /** From the network centre; may be named later, but must be before the end. */
  supervisor: text({ max: 60, search: 'name', personal: true }),
  /** The place handed over, with everything below it. */
  location_id: ref('locations', { required: true }),
  reason: choice(handoverReasons, { required: true }),
  state: choice(handoverStates, { required: true, class: 'C' }),
  start_on: day({ required: true }),
  due_on: day({ required: true }),
  done_on: day(),
  gathered_at: instant(),
  remark: note({ class: 'A' }),
  /** Where the network centre keeps its copy, and since when. */
  archive_number: text({ max: 40, since: 2 }),
  filed_on: day({ since: 2 }),
  /** What the network centre said to a handover that ran past its day; without it there is no leaving slip. */
  late_opinion: note({ max: 500, class: 'C', since: 2 }),
});

export const carriers = ['paper', 'file', 'both'] as const;

export const handoverItems = record('handover_items', {
  handover_id: ref('handovers', { required: true }),
  part: choice(handoverParts, { required: true }),
  position: int({ required: true, min: 0 }),
  label: text({ required: true, max: 200 }),
  detail: text({ max: 200 }),
  /** Path of the room or the switch it is checked at: a whole place can be ticked at once. */
  place: text({ max: 200 }),
  /** What the books say; what was found. */
  book: text({ max: 100 }),
  actual: text({ max: 100, class: 'C' }),
  result: choice(handoverResults, { required: true, class: 'C' }),
  note: note({ max: 500 }),
  /** The record it was gathered from, so that gathering again adds nothing twice: `assets:<id>`, or a fixed word of a part. */
  subject: text({ max: 80 }),
  /** The disputed item, for a line of part H. */
  about_id: ref('handover_items'),
  /** What the network centre decided about a difference or a dispute. */
  opinion: note({ max: 500 }),
  waived: flag(),
  checked_at: instant(),
  checked_by: text({ max: 80 }),
  /** Of a register of part A: as of when, how many pages, on what. */
  version: text({ max: 40, since: 2 }),
  pages: int({ min: 1, max: 9999, since: 2 }),
  carrier: choice(carriers, { since: 2 }),
  /** Opened about a difference. */
  ticket_id: ref('tickets', { since: 2 }),
});

/** Open: not looked at yet, or a difference without a decision of the centre. */
export const isOpen = (item: { result: string; waived: boolean | null; opinion: string | null }): boolean =>
  item.result === 'pending'
    ? item.waived !== true
    : item.result === 'mismatch' && item.waived !== true && item.opinion === null;

/** What gathering could not find: codes worded as `handover.gap.<code>`. */
export const gapCodes = [
  'no_letter',
  'no_mac',
  'no_tag',
  'no_keeper',
  'no_serial',
  'late_tickets',
  'no_ports',
  'no_supervisor',
  'no_envelope',
  'no_tool',
  'tool_late',
  'no_cable',
] as const;
export type GapCode = (typeof gapCodes)[number];
export const gap = z.object({ code: z.enum(gapCodes), n: z.int(), examples: z.array(z.string()) });

/** What a sweep says against the books of the area: registered and silent, seen and not registered, or otherwise than in the books. */
export const liveKinds = ['silent', 'unseen', 'unknown', 'differs'] as const;
const proposal = z.object({
  /** What it becomes the `subject` of an item. */
  subject: z.string(),
  kind: z.enum(liveKinds),
  ip: z.string(),
  label: z.string(),
  detail: z.string(),
  place: z.string(),
  /** Noted already. */
  noted: z.boolean(),
});
export type Proposal = z.infer<typeof proposal>;
const portTick = z.object({
  id: z.string(),
  name: z.string(),
  position: z.int().nullable(),
  state: z.string(),
  /** What was found there; null: not ticked by itself. */
  result: z.enum(handoverResults).nullable(),
  note: z.string().nullable(),
});
const dueHandover = z.object({
  id: z.string(),
  number: z.string(),
  area: z.string(),
  giver: z.string(),
  receiver: z.string(),
  start_on: z.string(),
  due_on: z.string(),
  open: z.int(),
});

const start = z.object({
  location_id: idText,
  giver: z.string().trim().min(1).max(60),
  receiver: z.string().trim().min(1).max(60),
  supervisor: z.string().trim().max(60).optional(),
  reason: z.enum(handoverReasons).default('leaving'),
  /** Today unless told. */
  start_on: dayText.optional(),
});

export const handoverContract = {
  list: call.input(listQuery).output(listOf(handovers)),
  get: call.input(z.object({ id: idText })).output(
    z.object({
      handover: handovers.row,
      refs: z.record(z.string(), z.string()),
      items: z.array(handoverItems.row),
      gaps: z.array(gap),
      open: z.int(),
      /** Frozen papers of this handover, newest first. */
      papers: z.array(documents.row),
    }),
  ),
  history: call.input(z.object({ id: idText })).output(history),
  /** Starts a handover and gathers its lists. */
  create: call.input(start).output(z.object({ handover: handovers.row, items: z.int(), gaps: z.array(gap) })),
  update: call
    .input(
      z.object({
        id: idText,
        changes: z
          .object({ supervisor: z.string().max(60), receiver: z.string().min(1).max(60), remark: z.string().max(2000) })
          .partial(),
      }),
    )
    .output(handovers.row),
  /** Adds what appeared since; what was already checked stays. */
  gather: call.input(z.object({ id: idText })).output(z.object({ added: z.int() })),
  add: call
    .input(
      z.object({
        id: idText,
        part: z.enum(['A', 'B', 'C', 'D', 'E', 'F', 'G']),
        label: z.string().trim().min(1).max(200),
        book: z.string().max(100).optional(),
      }),
    )
    .output(handoverItems.row),
  /** The receiver's findings, one item or a whole place at once. */
  tick: call
    .input(
      z.object({
        items: z.array(idText).min(1).max(2000),
        result: z.enum(handoverResults),
        actual: z.string().trim().max(100).optional(),
        note: z.string().trim().max(500).optional(),
      }),
    )
    .output(z.object({ open: z.int() })),
  /** Takes an item to the network centre: it becomes a line of part H and stays on the form. */
  dispute: call.input(z.object({ item: idText, note: z.string().trim().min(1).max(500) })).output(handoverItems.row),
  /** The centre's decision about a difference or dispute; `waive` lets it go without being cleared. */
  decide: call
    .input(z.object({ item: idText, opinion: z.string().trim().min(1).max(500), waive: z.boolean() }))
    .output(z.object({ open: z.int() })),
  /** Running handovers, the one due first on top. */
  due: call.output(z.array(dueHandover)),
  /** What stands between a handover and the leaving slip, and what is still on the giver's name. */
  gate: call.input(z.object({ id: idText })).output(
    z.object({
      open: z.array(z.object({ part: z.enum(handoverParts), n: z.int() })),
      settled: z.boolean(),
      supervisor: z.boolean(),
      /** Days past the due day that the centre has not let pass. */
      late: z.int(),
      /** More than one person of the giver's name is in the register: what they hold cannot be told apart by name. */
      namesakes: z.int(),
      people: z.array(z.string()),
      bindings: z.int(),
      assets: z.int(),
      tools: z.int(),
      envelopes: z.int(),
    }),
  ),
  /** The network centre lets a handover pass that ran late. */
  excuse: call.input(z.object({ id: idText, opinion: z.string().trim().min(1).max(500) })).output(handovers.row),
  /** Under which number the centre keeps its copy; also after it was settled. */
  file: call
    .input(z.object({ id: idText, archive_number: z.string().trim().min(1).max(40), filed_on: dayText }))
    .output(handovers.row),
  /** Pages and carrier of a register of part A. */
  sheet: call
    .input(
      z.object({
        item: idText,
        pages: z.int().min(1).max(9999).nullable().optional(),
        carrier: z.enum(carriers).optional(),
      }),
    )
    .output(handoverItems.row),
  /** The last sweep against the books of the area. Looks nothing up on the network by itself. */
  live: call.input(z.object({ id: idText })).output(
    z.object({
      /** Subnets of the area. */
      cidrs: z.array(z.string()),
      sweep: z.object({ id: z.string(), at: z.number(), cidrs: z.array(z.string()) }).nullable(),
      answered: z.int(),
      proposals: z.array(proposal),
    }),
  ),
  /** Notes what the sweep said as differences of part C. */
  propose: call
    .input(z.object({ id: idText, subjects: z.array(z.string().max(80)).min(1).max(2000) }))
    .output(z.object({ added: z.int() })),
  /** The ports of the switch of an item of part C. */
  ports: call.input(z.object({ item: idText })).output(z.array(portTick)),
  /** One port by itself; once all are ticked, the switch is too. */
  tickPort: call
    .input(
      z.object({
        item: idText,
        port: idText,
        result: z.enum(['match', 'mismatch']),
        note: z.string().trim().max(500).optional(),
      }),
    )
    .output(z.object({ open: z.int() })),
  /** Opens a repair ticket about a difference. */
  ticket: call.input(z.object({ item: idText })).output(z.object({ id: z.string(), number: z.string() })),
  /** Closes the handover; refused while anything is open, saying how many. */
  settle: call.input(z.object({ id: idText })).output(handovers.row),
  /** Freezes the checklist F-25 with its lists, or the leaving slip, which needs a settled handover. */
  print: call
    .input(z.object({ id: idText, paper: z.enum(['checklist', 'slip']).default('checklist') }))
    .output(documents.row),
};
