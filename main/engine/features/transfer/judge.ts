/** The verdict on every row of a file: what it would add, change, leave as it is, or why it cannot come in. Writes nothing. */
import { ID_FIELD, keyFields, recordOfTarget, type Target } from '../../../../shared/features/transfer/targets.ts';
import { readCell, type CellContext } from '../../../../shared/features/transfer/cells.ts';
import { severityOf, type IssueCode, type Severity } from '../../../../shared/features/transfer/issues.ts';
import type { ImportOptions, RowIssue, Verdict } from '../../../../shared/features/transfer.ts';
import type { Language } from '../../../../shared/messages.ts';
import type { Field } from '../../../../shared/record.ts';
import { idText } from '../../../../shared/record.ts';
import type { Stored } from '../../codec.ts';
import type { ReadDb } from '../../db.ts';
import type { RawRow } from '../../sheets/types.ts';
import { completerOf, type Completer } from './complete.ts';
import { ZeroWatch } from './digits.ts';
import type { Layout } from './layout.ts';
import { personsOf, personWords, placeKey, placeParts, placesOf, type Persons, type Places } from './lookups.ts';
import { matcherOf, type Matcher, type RecordRow } from './match.ts';
import { choiceWordsOf } from './words.ts';

/** A place or person the row refers to that has to be made first: the key of `Plan.places` or `Plan.people`. */
export interface Pending {
  readonly table: 'locations' | 'people';
  readonly key: string;
}
export interface PlannedRow {
  readonly row: number;
  readonly verdict: Verdict;
  /** The record to change; null adds one. */
  readonly id: string | null;
  readonly title: string;
  /** New values of an added row, changed values of an updated one. */
  readonly values: Readonly<Record<string, Stored>>;
  readonly before: Readonly<Record<string, Stored>>;
  readonly pending: Readonly<Record<string, Pending>>;
  readonly issues: readonly RowIssue[];
}
export interface Plan {
  readonly rows: readonly PlannedRow[];
  readonly counts: Record<Verdict, number>;
  readonly places: ReadonlyMap<string, readonly string[]>;
  readonly people: ReadonlyMap<string, { readonly name: string; readonly department: string | null }>;
  /** Last commit the register had when this was judged. */
  readonly seen: number;
}

