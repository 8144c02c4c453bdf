/**
 * Commits that wait for the operator: of a laptop whose access was ended, or brought by somebody who cannot prove whose they are. Nothing here is
 * applied by itself and nothing is ever deleted. What is decided goes through the usual settling under its own key and number, in its author's
 * order; a discarded commit too, as a rejected one, so that its author's later numbers follow without a gap and its laptop hears of it. Where
 * that number was given to another commit, it goes in under one that the store makes (readmit.ts).
 */
import type { Estimate } from '../shared/sync/estimate.ts';
import { commitHead, parseCommit, type CommitHead, type WireCommit } from '../shared/sync/frames.ts';
import { readSignature } from '../shared/sync/keys.ts';
import { parseJson } from '../shared/sync/wire.ts';
import { lockHead, settle } from './accept.ts';
import { sha256 } from './codec.ts';
import { transaction, type Client } from './db.ts';
import { noteEvent } from './events.ts';
import { incarnationOf, type Incarnation } from './incarnations.ts';
import { signerOf } from './keys.ts';
import { anew, ANEW } from './readmit.ts';
import { orUnfit, type Unfit } from './unfit.ts';

export type Reason =
  /** Its laptop's access was ended. */
  | 'revoked'
  /** Signed with a key that this store does not know (it was restored to before that laptop joined). */
  | 'unknown_author'
  /** Made before laptops had keys, and brought by another. */
  | 'unsigned'
  /** Brought by another without proof that this store had lost it. */
  | 'unproved'
  /** Its number was given to another commit, or those before it are missing. */
  | 'unfit';

interface Kept {
  readonly reason: Reason;
  readonly device: string | null;
  readonly offeredBy: string | null;
  readonly text: string;
  readonly commit: WireCommit;
  readonly oldSeq: number | null;
  readonly when: Estimate;
  readonly seen: number | null;
  readonly now: number;
}

/** True when it is new here. */
export async function quarantine(client: Client, kept: Kept): Promise<boolean> {
  const { commit } = kept;
  const { rowCount } = await client.query(
    `INSERT INTO sync.quarantine (at, reason, device, key_name, offered_by, incarnation, mut_no, sha256, body, old_seq, est_at, unc_ms, seen)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING`,
    [
      new Date(kept.now),
      kept.reason,
      kept.device,
      readSignature(commit.signature)?.name ?? null,
      kept.offeredBy,
      commit.incarnation,
      commit.mut_no,
      commit.sha256,
      kept.text,
      kept.oldSeq,
      new Date(Math.min(kept.when.est_at, kept.now)),
      kept.when.unc_ms,
      kept.seen,
    ],
  );
  return rowCount === 1;
}

export interface Quarantined extends Pick<CommitHead, 'actor' | 'command' | 'mut_no' | 'incarnation'> {
  readonly number: number;
  /** When it came here. */
  readonly at: number;
  readonly reason: Reason;
  /** Whose laptop made it, and who brought it where that was another; null = not known here. */
  readonly machine: string | null;
  readonly offered_by: string | null;
  /** When it was made, give or take `unc_ms`. */
  readonly est_at: number;
  readonly unc_ms: number;
  /** One JSON text an operation. */
  readonly bodies: readonly string[];
  /**
   * `decided`: it goes in as soon as its author's earlier ones are decided. `there`: in the store, by decision or because it came by itself.
   * `clash`: it waits, and its number was given to another.
   */
  readonly state: 'waiting' | 'decided' | 'there' | 'discarded' | 'clash';
  readonly decided_at: number | null;
  readonly decided_by: string | null;
  /** Its number in the store. */
  readonly seq: number | null;
}

type Row = Omit<Quarantined, 'bodies' | 'state' | 'actor' | 'command'> & {
  readonly body: string;
  readonly state: 'waiting' | 'accepted' | 'discarded';
  readonly clash: boolean;
};

const stateOf = ({ state, seq, clash }: Row): Quarantined['state'] =>
  seq !== null
    ? state === 'discarded'
      ? 'discarded'
      : 'there'
    : state !== 'waiting'
      ? 'decided'
      : clash
        ? 'clash'
        : state;

