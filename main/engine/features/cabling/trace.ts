/**
 * Who sits on which port: person, device, outlet, panel, switch port, uplink in one line. What the binding says in words is laid
 * beside what is on record as cables; where nothing is known there is a gap, and the line says so.
 */
import type { Doubled, Hop, Trace, TraceStart } from '../../../../shared/features/cabling/calls.ts';
import { otherSide, type CableEnd } from '../../../../shared/features/cabling/ends.ts';
import { bindings } from '../../../../shared/features/ipam.ts';
import { portKey } from '../../../../shared/port-name.ts';
import type { RowOf } from '../../../../shared/record.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import { decode } from '../../codec.ts';
import type { ReadDb } from '../../db.ts';
import { locationPath, refText, titleOf } from '../../titles.ts';
import { breachesAlong } from './breaches.ts';
import { endText, portRow, switchName } from './ends.ts';
import { outletCalled, portCalled, switchCalled } from './resolve.ts';
import { uplinkOf, walk, type Step } from './walk.ts';

type Binding = RowOf<typeof bindings>;
/** More bindings of one person or device than fit a screen help nobody. */
const MOST = 12;

interface Seed {
  readonly binding: Binding | null;
  readonly outlet: string | null;
  readonly port: string | null;
  readonly asset: string | null;
}
const nothing: Seed = { binding: null, outlet: null, port: null, asset: null };

/** Every way from this start, one for each address that hangs on it. */
export function tracesOf(db: ReadDb, t: Translate, start: TraceStart, id: string): Trace[] {
  return seedsOf(db, start, id).map((seed) => {
    const way = wayOf(db, seed);
    const hops = hopsOf(db, t, seed, way);
    const doubled = breachesAlong(
      db,
      t,
      way.steps.map(({ cable }) => cable),
    );
    return { hops, doubled, line: [lineOf(t, hops), ...doubled.map((each) => doubledText(t, each))].join(' ') };
  });
}

const living = "state <> 'released' AND deleted_at IS NULL";
const bindingsWhere = (db: ReadDb, where: string, ...params: string[]): Binding[] =>
  db
    .all(`SELECT * FROM bindings WHERE ${where} AND ${living} ORDER BY ip LIMIT ${MOST}`, ...params)
    .map((raw) => decode(bindings, raw));
const seedOf = (db: ReadDb, binding: Binding): Seed => ({
  binding,
  outlet: outletCalled(db, binding.outlet, binding.location_id),
  port: portCalled(db, switchCalled(db, binding.switch_name), binding.switch_port),
  asset: binding.asset_id,
});

function seedsOf(db: ReadDb, start: TraceStart, id: string): Seed[] {
  const of = (rows: Binding[]): Seed[] => rows.map((row) => seedOf(db, row));
  switch (start) {
    case 'binding':
      return of(
        db.all('SELECT * FROM bindings WHERE id = ? AND deleted_at IS NULL', id).map((raw) => decode(bindings, raw)),
      );
    case 'person':
      return of(bindingsWhere(db, 'person_id = ?', id));
    case 'asset': {
      const found = of(bindingsWhere(db, 'asset_id = ?', id));
      return found.length > 0 ? found : [{ ...nothing, asset: id }];
    }
    case 'outlet':
    case 'port':
      return behind(db, start, id);
    case 'ticket': {
      const ticket = db.get<{ asset_id: string | null; person_id: string | null; location_id: string | null }>(
        'SELECT asset_id, person_id, location_id FROM tickets WHERE id = ? AND deleted_at IS NULL',
        id,
      );
      if (ticket?.asset_id) return seedsOf(db, 'asset', ticket.asset_id);
      if (!ticket?.person_id) return [];
      const all = seedsOf(db, 'person', ticket.person_id);
      const there = all.filter(({ binding }) => binding?.location_id === ticket.location_id);
      return there.length > 0 ? there : all;
    }
  }
}

