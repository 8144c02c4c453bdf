/** The conflicts that sync leaves for a person: as they are kept, filtered, shown and settled. */
import { z } from 'zod';
import { choice, instant, int, json, record, text } from '../../record.ts';

export const conflictKinds = [
  /** Both changed the same field, and it must not be guessed. */
  'field',
  /** Both changed the same field; the store kept one of the two, the other stands here. */
  'soft',
  /** Both rewrote the same lines of a note; both versions were kept in it. */
  'note',
  /** An address, network card, tag or number that another record holds. */
  'unique',
  /** A change of a record that a colleague removed. */
  'deleted',
  /** A removal of a record that a colleague changed since. */
  'changed',
  /** A record under one that was removed. */
  'parent',
  /** A removal of a record that others still point to. */
  'children',
  /** Built on something that itself waits in a conflict. */
  'dependent',
  /** A step of a ticket that is not open to it any more: somebody moved it meanwhile. */
  'step',
  /** An approval of something that changed since, or of one's own work. */
  'approval',
  /** Outside the role or the areas of its author: somebody who may do it does it, or it is dropped. */
  'forbidden',
  /** A rule of the store that this version has no name for. */
  'rule',
] as const;
export type ConflictKind = (typeof conflictKinds)[number];
/**
 * `shared`: both keep the network card, on purpose (VRRP, bond, VM). `merge_assets`: both records are one device. `apply_to`: done to
 * the record that the removed one was merged into.
 */
export const resolutions = ['keep_theirs', 'take_mine', 'edit', 'shared', 'merge_assets', 'apply_to'] as const;

/** Made by the hub only, never dropped: both values, who and when. `open` waits for a person; `noted` was decided and can be turned round. */
export const conflicts = record('conflicts', {
  kind: choice(conflictKinds, { required: true }),
  tbl: text({ required: true, max: 60 }),
  row_id: text({ required: true, max: 60 }),
  /** Which rule of shared/sync/invariants.ts was broken. */
  rule: text({ max: 40 }),
  /** JSON `clashField[]`. */
  fields: json({ required: true }),
  /** JSON `Op[]`: what the author did and the store did not do. */
  ops: json({ required: true, max: 1_000_000 }),
  /** The record that holds what was asked for. */
  holder_id: text({ max: 60 }),
  /** The conflict this one waits for. */
  parent_id: text({ max: 60 }),
  mine_actor: text({ required: true, max: 120 }),
  mine_at: instant({ required: true }),
  /** Uncertainty of `mine_at`, ms either way. */
  mine_unc: int({ required: true, min: 0 }),
  theirs_actor: text({ max: 120 }),
  theirs_at: instant(),
  incarnation: text({ required: true, max: 60 }),
  mut_no: int({ required: true, min: 1 }),
  command: text({ required: true, max: 80 }),
  reason: text({ max: 200 }),
  state: choice(['open', 'noted', 'resolved'], { required: true, class: 'C' }),
  how: choice(resolutions, { class: 'C' }),
  resolved_by: text({ max: 120, class: 'C' }),
  resolved_at: instant({ class: 'C' }),
  /** When the hub found it, by the hub's clock: from then on somebody should settle it. */
  raised_at: instant({ since: 2 }),
  /** What the author's wall clock said at `mine_at`: how wrong it was is shown beside the time. */
  mine_wall: instant({ since: 2 }),
  /** The hub commit of the other value, and the uncertainty of `theirs_at`. */
  theirs_seq: int({ since: 2, min: 0 }),
  theirs_unc: int({ since: 2, min: 0 }),
  /** Somebody asks the holder for what both want; it stays the holder's until a person decides. */
  asked_by: text({ since: 2, max: 120, class: 'C' }),
  asked_at: instant({ since: 2, class: 'C' }),
  asked_note: text({ since: 2, max: 200, class: 'C' }),
});

