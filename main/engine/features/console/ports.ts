/** What a console says about ports, beside the register: what is new, what changed, and what a person wrote, which is only proposed. */
import type { Op } from '../../../../shared/commit.ts';
import { switchPorts, type PortState } from '../../../../shared/features/cabling.ts';
import { portFields, type PortChange } from '../../../../shared/features/console.ts';
import type { Section } from '../../../../shared/features/console/parse.ts';
import type { FaceRow } from '../../../../shared/features/console/rows.ts';
import { portKey } from '../../../../shared/port-name.ts';
import type { DraftOf, RowOf } from '../../../../shared/record.ts';
import { decode } from '../../codec.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import { portFinder } from '../cabling/resolve.ts';
import { isSocket, rowsOf } from './reading.ts';

type Port = RowOf<typeof switchPorts>;
type Field = (typeof portFields)[number];
type Told = Partial<Pick<DraftOf<typeof switchPorts>, Field>>;
const COMMAND = 'console.take';

const SPEEDS = new Map([
  [10, 'm10'],
  [100, 'm100'],
  [1000, 'm1000'],
  [10_000, 'm10000'],
] as const);
/** More cards than this on a port, and its VLANs say nothing about one. */
const FEW_CARDS = 3;

/** A dark port of a PC that is switched off is still a good one: only what is certain is said. */
function stateOf({ up, admin_up }: FaceRow, before: PortState | null): PortState | null {
  if (!admin_up) return 'disabled';
  if (up) return 'good';
  return before === null || before === 'disabled' ? 'unused' : null;
}
function toldOf(face: FaceRow, vlan: number | null, before: Port | null): Told {
  const speed = face.speed_mbps === null || !face.up ? null : SPEEDS.get(face.speed_mbps as 10);
  const state = stateOf(face, before?.state ?? null);
  return {
    ...(vlan === null ? {} : { vlan }),
    ...(speed ? { speed } : {}),
    light: face.up ? 'on' : 'off',
    ...(state === null ? {} : { state }),
  };
}
/** The VLAN of the cards on each port that has few, all in one. */
function vlansByCards(sections: readonly Section[]): Map<string, number> {
  const seen = Map.groupBy(
    rowsOf(sections, 'mac').filter(({ port, vlan }) => port !== null && vlan !== null),
    ({ port }) => portKey(port ?? ''),
  );
  return new Map(
    [...seen].flatMap(([key, rows]): [string, number][] => {
      const vlans = new Set(rows.map(({ vlan }) => vlan ?? 0));
      const [vlan = 0] = vlans;
      return rows.length <= FEW_CARDS && vlans.size === 1 ? [[key, vlan]] : [];
    }),
  );
}

/** Who last wrote each field of a port: true where it was a paste, or nobody. */
function writtenByPaste(db: ReadDb, port: string): (field: string) => boolean {
  const last = new Map<string, string>();
  for (const { body, command } of db.all<{ body: string; command: string }>(
    "SELECT o.body, c.command FROM _ops o JOIN _commits c ON c.ord = o.commit_ord WHERE o.row_id = ? AND o.tbl = 'switch_ports' ORDER BY o.ord",
    port,
  )) {
    const op = JSON.parse(body) as Op;
    for (const field of Object.keys('values' in op ? op.values : 'fields' in op ? op.fields : {}))
      last.set(field, command);
  }
  return (field) => (last.get(field) ?? COMMAND) === COMMAND;
}

export function planPorts(db: ReadDb, asset: string | null, sections: readonly Section[]): PortChange[] {
  const faces = new Map(
    rowsOf(sections, 'interfaces').flatMap((face) =>
      isSocket(face.port) ? [[portKey(face.port), face] as const] : [],
    ),
  );
  const cards = vlansByCards(sections);
  const find = asset === null ? () => null : portFinder(db, asset);
  return [...faces].map(([key, face]): PortChange => {
    const id = find(face.port);
    const raw = id === null ? undefined : db.get('SELECT * FROM switch_ports WHERE id = ?', id);
    const port = raw ? decode(switchPorts, raw) : null;
    const told = toldOf(face, face.vlan ?? cards.get(key) ?? null, port);
    const free = port === null ? () => true : writtenByPaste(db, port.id);
    const fields = portFields.flatMap((field) => {
      const after = told[field] ?? null;
      const before = port?.[field] ?? null;
      if (after === null || after === before) return [];
      // a port made in a run is called unused by nobody
      const untold = before === null || (field === 'state' && before === 'unused' && port?.tested_on === null);
      return [{ field, before, after, proposed: !untold && !free(field) }];
    });
    const kind =
      port === null
        ? 'fresh'
        : fields.length === 0
          ? 'same'
          : fields.every(({ proposed }) => proposed)
            ? 'proposed'
            : 'changed';
    return { id, name: port?.name ?? face.port, kind, fields };
  });
}

const valuesOf = (change: PortChange, accepted: boolean): Told =>
  Object.fromEntries(
    change.fields.flatMap(({ field, after, proposed }) => (proposed && !accepted ? [] : [[field, after]])),
  );

/** The number at its end, where no other port has that place; else behind the last. */
function placeOf(name: string, taken: Set<number>): number {
  const own = Number(/(\d+)$/.exec(name)?.[1] ?? 0);
  const place = own >= 1 && own <= 1000 && !taken.has(own) ? own : Math.max(0, ...taken) + 1;
  taken.add(place);
  return place;
}

/** Writes what nobody contradicts, and what was accepted. Returns how many ports were made, changed, and left as a person wrote them. */
export function writePorts(
  tx: WriteDb,
  asset: string,
  plan: readonly PortChange[],
  accept: ReadonlySet<string>,
): { created: number; changed: number; proposed: number } {
  const taken = new Set(
    tx
      .all<{ position: number }>(
        'SELECT position FROM switch_ports WHERE asset_id = ? AND position IS NOT NULL AND deleted_at IS NULL',
        asset,
      )
      .map(({ position }) => position),
  );
  const done = { created: 0, changed: 0, proposed: 0 };
  for (const change of plan) {
    const values = valuesOf(change, change.id !== null && accept.has(change.id));
    if (change.id === null) {
      tx.insert(switchPorts, {
        ...values,
        asset_id: asset,
        name: change.name,
        position: placeOf(change.name, taken),
        state: values.state ?? 'unused',
      });
      done.created += 1;
    } else if (Object.keys(values).length > 0) {
      tx.patch(switchPorts, change.id, values);
      done.changed += 1;
    }
    if (change.id !== null && change.fields.some(({ proposed }) => proposed) && !accept.has(change.id))
      done.proposed += 1;
  }
  return done;
}
