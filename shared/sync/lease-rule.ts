/** What the hub makes of slices: it moves one that overlaps another, dates it by its own clock, and holds back a binding inside a colleague's. */
import { DAY_MS } from '../day.ts';
import type { Op } from '../commit.ts';
import { hostRange, parseCidr, parseIp } from '../ip.ts';
import { clash, type Done, type Incoming } from './clash.ts';
import type { Scalar } from './frames.ts';
import { isOut, machineOf, roomFor, sliceOf, within } from './leases.ts';
import type { World } from './world.ts';

type Values = Readonly<Record<string, Scalar>>;

/** Far above what is asked for (256 addresses, 200 tags at a time, 90 days); the form's own limits may grow in a newer version. */
const MOST_NUMBERS = 10_000;
const MOST_DAYS = 366;

/** A slice that was given back or removed and is to be out again: somebody else may have its numbers by now. */
export function againClash(commit: Incoming, op: Op, index: number, values: Values, world: World): Done | null {
  if (op.table !== 'leases' || !isOut(values, commit.est_at)) return null;
  const { first, last } = sliceOf(values);
  const other = world
    .leases(String(values['pool']))
    .find(
      ({ id, values: lease }) =>
        id !== op.id && isOut(lease, commit.est_at) && sliceOf(lease).first <= last && sliceOf(lease).last >= first,
    );
  return other ? clash(op, index, 'unique', { rule: 'lease_full', holder: other.id, theirs: other.rv }) : null;
}

/** The highest number of a pool: a subnet's last host address. */
function endOf(values: Values, world: World): number {
  if (values['kind'] !== 'ip') return Number.MAX_SAFE_INTEGER;
  const cidr = parseCidr(String(world.row('subnets', String(values['pool']))?.values['cidr'] ?? ''));
  return cidr ? hostRange(cidr)[1] : -1;
}

/** The slice as it is given, or why there is none. */
export function giveSlice(
  commit: Incoming,
  op: Op,
  index: number,
  values: Values,
  world: World,
): { readonly values: Record<string, Scalar>; readonly stored: Done['stored'] } | { readonly broken: Done } {
  const others = world
    .leases(String(values['pool']))
    .filter(({ values: other }) => isOut(other, commit.est_at))
    .map(({ values: other }) => sliceOf(other));
  const { first, last } = sliceOf(values);
  const days = Number(values['days']);
  // Whatever a laptop asks for: nobody takes a whole pool along, or for good.
  if (last < first || last - first >= MOST_NUMBERS || days < 1 || days > MOST_DAYS)
    return { broken: clash(op, index, 'unique', { rule: 'lease_full' }) };
  const room = roomFor(sliceOf(values), others, endOf(values, world));
  if (!room) return { broken: clash(op, index, 'unique', { rule: 'lease_full' }) };
  const given = { ...room, expires_at: commit.est_at + Number(values['days']) * DAY_MS };
  return {
    values: { ...values, ...given },
    stored: Object.entries(given).flatMap(([field, value]) =>
      value === values[field] ? [] : [{ op: index, field, value }],
    ),
  };
}

/** A living binding whose address another laptop took along. */
export function leaseClash(
  commit: Incoming,
  op: Op,
  index: number,
  values: Values,
  touched: readonly string[],
  world: World,
): Done | null {
  if (op.table !== 'bindings' || !touched.includes('ip') || values['state'] === 'released') return null;
  const address = parseIp(String(values['ip'])) ?? -1;
  const foreign = world
    .leases(String(values['subnet_id']))
    .find(
      ({ values: lease }) =>
        lease['kind'] === 'ip' &&
        lease['machine'] !== machineOf(commit.actor) &&
        isOut(lease, commit.est_at) &&
        within(sliceOf(lease), address),
    );
  if (!foreign) return null;
  const fields = [{ field: 'ip', base: null, mine: values['ip'] ?? null, theirs: null }];
  return clash(op, index, 'unique', { fields, rule: 'leased', holder: foreign.id, theirs: foreign.rv });
}
