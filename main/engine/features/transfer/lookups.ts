/** What the register already has, as the words of a spreadsheet find it: places by any end of their path, people by name. */
import { people } from '../../../../shared/features/people.ts';
import { locationKinds, type LocationNode } from '../../../../shared/features/locations.ts';
import { narrowKey } from '../../../../shared/features/transfer/cells.ts';
import type { ReadDb } from '../../db.ts';
import { iterateRecords } from '../../list.ts';
import { locationTree } from '../locations.ts';

type PlaceKind = (typeof locationKinds)[number];
export type Found = { readonly id: string } | { readonly ambiguous: string } | null;

const SEPARATORS = /\s*[/\\>＞→|｜]\s*/;
export const placeParts = (text: string): string[] => {
  const parts = narrowKey(text)
    .split(SEPARATORS)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.length === 1 ? splitJoined(parts[0]!) : parts;
};
const FLOOR = /^(?:地下|负|-|B)?(?:\d+|[一二三四五六七八九十]+)(?:层|楼|F)$/i;
/** `综合楼2F财务室`, `教学楼301`: building, floor and room written together. */
function splitJoined(text: string): string[] {
  const parts = /^(.{1,20}?(?:楼|馆|栋|幢|座))((?:\d+|[一二三四五六七八九十]+)(?:层|楼|F))?(.+)?$/i.exec(text);
  return parts ? parts.slice(1).filter((part): part is string => part !== undefined && part !== '') : [text];
}
const NUMERALS = '零一二三四五六七八九十';
/** `3F`, `3楼` and `三层` are the same floor. */
const partKey = (part: string): string => {
  const key = keyOf([part]);
  if (!FLOOR.test(key)) return key;
  return (
    key.replace(/[层楼f]$/, '').replace(/^[一二三四五六七八九十]$/, (numeral) => String(NUMERALS.indexOf(numeral))) +
    'f'
  );
};
/** Whether a path ends in the last of the parts and passes the others in their order: `教学楼301` within `教学楼 / 3楼 / 301`. */
export function isWithin(parts: readonly string[], path: readonly string[]): boolean {
  const keys = parts.map(partKey);
  const way = path.map(partKey);
  if (way.pop() !== keys.pop()) return false;
  let at = 0;
  for (const step of way) if (step === keys[at]) at += 1;
  return at === keys.length;
}
/** `B410` at the start of `B410 教师办公室`: what stands on the door, and what people write when they mean the room. */
const DOOR = /^[a-z]{0,3}-?\d{2,5}[a-z]?$/i;
const doorOf = (name: string): string | null => {
  const [door = '', ...rest] = name.trim().split(/\s+/);
  return rest.length > 0 && DOOR.test(door) ? partKey(door) : null;
};
const keyOf = (parts: readonly string[]): string => parts.join('').replace(/\s/g, '').toLowerCase();

/** What kind of place a name is, judged by its last characters; the last part of a path is a room unless it says otherwise. */
export function kindOfPlace(name: string): PlaceKind {
  if (FLOOR.test(name) || name.endsWith('层')) return 'floor';
  if (/(校区|院区|园区|campus)$/i.test(name)) return 'campus';
  if (/(楼|馆|栋|幢|座|大厦|building)$/i.test(name)) return 'building';
  if (/(机柜|rack)\d*$/i.test(name)) return 'rack';
  if (/(弱电间|配线间|弱电井|closet)$/i.test(name)) return 'closet';
  return 'room';
}

export class Places {
  readonly #byEnd = new Map<string, Set<string>>();
  readonly #byName = new Map<string, { readonly id: string; readonly parts: readonly string[] }[]>();
  readonly #byDoor = new Map<string, { readonly id: string; readonly parts: readonly string[] }[]>();
  readonly #path = new Map<string, string>();
  /** The campus everything stands on, when there is only one root and it is one. */
  readonly onlyCampus: string | null;

  constructor(nodes: readonly LocationNode[]) {
    for (const { id, path } of nodes) {
      this.#path.set(id, path);
      const parts = path.split(' / ');
      const name = partKey(parts.at(-1)!);
      this.#byName.set(name, [...(this.#byName.get(name) ?? []), { id, parts }]);
      const door = doorOf(parts.at(-1)!);
      if (door !== null)
        this.#byDoor.set(door, [...(this.#byDoor.get(door) ?? []), { id, parts: [...parts.slice(0, -1), door] }]);
      for (let from = 0; from < parts.length; from += 1) {
        const key = keyOf(parts.slice(from));
        this.#byEnd.set(key, (this.#byEnd.get(key) ?? new Set()).add(id));
      }
    }
    const roots = nodes.filter((node) => node.parent_id === null);
    this.onlyCampus = roots.length === 1 && roots[0]!.kind === 'campus' ? roots[0]!.id : null;
  }

