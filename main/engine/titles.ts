/** What a record is called wherever another points to it: never the bare id, and told apart from its namesakes. */
import type { LocationNode } from '../../shared/features/locations.ts';
import { showMac } from '../../shared/mac.ts';
import type { ReadDb } from './db.ts';

const PATH = `
  WITH RECURSIVE up(id, parent_id, name, kind, depth) AS (
    SELECT id, parent_id, name, kind, 0 FROM locations WHERE id = ?
    UNION ALL
    SELECT l.id, l.parent_id, l.name, l.kind, up.depth + 1 FROM locations l JOIN up ON l.id = up.parent_id WHERE up.depth < 12
  )
  SELECT name, kind FROM up ORDER BY depth DESC`;

/** From the top down: `综合楼 / 2F / 财务室`, without the campus, which is the same everywhere in most units. */
function shownPath(places: readonly { readonly name: string; readonly kind: string }[]): string {
  const shown = places.length > 2 && places[0]?.kind === 'campus' ? places.slice(1) : places;
  return shown.map(({ name }) => name).join(' / ');
}

/** The path of a place as it is shown everywhere. */
export const locationPath = (db: ReadDb, id: string): string =>
  shownPath(db.all<{ name: string; kind: string }>(PATH, id));

type Place = Pick<LocationNode, 'parent_id' | 'name' | 'kind'>;
/** The same path out of a tree that was read already. */
export function pathIn(places: ReadonlyMap<string, Place>, id: string | null): string {
  const up: Place[] = [];
  for (let at = places.get(id ?? ''); at && !up.includes(at); at = places.get(at.parent_id ?? '')) up.unshift(at);
  return shownPath(up);
}

interface Title {
  readonly title: string;
  readonly subtitle: string;
}
type Maker = (db: ReadDb, id: string) => Title | null;
const some = (...parts: (string | null | undefined)[]): string => parts.filter(Boolean).join(' · ');

interface Person {
  readonly name: string;
  readonly department: string | null;
  readonly location_id: string | null;
  readonly phone: string | null;
}
const personOf = (db: ReadDb, id: string): Person | undefined =>
  db.get<Person>('SELECT name, department, location_id, phone FROM people WHERE id = ?', id);

/** Where only the name stands, a person who has a living namesake is `王芳（总务处）`. */
function personText(db: ReadDb, id: string): string {
  const row = personOf(db, id);
  if (!row) return '';
  const alone =
    db.value('SELECT 1 FROM people WHERE name = ? AND id <> ? AND deleted_at IS NULL LIMIT 1', row.name, id) ===
    undefined;
  return alone ? row.name : toldApart(db, row);
}
function toldApart(db: ReadDb, row: Person): string {
  const more = row.department ?? (row.location_id ? locationPath(db, row.location_id) : row.phone);
  return more ? `${row.name}（${more}）` : row.name;
}

/** `refText` of many places: the tree is read once, and each path put together once. */
export function placeTexts(db: ReadDb): (id: string) => string {
  const rows = db.all<Place & { id: string }>('SELECT id, parent_id, name, kind FROM locations');
  const places = new Map(rows.map((row) => [row.id, row]));
  const known = new Map<string, string>();
  return (id) => {
    const text = known.get(id) ?? pathIn(places, id);
    known.set(id, text);
    return text;
  };
}

/** `refText` of many people, read at once. */
export function personTexts(db: ReadDb, ids: Iterable<string>): (id: string) => string {
  const rows = db.all<Person & { id: string; namesakes: number }>(
    `SELECT p.id, p.name, p.department, p.location_id, p.phone, EXISTS (
       SELECT 1 FROM people q WHERE q.name = p.name AND q.id <> p.id AND q.deleted_at IS NULL) AS namesakes
     FROM json_each(?) wanted JOIN people p ON p.id = wanted.value`,
    JSON.stringify([...new Set(ids)]),
  );
  const texts = new Map(rows.map((row) => [row.id, row.namesakes === 1 ? toldApart(db, row) : row.name]));
  return (id) => texts.get(id) ?? '';
}

