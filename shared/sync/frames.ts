/** What each frame holds (sync.md 2.4). Row values travel under their column names; a commit carries its operations as the texts its hash covers. */
import { z } from 'zod';
import { clockSample, commit, hashText } from '../commit.ts';
import { keyClaim } from './keys.ts';
import { roles } from './roles.ts';
import { parseJson, WireError } from './wire.ts';

export const PROTO = 1;
/** Where a laptop stands in the hub's feed: `ord` orders the rows of one hub commit; WHOLE means all of them are there. */
export const WHOLE = 2_147_483_647;
export const cursor = z.object({ rv: z.int().min(0), ord: z.int().min(0).max(WHOLE) });
export type Cursor = z.infer<typeof cursor>;
export const START: Cursor = { rv: 0, ord: WHOLE };
/** The last hub commit of which everything has been received. */
export const wholeUpTo = ({ rv, ord }: Cursor): number => (ord === WHOLE ? rv : rv - 1);

/** Unknown members are passed over: a newer laptop may say more than this hub asks. */
export const hello = z.object({
  proto: z.int(),
  schema: z.int(),
  /** Null before the first round. */
  epoch: z.string().nullable(),
  cursor,
  /** The laptop's own chain value at `wholeUpTo(cursor)`. */
  chain: z.string(),
  incarnation: z.string(),
  last_mut_no: z.int().min(0),
  clock: clockSample,
  /** By how much what follows from this clock is uncertain beyond the usual: a file on a stick was on its way for nobody knows how long. */
  unc_ms: z.int().min(0).default(0),
  /** What part of the store this laptop holds, as the hub named it (HEAD); null before it was told. */
  scope: z.string().nullable().default(null),
  /** While everything is fetched anew the cursor proves nothing: the last head this laptop was told, which shows whether the store was restored. */
  seen: z
    .object({ seq: z.int().min(0), chain: z.string().max(64) })
    .nullable()
    .default(null),
});
export type Hello = z.infer<typeof hello>;

export const commitHead = commit
  .omit({ ops: true })
  // Ed25519 of the author's laptop over `sha256`, base64; null where it was made before laptops had keys.
  .extend({ signature: z.string().max(100).nullable().default(null) });
export type CommitHead = z.infer<typeof commitHead>;
/** A commit on the wire and in the hub: head, and each operation as it was stored where it was made. */
export interface WireCommit extends CommitHead {
  readonly bodies: readonly string[];
}

/** COMMIT payload: the head's JSON, then one line per operation (JSON has no line breaks of its own). */
export const commitText = ({ bodies, ...head }: WireCommit): string => [JSON.stringify(head), ...bodies].join('\n');

/** Commits that share a frame are parted by an empty line, verdicts by a line break: a hundred small ones take a third of the bytes together. */
const BETWEEN = { commit: '\n\n', result: '\n' } as const;
type Shared = keyof typeof BETWEEN;
/** Text of a frame that several share; a larger one has it alone. */
const SHARED_TEXT = 65_536;

export const joinTexts = (type: Shared, texts: readonly string[]): string => texts.join(BETWEEN[type]);
export const splitTexts = (type: Shared, text: string): string[] => text.split(BETWEEN[type]);
/** Whether one more would be too much for a frame that already holds `length` characters. */
export const fillsFrame = (length: number, text: string): boolean => length > 0 && length + text.length > SHARED_TEXT;

/**
 * UTF-8 bytes of a commit as it stands in a page, quoted. Honest ones stay below 2.5 MB (700,000 characters, main/engine/commits.ts). A page holds
 * one of this size with all the conflict it may leave (what was wanted, twice, and the other value); above MAX_TEXT nobody could read that page.
 */
const MAX_COMMIT = 3 * 1024 * 1024;
function bytesOf(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i += 1) bytes += text.charCodeAt(i) < 0x80 ? 1 : text.charCodeAt(i) < 0x8_00 ? 2 : 3;
  return bytes;
}

/** Reads one commit of a COMMIT payload and checks its hash with `sha256` (hex of a text). What no page or column could hold is none. */
export function parseCommit(text: string, sha256: (text: string) => string): WireCommit {
  const isLarge = text.length > MAX_COMMIT / 6;
  if (isLarge && (text.length > MAX_COMMIT || bytesOf(JSON.stringify(text)) > MAX_COMMIT))
    throw new WireError('bad', 'commit too large');
  const [first = '', ...bodies] = text.split('\n');
  const head = parseJson(commitHead, first);
  if ([head.batch, head.actor, head.command, head.reason ?? ''].some((each) => !isText(each)))
    throw new WireError('bad', 'commit head');
  if (sha256(hashText(head, bodies)) !== head.sha256) throw new WireError('bad', 'commit hash');
  return { ...head, bodies };
}