/** Addresses that sit on an outlet or port, by the cables and by their own words. */
function behind(db: ReadDb, kind: 'outlet' | 'port', id: string): Seed[] {
  const end: CableEnd = { kind, id };
  const ends = walk(db, end).flatMap(({ end: at }) => (at ? [at] : []));
  const last = (wanted: CableEnd['kind']): string | null => ends.find((at) => at.kind === wanted)?.id ?? null;
  const port = kind === 'port' ? id : (last('port') ?? portAtOutlet(db, id));
  const outlet = kind === 'outlet' ? id : (last('outlet') ?? portRow(db, id)?.outlet_id ?? null);
  const found = new Map<string, Seed>();
  if (outlet !== null)
    for (const row of bindingsWhere(db, 'outlet = (SELECT label FROM outlets WHERE id = ?)', outlet))
      if (outletCalled(db, row.outlet, row.location_id) === outlet) found.set(row.id, { ...seedOf(db, row), outlet });
  if (port !== null)
    for (const row of onPort(db, port)) if (!found.has(row.id)) found.set(row.id, { ...seedOf(db, row), port });
  return found.size > 0 ? [...found.values()] : [{ ...nothing, outlet, port, asset: last('asset') }];
}
const portAtOutlet = (db: ReadDb, outlet: string): string | null =>
  db.value<string>('SELECT id FROM switch_ports WHERE outlet_id = ? AND deleted_at IS NULL', outlet) ?? null;

/** Bindings whose words mean this port. */
function onPort(db: ReadDb, id: string): Binding[] {
  const port = portRow(db, id);
  if (!port) return [];
  const key = portKey(port.name);
  return bindingsOnSwitch(db, port.asset_id).filter((row) => portKey(row.switch_port ?? '') === key);
}
/** Bindings whose words mean a port of this switch. */
export function bindingsOnSwitch(db: ReadDb, asset: string): Binding[] {
  const meant = new Map<string, boolean>();
  const means = (name: string): boolean => {
    const known = meant.get(name) ?? switchCalled(db, name) === asset;
    meant.set(name, known);
    return known;
  };
  return db
    .all(
      `SELECT b.* FROM bindings b JOIN assets a ON a.id = ? AND b.switch_name COLLATE NOCASE IN (a.hostname, a.tag, a.ip, a.name)
       WHERE b.switch_port IS NOT NULL AND b.state <> 'released' AND b.deleted_at IS NULL ORDER BY b.ip`,
      asset,
    )
    .map((raw) => decode(bindings, raw))
    .filter((row) => means(row.switch_name ?? ''));
}

const gap = (kind: Hop['kind']): Hop => ({
  kind,
  title: null,
  detail: '',
  route: null,
  from: 'gap',
  cable: null,
  other: null,
  bad: false,
});
const known = (kind: Hop['kind'], title: string, detail: string, route: string, more: Partial<Hop> = {}): Hop => ({
  ...gap(kind),
  title,
  detail,
  route,
  from: 'register',
  ...more,
});
const worded = (kind: Hop['kind'], title: string): Hop => ({ ...gap(kind), title, from: 'words' });

function hopsOf(db: ReadDb, t: Translate, seed: Seed, way: Way): Hop[] {
  const { binding } = seed;
  return [
    binding
      ? known('person', refText(db, 'people', binding.person_id), '', `people/${binding.person_id}`)
      : gap('person'),
    deviceHop(db, seed),
    ...outletHops(db, t, seed, way),
    portHop(db, t, seed, way.port),
    uplinkHop(db, t, switchOf(db, seed, way.port ?? seed.port)),
  ];
}

interface Way {
  readonly outlet: string | null;
  /** Cables from the outlet (or device) on. */
  readonly steps: readonly Step[];
  /** Where the cables lead; where there are none, what the port itself says. */
  readonly port: string | null;
}

/** The cables are asked from the user's side first; where nothing begins there, from the port back. */
function wayOf(db: ReadDb, { outlet, port, asset }: Seed): Way {
  const from = outlet ?? null;
  const onward = from !== null ? walk(db, { kind: 'outlet', id: from }) : [];
  const reached = onward.at(-1)?.end;
  if (from !== null && onward.length > 0)
    return { outlet: from, steps: onward, port: reached?.kind === 'port' ? reached.id : null };
  if (from === null && asset !== null) {
    const direct = walk(db, { kind: 'asset', id: asset });
    const [first] = direct;
    const rest = first?.end?.kind === 'outlet' ? walk(db, first.end) : direct;
    const last = rest.at(-1)?.end;
    if (first?.end?.kind === 'outlet' || last?.kind === 'port')
      return {
        outlet: first?.end?.kind === 'outlet' ? first.end.id : null,
        steps: rest,
        port: last?.kind === 'port' ? last.id : null,
      };
  }
  if (from !== null && port === null) return { outlet: from, steps: [], port: portAtOutlet(db, from) };
  return port === null ? { outlet: from, steps: [], port: null } : backFrom(db, port, from);
}
function backFrom(db: ReadDb, port: string, outlet: string | null): Way {
  const back = walk(db, { kind: 'port', id: port });
  const last = back.at(-1)?.end;
  const found = last?.kind === 'outlet' ? last.id : (portRow(db, port)?.outlet_id ?? null);
  const ends: (CableEnd | null)[] = back.map(({ end }) => end);
  // The same cables, told from the far end; a panel is then arrived at on its other side.
  const steps = back.map(({ cable }, index): Step => {
    const end = index === 0 ? ({ kind: 'port', id: port } as const) : (ends[index - 1] ?? null);
    return { cable, end: end?.kind === 'panel' ? { ...end, side: otherSide(end.side) } : end };
  });
  return { outlet: outlet ?? found, steps: steps.toReversed(), port };
}

