/** What others than the sweep itself say of a host: routers, switches, the unit's naming rules. */
import type { OtherPort, Seen } from '../../../../shared/features/discovery/match.ts';
import { createNamer, type Misnaming } from '../../../../shared/features/discovery/naming.ts';
import { contains, parseIp } from '../../../../shared/ip.ts';
import { samePort } from '../../../../shared/port-name.ts';
import type { ReadDb } from '../../db.ts';
import { reachableAssets } from '../assets.ts';
import type { HolderRow } from '../ipam/evidence.ts';
import { allSubnets, cidrOf } from '../ipam/plan.ts';
import { arpEvidence, edgePorts, type EdgePort } from '../switches/evidence.ts';
import { rulesOf } from './naming.ts';
import type { StoredSweep } from './store.ts';

/** A router keeps an entry for minutes after the host is gone: only a reading of about the same time is a witness. */
const TOLD_WITHIN_MS = 10 * 60_000;
/** A forwarding table read longer ago, or later, says nothing about where a card was at the time of the sweep. */
const PORT_WITHIN_MS = 24 * 3_600_000;

export interface ToldBy {
  readonly ip: string;
  readonly mac: string;
  readonly seen_at: number;
  readonly device: string;
}
/** The newest first. */
export const toldAround = (db: ReadDb, sweep: StoredSweep): ToldBy[] =>
  arpEvidence(db, sweep.started_at - TOLD_WITHIN_MS)
    .filter((row) => row.seen_at <= (sweep.ended_at ?? sweep.started_at) + TOLD_WITHIN_MS)
    .toReversed();

const plain = (written: string): string =>
  written
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\-_.·]+/g, '');

/**
 * Whether the switch a binding names is surely not the one that sees the card. People write `3楼交换机` where the device calls itself
 * `JXL-3F-01`: only a name that belongs to another registered switch counts.
 */
export function isOtherSwitch(
  written: string | null,
  edge: EdgePort,
  known: ReturnType<typeof reachableAssets>,
): boolean {
  if (!written) return false;
  const name = plain(written);
  if (name === plain(edge.device) || name === plain(edge.device_ip)) return false;
  const named = known.find((each) => plain(each.name) === name || (each.ip !== null && plain(each.ip) === name));
  return named !== undefined && named.ip !== null && named.ip !== edge.device_ip;
}

export interface SeenPort extends OtherPort {
  readonly asset_id: string | null;
}
/** Where the switches see bound cards, unlike their bindings say. */
export function portsBeside(
  db: ReadDb,
  sweep: Pick<StoredSweep, 'started_at'>,
  bindings: ReadonlyMap<string, HolderRow>,
): (mac: string, bindingId: string) => SeenPort | null {
  const edges = edgePorts(db);
  const known = edges.size === 0 ? [] : reachableAssets(db, ['switch']);
  return (mac, bindingId) => {
    const edge = edges.get(mac);
    const binding = bindings.get(bindingId);
    if (!edge || !binding || Math.abs(edge.read_at - sweep.started_at) > PORT_WITHIN_MS) return null;
    const { switch_name, switch_port } = binding;
    const device = known.find((each) => each.ip === edge.device_ip);
    const elsewhere = isOtherSwitch(switch_name, edge, known);
    if (!elsewhere && switch_port && samePort(switch_port, edge.port)) return null;
    return {
      switch_name: device?.name ?? edge.device,
      switch_port: edge.port,
      at: edge.read_at,
      asset_id: device?.id ?? null,
      registered: elsewhere || switch_port ? { switch_name: switch_name ?? '', switch_port: switch_port ?? '' } : null,
    };
  };
}

/** The rule that a host's name breaks. Without rules nothing is even read. */
export function namerOf(db: ReadDb): ((host: Seen) => Misnaming | null) | null {
  const rules = rulesOf(db);
  if (rules.length === 0) return null;
  const subnets = rules.some((rule) => rule.subnet_id !== null)
    ? allSubnets(db).map((subnet) => ({ id: subnet.id, cidr: cidrOf(subnet) }))
    : [];
  const namer = createNamer(rules);
  return ({ ip, name, kind }) => {
    if (!name) return null;
    const address = subnets.length === 0 ? -1 : (parseIp(ip) ?? -1);
    const subnet_id = subnets.find(({ cidr }) => contains(cidr, address))?.id ?? null;
    return namer({ name, subnet_id, kind: kind ?? null });
  };
}
