/** The topology as it is known now: devices of the register, what joins them, their layer and place, and what everything hangs on. */
import type { TopologyLink, TopologyMap, TopologyNode } from '../../../../shared/features/topology.ts';
import { weakPoints } from '../../../../shared/features/topology/graph.ts';
import type { ReadDb } from '../../db.ts';
import { placeTexts } from '../../titles.ts';
import { switchCalled } from '../cabling/resolve.ts';
import { edgePorts } from '../switches/evidence.ts';
import { layersOf } from './layers.ts';
import { layOut, type Spot } from './layout.ts';
import { joinedLinks, portFacts, portMedia, UNKNOWN, type DeviceId } from './links.ts';

interface Device {
  readonly id: DeviceId;
  readonly name: string;
  readonly category: string | null;
  readonly model: string | null;
  readonly ip: string | null;
  readonly location_id: string | null;
  readonly hostname: string | null;
  readonly status: string;
}
/** Always drawn; `sometimes` only where something joins them. */
const ALWAYS = ['firewall', 'router', 'switch', 'ap', 'controller'];
const SOMETIMES = ['converter'];
const marks = (list: readonly string[]): string => list.map((each) => `'${each}'`).join(', ');

const registered = (db: ReadDb): Device[] =>
  db.all(
    `SELECT id, name, category, nullif(trim(coalesce(brand, '') || ' ' || coalesce(model, '')), '') AS model, ip, location_id, hostname, status
     FROM assets WHERE deleted_at IS NULL AND status NOT IN ('scrapped', 'to_scrap', 'missing')
       AND category IN (${marks([...ALWAYS, ...SOMETIMES])}) ORDER BY id`,
  );

/** Computers and other ends of each switch: those seen at its ports, those bound to it, or the cables that leave it for rooms. */
function endpointsOf(db: ReadDb, byIp: ReadonlyMap<string, string>): Map<DeviceId, number> {
  const counts = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()] as const;
  const add = (map: Map<string, number>, id: string | null | undefined, n: number): void => {
    if (id) map.set(id, (map.get(id) ?? 0) + n);
  };
  for (const { device_ip } of edgePorts(db).values()) add(counts[0], byIp.get(device_ip), 1);
  for (const { name, n } of db.all<{ name: string; n: number }>(
    "SELECT switch_name AS name, count(*) AS n FROM bindings WHERE switch_name IS NOT NULL AND state <> 'released' AND deleted_at IS NULL GROUP BY switch_name",
  ))
    add(counts[1], switchCalled(db, name), n);
  for (const { asset, n } of db.all<{ asset: string; n: number }>(
    `SELECT p.asset_id AS asset, count(*) AS n FROM cables c JOIN switch_ports p ON p.id IN (c.a_port_id, c.b_port_id)
     LEFT JOIN panels o ON o.id IN (c.a_panel_id, c.b_panel_id)
     WHERE c.deleted_at IS NULL AND (c.a_outlet_id IS NOT NULL OR c.b_outlet_id IS NOT NULL OR o.medium IS NULL OR o.medium LIKE 'cat%')
       AND (c.a_outlet_id IS NOT NULL OR c.b_outlet_id IS NOT NULL OR c.a_panel_id IS NOT NULL OR c.b_panel_id IS NOT NULL)
     GROUP BY p.asset_id`,
  ))
    add(counts[2], asset, n);
  const ids = new Set(counts.flatMap((map) => [...map.keys()]));
  return new Map([...ids].map((id) => [id, Math.max(...counts.map((map) => map.get(id) ?? 0))]));
}

function buildings(db: ReadDb): (place: string | null) => string | null {
  const places = new Map(
    db
      .all<{ id: string; parent_id: string | null; name: string; kind: string }>(
        'SELECT id, parent_id, name, kind FROM locations',
      )
      .map((row) => [row.id, row]),
  );
  return (place) => {
    let at = places.get(place ?? '');
    for (let up = 0; at && at.kind !== 'building' && up < 12; up += 1) at = places.get(at.parent_id ?? '');
    return at?.kind === 'building' ? at.name : null;
  };
}

/** Where devices were put by hand: the newest row of each. */
export const pinnedSpots = (db: ReadDb): Map<DeviceId, Spot & { row: string }> =>
  new Map(
    db
      .all<{ asset_id: string; x: number; y: number; row: string }>(
        'SELECT asset_id, x, y, id AS row FROM topology_nodes WHERE deleted_at IS NULL ORDER BY id',
      )
      .map(({ asset_id, ...spot }) => [asset_id, spot]),
  );

