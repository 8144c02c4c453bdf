/** The verdict on every row of a file: what it would add, change, leave as it is, or why it cannot come in. Writes nothing. */
import { ID_FIELD, type Target } from '../../../../shared/features/transfer/targets.ts';
import { readCell } from '../../../../shared/features/transfer/cells.ts';
import type { IssueCode } from '../../../../shared/features/transfer/issues.ts';
import type { Decisions, RowIssue, Verdict } from '../../../../shared/features/transfer.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import { idText } from '../../../../shared/record.ts';
import type { Stored } from '../../codec.ts';
import type { ReadDb } from '../../db.ts';
import type { RawRow } from '../../sheets/types.ts';
import { completerOf, type Completer } from './complete.ts';
import { columnsOf, issueOf, type ColumnPlan } from './column-plan.ts';
import type { Layout } from './layout.ts';
import { personsOf, personWords, placeKey, placeParts, placesOf, type Persons, type Places } from './lookups.ts';
import { matcherOf, type Match, type Matcher, type RecordRow } from './match.ts';
import { mergePlaces, settled } from './new-places.ts';
import type { Pending, Plan, PlannedRow } from './plan.ts';
import { cellText, isNoRow } from './no-row.ts';
import { Untagged } from './untagged.ts';

/** Rows judged between two turns of the event loop. */
const SLICE = 250;

export const lastCommit = (db: ReadDb): number => db.value<number>('SELECT max(ord) FROM _commits') ?? 0;

