/**
 * How the addresses of a subnet are laid out and given out. Pure: the form advises with the rules the engine enforces.
 * Addresses are numbers here (shared/ip.ts).
 */
import { contains, hostRange, type Cidr } from '../../ip.ts';

export interface Part {
  readonly kind: 'allocate' | 'dhcp' | 'reserved';
  readonly first: number;
  readonly last: number;
  /** Given out to this department only. */
  readonly department?: string | null;
}
export interface Plan {
  readonly cidr: Cidr;
  readonly gateway: number | null;
  readonly parts: readonly Part[];
}
export type Run = readonly [first: number, last: number];

/** What the plan alone says of an address. `unplanned`: a host address that no part gives out although others are. */
export type Ground = 'outside' | 'edge' | 'gateway' | 'dhcp' | 'kept' | 'allocate' | 'unplanned';

export function groundOf(plan: Plan, address: number): Ground {
  if (!contains(plan.cidr, address)) return 'outside';
  const [first, last] = hostRange(plan.cidr);
  if (address < first || address > last) return 'edge';
  if (address === plan.gateway) return 'gateway';
  const part = plan.parts.find((each) => address >= each.first && address <= each.last);
  if (part) return part.kind === 'reserved' ? 'kept' : part.kind;
  return plan.parts.some(({ kind }) => kind === 'allocate') ? 'unplanned' : 'allocate';
}

const allocating = (plan: Plan): Part[] =>
  plan.parts.filter(({ kind }) => kind === 'allocate').toSorted((a, b) => a.first - b.first);
const runOf = ({ first, last }: Part): Run => [first, last];

/** Where addresses are given out to a department: its own parts first, then those of nobody. Without declared parts it is every host address. */
export function runsOf(plan: Plan, department: string | null = null): readonly Run[] {
  const declared = allocating(plan);
  if (declared.length === 0) return [hostRange(plan.cidr)];
  const own = declared.filter((part) => part.department && part.department === department);
  return [...own, ...declared.filter((part) => !part.department)].map(runOf);
}

/** The run an address belongs to, or null. */
export function runAt(plan: Plan, address: number): Run | null {
  if (groundOf(plan, address) !== 'allocate') return null;
  const declared = allocating(plan);
  const runs = declared.length > 0 ? declared.map(runOf) : [hostRange(plan.cidr)];
  return runs.find(([first, last]) => address >= first && address <= last) ?? null;
}

/** The department an address is kept for, or null. */
const departmentAt = (plan: Plan, address: number): string | null =>
  plan.parts.find(({ kind, first, last }) => kind === 'allocate' && address >= first && address <= last)?.department ??
  null;

/** Kept for nobody, or for this very department. */
export const isOpenTo = (plan: Plan, address: number, department: string | null): boolean =>
  [null, department].includes(departmentAt(plan, address));

/** Every address that is given out and not taken, lowest first. */
export function* freeAddresses(
  plan: Plan,
  taken: (address: number) => boolean,
  runs: readonly Run[] = runsOf(plan),
): Generator<number> {
  for (const [first, last] of runs)
    for (let address = first; address <= last; address += 1)
      if (!taken(address) && groundOf(plan, address) === 'allocate') yield address;
}
/** The next address to give out; null when none is left. */
export const lowestFree = (plan: Plan, taken: (address: number) => boolean, runs?: readonly Run[]): number | null =>
  freeAddresses(plan, taken, runs).next().value ?? null;

/** Who stands on an address, as the register says. */
export type Occupant =
  | { readonly is: 'held' }
  /** Released lately: it rests for everybody but its last holder. */
  | { readonly is: 'cooling'; readonly person_id: string }
  /** An asset with another network card carries it as its own address. */
  | { readonly is: 'device' }
  /** Another laptop took it along. */
  | { readonly is: 'leased' };

/** Why an address needs a word of explanation before it is given out. */
export type Why = 'skips' | 'unplanned' | 'kept' | 'cooling' | 'department';
export type Judgement =
  | { readonly is: 'fine' }
  | { readonly is: 'asks'; readonly why: Why; readonly lowest: number | null }
  | {
      readonly is: 'refused';
      readonly code:
        'ip_outside' | 'ip_edge' | 'ip_gateway' | 'ip_dhcp' | 'ip_in_use' | 'ip_cooling' | 'ip_of_device' | 'ip_leased';
    };

/**
 * Whether an address may be given to a person of a department: plainly, with a reason, or not at all. `own`: slices of this laptop, each given
 * out in its own order.
 */
export function judge(
  plan: Plan,
  occupants: ReadonlyMap<number, Occupant>,
  address: number,
  personId: string | null,
  own: readonly Run[] = [],
  department: string | null = null,
): Judgement {
  const ground = groundOf(plan, address);
  if (ground === 'outside') return { is: 'refused', code: 'ip_outside' };
  const occupant = occupants.get(address);
  if (occupant?.is === 'held') return { is: 'refused', code: 'ip_in_use' };
  if (ground === 'edge') return { is: 'refused', code: 'ip_edge' };
  if (ground === 'gateway') return { is: 'refused', code: 'ip_gateway' };
  if (ground === 'dhcp') return { is: 'refused', code: 'ip_dhcp' };
  if (occupant?.is === 'device') return { is: 'refused', code: 'ip_of_device' };
  if (occupant?.is === 'leased') return { is: 'refused', code: 'ip_leased' };
  const taken = (each: number): boolean => occupants.has(each);
  if (occupant?.is === 'cooling')
    return occupant.person_id === personId
      ? { is: 'asks', why: 'cooling', lowest: lowestFree(plan, taken) }
      : { is: 'refused', code: 'ip_cooling' };
  if (ground === 'kept' || ground === 'unplanned') return { is: 'asks', why: ground, lowest: lowestFree(plan, taken) };
  const keptFor = departmentAt(plan, address);
  if (keptFor !== null && keptFor !== department)
    return { is: 'asks', why: 'department', lowest: lowestFree(plan, taken, runsOf(plan, department)) };
  const run = own.find(([first, last]) => address >= first && address <= last) ?? runAt(plan, address);
  // within a slice of this laptop a part may have been set apart for others since
  const closed = (each: number): boolean => taken(each) || !isOpenTo(plan, each, department);
  const lowest = lowestFree(plan, closed, run ? [run] : []);
  return lowest === null || address <= lowest ? { is: 'fine' } : { is: 'asks', why: 'skips', lowest };
}
