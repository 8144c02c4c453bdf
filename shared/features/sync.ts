/** Sync with the central store: the conflicts it leaves for a person, and the calls of the sync screen. */
import { z } from 'zod';
import { eventIterator } from '@orpc/contract';
import { call } from '../call.ts';
import { choice, idText, instant, int, json, record, text } from '../record.ts';
import { roles } from '../sync/roles.ts';

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
/** Refusals of a sync after which only joining again helps: `hub_plain` stays with who joined before hubs spoke TLS. */
export const rejoinAfter: readonly string[] = [
  'device_refused',
  'device_revoked',
  'key_locked',
  'hub_other_key',
  'hub_plain',
];
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

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export const clashField = z.object({ field: z.string(), base: value, mine: value, theirs: value });
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

/** The round as a story, phase by phase: it is debugged from a log sent by someone far away. */
export const syncPhases = ['take', 'send', 'settle', 'pull', 'apply', 'done'] as const;
export type SyncPhase = (typeof syncPhases)[number];
export const syncEvent = z.object({
  phase: z.enum(syncPhases),
  done: z.int(),
  /** Null while it is not known yet. */
  total: z.int().nullable(),
  /** With `done` only: what the whole run did. */
  summary: z
    .object({
      sent: z.int(),
      applied: z.int(),
      /** Conflicts left for a person: one commit may leave many. */
      held: z.int(),
      rejected: z.int(),
      received: z.int(),
      seq: z.int(),
    })
    .optional(),
});
export type SyncEvent = z.infer<typeof syncEvent>;
export type SyncSummary = NonNullable<SyncEvent['summary']>;

export const syncStatus = z.object({
  enrolled: z.boolean(),
  address: z.string().nullable(),
  /** Null until the store was asked. */
  online: z.boolean().nullable(),
  running: z.boolean(),
  /** This laptop syncs by itself. */
  auto: z.boolean(),
  /** Commits the store has not confirmed yet. */
  unsynced: z.int(),
  /** Of these, what waits until the store is upgraded. */
  waiting: z.int(),
  /** Conflicts that wait for a person. */
  conflicts: z.int(),
  /** Own commits the store can never accept, and nobody has taken note of here. */
  rejected: z.int(),
  last_at: z.number().nullable(),
  /** Code of the last failure since the last success. */
  last_error: z.string().nullable(),
  /** What this laptop may do, as the store last said; null before it was asked, and without a store. */
  role: z.enum(roles).nullable(),
  /** Names of the places it is for; null: all of them. */
  areas: z.array(z.string()).nullable(),
  /** The operator ended this laptop's access. Of the changes that were not sent, so many were handed over for review, and so many are only here. */
  revoked: z.object({ at: z.number(), handed: z.int(), here: z.int() }).nullable(),
  /** The store was not reached for long: soon, or by now, this notebook is for reading only. */
  absence: z.object({ days: z.int(), grace: z.int(), read_only: z.boolean() }).nullable(),
});
export type SyncStatus = z.infer<typeof syncStatus>;

/** A file that this laptop wrote for its store or read from it. */
export const bundleNote = z.object({
  name: z.string(),
  /** Of this laptop, from 1; the answer has that of its request. */
  number: z.int(),
  /** When it was written or read here. */
  at: z.number(),
  bytes: z.int(),
  /** Written: changes in it. Read: how many of this laptop's changes it settled. */
  commits: z.int(),
  /** Written: when the oldest and the newest of them were made. Read: `to_at` = when the store wrote it. */
  from_at: z.number().nullable(),
  to_at: z.number().nullable(),
  /** Read: records that were new here. */
  received: z.int(),
});
export type BundleNote = z.infer<typeof bundleNote>;
/** Base64 characters of one piece: 384 KiB of file, a multiple of four. */
export const BUNDLE_PIECE_CHARS = 524_288;
const piece = z
  .string()
  .max(BUNDLE_PIECE_CHARS)
  .regex(/^[A-Za-z0-9+/]*={0,2}$/);
export const bundleEvent = z.discriminatedUnion('is', [
  z.object({ is: z.literal('bytes'), data: z.string() }),
  z.object({ is: z.literal('file'), note: bundleNote }),
]);

/** `local`: only on this laptop. `sent`: the store has it, its page is still to come. A record not listed is confirmed. */
export const recordBadge = z.enum(['local', 'sent', 'conflict']);
export type RecordBadge = z.infer<typeof recordBadge>;

