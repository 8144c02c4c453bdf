/** Every address of a subnet with its state (F-02, heat map), and how full the subnet is. Pure. */
import { z } from 'zod';

/**
 * `conflict`: two bindings hold it (two laptops, offline). `device`: an asset carries it without a binding.
 * `kept`: in a reserved part. `unplanned`: a host address that no part gives out. `leased`: a colleague's laptop took it along. `edge`: network or broadcast address.
 */
export const addressStates = [
  'free',
  'active',
  'reserved',
  'suspended',
  'cooling',
  'conflict',
  'device',
  'gateway',
  'kept',
  'leased',
  'dhcp',
  'unplanned',
  'edge',
] as const;
export type AddressState = (typeof addressStates)[number];

export const addressCell = z.object({
  ip: z.string(),
  state: z.enum(addressStates),
  /** The binding that holds it, or held it last while it cools down. */
  binding_id: z.string().nullable(),
  person_id: z.string().nullable(),
  person: z.string().nullable(),
  department: z.string().nullable(),
  place: z.string().nullable(),
  mac: z.string().nullable(),
  hostname: z.string().nullable(),
  port: z.string().nullable(),
  /** The asset of the binding, or the asset that carries the address by itself. */
  asset: z.string().nullable(),
  asset_id: z.string().nullable(),
  opened_on: z.string().nullable(),
  /** While it cools down: the first day it is free again. */
  free_on: z.string().nullable(),
  /** Label of the part it lies in, or the binding's remark. */
  remark: z.string().nullable(),
});
export type AddressCell = z.infer<typeof addressCell>;

export type Counts = Record<AddressState, number>;
export const countsOf = (states: Iterable<AddressState>): Counts => {
  const counts = Object.fromEntries(addressStates.map((state) => [state, 0])) as Counts;
  for (const state of states) counts[state] += 1;
  return counts;
};

const HOLDING: readonly AddressState[] = ['active', 'reserved', 'suspended', 'conflict', 'device', 'gateway'];
/** From this share on a subnet is said to run short. */
export const SHORT_PERCENT = 90;

export const usage = z.object({
  /** Addresses that are given out one by one: hosts without the DHCP and reserved parts. */
  hosts: z.int(),
  used: z.int(),
  free: z.int(),
  cooling: z.int(),
  /** Null where nothing is given out one by one (a DHCP subnet). */
  percent: z.int().nullable(),
  level: z.enum(['plenty', 'short', 'full', 'dynamic']),
});
export type Usage = z.infer<typeof usage>;

/** `warnPercent`: the threshold of the subnet itself, where it has one. */
export function usageOf(counts: Counts, warnPercent: number | null = null): Usage {
  const used = HOLDING.reduce((sum, state) => sum + counts[state], 0);
  const hosts = used + counts.free + counts.cooling + counts.unplanned + counts.leased;
  const { free, cooling } = counts;
  if (hosts <= counts.gateway) return { hosts, used, free, cooling, percent: null, level: 'dynamic' };
  const percent = Math.floor((used / hosts) * 100);
  return {
    hosts,
    used,
    free,
    cooling,
    percent,
    level: free === 0 ? 'full' : percent >= (warnPercent ?? SHORT_PERCENT) ? 'short' : 'plenty',
  };
}
