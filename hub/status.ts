/** How the store stands, in lines for its operator at the console. */
import type { Client } from './db.ts';
import { readReport } from './operator.ts';

const at = (moment: number): string => `${new Date(moment).toISOString().slice(0, 16)}Z`;

export async function readStatus(client: Client, now: number): Promise<string[]> {
  const store = await readReport(client, now);
  const lines = [
    `commits: ${store.commits}${store.last_at === null ? '' : `, the last at ${at(store.last_at)}`}`,
    `laptops: ${store.laptops}`,
    `open conflicts: ${store.conflicts}${store.overdue > 0 ? `, for more than 14 days: ${store.overdue}` : ''}`,
    `waiting for your decision: ${store.quarantine}`,
    `last backup: ${store.backup_at === null ? 'never' : at(store.backup_at)}`,
  ];
  const { restored } = store;
  if (!restored) return lines;
  const { back, away } = restored;
  return [
    ...lines,
    `restored from a backup, noticed at ${at(restored.at)}: shared up to commit ${restored.common}`,
    `commits that came back: ${back.reduce((sum, { n }) => sum + n, 0)}${back.map(({ machine, n }) => `, from ${machine} ${n}`).join('')}`,
    away.length === 0
      ? 'every laptop has been here since'
      : `not seen since, and may still hold work that was lost: ${away.join(', ')}`,
  ];
}
