/** One page of the feed as the store has it, the same for everybody who asks: current rows, and the commits that made them. */
import {
  commitHead,
  result,
  wholeUpTo,
  WHOLE,
  type Cursor,
  type Page,
  type PageCommit,
  type PageRow,
} from '../shared/sync/frames.ts';
import { parseJson } from '../shared/sync/wire.ts';
import type { Client } from './db.ts';
import { readPageRows } from './rows.ts';

/**
 * A page is what a bad link loses at most when it is cut: 64 kB compressed must be enough for one, with what opening the line takes. Rows and
 * operations each get this much text; a single commit may be longer.
 */
const TEXT = 120_000;
/** Lines of the feed, and commits, that are looked at for one page. */
const LINES = 1000;

/** A page, and whether the head was what ended it: read later, the same page may hold more. */
export interface FeedPage extends Omit<Page, 'last'> {
  readonly atHead: boolean;
}

interface FeedLine {
  readonly tbl: string;
  readonly row_id: string;
  readonly rv: number;
  readonly ord: number;
}

/** What follows `from`, inside the caller's snapshot, whose head is `head`. */
export async function readFeed(client: Client, from: Cursor, head: number): Promise<FeedPage> {
  const { rows: lines } = await client.query<FeedLine>(
    'SELECT tbl, row_id, rv, ord FROM sync.feed WHERE (rv, ord) > ($1, $2) AND rv <= $3 ORDER BY rv, ord LIMIT $4',
    [from.rv, from.ord, head, LINES],
  );
  const rows = await readLines(client, lines);
  const fitting = rows.slice(0, fits(rows.map(({ row }) => JSON.stringify(row).length)));
  const end = fitting.at(-1)?.line;
  const whole = fitting.length === rows.length && lines.length < LINES;
  const byRows: Cursor = whole || !end ? { rv: head, ord: WHOLE } : { rv: end.rv, ord: end.ord };
  const { commits, cut } = await readCommits(client, wholeUpTo(from), wholeUpTo(byRows));
  const to: Cursor = cut === null ? byRows : { rv: cut, ord: WHOLE };
  return {
    from,
    to,
    commits,
    rows: fitting
      .filter(({ line }) => line.rv < to.rv || (line.rv === to.rv && line.ord <= to.ord))
      .map(({ row }) => row),
    atHead: to.rv === head && to.ord === WHOLE,
  };
}

/** How many of these lengths stay within a page: at least one. */
function fits(lengths: readonly number[]): number {
  let sum = 0;
  const end = lengths.findIndex((length, index) => {
    sum += length;
    return index > 0 && sum > TEXT;
  });
  return end < 0 ? lengths.length : end;
}

async function readLines(client: Client, lines: readonly FeedLine[]): Promise<{ line: FeedLine; row: PageRow }[]> {
  const rows = new Map<string, PageRow>();
  for (const [table, group] of Map.groupBy(lines, (line) => line.tbl))
    for (const row of await readPageRows(
      client,
      table,
      group.map((line) => line.row_id),
    ))
      rows.set(`${table}/${row.id}`, row);
  return lines.flatMap((line) => {
    const row = rows.get(`${line.tbl}/${line.row_id}`);
    return row ? [{ line, row }] : [];
  });
}

/** Commits after `after` up to `upTo`; `cut` = the last one when they would be too much for one page. */
async function readCommits(
  client: Client,
  after: number,
  upTo: number,
): Promise<{ commits: PageCommit[]; cut: number | null }> {
  if (upTo <= after) return { commits: [], cut: null };
  const { rows } = await client.query<CommitRow>(
    `SELECT seq, est_at, unc_ms, body, result FROM sync.commit
     WHERE seq IN (SELECT seq FROM (
       SELECT seq, sum(body_bytes) OVER (ORDER BY seq) - body_bytes AS before FROM
         (SELECT seq, body_bytes FROM sync.commit WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3) few
     ) sized WHERE before < $4) ORDER BY seq`,
    [after, upTo, LINES, TEXT],
  );
  const commits = rows.map(toCommit);
  const end = commits.at(-1)?.seq ?? upTo;
  return { commits, cut: end < upTo ? end : null };
}

interface CommitRow {
  readonly seq: number;
  readonly est_at: number;
  readonly unc_ms: number;
  readonly body: string;
  readonly result: string;
}
function toCommit({ seq, est_at, unc_ms, body, result: verdict }: CommitRow): PageCommit {
  const [first = '', ...bodies] = body.split('\n');
  const head = parseJson(commitHead, first);
  return { ...head, bodies, seq, est_at, unc_ms, result: parseJson(result, verdict) };
}

/** Commits after `after` up to `upTo`, at most `most` of them, whatever their size. */
export async function commitsAfter(client: Client, after: number, upTo: number, most: number): Promise<PageCommit[]> {
  const { rows } = await client.query<CommitRow>(
    'SELECT seq, est_at, unc_ms, body, result FROM sync.commit WHERE seq > $1 AND seq <= $2 ORDER BY seq LIMIT $3',
    [after, upTo, most],
  );
  return rows.map(toCommit);
}