export const fieldValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const clashField = z.object({ field: z.string(), base: fieldValue, mine: fieldValue, theirs: fieldValue });
export type ClashField = z.infer<typeof clashField>;

/** Who and when: the best estimate by the hub's clock, its uncertainty, and how far the author's clock was off where that is known. */
const moment = z.object({ actor: z.string(), at: z.number(), unc_ms: z.number(), off_ms: z.number().nullable() });
export type ClashMoment = z.infer<typeof moment>;
/** After that many days a conflict is the supervisor's to settle (sync.md 2.5). */
export const OVERDUE_DAYS = 14;

/** Which conflicts are meant: all that fit every part given. */
export const conflictFilter = z.object({
  kind: z.enum(conflictKinds).optional(),
  /** With `unique`, `step` and `approval`: which rule. */
  rule: z.string().max(40).optional(),
  table: z.string().max(60).optional(),
  author: z.string().max(120).optional(),
  /** Made by me, or against something of mine. */
  mine: z.boolean().optional(),
  overdue: z.boolean().optional(),
});
export type ConflictFilter = z.infer<typeof conflictFilter>;

/** Settling many: how far it is, how many were settled, and the codes of those that could not be, with their number. */
export const bulkEvent = z.object({
  done: z.int(),
  total: z.int(),
  settled: z.int(),
  refused: z.record(z.string(), z.int()),
});
export type BulkEvent = z.infer<typeof bulkEvent>;

/** A conflict as the review shows it. */
export const conflictCard = z.object({
  id: z.string(),
  kind: z.enum(conflictKinds),
  table: z.string(),
  row_id: z.string(),
  /** What the record is called, or would have been. */
  title: z.string(),
  subtitle: z.string(),
  /** The record is there; one that waits to be made is not. */
  exists: z.boolean(),
  rule: z.string().nullable(),
  fields: z.array(clashField),
  /** The record that holds the address, tag or number. */
  holder: z
    .object({
      table: z.string(),
      id: z.string(),
      title: z.string(),
      subtitle: z.string(),
      /** Since when it holds it (UTC ms), and where that is; null where unknown. */
      since: z.number().nullable(),
      place: z.string().nullable(),
      person: z.string().nullable(),
    })
    .nullable(),
  /** What the removed record was merged into. */
  heir: z.object({ table: z.string(), id: z.string(), title: z.string() }).nullable(),
  /** What was seen on the network of the address or card in question: shown, never decisive. `whose` compares cards or addresses. */
  seen: z
    .object({ at: z.number(), ip: z.string(), mac: z.string(), whose: z.enum(['mine', 'theirs', 'other']) })
    .nullable(),
  /** The address the subnet would give out next. */
  next_ip: z.string().nullable(),
  /** The ticket can get to the state that was wanted; by a way that begins with opening it again where it was closed. */
  way: z.enum(['open', 'reopen', 'none']).nullable(),
  asked: z.object({ by: z.string(), at: z.number(), note: z.string().nullable() }).nullable(),
  raised_at: z.number(),
  /** Waits longer than `OVERDUE_DAYS`: for the supervisor. */
  overdue: z.boolean(),
  /** How many further changes wait for this one. */
  dependants: z.int(),
  /** It waits for another open conflict, and is settled with that one. */
  waits: z.boolean(),
  /** Made on this laptop. */
  own: z.boolean(),
  mine: moment,
  theirs: moment.nullable(),
  command: z.string(),
  reason: z.string().nullable(),
  state: z.enum(['open', 'noted', 'resolved']),
  how: z.enum(resolutions).nullable(),
  resolved_by: z.string().nullable(),
  resolved_at: z.number().nullable(),
  /** Fields whose value may be given anew with `edit`. */
  editable: z.array(z.string()),
  /** What this laptop may do about it: everything, only take its own wish back, or nothing but look. */
  settles: z.enum(['all', 'withdraw', 'none']),
});
export type ConflictCard = z.infer<typeof conflictCard>;
