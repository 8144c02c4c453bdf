/** The hub after it was restored from a backup: finds the past it shares with a laptop, and takes back what that laptop still holds. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { parseCommit, result } from '../shared/sync/frames.ts';
import type { commonRequest, Offered, offerAnswer, offerRequest, rejoinRequest } from '../shared/sync/rejoin.ts';
import { parseJson } from '../shared/sync/wire.ts';
import { lockHead, settle, type Source } from './accept.ts';
import { sha256 } from './codec.ts';
import { transaction, type Client } from './db.ts';
import { noteEvent } from './devices.ts';
import { Failure } from './failure.ts';
import { incarnationOf } from './incarnations.ts';
import { originOf, readHead } from './pages.ts';

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

/** Takes commits back one by one, each in a transaction of its own, and begins a new epoch at the first contact after a restoration. */
export async function takeBack(
  client: Client,
  device: string,
  asked: z.infer<typeof offerRequest>,
  address: string,
  now: number,
): Promise<z.infer<typeof offerAnswer>> {
  await transaction(client, () => turnEpoch(client, device, asked, address, now));
  const tally = { taken: 0, known: 0, refused: 0 };
  for (const commit of asked.commits) tally[await takeOne(client, device, asked, commit, now)] += 1;
  return tally;
}

/** Once for each restoration: laptops of the old epoch, and of one that was begun after the backup was made, then see that something happened. */
async function turnEpoch(
  client: Client,
  device: string,
  { epoch: old, common }: z.infer<typeof offerRequest>,
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
  await noteEvent(client, {
    now,
    kind: 'restored',
    device,
    address,
    success: true,
    detail: `shared up to commit ${common}`,
  });
}

async function takeOne(
  client: Client,
  device: string,
  { incarnation: own, common }: z.infer<typeof offerRequest>,
  offered: Offered,
  now: number,
): Promise<keyof z.infer<typeof offerAnswer>> {
  const commit = parseCommit(offered.text, sha256);
  const before = parseJson(result, offered.result);
  return transaction(client, async () => {
    const head = await lockHead(client);
    const last = await incarnationOf(client, commit.incarnation, commit.incarnation === own ? device : null);
    if (commit.mut_no <= last.last_mut_no) return 'known';
    if (commit.mut_no !== last.last_mut_no + 1 || commit.prev !== last.last_sha256) return 'refused';
    const source: Source = {
      device: last.device ?? device,
      owner: last.device,
      offeredBy: device,
      now,
      when: { est_at: before.est_at ?? commit.clock.wall_ms, unc_ms: before.unc_ms ?? DAY_MS },
      // As long as nobody came in between, the numbers are what they were.
      seen: head.chain === offered.chain_before ? null : common,
    };
    await settle(client, head, [{ source, commit }]);
    return 'taken';
  });
}
const DAY_MS = 86_400_000;

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