/** Judges in slices so that the engine's loop stays free; yields how many rows are done, returns the plan. */
export async function* judge(
  db: ReadDb,
  layout: Layout,
  options: { readonly target: Target; readonly decisions: Decisions },
  t: Translate,
): AsyncGenerator<number, Plan> {
  const judging = new Judging(db, layout, options, t);
  for (let from = 0; from < layout.rows.length; from += SLICE) {
    for (const row of layout.rows.slice(from, from + SLICE)) judging.add(row);
    yield Math.min(from + SLICE, layout.rows.length);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return judging.plan();
}

class Judging {
  readonly #match: Matcher;
  readonly #target: Target;
  readonly #decisions: Decisions;
  readonly #columns: readonly ColumnPlan[];
  readonly #idColumn: number | null;
  readonly #places: Places;
  readonly #persons: Persons;
  readonly #complete: Completer;
  readonly #rows: PlannedRow[] = [];
  readonly #untagged: Untagged;
  /** Rows without a number taken for new: their place in `#rows`, and what says that a record is the same. */
  readonly #unnumbered = new Map<number, (asset: RecordRow) => boolean>();
  #untaggedRows = 0;
  readonly #seen: number;
  readonly #keys = new Map<string, number>();
  readonly #newPlaces = new Map<string, readonly string[]>();
  readonly #newPeople = new Map<string, { name: string; department: string | null }>();

  constructor(
    db: ReadDb,
    layout: Layout,
    { target, decisions }: { readonly target: Target; readonly decisions: Decisions },
    t: Translate,
  ) {
    this.#target = target;
    this.#decisions = decisions;
    this.#untagged = new Untagged(db);
    this.#seen = lastCommit(db);
    this.#places = placesOf(db);
    this.#persons = personsOf(db);
    this.#match = matcherOf(db, target, this.#persons);
    this.#complete = completerOf(t, target);
    this.#idColumn = layout.columns.find((column) => column.field === ID_FIELD)?.index ?? null;
    this.#columns = columnsOf(layout, target, decisions, t);
  }

  plan(): Plan {
    const counts: Record<Verdict, number> = { add: 0, update: 0, skip: 0, error: 0 };
    const { merged, kept: places } = mergePlaces(this.#newPlaces);
    const rows = this.#rows.map((row, i) => {
      const unnumbered = row.verdict === 'add' ? this.#unnumbered.get(i) : undefined;
      const name = String(row.values['name'] ?? '');
      const twin =
        unnumbered && this.#untagged.twin(name, unnumbered) ? [issueOf('untagged_twin', null, '', { name })] : [];
      return settled(row, merged, (field) => this.#column(field), twin);
    });
    for (const { verdict } of rows) counts[verdict] += 1;
    return { rows, counts, places, people: this.#newPeople, untagged: this.#untaggedRows, seen: this.#seen };
  }

  add(raw: RawRow): void {
    const issues: RowIssue[] = [];
    const say = (
      code: IssueCode,
      column: ColumnPlan | null,
      text = '',
      params: RowIssue['params'] = {},
      field = column?.name ?? null,
    ): void => void issues.push(issueOf(code, column, text, params, field));
    const values: Record<string, Stored> = {};
    const pending: Record<string, Pending> = {};
    for (const column of this.#columns) if (column.field.kind !== 'ref') this.#cell(raw, column, values, say);
    const title = [values['tag'] ?? values['number'], values['name']].filter(Boolean).join(' · ');
    const done = (verdict: Verdict, rest: Partial<PlannedRow> = {}): void => {
      this.#rows.push({ row: raw.row, verdict, id: null, title, values: {}, before: {}, pending: {}, issues, ...rest });
    };
    if (isNoRow(raw, this.#columns, values['name'] !== undefined)) {
      issues.length = 0;
      say('not_a_row', null);
      return done('skip');
    }
    const failed = (): boolean => issues.some(({ severity }) => severity === 'error');
    // A row whose key is damaged must not be matched by what is left of it
    const match = failed() ? null : this.#matched(raw, values, say);
    for (const column of this.#columns)
      if (column.field.kind === 'ref') this.#reference(raw, column, match?.row ?? null, values, pending, say);
    if (match?.problem)
      say(match.problem.code, this.#column(match.problem.field), '', match.problem.params, match.problem.field);
    this.#twice(raw, values, say);
    if (match && !match.problem && !match.row)
      for (const { code, field, text } of this.#complete(values))
        say(code, this.#column(field), '', text === undefined ? {} : { text }, field);
    if (match?.row) this.#untagged.use(match.row.id);
    if (failed() || !match) return done('error');
    if (!match.row) return done('add', { values, pending });
    const row = match.row;
    const changed = Object.fromEntries(Object.entries(values).filter(([name, value]) => (row[name] ?? null) !== value));
    const before = Object.fromEntries(
      [...Object.keys(changed), ...Object.keys(pending)].map((name) => [name, row[name] ?? null]),
    );
    if (Object.keys(before).length === 0) {
      say('same', null);
      return done('skip', { id: row.id });
    }
    done('update', { id: row.id, values: changed, before, pending });
  }

  /** By its keys; a row without any is, where that was decided, the record that says the same, or a new one. */
  #matched(raw: RawRow, values: Readonly<Record<string, Stored>>, say: Say): Match {
    const match = this.#match(this.#id(raw), values);
    if (match.problem?.code !== 'no_key') return match;
    this.#untaggedRows += 1;
    if (this.#decisions.untagged === 'error') return match;
    const given = { ...values };
    const isSame = (asset: RecordRow): boolean => this.#saysTheSame(raw, given, asset);
    const row = this.#untagged.take(values['name'], isSame);
    if (!row) {
      this.#unnumbered.set(this.#rows.length, isSame);
      say('untagged_new', null);
    }
    return { row };
  }

  #saysTheSame(raw: RawRow, given: Readonly<Record<string, Stored>>, asset: RecordRow): boolean {
    return this.#columns.every((column) => {
      const held = asset[column.name] ?? null;
      if (column.field.kind !== 'ref') return given[column.name] === undefined || given[column.name] === held;
      const text = cellText(raw, column);
      if (text === '') return true;
      const isPlace = column.field.table === 'locations';
      if (typeof held === 'string')
        return isPlace ? this.#places.isCalled(held, placeParts(text)) : this.#persons.isCalled(held, text);
      // A cell that was left blank on its way in
      const decision = isPlace ? this.#decisions.places : this.#decisions.people;
      return (
        decision === 'blank' &&
        (isPlace ? this.#places.find(placeParts(text)) : this.#persons.find(text, null)) === null
      );
    });
  }

  #column(name: string | null): ColumnPlan | null {
    return this.#columns.find((column) => column.name === name) ?? null;
  }

  #id(raw: RawRow): string | null {
    const text = this.#idColumn === null ? '' : (raw.text[this.#idColumn] ?? '').trim();
    return idText.safeParse(text).success ? text : null;
  }

  #cell(raw: RawRow, column: ColumnPlan, values: Record<string, Stored>, say: Say): void {
    const text = cellText(raw, column);
    if (text === '') return;
    const type = raw.type[column.index] ?? 's';
    const meant = column.zeros?.meant(text, type) ?? null;
    if (meant !== null) return say('zeros_lost', column, text, { text, meant });
    const { value, issue } = readCell(column.field, text, type, column.context);
    if (issue) say(issue.code, column, text, { ...issue.params });
    if (value !== null) values[column.name] = value;
  }

  /** `current` is the record the row changes: who it already names by these words stays, so that a namesake never takes over. */
  #reference(
    raw: RawRow,
    column: ColumnPlan,
    current: RecordRow | null,
    values: Record<string, Stored>,
    pending: Record<string, Pending>,
    say: Say,
  ): void {
    const text = cellText(raw, column);
    if (column.field.kind !== 'ref' || text === '') return;
    const isPlace = column.field.table === 'locations';
    const parts = isPlace ? placeParts(text) : [];
    const held = current?.[column.name];
    if (
      typeof held === 'string' &&
      (isPlace ? this.#places.isCalled(held, parts) : this.#persons.isCalled(held, text))
    ) {
      values[column.name] = held;
      return;
    }
    const department = this.#text(raw, 'department');
    const found = isPlace ? this.#places.find(parts) : this.#persons.find(text, department);
    if (found && 'id' in found) {
      values[column.name] = found.id;
      return;
    }
    if (found)
      return say(isPlace ? 'place_ambiguous' : 'person_ambiguous', column, text, { text, options: found.ambiguous });
    const key = isPlace ? placeKey(parts) : personWords(text).name.toLowerCase();
    if (isPlace) this.#newPlaces.set(key, parts);
    else if (!this.#newPeople.has(key)) {
      const { name, within } = personWords(text);
      this.#newPeople.set(key, { name, department: within ?? department });
    }
    const decision = isPlace ? this.#decisions.places : this.#decisions.people;
    if (decision === 'error') return say(isPlace ? 'place_not_found' : 'person_not_found', column, text, { text });
    if (decision === 'blank') return say('left_blank', column, text, { text });
    pending[column.name] = { table: isPlace ? 'locations' : 'people', key };
    say(isPlace ? 'place_new' : 'person_new', column, text, { text });
  }

  /** The text of another column of the same row. */
  #text(raw: RawRow, name: string): string | null {
    const column = this.#column(name);
    const text = column ? (raw.text[column.index] ?? '').trim() : '';
    return text === '' ? null : text;
  }

  /** The same key twice in one file: the first row counts, the later ones are told where it is. */
  #twice(raw: RawRow, values: Readonly<Record<string, Stored>>, say: Say): void {
    const names = this.#target === 'assets' ? ['tag', 'serial'] : ['number'];
    for (const name of names) {
      const value = values[name];
      if (typeof value !== 'string' || value === '') continue;
      const key = `${name}\u0001${value.toUpperCase()}`;
      const first = this.#keys.get(key);
      if (first === undefined) this.#keys.set(key, raw.row);
      else say('duplicate_in_file', this.#column(name), value, { text: value, row: first });
    }
  }
}
type Say = (
  code: IssueCode,
  column: ColumnPlan | null,
  text?: string,
  params?: RowIssue['params'],
  field?: string | null,
) => void;
