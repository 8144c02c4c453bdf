/** How the store stands, in lines for its operator. */
import type { Client } from './db.ts';

const at = (moment: number): string => `${new Date(moment).toISOString().slice(0, 16)}Z`;

export async function readStatus(client: Client): Promise<string[]> {
  const { rows } = await client.query<{
    seq: number;
    epoch: string;
    last: number | null;
    laptops: number;
    conflicts: number;
  }>(
    `SELECT seq, epoch, (SELECT max(recv_at) FROM sync.commit) AS last,
       (SELECT count(*)::int FROM sync.device WHERE revoked_at IS NULL) AS laptops,
       (SELECT count(*)::int FROM app.conflicts WHERE state = 'open' AND deleted_rv IS NULL) AS conflicts FROM sync.head`,
  );
  const store = rows[0];
  if (!store) throw new Error('sync.head is empty');
  return [
    `commits: ${store.seq}${store.last === null ? '' : `, the last at ${at(store.last)}`}`,
    `laptops: ${store.laptops}`,
    `open conflicts: ${store.conflicts}`,
    ...(await restorations(client)),
  ];
}

/** Of each restoration that a laptop noticed: where the store was put back to, what came back from whom, and who has not been here since. */
async function restorations(client: Client): Promise<string[]> {
  const { rows: found } = await client.query<{ at: number; detail: string }>(
    "SELECT at, detail FROM sync.event WHERE kind = 'restored' ORDER BY at",
  );
  const last = found.at(-1);
  if (!last) return [];
  const { rows: back } = await client.query<{ machine: string; n: number }>(
    `SELECT d.machine, count(*)::int AS n FROM sync.commit c JOIN sync.device d ON d.id = c.offered_by
     GROUP BY d.machine ORDER BY d.machine`,
  );
  const { rows: away } = await client.query<{ machine: string }>(
    'SELECT machine FROM sync.device WHERE revoked_at IS NULL AND (seen_at IS NULL OR seen_at < $1) ORDER BY machine',
    [new Date(last.at - 60_000)],
  );
  return [
    ...found.map((each) => `restored from a backup, noticed at ${at(each.at)}: ${each.detail}`),
    `commits that came back: ${back.reduce((sum, { n }) => sum + n, 0)}${back.map(({ machine, n }) => `, from ${machine} ${n}`).join('')}`,
    away.length === 0
      ? 'every laptop has been here since'
      : `not seen since, and may still hold work that was lost: ${away.map(({ machine }) => machine).join(', ')}`,
  ];
}
