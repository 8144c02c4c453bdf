/** A port where a network card was seen, and what speaks for or against it being the place where it is plugged in. */
import { z } from 'zod';

/**
 * Why a port leads to other switches: LLDP names one there (`lldp_switch`); it carries addresses that belong to one (`carries_switch`);
 * several whole ports of another switch lie behind it (`ports_behind`); far more cards than its neighbours, as only a trunk has (`many_macs`).
 */
export const uplinkReasons = ['lldp_switch', 'carries_switch', 'ports_behind', 'many_macs'] as const;
export type UplinkReason = (typeof uplinkReasons)[number];
/** What hangs at the port: nothing told, or what LLDP or the count of cards says. */
export const portEnds = ['one_host', 'several_hosts', 'access_point', 'telephone', 'switch_itself'] as const;

export const portCandidate = z.object({
  device_ip: z.string(),
  /** Its own name, or its address where it told none. */
  device: z.string(),
  /** As the device writes it; `port 5` where it only gave the bridge port. */
  port: z.string(),
  if_index: z.int().nullable(),
  alias: z.string().nullable(),
  vlan: z.int().nullable(),
  /** `self`: the card is the device's own. `uplink`: never the answer, only the direction. */
  kind: z.enum(['self', 'edge', 'uplink']),
  uplink_because: z.array(z.enum(uplinkReasons)),
  end: z.enum(portEnds).nullable(),
  /** Cards on this port. */
  macs: z.int(),
  status: z.enum(['learned', 'self', 'static', 'other']),
  read_at: z.number(),
  /** A newer reading saw the card at another edge port. */
  outdated: z.boolean(),
  /** Who LLDP says is at the other end. */
  neighbour: z.string().nullable(),
  /** The earliest of the readings on end that saw it here; null where only one did. */
  since: z.number().nullable(),
});
export type PortCandidate = z.infer<typeof portCandidate>;

/** The place to go to, if there is one. */
export const answerOf = (candidates: readonly PortCandidate[]): PortCandidate | null =>
  candidates[0] && candidates[0].kind !== 'uplink' ? candidates[0] : null;