/** Rows judged between two turns of the event loop. */
const SLICE = 250;
/** Whole words only: 注塑机 and 说明书架 are things somebody owns. */
const FOOT =
  /^(?:[合总小共]\s*计|制表|制表人|审核人|填表人|填报人|经办人|负责人|说明|备注|注|total)(?:[\s:：（(].*)?$/is;

/** What people write where there is nothing. */
const NOTHING = /^(?:无|暂无|没有|\/+|-+|—+|\\|n\/?a|null|none|待补|待定|空)$/i;

/** What a cell says, '' where it says nothing. */
const cellText = (raw: RawRow, column: ColumnPlan): string => {
  const text = raw.text[column.index] ?? '';
  return text.trim() === '' || (column.name !== 'remark' && NOTHING.test(text.trim())) ? '' : text;
};

interface ColumnPlan {
  readonly index: number;
  readonly name: string;
  readonly field: Field;
  readonly context: CellContext;
  readonly zeros: ZeroWatch | null;
}

export const lastCommit = (db: ReadDb): number => db.value<number>('SELECT max(ord) FROM _commits') ?? 0;

/** Judges in slices so that the engine's loop stays free; yields how many rows are done, returns the plan. */
export async function* judge(
  db: ReadDb,
  layout: Layout,
  options: ImportOptions,
  language: Language,
): AsyncGenerator<number, Plan> {
  const judging = new Judging(db, layout, options, language);
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
  readonly #options: ImportOptions;
  readonly #columns: readonly ColumnPlan[];
  readonly #idColumn: number | null;
  readonly #places: Places;
  readonly #persons: Persons;
  readonly #complete: Completer;
  readonly #rows: PlannedRow[] = [];
  readonly #seen: number;
  readonly #keys = new Map<string, number>();
  readonly #newPlaces = new Map<string, readonly string[]>();
  readonly #newPeople = new Map<string, { name: string; department: string | null }>();

  constructor(db: ReadDb, layout: Layout, options: ImportOptions, language: Language) {
    const { target } = options;
    const { fields } = recordOfTarget[target];
    this.#target = target;
    this.#options = options;
    this.#seen = lastCommit(db);
    this.#places = placesOf(db);
    this.#persons = personsOf(db);
    this.#match = matcherOf(db, target, this.#persons);
    this.#complete = completerOf(language, target);
    this.#idColumn = layout.columns.find((column) => column.field === ID_FIELD)?.index ?? null;
    this.#columns = layout.columns.flatMap(({ index, field: name }) => {
      const field = name === null ? undefined : fields[name];
      if (name === null || !field) return [];
      const { codes, legal } = choiceWordsOf(language, target, name, field);
      const isKey = keyFields[target].includes(name);
      const context = {
        isKey,
        dates: options.decisions.dates,
        words: field.kind === 'choice' ? codes : undefined,
        legal,
      };
      return [
        {
          index,
          name,
          field,
          context,
          zeros: isKey && field.kind === 'text' ? new ZeroWatch(layout.rows, index) : null,
        },
      ];
    });
  }

  plan(): Plan {
    const counts: Record<Verdict, number> = { add: 0, update: 0, skip: 0, error: 0 };
    for (const { verdict } of this.#rows) counts[verdict] += 1;
    return { rows: this.#rows, counts, places: this.#newPlaces, people: this.#newPeople, seen: this.#seen };
  }

  add(raw: RawRow): void {
    const issues: RowIssue[] = [];
    const say = (
      code: IssueCode,
      column: ColumnPlan | null,
      text = '',
      params: RowIssue['params'] = {},
      field = column?.name ?? null,
    ): void => {
      const severity: Severity = severityOf(code);
      issues.push({ code, severity, field, column: column?.index ?? null, text: text.slice(0, 200), params });
    };
    const values: Record<string, Stored> = {};
    const pending: Record<string, Pending> = {};
    for (const column of this.#columns) if (column.field.kind !== 'ref') this.#cell(raw, column, values, say);
    const title = [values['tag'] ?? values['number'], values['name']].filter(Boolean).join(' · ');
    const done = (verdict: Verdict, rest: Partial<PlannedRow> = {}): void => {
      this.#rows.push({ row: raw.row, verdict, id: null, title, values: {}, before: {}, pending: {}, issues, ...rest });
    };
    if (this.#isNoRow(raw, values)) {
      issues.length = 0;
      say('not_a_row', null);
      return done('skip');
    }
    const failed = (): boolean => issues.some(({ severity }) => severity === 'error');
    // A row whose key is damaged must not be matched by what is left of it
    const match = failed() ? null : this.#match(this.#id(raw), values);
    for (const column of this.#columns)
      if (column.field.kind === 'ref') this.#reference(raw, column, match?.row ?? null, values, pending, say);
    if (match?.problem)
      say(match.problem.code, this.#column(match.problem.field), '', match.problem.params, match.problem.field);
    this.#twice(raw, values, say);
    if (match && !match.problem && !match.row)
      for (const { code, field, text } of this.#complete(values))
        say(code, this.#column(field), '', text === undefined ? {} : { text }, field);
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
    const decision = isPlace ? this.#options.decisions.places : this.#options.decisions.people;
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

  /** Totals, signatures and remarks under the table. */
  #isNoRow(raw: RawRow, values: Readonly<Record<string, Stored>>): boolean {
    const filled = raw.text.filter((text) => text.trim() !== '');
    if (filled.length === 0) return true;
    if (FOOT.test(filled[0]!.trim()) && (filled.length <= 3 || values['name'] === undefined)) return true;
    return this.#columns.every(({ index }) => (raw.text[index] ?? '').trim() === '');
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
