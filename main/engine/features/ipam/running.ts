/** Who is on the addresses of a subnet while one command fills it: read once, then followed, so that a thousand bindings are not read a thousand times. */
import type { Op } from '../../../../shared/commit.ts';
import { parseIp } from '../../../../shared/ip.ts';
import type { ReadDb } from '../../db.ts';
import { WriteDb } from '../../door.ts';
import { cidrOf, devicesIn, standingsOf, type Standing, type Subnet } from './plan.ts';

interface Kept {
  readonly subnet: string;
  readonly today: string;
  /** How many operations it counts, and the last of them: a step that was taken back leaves another one there. */
  readonly count: number;
  readonly last: Op | undefined;
  readonly standings: readonly Standing[];
}
const kept = new WeakMap<WriteDb, Kept>();
/** What else a standing rests on. */
const OTHERS = new Set(['subnets', 'address_ranges']);

/** As `standingsOf`. */
export function standingsNow(db: ReadDb, subnet: Subnet, today: string): readonly Standing[] {
  if (!(db instanceof WriteDb)) return standingsOf(db, subnet, today);
  const before = kept.get(db);
  const standings = (before && followed(db, subnet, today, before)) ?? standingsOf(db, subnet, today);
  kept.set(db, { subnet: subnet.id, today, count: db.ops.length, last: db.ops.at(-1), standings });
  return standings;
}

/** Null where following would be more than adding to it. */
function followed(db: WriteDb, subnet: Subnet, today: string, before: Kept): readonly Standing[] | null {
  if (before.subnet !== subnet.id || before.today !== today) return null;
  if (before.count > 0 && db.ops[before.count - 1] !== before.last) return null;
  let { standings } = before;
  for (const op of db.ops.slice(before.count)) {
    if (OTHERS.has(op.table)) return null;
    if (op.table === 'assets') {
      standings = standings.filter((each) => each.kind !== 'device' || each.id !== op.id);
      const device = devicesIn(db, cidrOf(subnet), op.id).filter((each) => !isHeld(standings, each.address));
      if (device.length > 0) standings = [...standings, ...device];
    } else if (op.table === 'bindings') {
      const held = op.op === 'insert' ? heldBy(op, subnet) : null;
      if (held === null) return null;
      if (held === 'elsewhere') continue;
      standings = [held, ...standings.filter((each) => each.kind === 'held' || each.address !== held.address)];
    }
  }
  return standings;
}
const isHeld = (standings: readonly Standing[], address: number): boolean =>
  standings.some((each) => each.kind === 'held' && each.address === address);

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
function heldBy({ id, values }: Extract<Op, { op: 'insert' }>, subnet: Subnet): Standing | 'elsewhere' | null {
  if (values['subnet_id'] !== subnet.id) return 'elsewhere';
  const state = text(values['state']);
  const address = parseIp(text(values['ip']) ?? '');
  if (state === null || state === 'released' || address === null) return null;
  const [person_id, asset_id, mac] = [text(values['person_id']), text(values['asset_id']), text(values['mac'])];
  return { address, kind: 'held', id, person_id, state, asset_id, mac, free_on: null };
}
