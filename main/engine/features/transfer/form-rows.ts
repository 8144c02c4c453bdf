/** The rows of a form as they stand on the paper, in batches: what is exported and what is submitted come from here alike. */
import { showMac } from '../../../../shared/mac.ts';
import { contains, maskOf, parseCidr, parseIp } from '../../../../shared/ip.ts';
import { assets } from '../../../../shared/features/assets.ts';
import { bindings, subnets } from '../../../../shared/features/ipam.ts';
import { people } from '../../../../shared/features/people.ts';
import { formSpecs, type Form, type FormColumn, type FormValues } from '../../../../shared/features/transfer/forms.ts';
import type { Setup } from '../../../../shared/features/system.ts';
import type { ListQuery } from '../../../../shared/list.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import { translator } from '../../../../shared/translate.ts';
import type { RecordType, RowOf } from '../../../../shared/record.ts';
import type { ReadDb } from '../../db.ts';
import { idsOf, iterateRecords, type Scope } from '../../list.ts';
import { findRow } from '../../read-row.ts';
import { pathIn } from '../../titles.ts';
import { readSetting } from '../../settings.ts';
import { locationTree } from '../locations.ts';
import { word } from './words.ts';

export type ParsedQuery = Required<Pick<ListQuery, 'filter' | 'sort'>> & Pick<ListQuery, 'text'>;
const LIVE = ['reserved', 'active', 'suspended'];
/** The whole register: nothing searched, nothing filtered (addresses in use are all that F-01 lists anyway). */
export const isWhole = (form: Form, query: ParsedQuery): boolean =>
  (query.text ?? '') === '' &&
  query.filter.every(
    ({ field, ...clause }) =>
      form === 'F-01' && field === 'state' && clause.op === 'in' && LIVE.every((state) => clause.value.includes(state)),
  );

export interface FormRow {
  readonly id: string;
  readonly values: FormValues;
  /** Records whose changes are this row's changes. */
  readonly of: readonly string[];
  /** F-01 has one sheet per building. */
  readonly building: string;
}
/** Rows between two turns of the event loop. */
const SLICE = 500;

export interface FormRows {
  readonly total: number;
  readonly batches: AsyncIterable<FormRow[]>;
}
export function formRows(db: ReadDb, form: Form, query: ParsedQuery): FormRows {
  const names = new Names(db);
  return form === 'F-03'
    ? rowsOf(db, assets, query, (row) => assetRow(names, row))
    : rowsOf(db, bindings, query, (row) => bindingRow(names, row), IN_USE);
}
/** Every row of a form at once, inside a command. */
export function* rowsNow(db: ReadDb, form: Form): Generator<FormRow> {
  const names = new Names(db);
  const all = { filter: [], sort: [] };
  if (form === 'F-03') for (const row of iterateRecords(db, assets, all)) yield assetRow(names, row);
  else for (const row of iterateRecords(db, bindings, all)) if (row.state !== 'released') yield bindingRow(names, row);
}
/** Released addresses are history, not users. */
const IN_USE: Scope = { where: "bindings.state <> 'released'", params: [] };

