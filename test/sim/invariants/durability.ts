/** What a user saw as saved: I3 no lost write, I4 no double apply, I6 own order, I13 work log and audit, I19 nothing lost with a restored hub. */
import { commitHead } from '../../../shared/sync/frames.ts';
import { opsOf } from '../../../shared/sync/ops.ts';
import { recordOf } from '../../../shared/records.ts';
import { parseJson } from '../../../shared/sync/wire.ts';
import type { Hub } from '../../../hub/hub.ts';
import { keptBack } from '../../../main/engine/sync/handover.ts';
import { effectOf } from '../../../main/engine/sync/outbox.ts';
import type { SimLaptop } from '../laptop.ts';
import type { Ledger } from '../ledger.ts';
import type { HubCommit } from './log.ts';

const tally = (batches: Iterable<string>): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const batch of batches) counts.set(batch, (counts.get(batch) ?? 0) + 1);
  return counts;
};

/** What waits for the operator, by batch. */
export async function quarantined(hub: Hub): Promise<Map<string, number>> {
  const { rows } = await hub.pool.query<{ body: string }>("SELECT body FROM sync.quarantine WHERE state = 'waiting'");
  return tally(rows.map(({ body }) => parseJson(commitHead, body.split('\n')[0] ?? '').batch));
}

/** Each commit is at the hub once, under whatever number; or it waits for the operator. */
export async function i3i4i19EachOnce(hub: Hub, ledger: Ledger, commits: readonly HubCommit[]): Promise<void> {
  const stored = tally(commits.map(({ batch }) => batch));
  const waiting = await quarantined(hub);
  for (const [batch, { commits: made, command, gone }] of ledger.saved) {
    const found = stored.get(batch) ?? 0;
    expect(['I4', command, found <= made]).toEqual(['I4', command, true]);
    const label = ledger.labelOf(batch);
    const excused = gone === 'pending' || (gone === 'sent' && ledger.hubRestores > 0);
    if (found + (waiting.get(batch) ?? 0) >= made || excused) continue;
    expect(['I3', command, label, found]).toEqual(['I3', command, label, made]);
  }
  // Nothing came from nowhere.
  for (const batch of stored.keys()) expect(['I4', ledger.saved.has(batch)]).toEqual(['I4', true]);
}

/** Whose access was ended kept nothing to itself: all it had not sent waits for the operator, and it knows. */
export async function i3HandedOver(hub: Hub, away: readonly SimLaptop[]): Promise<void> {
  const waiting = await quarantined(hub);
  for (const { engine, machine } of away) {
    expect(['I3', machine, keptBack(engine)]).toEqual(['I3', machine, 0]);
    const pending = engine.db.all<{ batch: string }>("SELECT batch FROM _commits WHERE state = 'pending'");
    for (const { batch } of pending) expect(['I3', machine, waiting.has(batch)]).toEqual(['I3', machine, true]);
  }
}

/** Every own commit of a laptop that came was decided, and nothing waits any more. */
export function i3Decided({ engine: { db } }: SimLaptop): void {
  expect(
    db.all("SELECT state, command FROM _commits WHERE state NOT IN ('applied', 'held', 'rejected') OR result IS NULL"),
  ).toEqual([]);
}

export function i6OwnOrder(commits: readonly HubCommit[]): void {
  for (const group of Map.groupBy(commits, ({ incarnation }) => incarnation).values())
    expect(group.map(({ mut_no }) => mut_no)).toEqual(group.map((_, index) => index + 1));
}

/** Append-only: what is there is all that was ever added, and its chain is whole. */
export async function i13WorkLog(
  hub: Hub,
  commits: readonly HubCommit[],
  laptops: readonly SimLaptop[],
): Promise<void> {
  const wanted = new Map<string, string[]>();
  for (const { bodies, schema, result } of commits)
    for (const [index, op] of (opsOf(bodies, schema) ?? []).entries()) {
      const effect = effectOf(op, index, result);
      if (effect && 'values' in effect && recordOf(op.table)?.appendOnly)
        wanted.set(op.table, [...(wanted.get(op.table) ?? []), op.id]);
    }
  for (const [table, ids] of wanted) {
    const { rows } = await hub.pool.query<{ id: string }>(`SELECT id FROM app.${table}`);
    expect(rows.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  }
  for (const { call } of laptops) expect(await call.audit.verify()).toMatchObject({ ok: true });
}
