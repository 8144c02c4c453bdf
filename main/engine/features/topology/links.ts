/** What joins devices: out of readings, the register of cables and forwarding tables, each end an asset or a name. */
import { linksOf } from '../../../../shared/features/switches/links.ts';
import { cableMedia, type PanelSide } from '../../../../shared/features/cabling.ts';
import { otherEnd, otherSide, type CableEnd } from '../../../../shared/features/cabling/ends.ts';
import {
  inferLinks,
  joinLinks,
  type Cabled,
  type Carrying,
  type Joined,
  type Told,
} from '../../../../shared/features/topology/join.ts';
import { isLag, portKey } from '../../../../shared/port-name.ts';
import type { ReadDb } from '../../db.ts';
import { registeredSwitches } from '../assets.ts';
import { switchCalled } from '../cabling/resolve.ts';
import { deviceCables, walk } from '../cabling/walk.ts';
import { portsOf } from '../switches/evidence.ts';
import { interfacesOf, lastReads, snapshots } from '../switches/store.ts';

/** An asset's id, or `~` and the name that LLDP gave where no asset answers to it. */
export type DeviceId = string;
export const UNKNOWN = '~';

interface End {
  readonly ip: string | null;
  readonly mac?: string | null;
  readonly name: string;
}
/** By address, by network card and by name; asked once each. */
function finder(db: ReadDb): (end: End) => DeviceId {
  const rows = db.all<{ id: string; ip: string | null; mac: string | null }>(
    "SELECT id, ip, mac FROM assets WHERE (ip IS NOT NULL OR mac IS NOT NULL) AND status <> 'scrapped' AND deleted_at IS NULL ORDER BY id DESC",
  );
  const byIp = new Map(rows.map(({ id, ip }) => [ip, id]));
  const byMac = new Map(rows.map(({ id, mac }) => [mac, id]));
  const names = new Map<string, DeviceId>();
  const named = (name: string): DeviceId => {
    const known = names.get(name) ?? switchCalled(db, name) ?? `${UNKNOWN}${name}`;
    names.set(name, known);
    return known;
  };
  return ({ ip, mac, name }) =>
    (ip === null ? undefined : byIp.get(ip)) ?? (mac ? byMac.get(mac) : undefined) ?? named(name);
}

/** Ends that forward nothing are computers and telephones: they are counted and not drawn. */
const FORWARDS: ReadonlySet<string> = new Set(['bridge', 'router', 'access_point', 'repeater']);
function told(db: ReadDb, find: ReturnType<typeof finder>): Told[] {
  const read = snapshots(db, 'any');
  const ends = new Set(
    read.flatMap(({ neighbours }) =>
      neighbours.flatMap(({ system_name, management_ip, chassis, capabilities, port }) => {
        const name = system_name ?? management_ip ?? chassis;
        const host =
          capabilities === null ? /^[0-9A-F]{12}$/.test(port ?? '') : !capabilities.some((each) => FORWARDS.has(each));
        return host && name !== null ? [name] : [];
      }),
    ),
  );
  return linksOf(read, registeredSwitches(db)).flatMap(({ a, b, known }): Told[] => {
    if (known === 'unknown' && ends.has(b.name)) return [];
    // of what is neither read nor a switch on record, the neighbour's own address and card say which asset it is
    const device = read.find(({ device_ip }) => device_ip === a.ip);
    const face = device?.interfaces.find(({ name }) => name === a.port)?.if_index;
    const row = b.ip === null ? device?.neighbours.find(({ if_index }) => if_index === face) : undefined;
    const far = { ip: b.ip ?? row?.management_ip ?? null, mac: row?.chassis ?? null, name: b.name };
    return [{ a: find(a), b: find(far), a_port: a.port, b_port: b.port }];
  });
}

