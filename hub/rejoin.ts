/** The hub after it was restored from a backup: finds the past it shares with a laptop, and takes back what that laptop still holds. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { nextChain, parseCommit, result, type WireCommit } from '../shared/sync/frames.ts';
import { readSignature } from '../shared/sync/keys.ts';
import { checkOps } from '../shared/sync/ops.ts';
import type { commonRequest, Offered, offerAnswer, offerRequest, rejoinRequest } from '../shared/sync/rejoin.ts';
import { parseJson } from '../shared/sync/wire.ts';
import { bounded } from '../shared/sync/estimate.ts';
import { lockHead, settle, type Source } from './accept.ts';
import { sha256 } from './codec.ts';
import { transaction, type Client } from './db.ts';
import { noteEvent } from './events.ts';
import { failpoint } from './failpoint.ts';
import { Failure } from './failure.ts';
import { incarnationOf } from './incarnations.ts';
import { colleaguesAmong, signerOf } from './keys.ts';
import { originOf, readHead } from './pages.ts';
import { quarantine, type Reason } from './quarantine.ts';
import { isReceipt } from './sessions.ts';
import { orUnfit, type Unfit } from './unfit.ts';

/** The highest of a laptop's links that this store has too; null when even the beginning is another. */
export async function commonOf(client: Client, { links }: z.infer<typeof commonRequest>): Promise<number | null> {
  const { rows } = await client.query<{ seq: number; chain: string }>(
    'SELECT seq, chain FROM sync.commit WHERE seq = ANY($1)',
    [links.map(([seq]) => seq)],
  );
  const own = new Map(rows.map(({ seq, chain }) => [seq, chain]));
  own.set(0, await originOf(client));
  return links.findLast(([seq, chain]) => own.get(seq) === chain)?.[0] ?? null;
}

interface Offer {
  readonly device: string;
  readonly asked: z.infer<typeof offerRequest>;
  readonly now: number;
  /** The store told a head that it has not any more: what others bring was really its own. */
  readonly proved: boolean;
  /** The last commit both sides share; what the laptop says of it is believed only as far as this store reaches. */
  readonly common: number;
}

/** Takes commits back one by one, each in a transaction of its own, and begins a new epoch at the first contact after a restoration. */
export async function takeBack(
  client: Client,
  device: string,
  asked: z.infer<typeof offerRequest>,
  address: string,
  now: number,
): Promise<z.infer<typeof offerAnswer>> {
  checkLinks(asked.commits);
  for (const { text } of asked.commits) checkOps(parseCommit(text, sha256).bodies);
  const head = await readHead(client);
  const proved = await isLost(client, head, asked);
  const common = Math.min(asked.common, head.seq);
  if (proved) await transaction(client, () => turnEpoch(client, device, { ...asked, common }, address, now));
  const tally = { taken: 0, known: 0, refused: 0, quarantined: 0 };
  for (const each of asked.commits) {
    tally[await takeOne(client, { device, asked, now, proved, common }, each)] += 1;
    failpoint('F20');
  }
  if (tally.refused + tally.quarantined > 0 || !proved) {
    const detail = `taken ${tally.taken}, quarantined ${tally.quarantined}, refused ${tally.refused}${proved ? '' : ', without proof of a loss'}`;
    await noteEvent(client, { now, kind: 'offer', device, address, success: tally.refused === 0, detail });
  }
  return tally;
}

/** A batch stands in the order of the past it comes from: a commit's chain begins where the one before it ended. Those a laptop may not see leave gaps. */
function checkLinks(commits: readonly Offered[]): void {
  for (const [index, { seq, chain_before, text }] of commits.entries()) {
    const next = commits[index + 1];
    if (!next) return;
    const linked = next.seq > seq + 1 || next.chain_before === nextChain(sha256, chain_before, hashOf(text));
    if (next.seq <= seq || !linked) throw new Failure(400, 'BAD_REQUEST');
  }
}
const hashOf = (text: string): string => parseCommit(text, sha256).sha256;

/** Whether the laptop shows a head that this store told, and that is not in its past: it was restored to before. */
async function isLost(
  client: Client,
  head: { epoch: string; seq: number },
  { receipt, commits }: z.infer<typeof offerRequest>,
): Promise<boolean> {
  if (!receipt || !(await isReceipt(client, receipt))) return false;
  const { seq, chain } = receipt;
  const here = await client.query<{ chain: string }>('SELECT chain FROM sync.commit WHERE seq = $1', [seq]);
  // Once its commits are back it is the past again, but that of another epoch.
  if (here.rows[0]?.chain === chain && receipt.epoch === head.epoch) return false;
  const at = commits.find((each) => each.seq === seq);
  return !at || nextChain(sha256, at.chain_before, hashOf(at.text)) === chain;
}

/** Once for each restoration: laptops of the old epoch, and of one that was begun after the backup was made, then see that something happened. */
async function turnEpoch(
  client: Client,
  device: string,
  { epoch: old, common }: Pick<z.infer<typeof offerRequest>, 'epoch' | 'common'>,
  address: string,
  now: number,
): Promise<void> {
  const { rows } = await client.query<{ epoch: string }>('SELECT epoch FROM sync.head FOR UPDATE');
  const current = rows[0]?.epoch;
  const { rowCount: known } = await client.query('SELECT 1 FROM sync.epoch WHERE epoch = $1', [old]);
  if (current !== old && known) return;
  const epoch = randomUUID();
  await client.query(
    `INSERT INTO sync.epoch (epoch, before, at, seq) VALUES ($1, $2, $3, $4), ($5, $2, $3, $4) ON CONFLICT DO NOTHING`,
    [old, current, new Date(now), common, epoch],
  );
  await client.query('UPDATE sync.head SET epoch = $1', [epoch]);
  failpoint('F19');
  await noteEvent(client, {
    now,
    kind: 'restored',
    device,
    address,
    success: true,
    detail: `shared up to commit ${common}`,
  });
}