/** `all`: also what was decided or came by itself. In the order in which they would go in. */
export async function listQuarantine(
  client: Client,
  { all = false, limit = 500, offset = 0 }: { all?: boolean; limit?: number; offset?: number } = {},
): Promise<{ items: Quarantined[]; total: number }> {
  const { rows } = await client.query<Row & { total: number }>(
    `SELECT q.number, q.at, q.reason, q.incarnation, q.mut_no, q.est_at, q.unc_ms, q.body, q.state, q.decided_at, q.decided_by,
       d.machine, o.machine AS offered_by, coalesce(c.seq, n.seq) AS seq, (a.seq IS NOT NULL AND c.seq IS NULL) AS clash,
       count(*) OVER ()::int AS total
     FROM sync.quarantine q CROSS JOIN sync.seal s
       LEFT JOIN sync.device d ON d.id = q.device
       LEFT JOIN sync.device o ON o.id = q.offered_by
       LEFT JOIN sync.commit a ON a.incarnation = q.incarnation AND a.mut_no = q.mut_no
       LEFT JOIN sync.commit c ON c.seq = a.seq AND c.sha256 = q.sha256
       LEFT JOIN sync.commit n ON n.incarnation = ${ANEW} AND n.mut_no = 1
     WHERE $1 OR (c.seq IS NULL AND n.seq IS NULL)
     ORDER BY q.old_seq NULLS LAST, q.incarnation, q.mut_no, q.number LIMIT $2 OFFSET $3`,
    [all, limit, offset],
  );
  const items = rows.map((row) => {
    const { body, clash, total, ...item } = row;
    void clash;
    void total;
    const [first = '', ...bodies] = body.split('\n');
    const { actor, command } = parseJson(commitHead, first);
    return { ...item, actor, command, bodies, state: stateOf(row) };
  });
  return { items, total: rows[0]?.total ?? 0 };
}

/** One by its number, or everything that waits of a laptop by its machine code. */
export type Which = { readonly number: number } | { readonly machine: string };
interface Decided {
  /** How many of them were waiting for a decision. */
  readonly decided: number;
  /** How many went into the store by it; the rest waits for the author's earlier ones. */
  readonly settled: number;
}

export const acceptQuarantined = (client: Client, which: Which, by: string, now: number): Promise<Decided> =>
  decide(client, which, 'accepted', by, now);
/** They are recorded as rejected and stay readable. */
export const discardQuarantined = (client: Client, which: Which, by: string, now: number): Promise<Decided> =>
  decide(client, which, 'discarded', by, now);

async function decide(
  client: Client,
  which: Which,
  state: 'accepted' | 'discarded',
  by: string,
  now: number,
): Promise<Decided> {
  const decided = await transaction(client, async () => {
    const { rowCount } = await client.query(
      `UPDATE sync.quarantine SET state = $1, decided_at = $2, decided_by = $3 WHERE state = 'waiting' AND
         (number = $4 OR device IN (SELECT id FROM sync.device WHERE machine = $5))`,
      [state, new Date(now), by, 'number' in which ? which.number : null, 'machine' in which ? which.machine : null],
    );
    const n = rowCount ?? 0;
    const about = 'number' in which ? `#${which.number}` : which.machine;
    const detail = `${state} ${about}: ${n}, by ${by}`;
    await noteEvent(client, { now, kind: 'quarantine', device: null, address: 'operator', success: n > 0, detail });
    return n;
  });
  return { decided, settled: await settleDecided(client, now) };
}

/** What is next of its incarnation goes in, until nothing is: each commit in a transaction of its own, as from a laptop. */
async function settleDecided(client: Client, now: number): Promise<number> {
  let settled = 0;
  for (;;) {
    const { rows } = await client.query<{ number: number }>(
      `SELECT q.number FROM sync.quarantine q CROSS JOIN sync.seal s WHERE q.state <> 'waiting'
         AND NOT EXISTS (SELECT 1 FROM sync.commit c WHERE (c.incarnation = q.incarnation AND c.mut_no = q.mut_no AND c.sha256 = q.sha256)
           OR (c.incarnation = ${ANEW} AND c.mut_no = 1))
       ORDER BY q.old_seq NULLS LAST, q.incarnation, q.mut_no, q.number`,
    );
    const before = settled;
    for (const { number } of rows) if (await settleOne(client, number, now)) settled += 1;
    if (settled === before) return settled;
  }
}

