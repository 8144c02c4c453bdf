/**
 * What the demo school's switches said when they were last read: their ports, and over LLDP who stands at the other end. Evidence of this
 * laptop, as an SNMP reading leaves it; the links of the topology get their ports and speeds from it. Nothing here is drawn by chance.
 */
import { samePort } from '../../../../shared/port-name.ts';
import type { WriteDb } from '../../door.ts';
import type { Engine } from '../../engine.ts';
import { saveReading } from '../switches/store.ts';
import type { DeviceReading, ForwardingEntry, Interface, LldpCapability, LldpNeighbour } from '../../snmp/reading.ts';
import { replugged } from '../discovery/demo-odd.ts';

/** Read an hour ago. */
const AGO_MS = 3_600_000;
const [GIGABIT, TEN_GIGABIT] = [1000, 10_000];

interface Device {
  readonly id: string;
  readonly name: string;
  readonly hostname: string | null;
  readonly ip: string;
  readonly mac: string | null;
  readonly model: string | null;
}
interface End {
  readonly device: Device;
  readonly port: string;
  readonly can: readonly LldpCapability[];
}
const bridge: readonly LldpCapability[] = ['bridge', 'router'];

/** Uplinks by name: `SW-C2-1` goes to `AGG-C`, the aggregation to `CORE`; building C has two fibres to the core. */
function uplinks(devices: ReadonlyMap<string, Device>): (readonly [End, End])[] {
  const links: (readonly [End, End])[] = [];
  const used = new Map<string, number>();
  const next = (device: Device): string => {
    const n = (used.get(device.id) ?? 0) + 1;
    used.set(device.id, n);
    return `Ten-GigabitEthernet1/0/${n}`;
  };
  const join = (down: Device, port: string, up: Device | undefined): void => {
    if (up)
      links.push([
        { device: down, port, can: bridge },
        { device: up, port: next(up), can: bridge },
      ]);
  };
  for (const [name, device] of devices) {
    const building = /^SW-([A-C])\d-\d$/.exec(name)?.[1];
    if (building) join(device, 'Ten-GigabitEthernet1/0/49', devices.get(`AGG-${building}`));
  }
  for (const building of ['A', 'B', 'C']) {
    const device = devices.get(`AGG-${building}`);
    if (!device) continue;
    join(device, 'Ten-GigabitEthernet1/0/49', devices.get('CORE'));
    if (building === 'C') join(device, 'Ten-GigabitEthernet1/0/50', devices.get('CORE'));
  }
  return links;
}

/** Access points where their binding says, and the controller at the core. */
function hanging(tx: WriteDb, devices: ReadonlyMap<string, Device>): (readonly [End, End])[] {
  const rows = tx.all<Device & { switch_name: string | null; switch_port: string | null }>(
    `SELECT a.id, a.name, a.hostname, a.ip, a.mac, a.model, b.switch_name, b.switch_port FROM assets a
     LEFT JOIN bindings b ON b.ip = a.ip AND b.deleted_at IS NULL
     WHERE a.category IN ('ap', 'controller') AND a.ip IS NOT NULL AND a.deleted_at IS NULL ORDER BY a.id`,
  );
  return rows.flatMap(({ switch_name, switch_port, ...device }): (readonly [End, End])[] => {
    const up = devices.get(switch_name ?? 'CORE');
    const port = switch_name === null ? 'GigabitEthernet2/0/1' : switch_port;
    if (!up || port === null) return [];
    return [
      [
        { device: up, port, can: bridge },
        { device, port: 'GigabitEthernet0/1', can: ['access_point', 'bridge'] },
      ],
    ];
  });
}

