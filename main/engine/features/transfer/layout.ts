/** From the raw rows of a file to columns with fields: header row, mapping (chosen, remembered or guessed), merged cells filled. */
import { createHash } from 'node:crypto';
import { fingerprint, findHeader, guessColumns } from '../../../../shared/features/transfer/headers.ts';
import { ID_FIELD, recordOfTarget } from '../../../../shared/features/transfer/targets.ts';
import type { Decisions, ImportOptions, PreviewColumn } from '../../../../shared/features/transfer.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { ReadDb } from '../../db.ts';
import { readSetting, writeSetting } from '../../settings.ts';
import type { RawRow, RawTable } from '../../sheets/types.ts';

export interface Column {
  readonly index: number;
  readonly header: string;
  readonly field: string | null;
  readonly from: PreviewColumn['from'];
  readonly problem: PreviewColumn['problem'];
  readonly filled: number;
  readonly examples: readonly string[];
}
export interface Layout {
  readonly headerRow: number;
  readonly columns: readonly Column[];
  /** The rows below the header. */
  readonly rows: readonly RawRow[];
}

type Mapping = Readonly<Record<string, string | null>>;
const settingOf = (what: 'mapping' | 'decisions', target: string, headers: readonly string[]): string =>
  `transfer.${what}.${target}.${createHash('sha256').update(fingerprint(headers)).digest('hex').slice(0, 24)}`;

export function layoutOf(db: ReadDb, table: RawTable, options: ImportOptions): Layout {
  const headerRow = options.header_row ?? findHeader(options.target, table.rows);
  const header = table.rows.find(({ row }) => row === headerRow);
  if (!header) throw refuse('import_no_header', { row: headerRow });
  const below = table.rows.filter(({ row }) => row > headerRow);
  const rows = fillMerges(below, table, headerRow);
  const width = Math.max(header.text.length, ...below.slice(0, 1000).map(({ text }) => text.length));
  const headers = Array.from({ length: width }, (_, i) => (header.text[i] ?? '').replace(/\s+/g, ' ').trim());
  const { filled, examples } = survey(rows, width);
  const guessed = guessColumns(options.target, headers, filled);
  const remembered = options.mapping ? null : readSetting<Mapping>(db, settingOf('mapping', options.target, headers));
  const mapping = options.mapping ? checked(options.mapping, options.target) : remembered;
  const columns = headers.map((text, index): Column => {
    const guess = guessed[index]!;
    const chosen = mapping?.[index];
    const same = chosen === undefined || chosen === guess.field;
    return {
      index,
      header: text,
      field: same ? guess.field : chosen,
      from: same ? guess.from : remembered ? 'remembered' : 'chosen',
      problem: chosen && guess.problem === 'unknown_header' ? null : guess.problem,
      filled: filled[index]!,
      examples: examples[index]!,
    };
  });
  return { headerRow, columns, rows };
}

/** Keeps what the user chose for these headers, for the next file that looks the same. */
export function rememberLayout(db: ReadDb, target: string, layout: Layout): void {
  const mapping = Object.fromEntries(layout.columns.map(({ index, field }) => [index, field]));
  writeSetting(
    db,
    settingOf(
      'mapping',
      target,
      layout.columns.map(({ header }) => header),
    ),
    mapping,
  );
}

const decisionSetting = (target: string, layout: Layout): string =>
  settingOf(
    'decisions',
    target,
    layout.columns.map(({ header }) => header),
  );

/** What was decided now, else for these headers before, else what suits the register: an empty one can only be filled. */
export function decisionsFor(
  db: ReadDb,
  { target, decisions }: ImportOptions,
  layout: Layout,
  has: { places: boolean; people: boolean },
): Decisions {
  const before = readSetting<Partial<Decisions>>(db, decisionSetting(target, layout)) ?? {};
  return {
    places: has.places ? 'error' : 'create',
    people: has.people ? 'error' : 'create',
    dates: 'ask',
    untagged: 'error',
    ...before,
    ...decisions,
  };
}

/** Only what the user chose: a default may be another one next time. */
export function rememberDecisions(db: ReadDb, target: string, layout: Layout, chosen: Partial<Decisions>): void {
  const setting = decisionSetting(target, layout);
  writeSetting(db, setting, { ...readSetting<Partial<Decisions>>(db, setting), ...chosen });
}

/** Two columns cannot be one field, and a field must exist. */
function checked(mapping: Mapping, target: ImportOptions['target']): Mapping {
  const fields = recordOfTarget[target].fields;
  const seen = new Set<string>();
  for (const field of Object.values(mapping)) {
    if (field === null) continue;
    if (field !== ID_FIELD && !(field in fields)) throw refuse('unknown_field', { field });
    if (seen.has(field)) throw refuse('import_field_twice', { field: `field.${target}.${field}` });
    seen.add(field);
  }
  return mapping;
}

function survey(rows: readonly RawRow[], width: number): { filled: number[]; examples: string[][] } {
  const filled = Array.from({ length: width }, () => 0);
  const examples: string[][] = Array.from({ length: width }, () => []);
  for (const { text } of rows)
    for (let i = 0; i < Math.min(width, text.length); i += 1) {
      if (text[i] === '') continue;
      filled[i]! += 1;
      const seen = examples[i]!;
      if (seen.length < 3 && !seen.includes(text[i]!)) seen.push(text[i]!.slice(0, 80));
    }
  return { filled, examples };
}

/** A block merged over several rows (类别 written once beside ten rows) means its value in each of them. */
function fillMerges(rows: readonly RawRow[], table: RawTable, headerRow: number): readonly RawRow[] {
  const tall = table.merges.filter(([top, left, bottom, right]) => top > headerRow && bottom > top && left === right);
  if (tall.length === 0) return rows;
  const byNumber = new Map(rows.map((row) => [row.row, row]));
  const changed = new Map<number, { text: string[]; type: string[] }>();
  for (const [top, left, bottom] of tall) {
    const first = byNumber.get(top);
    const value = first?.text[left - 1] ?? '';
    if (value === '') continue;
    for (let number = top + 1; number <= bottom; number += 1) {
      const row = byNumber.get(number);
      if (!row || (row.text[left - 1] ?? '') !== '') continue;
      const copy = changed.get(number) ?? { text: [...row.text], type: Array.from(row.type) };
      while (copy.text.length < left) {
        copy.text.push('');
        copy.type.push('-');
      }
      copy.text[left - 1] = value;
      copy.type[left - 1] = first!.type[left - 1]!;
      changed.set(number, copy);
    }
  }
  return rows.map((row) => {
    const copy = changed.get(row.row);
    return copy ? { row: row.row, text: copy.text, type: copy.type.join('') } : row;
  });
}
