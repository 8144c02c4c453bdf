/** What switches and routers say about hosts, for other features to build on. Without a reading, every answer is empty. */
import type { SwitchPort } from '../../../../shared/features/switches/ports.ts';
import type { PortCandidate } from '../../../../shared/features/switches/candidate.ts';
import { portFinder, type PortFinder } from '../../../../shared/features/switches/which-port.ts';
import type { ReadDb } from '../../db.ts';
import { registeredSwitches } from '../assets.ts';
import { seenSince, snapshots } from './store.ts';

const finders = new WeakMap<ReadDb, { readonly key: string; readonly finder: PortFinder }>();

/** Reading 20 switches of 2,000 cards each takes a tenth of a second: kept until another reading or another switch comes. */
function finderOf(db: ReadDb): PortFinder {
  const known = registeredSwitches(db);
  // a big reading is written in steps, and counts only from its last
  const reads = db.value<string | null>(
    "SELECT max(id) || ':' || count(*) || ':' || count(*) FILTER (WHERE ending IN ('complete', 'partial')) FROM _device_reads",
  );
  const key = `${reads} ${JSON.stringify(known)}`;
  const before = finders.get(db);
  if (before?.key === key) return before.finder;
  const finder = portFinder(snapshots(db), known);
  finders.set(db, { key, finder });
  return finder;
}

/** Every port where a card (12 hex digits) was seen in the last readings, best first; an uplink is never before an edge. */
export const whichPort = (db: ReadDb, mac: string): PortCandidate[] =>
  finderOf(db)
    .find(mac)
    .map((each) => {
      const since = seenSince(db, each.device_ip, mac, each.if_index, each.port);
      return { ...each, since: since === each.read_at ? null : since };
    });

/** The ports of one device that saw a card, with what each leads to. */
export const portsOf = (db: ReadDb, ip: string): SwitchPort[] =>
  finderOf(db).ports.filter(({ device }) => device.device_ip === ip);

/** What routers and core switches have in their ARP tables, read since a moment (UTC ms): the newest of each pair, oldest first. */
export const arpEvidence = (
  db: ReadDb,
  since: number,
): { ip: string; mac: string; seen_at: number; device: string }[] =>
  db.all(
    `SELECT a.ip, a.mac, max(r.read_at) AS seen_at, coalesce(r.name, r.ip) AS device
     FROM _device_reads r JOIN _device_arp a ON a.read_id = r.id WHERE r.read_at >= ? GROUP BY a.ip, a.mac ORDER BY seen_at, a.ip, a.mac`,
    since,
  );

export interface EdgePort {
  readonly device: string;
  readonly device_ip: string;
  readonly port: string;
  readonly if_index: number | null;
  readonly vlan: number | null;
  /** Cards on this port. */
  readonly macs: number;
  readonly read_at: number;
}
/** Where every card is plugged in that was seen at an edge port; cards seen at uplinks only are left out. */
export function edgePorts(db: ReadDb): Map<string, EdgePort> {
  const finder = finderOf(db);
  return new Map(
    finder.macs.flatMap((mac): [string, EdgePort][] => {
      const [best] = finder.find(mac);
      if (best?.kind !== 'edge') return [];
      const { device, device_ip, port, if_index, vlan, macs, read_at } = best;
      return [[mac, { device, device_ip, port, if_index, vlan, macs, read_at }]];
    }),
  );
}
