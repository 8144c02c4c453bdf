/** Ports of switches: made in a run, tested in a run, and the faceplate with what lies behind each. */
import { portStates, switchPorts, type PortState } from '../../../../shared/features/cabling.ts';
import { readBulk } from '../../../../shared/features/cabling/bulk.ts';
import { MAX_PORTS, type FacePort, type SwitchLine } from '../../../../shared/features/cabling/calls.ts';
import { showRange } from '../../../../shared/features/cabling/ranges.ts';
import { daysBetween } from '../../../../shared/day.ts';
import { portKey } from '../../../../shared/port-name.ts';
import type { PatchOf, RowOf } from '../../../../shared/record.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import { decode } from '../../codec.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import { locationPath, placeTexts, refText, titleOf } from '../../titles.ts';
import { cablesAt, endPlace, endText, switchName } from './ends.ts';
import { outletCalled } from './resolve.ts';
import { bindingsOnSwitch } from './trace.ts';
import { walk } from './walk.ts';

type Port = RowOf<typeof switchPorts>;

/** Ports of a switch in the order of its faceplate. */
export const portsOf = (db: ReadDb, asset: string): Port[] =>
  db
    .all(
      'SELECT * FROM switch_ports WHERE asset_id = ? AND deleted_at IS NULL ORDER BY position IS NULL, position, name',
      asset,
    )
    .map((raw) => decode(switchPorts, raw));

/** Refuses a name that the switch has already, however it is written. */
function checkName(db: ReadDb, asset: string, name: string, self: string | null): void {
  const key = portKey(name);
  if (!/\d/.test(key)) throw refuse('port_name', { name });
  const twin = portsOf(db, asset).find((port) => port.id !== self && portKey(port.name) === key);
  if (twin) throw refuse('port_exists', { name: twin.name, switch: switchName(db, asset) });
}

interface Run {
  readonly asset_id: string;
  readonly prefix: string;
  readonly from: number;
  readonly to: number;
}
export function makePorts(tx: WriteDb, { asset_id, prefix, from, to }: Run): number {
  const asset = tx.get<{ category: string }>(
    'SELECT category FROM assets WHERE id = ? AND deleted_at IS NULL',
    asset_id,
  );
  if (!asset) throw refuse('not_found');
  const count = to - from + 1;
  const before = portsOf(tx, asset_id);
  if (count < 1 || before.length + count > MAX_PORTS) throw refuse('port_run', { count, most: MAX_PORTS });
  const known = new Map(before.map((port) => [portKey(port.name), port.name]));
  const last = Math.max(0, ...before.map(({ position }) => position ?? 0));
  for (let n = 0; n < count; n += 1) {
    const name = `${prefix}${from + n}`;
    const twin = known.get(portKey(name));
    if (twin !== undefined) throw refuse('port_exists', { name: twin, switch: switchName(tx, asset_id) });
    tx.insert(switchPorts, { asset_id, name, position: last + n + 1, state: 'unused' });
  }
  return count;
}

export function updatePort(tx: WriteDb, id: string, changes: PatchOf<typeof switchPorts>): Port {
  const port = tx.need(switchPorts, id);
  if (changes.name !== undefined && changes.name !== port.name) checkName(tx, port.asset_id, changes.name, id);
  return tx.patch(switchPorts, id, changes);
}

/** A port with a cable in it stays until the cable is taken off. */
export function removePort(tx: WriteDb, t: Translate, id: string): void {
  const port = tx.need(switchPorts, id);
  const [cable] = cablesAt(tx, { kind: 'port', id });
  if (cable)
    throw refuse('port_cabled', { name: port.name, cable: cable.label ?? cable.found ?? t('cabling.no_label') });
  tx.remove(switchPorts, id);
}

/** Writes the results of one line; positions the switch does not have are refused, naming them. */
export function testPorts(
  tx: WriteDb,
  { asset_id, line }: { asset_id: string; line: string },
  today: string,
  tester: string,
): number {
  const read = readBulk(line, today);
  if ('problem' in read) throw refuse(`bulk_${read.problem}`, { word: read.word });
  const { positions, state, method, day } = read.test;
  const ports = new Map(
    portsOf(tx, asset_id).flatMap((port) => (port.position === null ? [] : [[port.position, port]])),
  );
  const missing = positions.filter((position) => !ports.has(position));
  if (missing.length > 0)
    throw refuse('port_positions', { missing: showRange(missing), switch: switchName(tx, asset_id) });
  for (const position of positions)
    tx.patch(switchPorts, ports.get(position)?.id ?? '', {
      state,
      test_method: method,
      tested_on: day,
      tested_by: tester,
    });
  return positions.length;
}