const makers: Record<string, Maker> = {
  locations: (db, id) => {
    const row = db.get<{ name: string }>('SELECT name FROM locations WHERE id = ?', id);
    return row ? { title: row.name, subtitle: locationPath(db, id) } : null;
  },
  people: (db, id) => {
    const row = personOf(db, id);
    const place = row?.location_id ? locationPath(db, row.location_id) : null;
    return row ? { title: row.name, subtitle: some(row.department, place, row.phone) } : null;
  },
  assets: (db, id) => {
    const row = db.get<{
      name: string;
      tag: string | null;
      model: string | null;
      location_id: string | null;
      ip: string | null;
    }>('SELECT name, tag, model, location_id, ip FROM assets WHERE id = ?', id);
    const place = row?.location_id ? locationPath(db, row.location_id) : null;
    return row ? { title: some(row.tag, row.name), subtitle: some(row.model, place, row.ip) } : null;
  },
  subnets: (db, id) => {
    const row = db.get<{ name: string; cidr: string; vlan: number | null }>(
      'SELECT name, cidr, vlan FROM subnets WHERE id = ?',
      id,
    );
    return row ? { title: `${row.name} ${row.cidr}`, subtitle: row.vlan === null ? '' : `VLAN ${row.vlan}` } : null;
  },
  address_ranges: (db, id) => {
    const row = db.get<{ first_ip: string; last_ip: string; label: string | null }>(
      'SELECT first_ip, last_ip, label FROM address_ranges WHERE id = ?',
      id,
    );
    return row ? { title: `${row.first_ip}–${row.last_ip}`, subtitle: row.label ?? '' } : null;
  },
  range_requests: (db, id) => {
    const row = db.get<{ number: string; department: string; purpose: string }>(
      'SELECT number, department, purpose FROM range_requests WHERE id = ?',
      id,
    );
    return row ? { title: row.number, subtitle: some(row.department, row.purpose) } : null;
  },
  bindings: (db, id) => {
    const row = db.get<{ ip: string; mac: string | null; hostname: string | null; person_id: string | null }>(
      'SELECT ip, mac, hostname, person_id FROM bindings WHERE id = ?',
      id,
    );
    if (!row) return null;
    const person = row.person_id && personText(db, row.person_id);
    return { title: row.ip, subtitle: some(person, row.mac && showMac(row.mac), row.hostname) };
  },
  tickets: (db, id) => {
    const row = db.get<{ number: string; symptom: string; name: string | null; location_id: string | null }>(
      'SELECT t.number, t.symptom, COALESCE(p.name, t.reporter) AS name, t.location_id FROM tickets t LEFT JOIN people p ON p.id = t.person_id WHERE t.id = ?',
      id,
    );
    const place = row?.location_id ? locationPath(db, row.location_id) : null;
    return row ? { title: row.number, subtitle: some(row.name, place, row.symptom) } : null;
  },
  handovers: (db, id) => {
    const row = db.get<{ number: string; giver: string; receiver: string; location_id: string }>(
      'SELECT number, giver, receiver, location_id FROM handovers WHERE id = ?',
      id,
    );
    return row
      ? { title: row.number, subtitle: some(`${row.giver} → ${row.receiver}`, locationPath(db, row.location_id)) }
      : null;
  },
  tools: (db, id) => {
    const row = db.get<{ number: string; name: string; model: string | null; holder: string | null }>(
      'SELECT number, name, model, holder FROM tools WHERE id = ?',
      id,
    );
    return row ? { title: `${row.number} ${row.name}`, subtitle: some(row.model, row.holder) } : null;
  },
  envelopes: (db, id) => {
    const row = db.get<{ number: string; system: string; account: string; holder: string | null }>(
      'SELECT number, system, account, holder FROM envelopes WHERE id = ?',
      id,
    );
    return row ? { title: row.number, subtitle: some(row.system, row.account, row.holder) } : null;
  },
  switch_ports: (db, id) => {
    const row = db.get<{ name: string; asset_id: string }>('SELECT name, asset_id FROM switch_ports WHERE id = ?', id);
    return row ? { title: row.name, subtitle: titleOf(db, 'assets', row.asset_id)?.title ?? '' } : null;
  },
  outlets: (db, id) => {
    const row = db.get<{ label: string; location_id: string }>(
      'SELECT label, location_id FROM outlets WHERE id = ?',
      id,
    );
    return row ? { title: row.label, subtitle: locationPath(db, row.location_id) } : null;
  },
  panels: (db, id) => {
    const row = db.get<{ code: string; name: string; location_id: string }>(
      'SELECT code, name, location_id FROM panels WHERE id = ?',
      id,
    );
    return row ? { title: `${row.code}-${row.name}`, subtitle: locationPath(db, row.location_id) } : null;
  },
  cables: (db, id) => {
    const row = db.get<{ label: string | null; found: string | null }>(
      'SELECT label, found FROM cables WHERE id = ?',
      id,
    );
    return row ? { title: row.label ?? row.found ?? '', subtitle: '' } : null;
  },
  knowledge_articles: (db, id) => {
    const row = db.get<{ title: string; symptom: string | null }>(
      'SELECT title, symptom FROM knowledge_articles WHERE id = ?',
      id,
    );
    return row ? { title: row.title, subtitle: row.symptom ?? '' } : null;
  },
  applications: (db, id) => {
    const row = db.get<{ number: string; name: string; department: string | null; purpose: string | null }>(
      'SELECT number, name, department, purpose FROM applications WHERE id = ?',
      id,
    );
    return row ? { title: row.number, subtitle: some(row.name, row.department, row.purpose) } : null;
  },
  letter_texts: (db, id) => {
    const row = db.get<{ title: string; version: number }>('SELECT title, version FROM letter_texts WHERE id = ?', id);
    return row ? { title: `${row.title} v${row.version}`, subtitle: '' } : null;
  },
  reports: (db, id) => {
    const row = db.get<{ number: string; month: string }>('SELECT number, month FROM reports WHERE id = ?', id);
    return row ? { title: row.number, subtitle: row.month } : null;
  },
  documents: (db, id) => {
    const row = db.get<{ number: string; title: string }>('SELECT number, title FROM documents WHERE id = ?', id);
    return row ? { title: row.number, subtitle: row.title } : null;
  },
};

/** Records of this type have a name of their own. Only such tables are named by it, so that it may stand in SQL. */
export const hasTitles = (table: string): boolean => Object.hasOwn(makers, table);
/** Title and subtitle of a record; null when it does not exist or its type has no name of its own. */
export const titleOf = (db: ReadDb, table: string, id: string): Title | null => makers[table]?.(db, id) ?? null;

/** One line for cells and papers: locations by their path, people apart from their namesakes, everything else by its title. */
export function refText(db: ReadDb, table: string, id: string): string {
  if (table === 'locations') return locationPath(db, id);
  if (table === 'people') return personText(db, id);
  return titleOf(db, table, id)?.title ?? '';
}
