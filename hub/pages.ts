/** The feed, page by page: current rows and the commits that made them. Each page is read in one snapshot and stands alone. */
import { SCHEMA } from '../shared/commit.ts';
import { wholeUpTo, WHOLE, type Cursor, type Head } from '../shared/sync/frames.ts';
import { OLDEST_SCHEMA } from '../shared/sync/schema.ts';
import { encodeFrame } from '../shared/sync/wire.ts';
import { codec, sha256 } from './codec.ts';
import { transaction, type Client } from './db.ts';
import { failpoint } from './failpoint.ts';
import { Failure } from './failure.ts';
import { readFeed } from './feed.ts';
import { fitsAuthor, keep, openPage, type KeptPage, type PageCache } from './page-cache.ts';
import type { Rights } from './rights.ts';
import { receiptOf } from './sessions.ts';
import { isShared, viewOf, type Viewer } from './view.ts';

export interface HeadRow {
  readonly epoch: string;
  readonly seq: number;
  readonly chain: string;
  /** That this store told this head, for the day when it was restored to before it. */
  readonly receipt: string;
}
/** As it is read: the head, and the key that seals its receipt. */
export type HeadLine = Omit<HeadRow, 'receipt'> & { readonly key: Buffer };
export const headOf = ({ key, ...head }: HeadLine): HeadRow => ({
  ...head,
  receipt: receiptOf(key, head.epoch, head.seq, head.chain),
});
export async function readHead(client: Client): Promise<HeadRow> {
  const { rows } = await client.query<HeadLine>({
    name: 'head',
    text: 'SELECT h.epoch, h.seq, h.chain, s.key FROM sync.head h, sync.seal s',
  });
  if (!rows[0]) throw new Error('sync.head is empty');
  return headOf(rows[0]);
}

/** The chain before the first commit: the hash of the first epoch this store had. */
export async function originOf(client: Client): Promise<string> {
  const { rows } = await client.query<{ epoch: string }>('SELECT epoch FROM sync.epoch WHERE before IS NULL');
  if (!rows[0]) throw new Error('sync.epoch is empty');
  return sha256(rows[0].epoch);
}

export const headFrame = (head: HeadRow, now: number, more: boolean, { role, areas, token }: Rights): Head => ({
  ...head,
  hub_ms: now,
  min_schema: OLDEST_SCHEMA,
  max_schema: SCHEMA,
  more,
  scope: token,
  role,
  areas: areas === null ? null : [...areas],
});

interface Past {
  readonly epoch: string | null;
  readonly cursor: Cursor;
  readonly chain: string;
}

/** Refuses a laptop whose past is not this hub's: another store, or this one restored from a backup (sync.md 2.9). */
export async function checkPast(client: Client, past: Past): Promise<void> {
  if (past.epoch === null) return;
  const { rows } = await client.query<{ chain: string }>('SELECT chain FROM sync.commit WHERE seq = $1', [
    wholeUpTo(past.cursor),
  ]);
  comparePast(past, await readHead(client), rows[0]?.chain ?? null);
}

/** The same, when `chain` is already known: the hub's where the laptop stands. */
export function comparePast(past: Past, head: HeadRow, chain: string | null): void {
  const seq = wholeUpTo(past.cursor);
  if (past.epoch === null) return;
  if (past.epoch !== head.epoch || seq > head.seq || (seq > 0 && chain !== past.chain))
    throw new Failure(409, 'FORK', { epoch: head.epoch, seq: head.seq });
}

const isLevel = (at: Cursor, head: HeadRow): boolean => at.rv === head.seq && at.ord === WHOLE;

/** Lends a connection for one step of work. */
export type Lend = <T>(work: (client: Client) => Promise<T>) => Promise<T>;

/**
 * Frames of the pages after `from` until the laptop is level or `bytes` of text are reached; ends with the head they lead to. Between two pages no
 * connection is held: a slow laptop keeps nobody waiting.
 */
export async function* pageFrames(
  lend: Lend,
  cache: PageCache,
  from: Cursor,
  viewer: Viewer,
  bytes: number,
): AsyncGenerator<Uint8Array, { head: HeadRow; more: boolean }> {
  let at = from;
  for (let size = 0; ;) {
    const step = await lend(async (client) => {
      const head = await readHead(client);
      if (isLevel(at, head) || size >= bytes) return { head };
      await cache.follow(client, head);
      const page = await cache.page(at, head.seq, () => readPage(client, at));
      return { head, page, frame: await frameFor(client, page, viewer) };
    });
    if (!step.page) return { head: step.head, more: !isLevel(at, step.head) };
    failpoint('F16');
    yield step.frame;
    at = step.page.to;
    size += step.page.length;
  }
}

/** Each page in a snapshot of its own: what moved on since the page before it comes in a later one. */
const readPage = (client: Client, from: Cursor): Promise<KeptPage> =>
  transaction(
    client,
    async () => keep(await readFeed(client, from, (await readHead(client)).seq)),
    'ISOLATION LEVEL REPEATABLE READ READ ONLY',
  );

async function frameFor(client: Client, page: KeptPage, viewer: Viewer): Promise<Uint8Array> {
  if (isShared(viewer) && fitsAuthor(page, viewer.incarnation)) return page.frame;
  return encodeFrame(codec, 'page', JSON.stringify(await viewOf(client, openPage(page), viewer)));
}
