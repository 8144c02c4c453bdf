/** Addresses that were released: who had them last, how long they rest, and whether they can be given out again. */
import type { Resting } from '../../../../shared/features/addressing.ts';
import { bindings } from '../../../../shared/features/ipam.ts';
import { groundOf, type Plan } from '../../../../shared/features/ipam/plan.ts';
import { freeFrom } from '../../../../shared/features/ipam/states.ts';
import { parseIp } from '../../../../shared/ip.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import type { Scope } from '../../list.ts';
import { personTexts } from '../../titles.ts';
import type { Binding } from '../ipam/bindings.ts';
import { allSubnets, devicesIn, cidrOf, needSubnet, planOf } from '../ipam/plan.ts';

/** The latest release of each address. One that was reserved and never opened was used by nobody, so nothing rests. */
export const LATEST: Scope = {
  where: `bindings.state = 'released' AND bindings.released_at IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM bindings n WHERE n.ip = bindings.ip AND n.state = 'released' AND n.deleted_at IS NULL
    AND (n.released_at, n.id) > (bindings.released_at, bindings.id))`,
  params: [],
};

interface Line {
  id: string;
  ip: string;
  subnet_id: string;
  released_at: number;
  cooled_on: string | null;
  holder: string | null;
}

export function restingOf(db: ReadDb, today: string): Resting[] {
  const lines = db.all<Line>(
    `SELECT id, ip, subnet_id, released_at, cooled_on, (
       SELECT h.person_id FROM bindings h WHERE h.ip = bindings.ip AND h.state <> 'released' AND h.deleted_at IS NULL LIMIT 1) AS holder
     FROM bindings WHERE deleted_at IS NULL AND ${LATEST.where}`,
  );
  const subnets = new Map(allSubnets(db).map((subnet) => [subnet.id, subnet]));
  const grounds = new Map<string, { plan: Plan; devices: ReadonlySet<number> }>();
  const groundIn = (id: string): { plan: Plan; devices: ReadonlySet<number> } | null => {
    const subnet = subnets.get(id);
    if (!subnet) return null;
    const known = grounds.get(id) ?? {
      plan: planOf(db, subnet),
      devices: new Set(devicesIn(db, cidrOf(subnet)).map(({ address }) => address)),
    };
    grounds.set(id, known);
    return known;
  };
  const name = personTexts(
    db,
    lines.flatMap(({ holder }) => holder ?? []),
  );
  return lines.map(({ id, ip, subnet_id, released_at, cooled_on, holder }): Resting => {
    const free_on = freeFrom(released_at, subnets.get(subnet_id)?.cooldown_days ?? null, cooled_on);
    const held_by = holder === null ? null : name(holder);
    if (held_by !== null) return { id, free_on, now: 'held', held_by };
    const address = parseIp(ip) ?? -1;
    const ground = groundIn(subnet_id);
    const blocked = !ground || ground.devices.has(address) || groundOf(ground.plan, address) !== 'allocate';
    return { id, free_on, now: blocked ? 'blocked' : today < free_on ? 'cooling' : 'free', held_by };
  });
}

/** Lets an address be given out today. Who had it stays on record. */
export function endCooling(tx: WriteDb, id: string, today: string): Binding {
  const before = tx.need(bindings, id);
  if (before.state !== 'released' || before.released_at === null) throw refuse('not_released', { ip: before.ip });
  const { cooldown_days } = needSubnet(tx, before.subnet_id);
  if (today >= freeFrom(before.released_at, cooldown_days, before.cooled_on))
    throw refuse('not_cooling', { ip: before.ip });
  return tx.patch(bindings, id, { cooled_on: today });
}