  find(parts: readonly string[]): Found {
    const ids = this.#called(parts);
    if (ids.length === 1) return { id: ids[0]! };
    return ids.length === 0
      ? null
      : {
          ambiguous: ids
            .slice(0, 3)
            .map((id) => this.#path.get(id))
            .join('；'),
        };
  }

  /** By an end of the path; where that gives nothing, with the floor left out, and then by the number on the door. */
  #called(parts: readonly string[]): readonly string[] {
    const ends = this.#byEnd.get(keyOf(parts));
    if (ends || parts.length === 0) return [...(ends ?? [])];
    const last = partKey(parts.at(-1)!);
    const within = (nodes: readonly { readonly id: string; readonly parts: readonly string[] }[]): readonly string[] =>
      nodes.flatMap((node) => (isWithin(parts, node.parts) ? [node.id] : []));
    const named = within(this.#byName.get(last) ?? []);
    return named.length > 0 ? named : within(this.#byDoor.get(last) ?? []);
  }

  /** Whether a place may be written like this. */
  isCalled(id: string, parts: readonly string[]): boolean {
    return this.#called(parts).includes(id);
  }
  /** The deepest existing place above a new one, and the parts still to be made below it. */
  above(parts: readonly string[]): { parent: string | null; rest: readonly string[] } {
    for (let end = parts.length - 1; end > 0; end -= 1) {
      const found = this.find(parts.slice(0, end));
      if (found && 'id' in found) return { parent: found.id, rest: parts.slice(end) };
    }
    return { parent: this.onlyCampus, rest: parts };
  }
  path(id: string): string {
    return this.#path.get(id) ?? '';
  }
}
export const placesOf = (db: ReadDb): Places => new Places(locationTree(db));
export const placeKey = keyOf;

interface Person {
  readonly id: string;
  readonly name: string;
  readonly department: string | null;
  readonly number: string | null;
  readonly phone: string | null;
}
const nameKey = (name: string): string => narrowKey(name).replace(/\s/g, '').toLowerCase();

export class Persons {
  readonly #byName = new Map<string, Person[]>();
  readonly #byNumber = new Map<string, Person[]>();
  constructor(rows: Iterable<Person>) {
    for (const person of rows) {
      const key = nameKey(person.name);
      this.#byName.set(key, [...(this.#byName.get(key) ?? []), person]);
      if (person.number) this.#byNumber.set(person.number, [...(this.#byNumber.get(person.number) ?? []), person]);
    }
  }
  byNumber(number: string): readonly Person[] {
    return this.#byNumber.get(number) ?? [];
  }
  named(name: string): readonly Person[] {
    return this.#byName.get(nameKey(name)) ?? [];
  }
  /** Whether a person may be written like this: `王芳`, or with the right department behind it. */
  isCalled(id: string, text: string): boolean {
    const { name, within } = personWords(text);
    return this.named(name).some((person) => person.id === id && (within === null || person.department === within));
  }
  /** `王芳`, or `王芳（教务处）`; the department beside it settles namesakes. */
  find(text: string, department: string | null): Found {
    const { name, within } = personWords(text);
    const named = this.named(name);
    const wanted = within ?? department;
    if (named.length === 1) return { id: named[0]!.id };
    const same = named.filter((person) => wanted !== null && person.department === wanted);
    if (same.length === 1) return { id: same[0]!.id };
    if (named.length === 0) return null;
    return {
      ambiguous: named
        .slice(0, 4)
        .map((person) => `${person.name}（${person.department ?? '—'}）`)
        .join('；'),
    };
  }
}
export function personWords(text: string): { name: string; within: string | null } {
  const parts = /^(.+?)\s*\((.+)\)$/.exec(narrowKey(text));
  return parts ? { name: parts[1]!.trim(), within: parts[2]!.trim() } : { name: narrowKey(text), within: null };
}
export const personsOf = (db: ReadDb): Persons => new Persons(iterateRecords(db, people, { filter: [], sort: [] }));
