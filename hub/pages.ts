/** The feed, page by page: current rows and the commits that made them. Each page is read in one snapshot and stands alone. */
import { SCHEMA } from '../shared/commit.ts';
import {
  wholeUpTo,
  WHOLE,
  type Cursor,
  type Head,
  type Page,
  type PageCommit,
  type PageRow,
} from '../shared/sync/frames.ts';
import { OLDEST_SCHEMA } from '../shared/sync/schema.ts';
import { parseJson } from '../shared/sync/wire.ts';
import { commitHead, result } from '../shared/sync/frames.ts';
import { sha256 } from './codec.ts';
import { transaction, type Client } from './db.ts';
import { Failure } from './failure.ts';
import { readPageRows } from './rows.ts';
import { viewOf, type Viewer } from './view.ts';

/** About 64 kB compressed: what a bad link loses at most when it is cut. */
const ROWS = 400;
const COMMITS = 400;
const COMMIT_BYTES = 300_000;

export interface HeadRow {
  readonly epoch: string;
  readonly seq: number;
  readonly chain: string;
}
export async function readHead(client: Client): Promise<HeadRow> {
  const { rows } = await client.query<HeadRow>('SELECT epoch, seq, chain FROM sync.head');
  if (!rows[0]) throw new Error('sync.head is empty');
  return rows[0];
}

/** The chain before the first commit: the hash of the first epoch this store had. */
export async function originOf(client: Client): Promise<string> {
  const { rows } = await client.query<{ epoch: string }>('SELECT epoch FROM sync.epoch WHERE before IS NULL');
  if (!rows[0]) throw new Error('sync.epoch is empty');
  return sha256(rows[0].epoch);
}

export const headFrame = (head: HeadRow, now: number, more: boolean): Head => ({
  ...head,
  hub_ms: now,
  min_schema: OLDEST_SCHEMA,
  max_schema: SCHEMA,
  more,
  scope: null,
});

/** Refuses a laptop whose past is not this hub's: another store, or this one restored from a backup (sync.md 2.9). */
export async function checkPast(
  client: Client,
  past: { epoch: string | null; cursor: Cursor; chain: string },
): Promise<void> {
  if (past.epoch === null) return;
  const head = await readHead(client);
  const seq = wholeUpTo(past.cursor);
  const known =
    seq === 0
      ? { chain: past.chain }
      : (await client.query<{ chain: string }>('SELECT chain FROM sync.commit WHERE seq = $1', [seq])).rows[0];
  if (past.epoch !== head.epoch || seq > head.seq || known?.chain !== past.chain)
    throw new Failure(409, 'FORK', { epoch: head.epoch, seq: head.seq });
}

/** Pages after `from` until the laptop is level or `bytes` are reached, and the head they end at. */
export async function readPages(
  client: Client,
  from: Cursor,
  viewer: Viewer,
  bytes: number,
): Promise<{ pages: Page[]; head: HeadRow; more: boolean }> {
  return transaction(
    client,
    async () => {
      const head = await readHead(client);
      const pages: Page[] = [];
      let at = from;
      let size = 0;
      while ((at.rv < head.seq || at.ord !== WHOLE) && size < bytes) {
        const page = await viewOf(client, await readPage(client, at, head.seq), viewer);
        pages.push(page);
        at = page.to;
        size += JSON.stringify(page).length;
      }
      return { pages, head, more: at.rv < head.seq || at.ord !== WHOLE };
    },
    'ISOLATION LEVEL REPEATABLE READ READ ONLY',
  );
}

interface FeedLine {
  readonly tbl: string;
  readonly row_id: string;
  readonly rv: number;
  readonly ord: number;
}

/** As the store has it, the same for everybody who asks. */
async function readPage(client: Client, from: Cursor, head: number): Promise<Page> {
  const { rows: lines } = await client.query<FeedLine>(
    'SELECT tbl, row_id, rv, ord FROM sync.feed WHERE (rv, ord) > ($1, $2) AND rv <= $3 ORDER BY rv, ord LIMIT $4',
    [from.rv, from.ord, head, ROWS],
  );
  const last = lines.at(-1);
  const byRows: Cursor = lines.length < ROWS || !last ? { rv: head, ord: WHOLE } : { rv: last.rv, ord: last.ord };
  const { commits, cut } = await readCommits(client, wholeUpTo(from), wholeUpTo(byRows));
  const to: Cursor = cut === null ? byRows : { rv: cut, ord: WHOLE };
  const rows = await readLines(
    client,
    lines.filter((line) => line.rv < to.rv || (line.rv === to.rv && line.ord <= to.ord)),
  );
  return { from, to, last: to.rv === head && to.ord === WHOLE, commits, rows };
}

async function readLines(client: Client, lines: readonly FeedLine[]): Promise<PageRow[]> {
  const rows = new Map<string, PageRow>();
  for (const [table, group] of Map.groupBy(lines, (line) => line.tbl))
    for (const row of await readPageRows(
      client,
      table,
      group.map((line) => line.row_id),
    ))
      rows.set(`${table}/${row.id}`, row);
  return lines.flatMap((line) => rows.get(`${line.tbl}/${line.row_id}`) ?? []);
}

/** Commits after `after` up to `upTo`; `cut` = the last one when they would be too much for one page. */
async function readCommits(
  client: Client,
  after: number,
  upTo: number,
): Promise<{ commits: PageCommit[]; cut: number | null }> {
  if (upTo <= after) return { commits: [], cut: null };
  const { rows } = await client.query<{ seq: number; est_at: number; unc_ms: number; body: string; result: string }>(
    `SELECT seq, est_at, unc_ms, body, result FROM sync.commit
     WHERE seq IN (SELECT seq FROM (
       SELECT seq, sum(body_bytes) OVER (ORDER BY seq) - body_bytes AS before FROM sync.commit WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3
     ) sized WHERE before < $4) ORDER BY seq`,
    [after, upTo, COMMITS, COMMIT_BYTES],
  );
  const commits = rows.map(({ seq, est_at, unc_ms, body, result: verdict }) => {
    const [first = '', ...bodies] = body.split('\n');
    const head = parseJson(commitHead, first);
    return {
      ...head,
      bodies,
      seq,
      est_at,
      unc_ms,
      result: parseJson(result, verdict),
    };
  });
  const end = commits.at(-1)?.seq ?? upTo;
  return { commits, cut: end < upTo ? end : null };
}