const layouts = new WeakMap<ReadDb, { readonly key: string; readonly spots: Map<string, Spot> }>();
/** dagre takes a third of a second for 300 devices: kept until a device or a link comes or goes. */
function spotsOf(db: ReadDb, ...[devices, links]: Parameters<typeof layOut>): Map<string, Spot> {
  const key = JSON.stringify([devices.map(({ id, layer }) => [id, layer]), links.map(({ a, b }) => [a, b])]);
  const before = layouts.get(db);
  if (before?.key === key) return before.spots;
  const spots = layOut(devices, links);
  layouts.set(db, { key, spots });
  return spots;
}

/** Twenty devices are called `接入交换机`: the name that each answers to stands in front. */
function shownName(device: Device): string;
function shownName(device: Device | undefined): string | undefined;
function shownName(device: Device | undefined): string | undefined {
  return device?.hostname && device.hostname !== device.name ? `${device.hostname} ${device.name}` : device?.name;
}

export function topologyOf(db: ReadDb): TopologyMap {
  const all = registered(db);
  const known = new Map(all.map((each) => [each.id, each]));
  const nameOf = (id: DeviceId): string =>
    shownName(known.get(id)) ?? (id.startsWith(UNKNOWN) ? id.slice(UNKNOWN.length) : '');
  // what is joined to a computer or a printer is an end, and only counted
  const joined = joinedLinks(db, nameOf).filter(({ a, b }) =>
    [a, b].every((id) => known.has(id) || id.startsWith(UNKNOWN)),
  );
  const ends = new Set(joined.flatMap(({ a, b }) => [a, b]));
  const strangers = [...ends].filter((id) => id.startsWith(UNKNOWN));
  const devices: Device[] = [
    ...all.filter(
      ({ id, category, status }) => ends.has(id) || (ALWAYS.includes(category ?? '') && status === 'in_use'),
    ),
    ...strangers.map((id): Device => ({
      id,
      name: nameOf(id),
      category: null,
      model: null,
      ip: null,
      location_id: null,
      hostname: null,
      status: '',
    })),
  ];
  const layers = layersOf(
    devices.map(({ id, category, name, hostname }) => ({
      id,
      category,
      words: [name, hostname].filter(Boolean).join(' '),
    })),
    joined,
  );
  const layer = (id: DeviceId): TopologyNode['layer'] => layers.get(id) ?? 'end';
  const facts = portFacts(db);
  const media = portMedia(db);
  const links = joined.map((link, index): TopologyLink => {
    const faces = [facts(link.a, link.a_port), facts(link.b, link.b_port)].filter((fact) => fact !== null);
    const speeds = faces.flatMap(({ speed_mbps }) => speed_mbps ?? []);
    return {
      ...link,
      id: `${index} ${link.a} ${link.b}`,
      proofs: [...link.proofs],
      medium: link.medium ?? media(link.a, link.a_port) ?? media(link.b, link.b_port),
      speed_mbps: speeds.length === 0 ? null : Math.min(...speeds),
      up: faces.some(({ up }) => up === false) ? false : faces.some(({ up }) => up === true) ? true : null,
      trunk: faces.some(({ trunk }) => trunk),
      bridge: false,
    };
  });
  // access points and the like hang on one cable everywhere: that is not what is looked for
  const carriers = devices.filter(({ id }) => layer(id) !== 'end').map(({ id }) => id);
  const working = links.filter(({ up }) => up !== false);
  const weak = weakPoints(carriers, working);
  const exits = devices.filter(({ id }) => layer(id) === 'edge' && ends.has(id));
  const spots = spotsOf(
    db,
    devices.map(({ id }) => ({ id, layer: layer(id) })),
    joined,
  );
  const pinned = pinnedSpots(db);
  const places = placeTexts(db);
  const building = buildings(db);
  const endpoints = endpointsOf(db, new Map(all.flatMap(({ id, ip }) => (ip === null ? [] : [[ip, id] as const]))));
  return {
    nodes: devices.map((device) => {
      const spot = pinned.get(device.id) ?? spots.get(device.id) ?? { x: 0, y: 0 };
      return {
        id: device.id,
        name: shownName(device),
        category: device.category,
        model: device.model,
        ip: device.ip,
        place: device.location_id === null ? null : places(device.location_id),
        building: building(device.location_id),
        layer: layer(device.id),
        endpoints: endpoints.get(device.id) ?? 0,
        alone: !ends.has(device.id),
        spof: weak.points.has(device.id) || (exits.length === 1 && exits[0]?.id === device.id),
        x: spot.x,
        y: spot.y,
        pinned: pinned.has(device.id),
      };
    }),
    links: links.map((link) => ({ ...link, bridge: weak.bridges.has(link.id) && !link.redundant })),
  };
}