function facesOf(tx: WriteDb, { id }: Device, links: readonly End[]): Interface[] {
  const plain = { alias: null, type: 6, admin_up: true, mac: null, lag_if_index: null };
  const ports = tx.all<{ name: string; light: string | null }>(
    'SELECT name, light FROM switch_ports WHERE asset_id = ? AND deleted_at IS NULL ORDER BY position',
    id,
  );
  const faces = ports.map(({ name, light }, n): Interface => {
    const up = light === 'on';
    return { ...plain, if_index: n + 1, name, up, speed_mbps: up ? GIGABIT : null };
  });
  const named = new Set(ports.map(({ name }) => name));
  for (const { port } of links)
    if (!named.has(port))
      faces.push({
        ...plain,
        if_index: faces.length + 1,
        name: port,
        up: true,
        speed_mbps: port.startsWith('Ten') ? TEN_GIGABIT : GIGABIT,
      });
  return faces;
}

function readingOf(tx: WriteDb, device: Device, links: readonly (readonly [End, End])[]): DeviceReading {
  const own = links.flatMap(([a, b]) =>
    a.device.id === device.id ? [[a, b] as const] : b.device.id === device.id ? [[b, a] as const] : [],
  );
  const interfaces = facesOf(
    tx,
    device,
    own.map(([here]) => here),
  );
  const neighbours = own.map(([here, there]): LldpNeighbour => {
    const index = interfaces.find(({ name }) => name === here.port)?.if_index ?? null;
    return {
      local_port: index ?? 0,
      if_index: index,
      chassis: there.device.mac,
      port: there.port,
      port_description: null,
      system_name: there.device.hostname ?? there.device.name,
      system_description: there.device.model,
      management_ip: there.device.ip,
      capabilities: there.can,
    };
  });
  return {
    ip: device.ip,
    end: 'complete',
    elapsed_ms: 640,
    varbinds: interfaces.length * 8,
    tables: {
      interfaces: 'read',
      addresses: 'absent',
      arp: 'absent',
      bridge: 'read',
      qbridge: 'not_asked',
      vendor: 'not_asked',
      lldp: 'read',
    },
    system: {
      name: device.hostname,
      description: device.model,
      object_id: null,
      location: null,
      contact: null,
      uptime_s: null,
    },
    interfaces,
    addresses: [device.ip],
    arp: [],
    forwarding: cardsOn(tx, device, interfaces),
    neighbours,
  };
}

/** Where the cards of the register are plugged in, as the switch learned it; a few of them by now at another port than the register says. */
function cardsOn(tx: WriteDb, { hostname }: Device, interfaces: readonly Interface[]): ForwardingEntry[] {
  const bound = tx.all<{ ip: string; mac: string; switch_port: string; vlan: number | null }>(
    `SELECT b.ip, b.mac, b.switch_port, s.vlan FROM bindings b JOIN subnets s ON s.id = b.subnet_id
     WHERE b.switch_name = ? AND b.switch_port IS NOT NULL AND b.mac IS NOT NULL AND b.state = 'active' AND b.deleted_at IS NULL ORDER BY b.ip`,
    hostname,
  );
  const moved = replugged(tx);
  return bound.flatMap(({ mac, switch_port, vlan }): ForwardingEntry[] => {
    const at = interfaces.findIndex(({ name }) => samePort(name, switch_port));
    const face = interfaces[moved.has(mac) ? (at + 1) % interfaces.length : at];
    return face ? [{ mac, vlan, bridge_port: face.if_index, if_index: face.if_index, status: 'learned' }] : [];
  });
}

export function writeReadings(tx: WriteDb, engine: Engine): void {
  const devices = tx.all<Device>(
    "SELECT id, name, hostname, ip, mac, model FROM assets WHERE category = 'switch' AND hostname IS NOT NULL AND ip IS NOT NULL AND deleted_at IS NULL ORDER BY id",
  );
  const named = new Map(devices.map((device) => [device.hostname ?? '', device]));
  const links = [...uplinks(named), ...hanging(tx, named)];
  const at = Math.trunc(engine.clock.now()) - AGO_MS;
  for (const device of devices) saveReading(tx, at, null, readingOf(tx, device, links));
}
