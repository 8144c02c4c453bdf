/** Commands on bindings: an IP, a card, a person and a place, joined in one step and parted with a reason. */
import { assets } from '../../../../shared/features/assets.ts';
import { bindings, type correction, type moving, type opening } from '../../../../shared/features/ipam.ts';
import { locations } from '../../../../shared/features/locations.ts';
import { bindingMoves, mayMove, type BindingMove } from '../../../../shared/features/ipam/states.ts';
import { momentOf } from '../../../../shared/day.ts';
import { parseIp } from '../../../../shared/ip.ts';
import { parseMac } from '../../../../shared/mac.ts';
import type { DraftOf, PatchOf, RowOf } from '../../../../shared/record.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { WriteDb } from '../../door.ts';
import { lacksPaper } from '../applications/standing.ts';
import { updateAsset } from '../assets.ts';
import { ownRuns } from './leased.ts';
import { answerIp, answerMac, checkPerson, ipHeld, nextIp, type Wish } from './law.ts';
import { needSubnet, subnetOf, type Subnet } from './plan.ts';

export type Binding = RowOf<typeof bindings>;
/** The moment of the command and its local date. */
export interface Now {
  readonly now: number;
  readonly today: string;
  /** The store is out of reach: another laptop may be giving out the same addresses. */
  readonly away?: boolean;
  /** What stands on record when somebody is given an address without a signed application or letter, and nothing else is said. */
  readonly unsigned?: string;
}

/** Refuses an address that the law does not give to this wish; returns whether a lower free one was passed over. */
function checkIp(
  tx: WriteDb,
  subnet: Subnet,
  ip: string,
  wish: Wish,
  reason: string | null | undefined,
  today: string,
): boolean {
  const held = ipHeld(tx, ip, wish.self);
  if (held) throw held;
  const answer = answerIp(tx, subnet, ip, wish, today);
  if (answer.refused) throw answer.refused;
  if (answer.asks === null) return false;
  if (!reason) {
    if (answer.asks === 'skips') throw refuse('skip_needs_reason', { ip, lowest: answer.lowest ?? '' });
    if (answer.asks === 'department') throw refuse('department_needs_reason', { ip });
    throw refuse(answer.asks === 'cooling' ? 'cooling_needs_reason' : 'plan_needs_reason', { ip });
  }
  return answer.asks === 'skips';
}

function subnetFor(tx: WriteDb, ip: string | null | undefined, subnetId: string | null | undefined): Subnet {
  if (subnetId) return needSubnet(tx, subnetId);
  if (!ip) throw refuse('subnet_needed');
  const subnet = subnetOf(tx, ip);
  if (!subnet) throw refuse('ip_unknown_subnet', { ip });
  return subnet;
}

/** Checks the card, and tells which asset it belongs to. */
function checkMac(tx: WriteDb, mac: string | null | undefined, wish: Pick<Wish, 'asset_id' | 'self'>): string | null {
  if (!mac) return null;
  const answer = answerMac(tx, mac, wish);
  if (answer.refused) throw answer.refused;
  return answer.asset_id;
}

/** The asset that carries this address on record with this card or none: what is bound is that asset. */
const assetAt = (tx: WriteDb, ip: string, mac: string | null): string | null =>
  mac === null
    ? null
    : (tx.value<string>(
        "SELECT id FROM assets WHERE ip = ? AND (mac IS NULL OR mac = ?) AND deleted_at IS NULL AND status <> 'scrapped'",
        ip,
        mac,
      ) ?? null);

/** The asset's own IP follows its binding, and an unknown MAC is filled in. */
function followAsset(tx: WriteDb, assetId: string | null, ip: string | null, mac: string | null): void {
  if (assetId === null) return;
  const asset = tx.need(assets, assetId);
  updateAsset(tx, assetId, { ip, ...(asset.mac === null && mac !== null ? { mac } : {}) });
}
function leaveAsset(tx: WriteDb, binding: Binding): void {
  if (binding.asset_id === null) return;
  const ip = tx.value<string>('SELECT ip FROM assets WHERE id = ? AND deleted_at IS NULL', binding.asset_id);
  if (ip === binding.ip) updateAsset(tx, binding.asset_id, { ip: null });
}

/** In a slice that this laptop took along, and the store confirmed. */
function isOwn(tx: WriteDb, subnetId: string, ip: string, today: string): boolean {
  const address = parseIp(ip) ?? -1;
  return ownRuns(tx, subnetId, today).some(([first, last]) => address >= first && address <= last);
}

/** Opens a user: one commit with the address, the card, the person and the place. Also used by discovery and the demo school. */
export function bind(
  tx: WriteDb,
  { application_id, ...draft }: DraftOf<typeof opening>,
  { now, today, away, unsigned }: Now,
): Binding {
  checkPerson(tx, draft.person_id, today);
  const subnet = subnetFor(tx, draft.ip, draft.subnet_id);
  const state = draft.state ?? 'active';
  const mac = draft.mac ?? null;
  if (state === 'active' && mac === null) throw refuse('mac_needed');
  if (draft.location_id) tx.need(locations, draft.location_id);
  const openedOn = draft.opened_on ?? today;
  if (openedOn > today) throw refuse('opened_later', { day: openedOn });
  const given = draft.asset_id ?? null;
  const ip = draft.ip ?? nextIp(tx, subnet, today, undefined, draft.person_id).ip;
  if (subnet.strict_order && away && !isOwn(tx, subnet.id, ip, today))
    throw refuse('strict_away', { cidr: subnet.cidr });
  const owner = checkMac(tx, mac, { asset_id: given, self: null });
  const assetId = given ?? owner ?? assetAt(tx, ip, mac);
  const skipped = checkIp(
    tx,
    subnet,
    ip,
    { person_id: draft.person_id, mac, asset_id: assetId, self: null },
    draft.reason,
    today,
  );
  const binding = tx.insert(bindings, {
    ...draft,
    ip,
    mac,
    subnet_id: subnet.id,
    asset_id: assetId,
    state,
    opened_on: openedOn,
    opened_at: openedOn === today ? now : momentOf(openedOn),
    skipped,
    reason: draft.reason ?? (unsigned && !application_id && lacksPaper(tx, draft.person_id, today) ? unsigned : null),
  });
  followAsset(tx, assetId, ip, mac);
  return binding;
}