const asMedium = (medium: string | null): Cabled['medium'] => cableMedia.find((each) => each === medium) ?? null;
/** Straight from device to device, and through panels: of those the first cable's label and medium. */
function cabled(db: ReadDb): Cabled[] {
  const straight = deviceCables(db).map((each): Cabled => ({
    a: each.a,
    b: each.b,
    a_port: each.a_port,
    b_port: each.b_port,
    label: each.label,
    medium: asMedium(each.medium),
    redundant: each.redundant === 1,
  }));
  // most leads go on to a room: those are not followed one by one
  const toRooms = new Set(
    (['a', 'b'] as const).flatMap((near) =>
      db
        .all<{ place: string }>(
          `SELECT ${near}_panel_id || ' ' || ${near}_position || ' ' || ${near}_side AS place FROM cables
           WHERE ${near}_panel_id IS NOT NULL AND ${otherEnd(near)}_outlet_id IS NOT NULL AND deleted_at IS NULL`,
        )
        .map(({ place }) => place),
    ),
  );
  const starts = db
    .all<{ id: string; asset: string; port: string; panel: string; position: number; side: PanelSide }>(
      `SELECT p.id, p.asset_id AS asset, p.name AS port, c.panel, c.position, c.side FROM switch_ports p JOIN (
         SELECT a_port_id AS port, b_panel_id AS panel, b_position AS position, b_side AS side FROM cables WHERE deleted_at IS NULL
         UNION ALL SELECT b_port_id, a_panel_id, a_position, a_side FROM cables WHERE deleted_at IS NULL) c ON c.port = p.id
       WHERE c.panel IS NOT NULL AND p.deleted_at IS NULL ORDER BY p.id`,
    )
    .filter(({ panel, position, side }) => !toRooms.has(`${panel} ${position} ${otherSide(side)}`));
  const far = (end: CableEnd | null | undefined): { asset: string; port: string | null; id: string } | null => {
    if (end?.kind === 'asset') return { asset: end.id, port: null, id: '' };
    if (end?.kind !== 'port') return null;
    const port = db.get<{ asset_id: string; name: string }>(
      'SELECT asset_id, name FROM switch_ports WHERE id = ? AND deleted_at IS NULL',
      end.id,
    );
    return port ? { asset: port.asset_id, port: port.name, id: end.id } : null;
  };
  const through = starts.flatMap(({ id, asset, port }): Cabled[] => {
    const steps = walk(db, { kind: 'port', id });
    const end = far(steps.at(-1)?.end);
    // a way between two ports is met from both of them
    if (!end || steps.length < 2 || end.asset === asset || (end.id !== '' && end.id < id)) return [];
    const trunk = steps[1]?.cable ?? steps[0]?.cable;
    return [
      {
        a: asset,
        b: end.asset,
        a_port: port,
        b_port: end.port,
        label: trunk?.label ?? null,
        medium: asMedium(trunk?.medium ?? null),
        redundant: steps.some(({ cable }) => cable.redundant === true),
      },
    ];
  });
  return [...straight, ...through];
}

function carrying(db: ReadDb, find: ReturnType<typeof finder>): Carrying[] {
  const asDevice = (ip: string): DeviceId => find({ ip, name: ip });
  return lastReads(db).flatMap(({ last }) =>
    portsOf(db, last.ip).flatMap(({ name, carries }) =>
      carries.size === 0
        ? []
        : [{ device: asDevice(last.ip), port: name, carries: new Set([...carries].map(asDevice)) }],
    ),
  );
}

export function joinedLinks(db: ReadDb, nameOf: (id: DeviceId) => string): Joined[] {
  const find = finder(db);
  const real = (links: readonly Told[]): Told[] => links.filter(({ a, b }) => a !== b);
  return joinLinks(
    real(told(db, find)),
    cabled(db).filter(({ a, b }) => a !== b),
    real(inferLinks(carrying(db, find))),
    nameOf,
  );
}

export interface PortFact {
  readonly up: boolean | null;
  readonly speed_mbps: number | null;
  readonly trunk: boolean;
}
/** What kind of cable is plugged into a port, wherever it leads. */
export function portMedia(db: ReadDb): (device: DeviceId, port: string | null) => Cabled['medium'] {
  const media = new Map(
    db
      .all<{ asset: string; name: string; medium: string }>(
        `SELECT p.asset_id AS asset, p.name, c.medium FROM cables c JOIN switch_ports p ON p.id IN (c.a_port_id, c.b_port_id)
         WHERE c.medium IS NOT NULL AND c.deleted_at IS NULL AND p.deleted_at IS NULL`,
      )
      .map(({ asset, name, medium }) => [factKey(asset, name), asMedium(medium)]),
  );
  return (device, port) => (port === null ? null : (media.get(factKey(device, port)) ?? null));
}
const SPEEDS: Readonly<Record<string, number>> = { m10: 10, m100: 100, m1000: 1000, m10000: 10_000 };
const factKey = (device: DeviceId, port: string): string => `${device} ${portKey(port)}`;
/** What is known of ports: by the register, and over it by the last reading. */
export function portFacts(db: ReadDb): (device: DeviceId, port: string | null) => PortFact | null {
  const facts = new Map<string, PortFact>();
  for (const { asset_id, name, speed, light } of db.all<{
    asset_id: string;
    name: string;
    speed: string | null;
    light: string | null;
  }>(
    'SELECT asset_id, name, speed, light FROM switch_ports WHERE deleted_at IS NULL AND (speed IS NOT NULL OR light IS NOT NULL)',
  ))
    facts.set(factKey(asset_id, name), {
      up: light === null ? null : light !== 'off',
      speed_mbps: SPEEDS[speed ?? ''] ?? null,
      trunk: isLag({ type: null, name }),
    });
  const find = finder(db);
  for (const { good } of lastReads(db)) {
    if (!good) continue;
    const device = find({ ip: good.ip, name: good.name ?? good.ip });
    for (const face of interfacesOf(db, good.id)) {
      if (face.up === null && face.speed_mbps === null) continue;
      const key = factKey(device, face.name);
      const speed =
        face.speed_mbps !== null && face.speed_mbps > 0 ? face.speed_mbps : (facts.get(key)?.speed_mbps ?? null);
      facts.set(key, { up: face.up, speed_mbps: speed, trunk: face.lag_if_index !== null || isLag(face) });
    }
  }
  return (device, port) => (port === null ? null : (facts.get(factKey(device, port)) ?? null));
}