/** What lies behind each port: its cables to the outlet, and who has an address there. */
export function faceOf(db: ReadDb, t: Translate, asset: string, today: string): FacePort[] {
  const worded = Map.groupBy(bindingsOnSwitch(db, asset), ({ switch_port }) => portKey(switch_port ?? ''));
  return portsOf(db, asset).map((port) => {
    const start = { kind: 'port', id: port.id } as const;
    const steps = walk(db, start);
    const last = steps.at(-1)?.end;
    const outlet = last?.kind === 'outlet' ? last.id : port.outlet_id;
    const label = outlet === null ? null : (titleOf(db, 'outlets', outlet)?.title ?? null);
    const sitting = worded.get(portKey(port.name)) ?? atOutlet(db, outlet, label);
    const [first] = steps;
    return {
      port,
      cable: first ? { id: first.cable.id, label: first.cable.label } : null,
      far: first?.end ? endText(db, t, first.end) : null,
      outlet: outlet !== null && label !== null ? { id: outlet, title: label } : null,
      room: outlet === null ? (last ? endPlace(db, last) : null) : endPlace(db, { kind: 'outlet', id: outlet }),
      people: sitting.map(({ id, person_id, ip }) => ({ binding: id, name: refText(db, 'people', person_id), ip })),
      ticket: port.ticket_id === null ? null : (titleOf(db, 'tickets', port.ticket_id)?.title ?? null),
      age: port.tested_on === null ? null : Math.max(0, daysBetween(port.tested_on, today)),
    };
  });
}

/** Who has an address at an outlet, by the words of the binding. */
function atOutlet(
  db: ReadDb,
  outlet: string | null,
  label: string | null,
): { id: string; person_id: string; ip: string }[] {
  if (outlet === null || label === null) return [];
  return db
    .all<{ id: string; person_id: string; ip: string; location_id: string | null }>(
      "SELECT id, person_id, ip, location_id FROM bindings WHERE outlet = ? AND state <> 'released' AND deleted_at IS NULL ORDER BY ip",
      label,
    )
    .filter(({ location_id }) => outletCalled(db, label, location_id) === outlet);
}

const USED: ReadonlySet<PortState> = new Set(['good', 'damaged', 'loose']);

/** Switches on record, with how their ports are. */
export function switchLines(db: ReadDb): SwitchLine[] {
  const rows = db.all<{ asset_id: string; state: PortState; n: number; untested: number; since: string | null }>(
    `SELECT asset_id, state, count(*) AS n, sum(tested_on IS NULL) AS untested, min(tested_on) AS since
     FROM switch_ports WHERE deleted_at IS NULL GROUP BY asset_id, state`,
  );
  const states = Map.groupBy(rows, ({ asset_id }) => asset_id);
  const place = placeTexts(db);
  const assets = db.all<{
    id: string;
    model: string | null;
    location_id: string | null;
    hostname: string | null;
    tag: string | null;
    name: string;
  }>(
    `SELECT id, model, location_id, hostname, tag, name FROM assets WHERE deleted_at IS NULL AND status <> 'scrapped'
       AND (category = 'switch' OR id IN (SELECT asset_id FROM switch_ports WHERE deleted_at IS NULL))`,
  );
  return assets
    .map(({ id, model, location_id, hostname, tag, name }): SwitchLine => {
      const own = states.get(id) ?? [];
      const used = own.filter(({ state }) => USED.has(state));
      const days = used.flatMap(({ since }) => (since === null ? [] : [since])).toSorted();
      return {
        id,
        title: hostname === null ? [tag, name].filter(Boolean).join(' · ') : `${hostname} · ${name}`,
        model,
        place: location_id === null ? '' : place(location_id),
        ports: own.reduce((sum, { n }) => sum + n, 0),
        counts: Object.fromEntries(
          portStates.map((state) => [state, own.find((row) => row.state === state)?.n ?? 0]),
        ) as SwitchLine['counts'],
        tested_since: used.some(({ untested }) => untested > 0) ? null : (days[0] ?? null),
      };
    })
    .toSorted(
      (a, b) => a.place.localeCompare(b.place, 'zh') || a.title.localeCompare(b.title, 'zh', { numeric: true }),
    );
}

/** A switch as a faceplate is headed. */
export function switchHead(
  db: ReadDb,
  asset: string,
): { id: string; title: string; place: string; location_id: string | null } {
  const row = db.get<{ location_id: string | null }>(
    'SELECT location_id FROM assets WHERE id = ? AND deleted_at IS NULL',
    asset,
  );
  if (!row) throw refuse('not_found');
  return {
    id: asset,
    title: switchName(db, asset),
    place: row.location_id === null ? '' : locationPath(db, row.location_id),
    location_id: row.location_id,
  };
}
