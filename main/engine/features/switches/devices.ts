/** Devices as the screens show them: what is known of each, from its last readings and from the register. */
import type { Device, DevicePage, Reading } from '../../../../shared/features/switches.ts';
import type { DeviceKind } from '../../../../shared/features/discovery/identity.ts';
import { parseIp } from '../../../../shared/ip.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { ReadDb } from '../../db.ts';
import { refText, titleOf } from '../../titles.ts';
import { assetsAt, assetWithMac, reachableAssets } from '../assets.ts';
import { seenAs } from '../discovery/answered.ts';
import { bindingsAbout } from '../ipam/about.ts';
import { SEEN_WITHIN_MS } from './approve.ts';
import { holds, listCredentials, type StoredCredential } from './credentials.ts';
import { portsOf } from './evidence.ts';
import { arpOf, interfacesOf, isGood, lastReads, neighboursOf, readsOf, type ReadRow } from './store.ts';

/** What of a sweep is worth asking by SNMP. */
const ASKED_KINDS: readonly DeviceKind[] = ['switch', 'router', 'firewall'];
const SHOWN_MACS = 50;

const numeric = (a: string, b: string): number => (parseIp(a) ?? 0) - (parseIp(b) ?? 0);
const registered = (db: ReadDb): { ip: string | null }[] =>
  reachableAssets(db, ['switch', 'router', 'firewall', 'controller']);

/** Everything to be read when nothing is chosen: inside the scope of a credential, and registered, seen or read before. */
export function knownAddresses(db: ReadDb, now: number): string[] {
  const credentials = listCredentials(db);
  return allAddresses(db, now).filter((ip) => credentials.some((each) => holds(each, ip)));
}
function allAddresses(db: ReadDb, now: number): string[] {
  const reads = lastReads(db);
  // a core switch answers at the gateway of every subnet: one of its addresses is enough
  const same = new Set(reads.flatMap(({ good }) => good?.addresses ?? []));
  const own = [...registered(db).flatMap(({ ip }) => ip ?? []), ...reads.map(({ last }) => last.ip)];
  const seen = seenAs(db, ASKED_KINDS, now - SEEN_WITHIN_MS).filter((ip) => !same.has(ip));
  return [...new Set([...own, ...seen])].toSorted(numeric);
}

const readingOf = (row: ReadRow, credentials: readonly StoredCredential[]): Reading => ({
  read_at: row.read_at,
  end: row.ending,
  elapsed_ms: row.elapsed_ms,
  tables: row.tables,
  source: row.source,
  credential: credentials.find(({ id }) => id === row.credential_id)?.name ?? null,
});

function asDevice(
  db: ReadDb,
  ip: string,
  reads: { last: ReadRow; good: ReadRow | null } | undefined,
  credentials: readonly StoredCredential[],
): Device {
  const [asset] = assetsAt(db, { ip, mac: '' });
  const title = asset ? titleOf(db, 'assets', asset.id) : null;
  const good = reads?.good ?? null;
  return {
    ip,
    name: good?.name ?? title?.title ?? null,
    description: good?.description ?? null,
    asset: asset && title ? { id: asset.id, title: title.title } : null,
    last: reads ? readingOf(reads.last, credentials) : null,
    good_at: good?.read_at ?? null,
    counts: good
      ? (db.get<NonNullable<Device['counts']>>(
          `SELECT (SELECT count(*) FROM _device_interfaces WHERE read_id = r.id) AS interfaces,
             (SELECT count(*) FROM _device_interfaces WHERE read_id = r.id AND up = 1) AS up,
             (SELECT count(DISTINCT mac) FROM _device_forwarding WHERE read_id = r.id AND status <> 'self') AS macs,
             (SELECT count(*) FROM _device_arp WHERE read_id = r.id) AS arp,
             (SELECT count(*) FROM _device_neighbours WHERE read_id = r.id) AS neighbours
           FROM _device_reads r WHERE r.id = ?`,
          good.id,
        ) ?? null)
      : null,
    reachable: credentials.some((each) => holds(each, ip)),
  };
}

export function listDevices(db: ReadDb, now: number): Device[] {
  const credentials = listCredentials(db);
  const reads = new Map(lastReads(db).map((each) => [each.last.ip, each]));
  return allAddresses(db, now).map((ip) => asDevice(db, ip, reads.get(ip), credentials));
}
export function deviceOf(db: ReadDb, ip: string): Device {
  const rows = readsOf(db, ip);
  const [last] = rows;
  const good = rows.find(isGood) ?? null;
  return asDevice(db, ip, last ? { last, good } : undefined, listCredentials(db));
}

/** Who has a card or an address, by the register: the person, else the asset. */
export function whoHas(db: ReadDb, about: { mac: string } | { ip: string }): string | null {
  const binding = bindingsAbout(db, about).find(({ state }) => state !== 'released');
  if (binding) return refText(db, 'people', binding.person_id);
  const asset = 'mac' in about ? assetWithMac(db, about.mac) : assetsAt(db, { ip: about.ip, mac: '' })[0]?.id;
  return asset ? refText(db, 'assets', asset) : null;
}

export function devicePage(db: ReadDb, written: string): DevicePage {
  const rows = readsOf(db, written);
  const device = deviceOf(db, written);
  if (parseIp(written) === null) throw refuse('not_found');
  const credentials = listCredentials(db);
  const good = rows.find(isGood);
  const readings = rows.map((row) => readingOf(row, credentials));
  if (!good) {
    const nothing = {
      object_id: null,
      location: null,
      contact: null,
      uptime_s: null,
      addresses: [],
      interfaces: [],
      arp: [],
    };
    return { ...device, ...nothing, readings };
  }
  const faces = interfacesOf(db, good.id);
  const nameOf = new Map(faces.map(({ if_index, name }) => [if_index, name]));
  const neighbours = neighboursOf(db, good.id);
  const ports = portsOf(db, written);
  return {
    ...device,
    object_id: good.object_id,
    location: good.location,
    contact: good.contact,
    uptime_s: good.uptime_s,
    addresses: [...good.addresses],
    interfaces: faces.map((face) => {
      const port = ports.find((each) => each.if_index === face.if_index);
      const beside = neighbours.find((each) => each.if_index === face.if_index);
      const cards = [...(port?.rows.values() ?? [])].toSorted((a, b) => (a.mac < b.mac ? -1 : 1));
      return {
        ...face,
        neighbour: beside
          ? [beside.system_name ?? beside.management_ip ?? beside.chassis, beside.port].filter(Boolean).join(' ')
          : null,
        uplink: (port?.because.length ?? 0) > 0,
        macs: cards.slice(0, SHOWN_MACS).map(({ mac, vlan }) => ({ mac, vlan, who: whoHas(db, { mac }) })),
        mac_count: cards.length,
      };
    }),
    arp: arpOf(db, good.id).map(({ ip, mac, if_index }) => ({
      ip,
      mac,
      port: if_index === null ? null : (nameOf.get(if_index) ?? null),
      who: whoHas(db, { mac }),
    })),
    readings,
  };
}
