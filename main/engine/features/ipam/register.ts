/** The user register (用户资料表, F-01): one line per opened line, with everything the sheet shows. */
import { bindings } from '../../../../shared/features/ipam.ts';
import type { ParsedListQuery } from '../../../../shared/list.ts';
import { maskOf, parseCidr } from '../../../../shared/ip.ts';
import type { ReadDb } from '../../db.ts';
import { iterateRecords } from '../../list.ts';

/** Stored codes and bare MACs, not words: the sheet words them. `id` is the binding's, the key of "changed since". */
export interface UserRegisterRow {
  readonly id: string;
  readonly name: string;
  readonly department: string | null;
  readonly identity: string;
  readonly building: string | null;
  readonly floor: string | null;
  readonly room: string | null;
  readonly outlet: string | null;
  readonly switch_name: string | null;
  readonly switch_port: string | null;
  readonly vlan: number | null;
  readonly ip: string;
  readonly mask: string;
  readonly gateway: string | null;
  readonly mac: string | null;
  readonly hostname: string | null;
  readonly phone: string | null;
  readonly opened_on: string;
  readonly state: 'reserved' | 'active' | 'suspended' | 'released';
  readonly letter: string;
  readonly remark: string | null;
}

interface Person {
  name: string;
  department: string | null;
  identity: string;
  phone: string | null;
  letter: string;
}
interface Net {
  cidr: string;
  vlan: number | null;
  gateway: string | null;
}
interface Place {
  building: string | null;
  floor: string | null;
  room: string | null;
}

const NOBODY: Person = { name: '', department: null, identity: 'outside', phone: null, letter: 'unsigned' };

/** Lines of the bindings that a list query matches, in its order. A cancelled reservation never was a user and is left out. */
export function* userRegisterRows(db: ReadDb, query: Pick<ParsedListQuery, 'text' | 'filter' | 'sort'>): Generator<UserRegisterRow> {
  const nets = new Map<string, Net | undefined>();
  const places = new Map<string, Place>();
  const sort = query.sort.length > 0 ? query.sort : [{ field: 'ip', dir: 'asc' as const }];
  for (const row of iterateRecords(db, bindings, { ...query, sort })) {
    if (row.state === 'released' && row.released_at === null) continue;
    const person =
      db.get<Person>('SELECT name, department, identity, phone, letter FROM people WHERE id = ?', row.person_id) ?? NOBODY;
    if (!nets.has(row.subnet_id)) nets.set(row.subnet_id, db.get<Net>('SELECT cidr, vlan, gateway FROM subnets WHERE id = ?', row.subnet_id));
    const net = nets.get(row.subnet_id);
    const place = row.location_id ? (places.get(row.location_id) ?? placeOf(db, row.location_id)) : { building: null, floor: null, room: null };
    if (row.location_id) places.set(row.location_id, place);
    yield {
      id: row.id,
      ...person,
      ...place,
      outlet: row.outlet,
      switch_name: row.switch_name,
      switch_port: row.switch_port,
      vlan: net?.vlan ?? null,
      ip: row.ip,
      mask: maskOf(parseCidr(net?.cidr ?? '')?.prefix ?? 32),
      gateway: net?.gateway ?? null,
      mac: row.mac,
      hostname: row.hostname,
      opened_on: row.opened_on,
      state: row.state,
      remark: row.remark,
    };
  }
}

/** Building, floor and room of a place, from the tree above it; a place that is none of these stands for the room. */
function placeOf(db: ReadDb, id: string): Place {
  const place: Place = { building: null, floor: null, room: null };
  let at: string | null = id;
  for (let depth = 0; at !== null && depth < 12; depth += 1) {
    const row: { kind: string; name: string; parent_id: string | null } | undefined = db.get(
      'SELECT kind, name, parent_id FROM locations WHERE id = ?',
      at,
    );
    if (!row) break;
    if (row.kind === 'building') place.building ??= row.name;
    else if (row.kind === 'floor') place.floor ??= row.name;
    else if (row.kind !== 'campus') place.room ??= row.name;
    at = row.parent_id;
  }
  return place;
}