/** Neither NUL nor half a character: PostgreSQL has no place for them. */
const isText = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type Scalar = z.infer<typeof scalar>;

/**
 * The hub's verdict on one commit; stored there and repeated word for word. `held` lists operations (by position) that wait
 * for a person in a conflict record. `stored` tells where the hub keeps another value than the author asked for.
 */
export const result = z.object({
  incarnation: z.string(),
  mut_no: z.int(),
  seq: z.int(),
  outcome: z.enum(['applied', 'held', 'rejected']),
  code: z.string().nullable(),
  /** `fields` names the part of a patch that was held; null = the whole operation. */
  held: z.array(z.object({ op: z.int(), conflict: z.string(), fields: z.array(z.string()).nullable() })),
  stored: z.array(z.object({ op: z.int(), field: z.string(), value: scalar })),
  /** When the hub takes it to have been made (sync.md 2.6): what a second decision of the same commit needs to be the same. */
  est_at: z.int().optional(),
  unc_ms: z.int().optional(),
  /** Since when its conflicts wait, by the hub's clock, if it left any: decided again after a restoration, they wait no less. */
  raised_at: z.int().optional(),
});
export type Result = z.infer<typeof result>;

export const pageRow = z.object({
  table: z.string(),
  id: z.string(),
  rv: z.int(),
  deleted_at: z.int().nullable(),
  /** It is outside this laptop's part of the store now: to be forgotten here, though it lives on there. */
  gone: z.literal(true).optional(),
  /** Absent columns are null. */
  values: z.record(z.string(), scalar),
});
export type PageRow = z.infer<typeof pageRow>;

/** A commit of anybody as the feed tells it. `bodies` is null for the asking laptop's own: it has them. */
export const pageCommit = commitHead.extend({
  bodies: z.array(z.string()).nullable(),
  /** Only its place in the chain is told (`sha256`): it is outside this laptop's part of the store, or older than the store keeps operations. */
  hidden: z.literal(true).optional(),
  seq: z.int(),
  est_at: z.int(),
  unc_ms: z.int(),
  result,
});
export type PageCommit = z.infer<typeof pageCommit>;

/** Stands alone: everything between two cursors. `last` = the laptop then equals the hub at `to.rv`. */
export const page = z.object({
  from: cursor,
  to: cursor,
  last: z.boolean(),
  commits: z.array(pageCommit),
  rows: z.array(pageRow),
});
export type Page = z.infer<typeof page>;

export const head = z.object({
  epoch: z.string(),
  seq: z.int(),
  chain: z.string(),
  hub_ms: z.int(),
  min_schema: z.int(),
  max_schema: z.int(),
  more: z.boolean(),
  /** What this laptop may do, and for which places (ids; null: the whole store), as shared/sync/roles.ts says. */
  role: z.enum(roles).nullable().default(null),
  areas: z.array(z.string()).nullable().default(null),
  /** What part of the store this laptop gets; another one than before makes it fetch everything anew. */
  scope: z.string().nullable().default(null),
  /** Proves to this very store, restored from a backup one day, that it told this head. */
  receipt: z.string().max(100).nullable().default(null),
});
export type Head = z.infer<typeof head>;

/** The head's number, told to a laptop that waited for it. */
export const newsAnswer = z.object({ seq: z.int().min(0) });

/** Every answer that is not frames: a code, what it is about, and an id to find it in the hub's log. Never more (H12). */
export const hubError = z.object({
  code: z.string(),
  id: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});
export type HubError = z.infer<typeof hubError>;

export const enrolRequest = z.strictObject({
  code: z.string().max(64),
  /** Made by the laptop and kept, so that a lost answer can be asked for again with the same code. */
  device: z.uuid(),
  machine: z.string().min(1).max(10).refine(isText),
  technician: z.string().min(1).max(60).refine(isText),
  /** The chain's beginning at the store this laptop has synced with before: every store has its own, and keeps it over a restoration. */
  origin: z.string().nullable(),
  /** Laptops of before there were keys do not send one, and get a token for good. */
  key: keyClaim.nullable().default(null),
});
export const enrolAnswer = z.object({
  token: z.string().nullable(),
  epoch: z.string(),
  origin: z.string(),
  schema: z.int(),
});

/** `chain[n] = sha256(chain[n-1] || sha256[n])`; `chain[0]` is the hash of the first epoch. */
export const nextChain = (sha256: (text: string) => string, chain: string, commitHash: string): string =>
  sha256(chain + commitHash);
