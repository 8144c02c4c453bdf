/** Answers what the rules of areas ask about other rows: a question is noted, all of them are read at once, and the rules are asked again. */
import { recordOf } from '../shared/records.ts';
import { isId } from '../shared/sync/fits.ts';
import { scopeOf, type Find, type RowValues } from '../shared/sync/scope.ts';
import type { Client } from './db.ts';

export class Finder {
  readonly #known = new Map<string, RowValues | null>();
  readonly #wanted = new Map<string, Set<string>>();

  /** A row that was read already. */
  note(table: string, id: string, values: RowValues): void {
    this.#known.set(`${table} id ${id}`, values);
  }

  readonly find: Find = (table, field, value) => {
    const key = `${table} ${field} ${value}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known ?? undefined;
    if (!recordOf(table) || !scopeOf[table] || (field === 'id' && !isId(value))) return undefined;
    const kind = `${table} ${field}`;
    const values = this.#wanted.get(kind);
    if (values) values.add(value);
    else this.#wanted.set(kind, new Set([value]));
    return undefined;
  };

  /** What `judge` says when everything it asks for is known: as many rounds as rows hang on each other, a query for each table in each. */
  async answer<T>(client: Client, judge: () => T): Promise<T> {
    for (;;) {
      this.#wanted.clear();
      const verdict = judge();
      if (this.#wanted.size === 0) return verdict;
      for (const [kind, values] of this.#wanted) await this.#load(client, kind, [...values]);
    }
  }

  async #load(client: Client, kind: string, values: readonly string[]): Promise<void> {
    const [table = '', field = ''] = kind.split(' ');
    for (const value of values) this.#known.set(`${kind} ${value}`, null);
    const columns = [...new Set(['id', field, ...(scopeOf[table]?.fields ?? [])])].map((name) => `"${name}"`);
    const { rows } = await client.query<Record<string, string | null>>(
      `SELECT ${columns.join(', ')} FROM app.${table} WHERE "${field}" = ANY($1)`,
      [values],
    );
    for (const row of rows) {
      this.note(table, String(row['id']), row);
      this.#known.set(`${kind} ${row[field]}`, row);
    }
  }
}
