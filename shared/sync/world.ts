/** What the hub knows of the rows a commit touches, with the commit's own changes laid over it until it is accepted as a whole. */
import type { Estimate } from './estimate.ts';
import type { Scalar } from './frames.ts';
import { holds, keyOf, uniqueRules, type UniqueRule } from './invariants.ts';

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

/** Loaded before a commit is decided: its rows, the rows they refer to, and whoever holds a key it asks for. */
export interface Loaded {
  readonly rows: ReadonlyMap<string, HubRow>;
  readonly authors: ReadonlyMap<number, Author>;
  /** Rows (as `table/id`) that live rows besides the commit's own hold; known for rows the commit removes. */
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
  readonly #loaded: Loaded;
  readonly #accepted = new Map<string, HubRow>();
  readonly #draft = new Map<string, HubRow>();
  readonly #keys = new Map<string, Set<string>>();
  readonly #held = new Map<string, number>();

  constructor(loaded: Loaded) {
    this.#loaded = loaded;
    for (const [key, row] of loaded.rows) this.#note(...splitKey(key), row);
  }
  row(table: string, id: string): HubRow | undefined {
    const key = rowKey(table, id);
    return this.#draft.get(key) ?? this.#accepted.get(key) ?? this.#loaded.rows.get(key);
  }
  live(table: string, id: string): boolean {
    return this.row(table, id)?.deletedAt === null;
  }
  author(seq: number): Author | undefined {
    return this.#loaded.authors.get(seq);
  }
  /** Whether a live row still needs this one: the commit's own rows are asked as it leaves them. */
  referred(table: string, id: string): boolean {
    if (this.#loaded.referred.has(rowKey(table, id))) return true;
    const known = [...this.#loaded.rows.keys(), ...this.#accepted.keys(), ...this.#draft.keys()];
    return holds
      .filter(({ to }) => to === table)
      .some((hold) =>
        known.some((key) => {
          const [from, other] = splitKey(key);
          const row = from === hold.from ? this.row(from, other) : undefined;
          return row?.deletedAt === null && row.values[hold.field] === id && hold.holds(row.values);
        }),
      );
  }
  /** The conflict in which a row's insertion waits: one of before, or one that this very commit leaves. */
  waitsFor(table: string, id: string): Parent | null {
    const within = this.#held.get(rowKey(table, id));
    if (within !== undefined) return { within };
    const parent = this.#loaded.waiting.get(rowKey(table, id));
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
  /** Everything that was accepted, as `table/id`, in the order first touched. */
  get changes(): ReadonlyMap<string, HubRow> {
    return this.#accepted;
  }

  /** Another live row that holds one of the keys this row wants. */
  rival(
    table: string,
    id: string,
    values: Readonly<Record<string, Scalar>>,
  ): { rule: UniqueRule; id: string; row: HubRow } | null {
    for (const rule of rulesOf(table)) {
      const key = keyOf(rule, values);
      for (const other of (key !== null && this.#keys.get(`${rule.name} ${key}`)) || []) {
        const row = other === id ? undefined : this.row(table, other);
        if (row?.deletedAt === null && keyOf(rule, row.values) === key) return { rule, id: other, row };
      }
    }
    return null;
  }

  /** Notes which keys a row has ever held here; whether it still does is asked of the row itself. */
  #note(table: string, id: string, row: HubRow): void {
    for (const rule of rulesOf(table)) {
      const key = keyOf(rule, row.values);
      if (key === null) continue;
      const ids = this.#keys.get(`${rule.name} ${key}`);
      if (ids) ids.add(id);
      else this.#keys.set(`${rule.name} ${key}`, new Set([id]));
    }
  }
}

const rulesOf = (table: string): readonly UniqueRule[] => uniqueRules.filter((rule) => rule.table === table);