export const syncLogEntry = z.object({
  at: z.number(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

/** An own commit that the store did not accept. */
export const rejection = z.object({
  /** Of the commit, on this laptop. */
  id: z.int(),
  code: z.string(),
  command: z.string(),
  /** What it was about; empty when that has no name. */
  title: z.string(),
  /** With `resolved_before`: who settled the conflict first; empty until that arrived here. */
  by: z.string(),
  at: z.number(),
});
export type Rejection = z.infer<typeof rejection>;

/** What a comparison of all rows with the store's found. `busy`: one of both was moving, or this laptop holds only a part of the store. */
export const verifyResult = z.object({
  outcome: z.enum(['equal', 'repaired', 'diverged', 'busy']),
  /** Rows that were fetched anew. */
  rows: z.int(),
});
export type VerifyResult = z.infer<typeof verifyResult>;

export const syncContract = {
  /** Compares all rows with the store's, as happens by itself once a day. */
  verify: call.output(verifyResult),
  /** When that was last done; `diverged` = parts that differ though they were fetched anew. */
  verified: call.output(z.object({ at: z.number().nullable(), diverged: z.int() })),
  /** `address` as the hub printed it (`http://192.168.1.5:8470`); protocol and port may be missing. */
  enrol: call
    .input(z.object({ address: z.string().trim().min(1).max(300), code: z.string().trim().min(1).max(64) }))
    .output(syncStatus),
  /** The same store at another address. Its key, pinned when joining, proves that it is the same, so no code is needed. */
  move: call.input(z.object({ address: z.string().trim().min(1).max(300) })).output(syncStatus),
  run: call.output(eventIterator(syncEvent)),
  /** Everything unsent in a signed file for the store, in pieces; the last event says what is in it. Needs no network. */
  exportBundle: call.output(eventIterator(bundleEvent)),
  /** Brings the store's answer piece by piece; the first call leaves out the id and gets one. */
  bringBundle: call
    .input(z.object({ id: z.uuid().optional(), data: piece }))
    .output(z.object({ id: z.string(), bytes: z.int() })),
  /** Reads the answer that was brought. Refused with nothing changed when it is not whole, not this store's, or not for this laptop. */
  importBundle: call.input(z.object({ id: z.uuid() })).output(eventIterator(syncEvent)),
  /** The last file written and the last answer read. */
  bundles: call.output(z.object({ out: bundleNote.nullable(), in: bundleNote.nullable() })),
  setAuto: call.input(z.object({ on: z.boolean() })).output(syncStatus),
  /** `probe` asks the store whether it is there (3 s at most). */
  status: call.input(z.object({ probe: z.boolean().default(false) })).output(syncStatus),
  conflicts: call
    .input(
      z.object({
        state: z.enum(['open', 'noted', 'resolved']).default('open'),
        offset: z.int().min(0).default(0),
        limit: z.int().min(1).max(200).default(50),
        filter: conflictFilter.default({}),
      }),
    )
    .output(
      z.object({
        cards: z.array(conflictCard),
        total: z.int(),
        refs: z.record(z.string(), z.string()),
        /** What can be filtered by, of all in this state. */
        facets: z.object({
          kinds: z.array(z.object({ kind: z.enum(conflictKinds), rule: z.string().nullable(), n: z.int() })),
          tables: z.array(z.object({ table: z.string(), n: z.int() })),
          authors: z.array(z.object({ author: z.string(), n: z.int() })),
          mine: z.int(),
          overdue: z.int(),
        }),
      }),
    ),
  /** Those about one record: what its own page says of them. */
  about: call
    .input(z.object({ id: idText }))
    .output(z.object({ cards: z.array(conflictCard), refs: z.record(z.string(), z.string()) })),
  /** Settles all that fit and wait for nothing else, oldest first, each by itself: one that is refused leaves the others settled. */
  settleMany: call
    .input(z.object({ filter: conflictFilter, how: z.enum(['keep_theirs', 'take_mine']) }))
    .output(eventIterator(bulkEvent)),
  /** Asks the holder for what both want. */
  ask: call
    .input(z.object({ id: idText, note: z.string().trim().max(200).nullish() }))
    .output(z.object({ id: z.string() })),
  /** One commit; the first to resolve wins, the second sees the result at the next sync. */
  resolve: call
    .input(z.object({ id: idText, how: z.enum(resolutions), values: z.record(z.string(), value).optional() }))
    .output(z.object({ id: z.string() })),
  /** Newest first, at most 20 of those that nobody took note of. */
  rejections: call.output(z.array(rejection)),
  /** Takes note of them all: they are no longer counted, and stay in the log. */
  acknowledge: call.output(z.object({})),
  badges: call.input(z.object({ ids: z.array(z.string()).max(1000) })).output(z.record(z.string(), recordBadge)),
  log: call.input(z.object({ limit: z.int().min(1).max(500).default(100) })).output(z.array(syncLogEntry)),
};
