/**
 * What the hub knows of the rows that the commits of a round touch, with the changes of the one being decided laid over it until it is
 * accepted as a whole. Commits are decided one after another: each finds what those before it left (`next`).
 */
import type { Estimate } from './estimate.ts';
import type { Scalar } from './frames.ts';
import { holds, keyOf, uniqueRules, type Hold, type UniqueRule } from './invariants.ts';

export interface HubRow {
  readonly values: Readonly<Record<string, Scalar>>;
  readonly rv: number;
  /** Field to the hub commit that last changed it; a field not listed is as it was inserted. */
  readonly fv: Readonly<Record<string, number>>;
  readonly deletedAt: number | null;
}

/** Who made a hub commit. */
export interface Author extends Estimate {
  readonly incarnation: string;
  readonly actor: string;
}

/** Loaded before commits are decided: their rows, the rows they refer to, and whoever holds a key they ask for. */
export interface Loaded {
  readonly rows: ReadonlyMap<string, HubRow>;
  readonly authors: ReadonlyMap<number, Author>;
  /** Rows (as `table/id`) that live rows besides the commits' own hold; known for rows the commits remove. */
  readonly referred: ReadonlySet<string>;
  /** Rows whose insertion waits in an open conflict, with that conflict. */
  readonly waiting: ReadonlyMap<string, string>;
}

/** A conflict by its id, or by its position among the clashes of the commit that is being decided. */
export type Parent = { readonly parent: string } | { readonly within: number };

export const rowKey = (table: string, id: string): string => `${table}/${id}`;
export const splitKey = (key: string): [table: string, id: string] => {
  const slash = key.indexOf('/');
  return [key.slice(0, slash), key.slice(slash + 1)];
};

export class World {
  readonly #rows: Map<string, HubRow>;
  readonly #authors: Map<number, Author>;
  readonly #referred: ReadonlySet<string>;
  readonly #waiting: Map<string, string>;
  readonly #accepted = new Map<string, HubRow>();
  readonly #draft = new Map<string, HubRow>();
  readonly #keys = new Map<string, Set<string>>();
  readonly #holders = new Map<string, Set<string>>();
  readonly #leases = new Map<string, Set<string>>();
  readonly #held = new Map<string, number>();

