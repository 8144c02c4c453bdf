/** The one door that writes. What passes it becomes a row, an operation of a commit, and a touched search entry, together. */
import type { Op } from '../../shared/commit.ts';
import { problemOf } from '../../shared/problem.ts';
import type { Draft, Fields, RecordType, Row, Values } from '../../shared/record.ts';
import { isRefusal, refuse, type Refusal } from '../../shared/refusal.ts';
import { decode, type Stored } from './codec.ts';
import { ReadDb } from './db.ts';
import { newId } from './ids.ts';
import { putRow, rawRow, setColumns, setDeleted } from './rows.ts';

/** Reads and writes inside one transaction. Commands get it from `engine.command`; nobody else can make one. */
export class WriteDb extends ReadDb {
  readonly ops: Op[] = [];
  readonly #now: number;

  constructor(db: ReadDb, now: number) {
    super(db.raw);
    this.#now = now;
  }

  /** One of many steps of a command: when it is refused, what it wrote is taken back, the others stay, and the refusal is returned. */
  attempt<T>(step: () => T): { readonly value: T; readonly refusal: null } | { readonly refusal: Refusal } {
    const before = this.ops.length;
    try {
      // inside the command's transaction this is a savepoint
      return { value: this.raw.transaction(step)(), refusal: null };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.ops.length = before;
      return { refusal: error };
    }
  }

  /** The live row, or the refusal `not_found`. */
  need<F extends Fields>(type: RecordType<F>, id: string): Row<F> {
    const raw = rawRow(this, type, id);
    if (!raw || raw['deleted_at'] !== null) throw refuse('not_found');
    return decode(type, raw);
  }

  /** Adds a record; invalid values are refused with the field and what is wrong. Returns its new row. */
  insert<F extends Fields>(type: RecordType<F>, draft: Draft<F>): Row<F> {
    return this.#add(type, draft, 'insert');
  }

  /** Adds to an append-only record type (work log, readings, pieces of a document). */
  append<F extends Fields>(type: RecordType<F>, draft: Draft<F>): Row<F> {
    return this.#add(type, draft, 'append');
  }

  /** Adds a record under the id it was made with: a held insertion that a person now settles. Never for new records. */
  readd<F extends Fields>(type: RecordType<F>, id: string, draft: Draft<F>): Row<F> {
    return this.#add(type, draft, type.appendOnly ? 'append' : 'insert', id);
  }

  #add<F extends Fields>(type: RecordType<F>, draft: Draft<F>, op: 'insert' | 'append', madeId?: string): Row<F> {
    const parsed = type.draft.safeParse(draft);
    if (!parsed.success) throw invalid(type, parsed.error);
    const values: Record<string, Stored> = {};
    for (const name of Object.keys(type.fields)) values[name] = (parsed.data as Record<string, Stored>)[name] ?? null;
    const id = madeId ?? newId(this.#now);
    putRow(this, type, id, values, { rv: null, deletedAt: null });
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
    this.ops.push({ op, table: type.table, id, values: given });
    return { ...values, id, rv: null } as Row<F>;
  }

  /** Changes fields of a live record. Fields whose value is the same are dropped; nothing left is no operation. */
  patch<F extends Fields>(type: RecordType<F>, id: string, changes: Partial<Values<F>>): Row<F> {
    if (type.appendOnly) throw refuse('append_only');
    const parsed = type.patch.safeParse(changes);
    if (!parsed.success) throw invalid(type, parsed.error);
    const row = this.need(type, id);
    const fields: Record<string, { before: Stored; after: Stored }> = {};
    for (const [name, after] of Object.entries(parsed.data) as [string, Stored | undefined][]) {
      const before = (row as Record<string, Stored>)[name] ?? null;
      if (after !== undefined && after !== before) fields[name] = { before, after };
    }
    if (Object.keys(fields).length === 0) return row;
    const next = Object.fromEntries(Object.entries(fields).map(([name, { after }]) => [name, after]));
    setColumns(this, type, id, next);
    this.ops.push({ op: 'patch', table: type.table, id, base: row.rv, fields });
    return { ...row, ...next };
  }

  /** Removes a record: it becomes a tombstone that sync carries. */
  remove<F extends Fields>(type: RecordType<F>, id: string): void {
    if (type.appendOnly) throw refuse('append_only');
    const row = this.need(type, id);
    setDeleted(this, type, id, this.#now);
    this.ops.push({ op: 'remove', table: type.table, id, base: row.rv });
  }

  /** Brings a removed record back as it was. */
  restore<F extends Fields>(type: RecordType<F>, id: string): void {
    const raw = rawRow(this, type, id);
    if (!raw || raw['deleted_at'] === null) throw refuse('not_found');
    setDeleted(this, type, id, null);
    this.ops.push({ op: 'restore', table: type.table, id, base: (raw['rv'] as number | null) ?? null });
  }
}

const invalid = (type: { table: string }, error: Parameters<typeof problemOf>[0]): Error => {
  const { field, problem } = problemOf(error);
  return refuse('invalid', { field: `${type.table}.${field}`, problem });
};