function deviceHop(db: ReadDb, { binding, asset }: Seed): Hop {
  const ip = binding?.ip ?? '';
  if (asset !== null) return known('device', titleOf(db, 'assets', asset)?.title ?? '', ip, `assets/${asset}`);
  if (!binding) return gap('device');
  return { ...known('device', ip, binding.hostname ?? '', `addresses/${binding.id}`), from: 'words' };
}

function outletHops(db: ReadDb, t: Translate, { binding }: Seed, { outlet, steps }: Way): Hop[] {
  const row =
    outlet === null
      ? undefined
      : db.get<{ label: string; location_id: string; state: string }>(
          'SELECT label, location_id, state FROM outlets WHERE id = ?',
          outlet,
        );
  const hops: Hop[] = [];
  if (outlet !== null && row) {
    const other =
      binding?.outlet && outletCalled(db, binding.outlet, binding.location_id) !== outlet ? binding.outlet : null;
    hops.push(
      known('outlet', row.label, locationPath(db, row.location_id), `outlets/${outlet}`, {
        cable: steps[0]?.cable.label ?? null,
        bad: row.state === 'damaged',
        other,
      }),
    );
  } else hops.push(binding?.outlet ? worded('outlet', binding.outlet) : gap('outlet'));
  const panels = steps.flatMap(({ end }, index) =>
    end?.kind === 'panel'
      ? [known('panel', endText(db, t, end), '', `panels/${end.id}`, { cable: steps[index + 1]?.cable.label ?? null })]
      : [],
  );
  return [...hops, ...(panels.length > 0 ? panels : [gap('panel')])];
}

function portHop(db: ReadDb, t: Translate, { binding, port: worded_ }: Seed, reached: string | null): Hop {
  const id = reached ?? worded_;
  const words = [binding?.switch_name, binding?.switch_port].filter(Boolean).join(' ');
  const port = id === null ? null : portRow(db, id);
  if (id === null || !port) return words ? worded('port', words) : gap('port');
  // The words differ when they name a port, and it is another one or none on record.
  const other = words && binding?.switch_port && worded_ !== id ? words : null;
  const vlan = port.vlan === null ? '' : `VLAN ${port.vlan}`;
  return known('port', endText(db, t, { kind: 'port', id }), vlan, `switch-ports/${port.asset_id}/${id}`, {
    other,
    bad: port.state === 'damaged' || port.state === 'loose' || port.state === 'disabled',
  });
}

/** Known also where only the switch is, and not its port. */
const switchOf = (db: ReadDb, { binding }: Seed, port: string | null): string | null =>
  (port === null ? null : portRow(db, port)?.asset_id) ?? switchCalled(db, binding?.switch_name ?? null);

function uplinkHop(db: ReadDb, t: Translate, from: string | null): Hop {
  const up = from === null ? null : uplinkOf(db, from);
  if (!up) return gap('uplink');
  const { asset, cable } = up;
  const far = cable.a === asset ? cable.a_port : cable.b_port;
  const title = [switchName(db, asset), far].filter(Boolean).join(' ');
  return known(
    'uplink',
    title,
    cable.medium ? t(`option.cables.medium.${cable.medium}` as 'option.cables.medium.cat6') : '',
    `assets/${asset}`,
    {
      cable: cable.label,
    },
  );
}

const doubledText = (t: Translate, { place, cables }: Doubled): string =>
  t('cabling.trace.doubled', { place, n: cables.length });

/** One line to paste into a ticket or a message. */
function lineOf(t: Translate, hops: readonly Hop[]): string {
  const words = hops.map(({ kind, title, detail, cable, other }) => {
    if (title === null) return t('cabling.trace.gap', { what: t(`cabling.trace.${kind}`) });
    const more = [
      kind === 'device' || kind === 'port' ? detail : '',
      other === null ? '' : t('cabling.trace.other', { other }),
    ].filter(Boolean);
    const text = [title, ...more].join(' ');
    return cable === null || kind === 'uplink' ? text : `${text} —[${cable}]`;
  });
  return words.join(' → ');
}