  constructor({ rows, authors, referred, waiting }: Loaded) {
    this.#rows = new Map(rows);
    this.#authors = new Map(authors);
    this.#referred = referred;
    this.#waiting = new Map(waiting);
    for (const [key, row] of rows) this.#note(...splitKey(key), row);
  }
  row(table: string, id: string): HubRow | undefined {
    const key = rowKey(table, id);
    return this.#draft.get(key) ?? this.#accepted.get(key) ?? this.#rows.get(key);
  }
  live(table: string, id: string): boolean {
    return this.row(table, id)?.deletedAt === null;
  }
  author(seq: number): Author | undefined {
    return this.#authors.get(seq);
  }
  /** Whether a live row still needs this one: the commits' own rows are asked as they leave them. */
  referred(table: string, id: string): boolean {
    if (this.#referred.has(rowKey(table, id))) return true;
    return holdsOf(table).some((hold) =>
      [...(this.#holders.get(holderKey(hold, id)) ?? [])].some((other) => {
        const row = this.row(hold.from, other);
        return row?.deletedAt === null && row.values[hold.field] === id && hold.holds(row.values);
      }),
    );
  }
  /** The conflict in which a row's insertion waits: one of before, or one that this very commit leaves. */
  waitsFor(table: string, id: string): Parent | null {
    const within = this.#held.get(rowKey(table, id));
    if (within !== undefined) return { within };
    const parent = this.#waiting.get(rowKey(table, id));
    return parent === undefined ? null : { parent };
  }
  /** Notes that a row of this commit was not made but waits in the commit's clash of this position. */
  hold(table: string, id: string, position: number): void {
    this.#held.set(rowKey(table, id), position);
  }

  put(table: string, id: string, row: HubRow): void {
    this.#draft.set(rowKey(table, id), row);
    this.#note(table, id, row);
  }
  accept(): void {
    for (const [key, row] of this.#draft) this.#accepted.set(key, row);
    this.#draft.clear();
  }
  drop(): void {
    this.#draft.clear();
  }
  /** Everything that was accepted of this commit, as `table/id`, in the order first touched. */
  get changes(): ReadonlyMap<string, HubRow> {
    return this.#accepted;
  }

  /** The commit being decided is the hub's commit `seq` from here on: its author can be asked for. */
  sign(seq: number, author: Author): void {
    this.#authors.set(seq, author);
  }
  /** A row that no commit asked for but that came with one: a conflict record. */
  add(table: string, id: string, row: HubRow): void {
    this.#rows.set(rowKey(table, id), row);
    this.#note(table, id, row);
  }
  /** The insertion of a row waits in a conflict from now on. */
  wait(table: string, id: string, conflict: string): void {
    this.#waiting.set(rowKey(table, id), conflict);
  }
  /** Rows of these ids came to be: they wait no longer. */
  arrive(ids: ReadonlySet<string>): void {
    for (const key of this.#waiting.keys()) if (ids.has(splitKey(key)[1])) this.#waiting.delete(key);
  }
  /** Ends a commit: what it changed is what the next one finds. */
  next(): void {
    for (const [key, row] of this.#accepted) this.#rows.set(key, row);
    this.#accepted.clear();
    this.#draft.clear();
    this.#held.clear();
  }

  /** Another live row that holds one of the keys this row wants, and did not have `before`. */
  rival(
    table: string,
    id: string,
    values: Readonly<Record<string, Scalar>>,
    before: Readonly<Record<string, Scalar>> | null = null,
  ): { rule: UniqueRule; id: string; row: HubRow } | null {
    for (const rule of rulesOf(table)) {
      const key = keyOf(rule, values);
      if (before && keyOf(rule, before) === key) continue;
      for (const other of (key !== null && this.#keys.get(`${rule.name} ${key}`)) || []) {
        const row = other === id ? undefined : this.row(table, other);
        if (row?.deletedAt === null && keyOf(rule, row.values) === key) return { rule, id: other, row };
      }
    }
    return null;
  }

  /** Slices of a pool that live, expired ones with them. */
  leases(pool: string): { id: string; rv: number; values: HubRow['values'] }[] {
    return [...(this.#leases.get(pool) ?? [])].flatMap((id) => {
      const row = this.row('leases', id);
      return row?.deletedAt === null ? [{ id, rv: row.rv, values: row.values }] : [];
    });
  }

  /** Notes which keys a row has ever held here, and what it pointed to; whether it still does is asked of the row itself. */
  #note(table: string, id: string, row: HubRow): void {
    for (const rule of rulesOf(table)) {
      const key = keyOf(rule, row.values);
      if (key !== null) addTo(this.#keys, `${rule.name} ${key}`, id);
    }
    if (table === 'leases') addTo(this.#leases, String(row.values['pool']), id);
    for (const hold of holdsFrom(table)) {
      const target = row.values[hold.field];
      if (typeof target === 'string') addTo(this.#holders, holderKey(hold, target), id);
    }
  }
}

function addTo(index: Map<string, Set<string>>, key: string, id: string): void {
  const ids = index.get(key);
  if (ids) ids.add(id);
  else index.set(key, new Set([id]));
}

const none: readonly never[] = [];
const rulesByTable = Map.groupBy(uniqueRules, ({ table }) => table);
const rulesOf = (table: string): readonly UniqueRule[] => rulesByTable.get(table) ?? none;
const holdsByTarget = Map.groupBy(holds, ({ to }) => to);
const holdsOf = (table: string): readonly Hold[] => holdsByTarget.get(table) ?? none;
const holdsByHolder = Map.groupBy(holds, ({ from }) => from);
const holdsFrom = (table: string): readonly Hold[] => holdsByHolder.get(table) ?? none;
const holderKey = ({ from, field }: Hold, target: string): string => `${from}.${field} ${target}`;
