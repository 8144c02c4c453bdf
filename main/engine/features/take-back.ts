/** Undo under the law: what comes back must not hold what somebody else was given meanwhile. */
import type { WriteDb } from '../door.ts';
import { rawRow, typeOf } from '../rows.ts';
import { undoBatch } from '../undo.ts';
import { checkTag } from './assets.ts';
import { answerMac, ipHeld } from './ipam/law.ts';

/** As `undoBatch`; refuses whole, naming the holder, when an address, a card or a tag that would come back is held by another. */
export function takeBack(tx: WriteDb, batch: string): { undone: number; kept: number } {
  const result = undoBatch(tx, batch);
  for (const { table, id } of tx.ops) {
    const row = rawRow(tx, typeOf(table), id);
    if (!row || row['deleted_at'] !== null) continue;
    if (table === 'assets') checkTag(tx, row['tag'] as string | null, id);
    if (table === 'bindings' && row['state'] !== 'released') {
      const mac = row['mac'] as string | null;
      const wish = { asset_id: row['asset_id'] as string | null, self: id };
      const refused = ipHeld(tx, String(row['ip']), id) ?? (mac === null ? null : answerMac(tx, mac, wish).refused);
      if (refused) throw refused;
    }
  }
  return result;
}
