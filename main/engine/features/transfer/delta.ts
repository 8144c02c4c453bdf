/** What differs between rows of a form and a copy that was handed in: new, changed and closed rows, and each changed cell with its cause. */
import {
  compareRow,
  marks,
  type FormSpec,
  type FormValues,
  type Mark,
} from '../../../../shared/features/transfer/forms.ts';
import { dayOf } from '../../../../shared/day.ts';
import type { ReadDb } from '../../db.ts';
import { fieldsBehind, lastCause, recordsBehind, type Cause, type Span } from './cause.ts';
import type { FormRow } from './form-rows.ts';
import type { Base } from './submissions.ts';

export interface Marked extends FormRow {
  readonly mark: Mark | null;
  readonly changed: readonly number[];
  /** Local date of the newest of its changes; null where nothing tells. */
  readonly changedOn: string | null;
}
/** One line of the sheet of changes (变更说明). */
export interface Change {
  readonly mark: Mark;
  readonly id: string;
  /** What tells the row: name and address, or number and name. */
  readonly who: string;
  readonly key: string;
  /** Header of the column, or what happened to the whole row. */
  readonly what: string;
  readonly before: string;
  readonly after: string;
  readonly day: string;
  readonly by: string;
  readonly reason: string;
}

export class Delta {
  readonly counts = { added: 0, changed: 0, gone: 0 };
  readonly changes: Change[] = [];
  readonly #db: ReadDb;
  readonly #spec: FormSpec;
  readonly #base: Base;
  readonly #span: Span;
  readonly #seen = new Set<string>();

  /** `until`: ms, the moment of the newer copy, or now. */
  constructor(db: ReadDb, spec: FormSpec, base: Base, until: number) {
    this.#db = db;
    this.#spec = spec;
    this.#base = base;
    this.#span = { since: base.made_at, until };
  }

  mark(row: FormRow): Marked {
    this.#seen.add(row.id);
    const then = this.#base.rows.get(row.id);
    const { mark, changed } = compareRow(row.values, then);
    if (mark === null) return { ...row, mark, changed, changedOn: null };
    if (mark === 'added') {
      this.counts.added += 1;
      const cause = lastCause(this.#db, [row.id], 'row', this.#span);
      this.#note(row, mark, marks.added, '', '', cause);
      return { ...row, mark, changed, changedOn: cause && dayOf(cause.at) };
    }
    this.counts.changed += 1;
    const ids = recordsBehind(this.#db, this.#spec.form, row.id);
    const days = changed.map((i) => {
      const { key, header } = this.#spec.columns[i]!;
      const cause = lastCause(this.#db, ids, fieldsBehind(this.#spec.form, key), this.#span);
      this.#note(row, mark, header, this.#shown(then?.[i] ?? null, i), this.#shown(row.values[i] ?? null, i), cause);
      return cause ? dayOf(cause.at) : null;
    });
    return { ...row, mark, changed, changedOn: latest(days) };
  }

  /** Rows of the copy that are none any more: known once the whole register was walked through. */
  gone(building: (values: FormValues) => string): Marked[] {
    return [...this.#base.rows].flatMap(([id, values]) => {
      if (this.#seen.has(id)) return [];
      this.counts.gone += 1;
      const cause = lastCause(this.#db, [id], 'row', this.#span);
      const row: FormRow = { id, values, of: [id], building: building(values) };
      this.#note(row, 'gone', marks.gone, '', '', cause);
      return [{ ...row, mark: 'gone', changed: [], changedOn: cause && dayOf(cause.at) } satisfies Marked];
    });
  }

  #note(row: FormRow, mark: Mark, what: string, before: string, after: string, cause: Cause | null): void {
    const at = (key: string): string =>
      String(row.values[this.#spec.columns.findIndex((column) => column.key === key)] ?? '');
    const [who, key] = this.#spec.form === 'F-03' ? [at('tag'), at('name')] : [at('name'), at('ip')];
    this.changes.push({
      mark,
      id: row.id,
      who,
      key,
      what,
      before,
      after,
      day: cause ? dayOf(cause.at) : '',
      by: cause?.by ?? '',
      reason: cause?.reason ?? '',
    });
  }

  #shown(value: FormValues[number], column: number): string {
    if (value === null) return '';
    return this.#spec.columns[column]!.kind === 'money' ? (Number(value) / 100).toFixed(2) : String(value);
  }
}

const latest = (days: readonly (string | null)[]): string | null =>
  days.reduce((last, day) => (last === null || (day !== null && day > last) ? day : last), null);