function rowsOf<R extends RecordType>(
  db: ReadDb,
  type: R,
  query: ParsedQuery,
  make: (row: RowOf<R>) => FormRow,
  scope?: Scope,
): FormRows;
function rowsOf(
  db: ReadDb,
  type: RecordType,
  query: ParsedQuery,
  make: (row: never) => FormRow,
  scope?: Scope,
): FormRows {
  const ids = idsOf(db, type, query, scope);
  async function* batches(): AsyncGenerator<FormRow[]> {
    for (let from = 0; from < ids.length; from += SLICE) {
      // A row that was removed since the list was made is left out: the rest is still what was asked for.
      yield ids.slice(from, from + SLICE).flatMap((id) => {
        const row = findRow(db, type, id);
        return row ? [make(row as never)] : [];
      });
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return { total: ids.length, batches: batches() };
}

/** Titles that every row needs, read once. */
export class Names {
  readonly db: ReadDb;
  readonly people: ReadonlyMap<string, RowOf<typeof people>>;
  readonly #places = new Map<string, { path: string; building: string }>();
  readonly #nets: readonly { cidr: NonNullable<ReturnType<typeof parseCidr>>; row: RowOf<typeof subnets> }[];

  /** The sheets are Chinese, in the words of the unit. */
  readonly words: Translate;

  constructor(db: ReadDb) {
    this.db = db;
    this.words = translator('zh-CN', readSetting<Setup>(db, 'setup')?.sector);
    this.people = new Map([...iterateRecords(db, people, { filter: [], sort: [] })].map((row) => [row.id, row]));
    const buildings = new Map<string, string>();
    const places = new Map(locationTree(db).map((place) => [place.id, place]));
    for (const { id, parent_id, kind, name } of places.values()) {
      const building = kind === 'building' ? name : (buildings.get(parent_id ?? '') ?? '');
      buildings.set(id, building);
      this.#places.set(id, { path: pathIn(places, id), building });
    }
    this.#nets = [...iterateRecords(db, subnets, { filter: [], sort: [] })].flatMap((row) => {
      const cidr = parseCidr(row.cidr);
      return cidr ? [{ cidr, row }] : [];
    });
  }
  person(id: string | null): string | null {
    return id === null ? null : (this.people.get(id)?.name ?? null);
  }
  place(id: string | null): string | null {
    return id === null ? null : (this.#places.get(id)?.path ?? null);
  }
  building(id: string | null): string {
    return id === null ? '' : (this.#places.get(id)?.building ?? '');
  }
  net(id: string, ip: string): { mask: string | null; gateway: string | null; vlan: number | null } {
    const address = parseIp(ip);
    const net =
      this.#nets.find(({ row }) => row.id === id) ??
      this.#nets.find(({ cidr }) => address !== null && contains(cidr, address));
    return net
      ? { mask: maskOf(net.cidr.prefix), gateway: net.row.gateway, vlan: net.row.vlan }
      : { mask: null, gateway: null, vlan: null };
  }
}

/** Names of all buildings, longest first: a frozen place begins with one of them. */
export const buildingsOf = (db: ReadDb): string[] =>
  locationTree(db)
    .flatMap(({ kind, name }) => (kind === 'building' ? [name] : []))
    .toSorted((a, b) => b.length - a.length);

type Cells = Readonly<Record<string, string | number | null>>;
const inOrder = ({ words }: Names, form: Form, cells: Cells): FormValues =>
  formSpecs[form].columns.map((column) => cellOf(words, column, cells[column.key] ?? null));
const cellOf = (words: Translate, { option }: FormColumn, value: string | number | null): string | number | null =>
  option && value !== null ? word(words, `option.${option}.${value}`) : value;

function assetRow(names: Names, { no_offsite: _secret, ...row }: RowOf<typeof assets>): FormRow {
  const cells: Cells = {
    ...row,
    amount: row.price === null ? null : row.price * (row.quantity ?? 1),
    user_id: names.person(row.user_id),
    custodian_id: names.person(row.custodian_id),
    location_id: names.place(row.location_id),
    mac: row.mac && showMac(row.mac),
  };
  return { id: row.id, values: inOrder(names, 'F-03', cells), of: [row.id], building: names.building(row.location_id) };
}

function bindingRow(names: Names, row: RowOf<typeof bindings>): FormRow {
  const person = names.people.get(row.person_id);
  const place = row.location_id ?? person?.location_id ?? null;
  const cells: Cells = {
    ...names.net(row.subnet_id, row.ip),
    name: person?.name ?? null,
    department: person?.department ?? null,
    identity: person?.identity ?? null,
    phone: person?.phone ?? null,
    letter: person?.letter ?? null,
    place: names.place(place),
    outlet: row.outlet,
    switch_name: row.switch_name,
    switch_port: row.switch_port,
    ip: row.ip,
    mac: row.mac && showMac(row.mac),
    hostname: row.hostname,
    opened_on: row.opened_on,
    state: row.state,
    remark: row.remark,
  };
  return {
    id: row.id,
    values: inOrder(names, 'F-01', cells),
    of: [row.id, row.person_id],
    building: names.building(place),
  };
}
