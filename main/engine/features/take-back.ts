/** Undo under the law: what comes back must not hold what somebody else was given meanwhile. */
import type { Op } from '../../../shared/commit.ts';
import { cables } from '../../../shared/features/cabling.ts';
import { addressRanges, subnets } from '../../../shared/features/ipam.ts';
import { locations } from '../../../shared/features/locations.ts';
import type { Setup } from '../../../shared/features/system.ts';
import type { Translate } from '../../../shared/refusal-text.ts';
import { refuse } from '../../../shared/refusal.ts';
import { translator } from '../../../shared/translate.ts';
import { decode } from '../codec.ts';
import type { Raw } from '../db.ts';
import type { WriteDb } from '../door.ts';
import { checkParent } from '../places.ts';
import { rawRow, typeOf } from '../rows.ts';
import { readSetting } from '../settings.ts';
import { undoBatch } from '../undo.ts';
import { checkTag } from './assets.ts';
import { checkCable } from './cabling/cables.ts';
import { answerMac, checkPerson, ipHeld } from './ipam/law.ts';
import { needSubnet } from './ipam/plan.ts';
import { isUntouched } from './tickets/live.ts';
import { checkWatched } from './watch/devices.ts';
import { checkContents, checkRange, checkSubnet } from './ipam/subnets.ts';

/**
 * As `undoBatch`; refuses whole, naming what stands in the way, when an address, a card, a tag or a place in the plan that would
 * come back is held by another. A step of a ticket is refused: its work log is only ever added to, and would contradict the ticket.
 * Opening one can be taken back as long as nobody did anything about it: the log goes out of sight with its ticket.
 */
export function takeBack(tx: WriteDb, batch: string): { undone: number; kept: number } {
  const logged = tx.all<{ tbl: string; body: string }>(
    "SELECT o.tbl, o.body FROM _ops o JOIN _commits c ON c.ord = o.commit_ord WHERE c.batch = ? AND o.op = 'append' AND o.tbl <> 'document_parts'",
    batch,
  );
  if (logged.length > 0 && !logged.every(({ tbl, body }) => tbl === 'ticket_events' && opens(tx, body, batch)))
    throw refuse('undo_not_possible');
  const result = undoBatch(tx, batch);
  for (const op of tx.ops) {
    const row = rawRow(tx, typeOf(op.table), op.id);
    if (row?.['deleted_at'] === null) check(tx, op, row);
  }
  return result;
}

/** What stands in the way is named in the language of the notebook. */
const words = (tx: WriteDb): Translate => translator(readSetting<Setup>(tx, 'setup')?.language ?? 'zh-CN');

/** Whether this entry of a work log is the whole log of a ticket that the same batch opened. */
function opens(tx: WriteDb, body: string, batch: string): boolean {
  const op = JSON.parse(body) as Op;
  const ticket = op.op === 'append' ? op.values['ticket_id'] : null;
  if (typeof ticket !== 'string') return false;
  const opened = tx.value(
    "SELECT 1 FROM _ops o JOIN _commits c ON c.ord = o.commit_ord WHERE o.row_id = ? AND o.op = 'insert' AND c.batch = ?",
    ticket,
    batch,
  );
  return opened !== undefined && isUntouched(tx, ticket);
}

/** The rules of the command that would put this row where the undo put it. */
function check(tx: WriteDb, op: Op, row: Raw): void {
  const { id } = op;
  switch (op.table) {
    case 'assets':
      return checkTag(tx, row['tag'] as string | null, id);
    case 'locations':
      return checkParent(tx, id, decode(locations, row).parent_id);
    case 'subnets': {
      const subnet = decode(subnets, row);
      checkSubnet(tx, subnet, id);
      return checkContents(tx, subnet);
    }
    case 'address_ranges':
      return checkRange(tx, decode(addressRanges, row), id);
    case 'cables':
      return checkCable(tx, words(tx), decode(cables, row));
    case 'bindings':
      return checkBinding(tx, op, row);
    case 'watched_devices':
      return checkWatched(tx, String(row['ip']), id);
  }
}

function checkBinding(tx: WriteDb, op: Op, row: Raw): void {
  if (row['state'] === 'released') return;
  const mac = row['mac'] as string | null;
  const wish = { asset_id: row['asset_id'] as string | null, self: op.id };
  const refused = ipHeld(tx, String(row['ip']), op.id) ?? (mac === null ? null : answerMac(tx, mac, wish).refused);
  if (refused) throw refused;
  // A corrected remark of a person who left is no new binding.
  if (op.op === 'patch' && !op.fields['state'] && !op.fields['person_id'] && !op.fields['subnet_id']) return;
  checkPerson(tx, String(row['person_id']));
  needSubnet(tx, String(row['subnet_id']));
}