/**
 * Who made a commit is proved by its signature, whoever brings it. What is not proved waits for the operator: nobody puts words into a
 * colleague's mouth by bringing them after a restoration.
 */
async function takeOne(
  client: Client,
  { device, asked, now, proved, common }: Offer,
  { text, result: verdict, seq, chain_before }: Offered,
): Promise<keyof z.infer<typeof offerAnswer>> {
  const commit = parseCommit(text, sha256);
  const { est_at, unc_ms, raised_at } = parseJson(result, verdict);
  const when = bounded({ est_at: Math.min(now, est_at ?? commit.clock.wall_ms), unc_ms: unc_ms ?? DAY_MS });
  const author = await authorOf(client, device, asked.incarnation, commit);
  const settled = async (unfit: Unfit): Promise<keyof z.infer<typeof offerAnswer>> => {
    const head = await lockHead(client);
    const last = await incarnationOf(client, commit.incarnation, author.device);
    const keep = async (reason: Reason): Promise<'quarantined'> => {
      const offeredBy = author.device === device ? null : device;
      const from = { oldSeq: seq, when, seen: common, now };
      await quarantine(client, { reason, device: author.device, offeredBy, text, commit, ...from });
      return 'quarantined';
    };
    const isKnown = commit.mut_no <= last.last_mut_no && (await has(client, commit));
    if (isKnown) return 'known';
    if (author.is === 'forged') return 'refused';
    if (author.is !== 'proved') return keep(author.is);
    if (!proved && author.device !== device) return keep('unproved');
    const other = last.device !== null && last.device !== author.device;
    if (other || commit.mut_no !== last.last_mut_no + 1 || commit.prev !== last.last_sha256) return keep('unfit');
    const source: Source = {
      device: author.device,
      owner: author.device,
      offeredBy: device,
      now,
      when,
      // A laptop that brings it back from the future does not make it wait longer.
      raised: raised_at === undefined ? undefined : Math.min(now, raised_at),
      // As long as nobody came in between, the numbers are what they were.
      seen: head.chain === chain_before ? null : common,
    };
    await settle(client, head, [{ source, commit }], unfit);
    return 'taken';
  };
  // It was recorded as unfit in the past that was lost, too: nobody's return may end at it.
  return orUnfit((unfit) => transaction(client, () => settled(unfit)));
}
const DAY_MS = 86_400_000;

async function has(client: Client, { incarnation, mut_no, sha256: hash }: WireCommit): Promise<boolean> {
  const { rowCount } = await client.query(
    'SELECT 1 FROM sync.commit WHERE incarnation = $1 AND mut_no = $2 AND sha256 = $3',
    [incarnation, mut_no, hash],
  );
  return rowCount === 1;
}

type Author =
  | { readonly is: 'proved'; readonly device: string }
  | { readonly is: 'forged' | 'unknown_author' | 'unsigned' | 'revoked'; readonly device: string | null };

/**
 * Commits of before there were keys are believed only of their own laptop, while it has none itself: with one it signs them before it offers
 * them. Of everybody else they wait for that laptop or the operator.
 */
async function authorOf(client: Client, device: string, own: string, commit: WireCommit): Promise<Author> {
  const signer = await signerOf(client, commit);
  if (signer === null) {
    if (commit.signature !== null)
      return { is: (await isKeyNamed(client, commit)) ? 'forged' : 'unknown_author', device: null };
    const { rows } = await client.query<{ device: string | null; keyed: boolean }>(
      `SELECT i.device, d.public_key IS NOT NULL AS keyed FROM sync.device d LEFT JOIN sync.incarnation i ON i.id = $2 WHERE d.id = $1`,
      [device, commit.incarnation],
    );
    const [known] = rows;
    const isOwn =
      known !== undefined && (known.device === device || (known.device === null && commit.incarnation === own));
    return isOwn && !known.keyed ? { is: 'proved', device } : { is: 'unsigned', device: known?.device ?? null };
  }
  if ((await colleaguesAmong(client, signer, [commit.actor])).size > 0) return { is: 'forged', device: signer };
  const { rowCount } = await client.query('SELECT 1 FROM sync.device WHERE id = $1 AND revoked_at IS NOT NULL', [
    signer,
  ]);
  return { is: rowCount === 0 ? 'proved' : 'revoked', device: signer };
}

async function isKeyNamed(client: Client, { signature }: WireCommit): Promise<boolean> {
  const { rowCount } = await client.query('SELECT 1 FROM sync.device_key WHERE name = $1', [
    readSignature(signature)?.name ?? '',
  ]);
  return rowCount !== 0;
}

/** From here on the laptop is of this epoch; what it made over the old past is judged by what both sides share. */
export async function rejoin(
  client: Client,
  device: string,
  { incarnation, last_mut_no, seq }: z.infer<typeof rejoinRequest>,
): Promise<{ epoch: string }> {
  return transaction(client, async () => {
    const last = await incarnationOf(client, incarnation, device);
    if (last.device !== null && last.device !== device)
      throw new Failure(409, 'CLIENT_FORK', { incarnation, mut_no: 0 });
    await client.query(
      `INSERT INTO sync.incarnation (id, device, last_mut_no, last_sha256, old_upto, old_seq) VALUES ($1, $2, 0, '', $3, $4)
       ON CONFLICT (id) DO UPDATE SET device = excluded.device, old_upto = excluded.old_upto, old_seq = excluded.old_seq`,
      [incarnation, device, last_mut_no, seq],
    );
    const { epoch } = await readHead(client);
    return { epoch };
  });
}