interface Decision {
  readonly state: 'accepted' | 'discarded';
  readonly device: string | null;
  readonly offered_by: string | null;
  readonly body: string;
  readonly est_at: number;
  readonly unc_ms: number;
  readonly seen: number | null;
  /** Its incarnation should its own number be another's. */
  readonly anew: string;
}

/** What PostgreSQL will not take is recorded as such, as from a laptop: the others that were decided do not wait for it. */
const settleOne = (client: Client, number: number, now: number): Promise<boolean> =>
  orUnfit((unfit) => transaction(client, () => settleIn(client, number, now, unfit)));

async function settleIn(client: Client, number: number, now: number, unfit: Unfit): Promise<boolean> {
  // First of all, as everybody who writes: the laptop itself may come in the same moment.
  const head = await lockHead(client);
  const { rows } = await client.query<Decision>(
    `SELECT state, device, offered_by, body, est_at, unc_ms, seen, ${ANEW} AS anew FROM sync.quarantine q CROSS JOIN sync.seal s WHERE number = $1`,
    [number],
  );
  const [one] = rows;
  if (!one) return false;
  const commit = parseCommit(one.body, sha256);
  const last = await incarnationOf(client, commit.incarnation, one.device);
  const fits = commit.mut_no === last.last_mut_no + 1 && commit.prev === last.last_sha256;
  if (!fits && !(await isStray(client, commit, last))) return false;
  const owner = fits ? (last.device ?? one.device) : one.device;
  const device = owner ?? one.offered_by;
  if (device === null) return false;
  const { est_at, unc_ms, offered_by: offeredBy } = one;
  const seen = one.seen ?? (commit.mut_no <= last.old_upto ? last.old_seq : null);
  const source = { device, owner, offeredBy, now, when: { est_at, unc_ms }, seen };
  const refuse = one.state === 'discarded' ? 'discarded' : undefined;
  await settle(client, head, [{ source, commit: fits ? commit : anew(commit, one.anew), refuse }], unfit);
  return true;
}

/**
 * Whether it can never be the next of its incarnation: that number is another's, or it builds on a commit that was such a one. What it builds
 * on goes first if it is here.
 */
async function isStray(client: Client, commit: WireCommit, last: Incarnation): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean; anew: boolean }>(
    `SELECT c.seq IS NOT NULL AS there, n.seq IS NOT NULL AS anew FROM sync.quarantine q CROSS JOIN sync.seal s
       LEFT JOIN sync.commit c ON c.incarnation = q.incarnation AND c.mut_no = q.mut_no AND c.sha256 = q.sha256
       LEFT JOIN sync.commit n ON n.incarnation = ${ANEW} AND n.mut_no = 1
     WHERE q.incarnation = $1 AND q.mut_no = $2 AND q.sha256 = $3`,
    [commit.incarnation, commit.mut_no - 1, commit.prev],
  );
  const [before] = rows;
  if (before && !before.there && !before.anew) return false;
  return before?.anew === true || commit.mut_no <= last.last_mut_no + 1;
}

/** A laptop joined with a key by which commits were signed whose author nobody knew: they are its own, and go in. */
export async function released(client: Client, device: string, keyName: string, now: number): Promise<void> {
  const { rows } = await client.query<{ number: number; body: string }>(
    // That laptop itself brings again, under other numbers, what lost its own.
    `SELECT number, body FROM sync.quarantine q WHERE key_name = $1 AND reason = 'unknown_author' AND state = 'waiting'
       AND NOT EXISTS (SELECT 1 FROM sync.commit a WHERE a.incarnation = q.incarnation AND a.mut_no = q.mut_no AND a.sha256 <> q.sha256)`,
    [keyName],
  );
  const own: number[] = [];
  for (const { number, body } of rows)
    if ((await signerOf(client, parseCommit(body, sha256))) === device) own.push(number);
  if (own.length === 0) return;
  await client.query(
    "UPDATE sync.quarantine SET state = 'accepted', device = $1, decided_at = $2, decided_by = 'key' WHERE number = ANY($3)",
    [device, new Date(now), own],
  );
  await settleDecided(client, now);
}
