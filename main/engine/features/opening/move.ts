/** A person, a machine or one address moves to another room: new port and address, the old ones released, the machine along with it. */
import { assets } from '../../../../shared/features/assets.ts';
import { bindings } from '../../../../shared/features/ipam.ts';
import { freeFrom } from '../../../../shared/features/ipam/states.ts';
import { locations } from '../../../../shared/features/locations.ts';
import { people } from '../../../../shared/features/people.ts';
import type { MoveInput } from '../../../../shared/features/opening.ts';
import { parseIp, showIp } from '../../../../shared/ip.ts';
import { isUnicastMac, parseMac } from '../../../../shared/mac.ts';
import type { RowOf } from '../../../../shared/record.ts';
import { refuse, type Refusal } from '../../../../shared/refusal.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import { readRow } from '../../read-row.ts';
import { updateAsset } from '../assets.ts';
import { moveBinding, updateBinding, type Now } from '../ipam/bindings.ts';
import { needSubnet, subnetOf } from '../ipam/plan.ts';
import { subnetForPlace } from '../ipam/suggest.ts';

type Binding = RowOf<typeof bindings>;
type Line = MoveInput['lines'][number];
export interface Moved {
  readonly before: Binding;
  readonly after: Binding | null;
  readonly refusal: Refusal | null;
  /** The first day on which the old address is free again; null when it was kept. */
  readonly freeOn: string | null;
}

/** Living bindings that move with a person, a machine, or the one that was named. */
export function moversOf(
  db: ReadDb,
  who: {
    person_id?: string | null | undefined;
    asset_id?: string | null | undefined;
    binding_id?: string | null | undefined;
  },
): Binding[] {
  if (who.binding_id) {
    const binding = readRow(db, bindings, who.binding_id);
    if (binding.state === 'released') throw refuse('wrong_move', { ip: binding.ip });
    return [binding];
  }
  const [column, id] = who.asset_id ? ['asset_id', who.asset_id] : ['person_id', who.person_id ?? ''];
  return db
    .all<{ id: string }>(
      `SELECT id FROM bindings WHERE ${column} = ? AND state <> 'released' AND deleted_at IS NULL ORDER BY opened_at, id LIMIT 50`,
      id,
    )
    .map((row) => readRow(db, bindings, row.id));
}

function macOf(line: Line, before: Binding): string | null {
  const text = line.mac?.trim() ?? '';
  if (text === '') return before.mac;
  const hex = parseMac(text);
  if (hex === null || !isUnicastMac(hex)) throw refuse('invalid', { field: 'bindings.mac', problem: 'mac' });
  return hex;
}

function moveLine(tx: WriteDb, line: Line, place: string, reason: string, at: Now): Binding {
  const before = tx.need(bindings, line.id);
  if (before.state === 'released') throw refuse('wrong_move', { ip: before.ip });
  const mac = macOf(line, before);
  const written = line.ip ? parseIp(line.ip) : null;
  if (line.ip && written === null) throw refuse('invalid', { field: 'bindings.ip', problem: 'ip' });
  const ip = written === null ? null : showIp(written);
  const subnetId =
    line.subnet_id ?? (ip === null ? null : subnetOf(tx, ip)?.id) ?? subnetForPlace(tx, place) ?? before.subnet_id;
  const to = {
    location_id: place,
    mac,
    outlet: line.outlet || null,
    switch_name: line.switch_name || null,
    switch_port: line.switch_port || null,
  };
  // The address goes along as long as the new room is in the same subnet.
  const keeps = ip === before.ip || (ip === null && needSubnet(tx, subnetId).id === before.subnet_id);
  const after = keeps
    ? updateBinding(tx, before.id, to, reason)
    : moveBinding(tx, before.id, { ...to, subnet_id: subnetId, ...(ip === null ? {} : { ip }) }, reason, at);
  if (after.asset_id !== null) updateAsset(tx, after.asset_id, { location_id: place });
  return after;
}

/** Tries every line; the caller decides what a refused one means. */
export function moveAll(tx: WriteDb, input: Omit<MoveInput, 'reason'>, reason: string, at: Now): Moved[] {
  tx.need(locations, input.location_id);
  const moved = input.lines.map((line): Moved => {
    const before = readRow(tx, bindings, line.id);
    const step = tx.attempt(() => moveLine(tx, line, input.location_id, reason, at));
    if (step.refusal) return { before, after: null, refusal: step.refusal, freeOn: null };
    const cooldown = readCooldown(tx, before.subnet_id);
    const left = step.value.id !== before.id && before.state !== 'reserved';
    return { before, after: step.value, refusal: null, freeOn: left ? freeFrom(at.now, cooldown) : null };
  });
  if (input.person_id) {
    const department = input.department?.trim();
    tx.patch(people, input.person_id, { location_id: input.location_id, ...(department ? { department } : {}) });
    if (department)
      for (const { after } of moved)
        if (after?.asset_id && tx.need(assets, after.asset_id).department !== null)
          updateAsset(tx, after.asset_id, { department });
  }
  return moved;
}
const readCooldown = (db: ReadDb, subnetId: string): number | null =>
  db.get<{ cooldown_days: number | null }>('SELECT cooldown_days FROM subnets WHERE id = ?', subnetId)?.cooldown_days ??
  null;
