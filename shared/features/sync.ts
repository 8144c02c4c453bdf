/** Sync with the central store: the conflicts it leaves for a person, and the calls of the sync screen. */
import { z } from 'zod';
import { eventIterator } from '@orpc/contract';
import { call } from '../call.ts';
import { idText } from '../record.ts';
import { roles } from '../sync/roles.ts';
import { fieldValue, conflictKinds, resolutions, conflictFilter, bulkEvent, conflictCard } from './sync/conflicts.ts';

export {
  resolutions,
  conflicts,
  OVERDUE_DAYS,
  type ConflictKind,
  type ClashField,
  type ClashMoment,
  type ConflictFilter,
  type BulkEvent,
  type ConflictCard,
} from './sync/conflicts.ts';

/** Refusals of a sync after which only joining again helps: `hub_plain` stays with who joined before hubs spoke TLS. */
export const rejoinAfter: readonly string[] = [
  'device_refused',
  'device_revoked',
  'key_locked',
  'hub_other_key',
  'hub_plain',
];
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
  /** Null also where the store is only met by USB stick. */
  address: z.string().nullable(),
  /** Null until the store was asked. */
  online: z.boolean().nullable(),
  running: z.boolean(),
  /** How far a running sync is, also one that began by itself. */
  progress: z.object({ phase: z.enum(syncPhases), done: z.int(), total: z.int().nullable() }).nullable(),
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
  /** The same for a notebook that has joined no store: its request to be taken in, by the code the operator gave. The code is not in the file. */
  exportJoin: call.input(z.object({ code: z.string().trim().min(1).max(64) })).output(eventIterator(bundleEvent)),
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
    .input(z.object({ id: idText, how: z.enum(resolutions), values: z.record(z.string(), fieldValue).optional() }))
    .output(z.object({ id: z.string() })),
  /** Newest first, at most 20 of those that nobody took note of. */
  rejections: call.output(z.array(rejection)),
  /** Takes note of them all: they are no longer counted, and stay in the log. */
  acknowledge: call.output(z.object({})),
  badges: call.input(z.object({ ids: z.array(z.string()).max(1000) })).output(z.record(z.string(), recordBadge)),
  log: call.input(z.object({ limit: z.int().min(1).max(500).default(100) })).output(z.array(syncLogEntry)),
};