/** Corrects what a living binding says. Another card or another person is a change of who holds the address, and says why. */
export function updateBinding(
  tx: WriteDb,
  id: string,
  changes: PatchOf<typeof correction>,
  reason: string | null,
): Binding {
  const before = tx.need(bindings, id);
  if (before.state === 'released') throw refuse('wrong_move', { ip: before.ip });
  const next = { ...before, ...changes };
  const otherMac = next.mac !== before.mac;
  const otherPerson = next.person_id !== before.person_id;
  if ((otherPerson || (otherMac && before.mac !== null)) && !reason) throw refuse('change_needs_reason');
  if (otherPerson) checkPerson(tx, next.person_id);
  if (next.mac === null && before.state !== 'reserved') throw refuse('mac_needed');
  if (otherMac || next.asset_id !== before.asset_id) checkMac(tx, next.mac, { asset_id: next.asset_id, self: id });
  if (changes.location_id) tx.need(locations, changes.location_id);
  if (next.asset_id !== before.asset_id) {
    leaveAsset(tx, before);
    followAsset(tx, next.asset_id, next.ip, next.mac);
  }
  return tx.patch(bindings, id, { ...changes, ...(reason ? { reason } : {}) });
}

/** Moves a binding from one state to another, where that is legal. */
export function moveState(
  tx: WriteDb,
  id: string,
  move: BindingMove,
  about: Now & { reason: string | null; mac?: string | undefined },
): Binding {
  const before = tx.need(bindings, id);
  if (!mayMove(move, before.state)) throw refuse('wrong_move', { ip: before.ip });
  const changes: PatchOf<typeof bindings> = { state: bindingMoves[move].to, reason: about.reason };
  switch (move) {
    case 'activate': {
      checkPerson(tx, before.person_id, about.today);
      changes.mac = about.mac === undefined ? before.mac : cardOf(about.mac);
      if (changes.mac === null) throw refuse('mac_needed');
      const owner = checkMac(tx, changes.mac, { asset_id: before.asset_id, self: id });
      changes.asset_id = before.asset_id ?? owner;
      changes.opened_on = about.today;
      changes.opened_at = about.now;
      followAsset(tx, changes.asset_id, before.ip, changes.mac);
      break;
    }
    case 'resume':
      checkPerson(tx, before.person_id, about.today);
      break;
    case 'release':
      if (before.state !== 'reserved') changes.released_at = about.now;
      leaveAsset(tx, before);
      break;
    case 'suspend':
      break;
  }
  return tx.patch(bindings, id, changes);
}

function cardOf(written: string): string {
  const mac = parseMac(written);
  if (mac === null) throw refuse('invalid', { field: 'bindings.mac', problem: 'mac' });
  return mac;
}

/** Gives a released address back to the person who had it: a new binding, also while the address cools down. */
export function reissue(tx: WriteDb, id: string, reason: string, at: Now): Binding {
  const before = tx.need(bindings, id);
  if (before.state !== 'released') throw refuse('not_released', { ip: before.ip });
  return bind(
    tx,
    {
      ...placeOf(before),
      ip: before.ip,
      subnet_id: before.subnet_id,
      state: before.mac === null ? 'reserved' : 'active',
      reason,
    },
    at,
  );
}

const placeOf = (binding: Binding): Omit<DraftOf<typeof opening>, 'ip' | 'subnet_id' | 'reason' | 'state'> => ({
  mac: binding.mac,
  person_id: binding.person_id,
  location_id: binding.location_id,
  asset_id: binding.asset_id,
  hostname: binding.hostname,
  outlet: binding.outlet,
  switch_name: binding.switch_name,
  switch_port: binding.switch_port,
  remark: binding.remark,
});

/**
 * Gives the holder another address (改址): the old binding is released, so that its address cools down with its holder's name on it,
 * and a new one is opened, in one commit.
 */
export function moveBinding(tx: WriteDb, id: string, to: PatchOf<typeof moving>, reason: string, at: Now): Binding {
  const before = tx.need(bindings, id);
  if (before.state === 'released') throw refuse('wrong_move', { ip: before.ip });
  if (to.ip === before.ip) throw refuse('same_address', { ip: before.ip });
  const given = Object.fromEntries(Object.entries(to).filter(([, value]) => value !== undefined)) as PatchOf<
    typeof moving
  >;
  const subnet = subnetFor(tx, given.ip, given.subnet_id ?? (given.ip ? null : before.subnet_id));
  const ip = given.ip ?? nextIp(tx, subnet, at.today, undefined, before.person_id).ip;
  moveState(tx, id, 'release', { ...at, reason });
  const after = bind(
    tx,
    {
      ...placeOf(before),
      ...given,
      ip,
      subnet_id: subnet.id,
      state: before.state === 'reserved' ? 'reserved' : 'active',
      reason,
    },
    at,
  );
  if (before.state !== 'suspended') return after;
  return tx.patch(bindings, after.id, { state: 'suspended' });
}
