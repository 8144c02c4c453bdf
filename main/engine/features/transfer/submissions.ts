/** The copy that was submitted last: what red rows differ from. Frozen as a document, so that it syncs and cannot be edited. */
import { z } from 'zod';
import {
  compareRow,
  forms,
  formSpecs,
  type Form,
  type FormSpec,
  type FormValues,
} from '../../../../shared/features/transfer/forms.ts';
import { documents } from '../../../../shared/features/documents.ts';
import { dayOf } from '../../../../shared/day.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { ListQuery } from '../../../../shared/list.ts';
import type { ReadDb } from '../../db.ts';
import { freeze, thaw } from '../../documents.ts';
import type { Engine } from '../../engine.ts';
import { idsOf } from '../../list.ts';
import { readRow } from '../../read-row.ts';
import { lastCommit } from './judge.ts';
import { formRows, isWhole, type ParsedQuery } from './form-rows.ts';

const frozen = z.object({
  /** Column keys of the values below, in the order of that day: forms may gain columns later. */
  columns: z.array(z.string()),
  rows: z.record(z.string(), z.array(z.union([z.string(), z.number(), z.null()]))),
});

export interface Base {
  readonly number: string;
  /** Local date of the submission, and its moment (ms). */
  readonly day: string;
  readonly made_at: number;
  readonly rows: ReadonlyMap<string, FormValues>;
}

/** Submissions of a form, newest first. */
export function submissionsOf(
  db: ReadDb,
  form: Form,
): { id: string; number: string; made_at: number; author: string }[] {
  const query: ListQuery = {
    filter: [
      { field: 'form', op: 'equals', value: form },
      { field: 'kind', op: 'equals', value: 'submission' },
    ],
  };
  return idsOf(db, documents, { filter: query.filter ?? [], sort: [{ field: 'made_at', dir: 'desc' }] })
    .map((id) => readRow(db, documents, id))
    .filter((document) => document.voided !== true)
    .map(({ id, number, made_at, author }) => ({ id, number, made_at, author }));
}

/** A copy that was handed in, its values in today's column order. Refuses what is no such copy. */
export function copyOf(db: ReadDb, id: string): Base & { readonly form: Form; readonly id: string } {
  const document = readRow(db, documents, id);
  const form = forms.find((each) => each === document.form);
  if (document.kind !== 'submission' || form === undefined) throw refuse('not_found');
  const { columns, rows } = frozen.parse(thaw(db, id));
  const places = formSpecs[form].columns.map(({ key }) => columns.indexOf(key));
  const inOrder = (values: FormValues): FormValues => places.map((at) => (at < 0 ? null : (values[at] ?? null)));
  return {
    form,
    id,
    number: document.number,
    day: dayOf(document.made_at),
    made_at: document.made_at,
    rows: new Map(Object.entries(rows).map(([row, values]) => [row, inOrder(values)])),
  };
}

/** The last submitted copy; null when nothing was submitted yet. */
export function baseOf(db: ReadDb, form: Form): Base | null {
  const [last] = submissionsOf(db, form);
  return last ? copyOf(db, last.id) : null;
}

export const placeColumn = ({ columns }: FormSpec): number => columns.findIndex(({ key }) => key === 'place');
/** A frozen row has only its text: its place names the building it was in. */
export const buildingIn = (known: readonly string[], place: FormValues[number] | undefined): string => {
  const path = String(place ?? '').split(' / ');
  return known.find((name) => path.includes(name)) ?? '';
};

const isSame = (now: ReadonlyMap<string, FormValues>, then: ReadonlyMap<string, FormValues>): boolean =>
  now.size === then.size && [...now].every(([id, values]) => compareRow(values, then.get(id)).mark === null);

/** Tables that the rows of a form are made of. */
const SOURCES: Readonly<Record<Form, readonly string[]>> = {
  'F-03': ['assets', 'people', 'locations'],
  'F-01': ['bindings', 'subnets', 'people', 'locations'],
};
/** Another notebook took this one's place (its log is shorter), or a row of the form was written. */
export const movedSince = (db: ReadDb, form: Form, position: number): boolean =>
  lastCommit(db) < position ||
  db.value(
    `SELECT 1 FROM _ops WHERE commit_ord > ? AND tbl IN (${SOURCES[form].map(() => '?').join(', ')}) LIMIT 1`,
    position,
    ...SOURCES[form],
  ) !== undefined;

/**
 * Freezes what the query finds as submitted. A part of the register (a filter) renews only its own rows; the rest keeps the copy it
 * was submitted with. The whole register also forgets the rows that are gone. Refuses `submit_moved` when a row of the form changed after
 * `position`, that of the saved file, and `submit_unchanged` when today's last submission says the same already (a second click).
 */
export async function submitForm(
  engine: Engine,
  form: Form,
  query: ParsedQuery,
  position = lastCommit(engine.db),
): Promise<{ id: string; number: string; rows: number }> {
  const spec = formSpecs[form];
  const before = isWhole(form, query) ? null : baseOf(engine.db, form);
  const rows = new Map<string, FormValues>(before?.rows ?? []);
  let submitted = 0;
  for await (const batch of formRows(engine.db, form, query).batches)
    for (const { id, values } of batch) {
      rows.set(id, values);
      submitted += 1;
    }
  const content = { columns: spec.columns.map(({ key }) => key), rows: Object.fromEntries(rows) };
  const title = `${engine.setup?.unit ?? ''}${spec.title}`;
  const document = engine.command('transfer.submit', (tx) => {
    if (movedSince(tx, form, position)) throw refuse('submit_moved');
    const last = baseOf(tx, form);
    if (last?.day === engine.today() && isSame(rows, last.rows))
      throw refuse('submit_unchanged', { number: last.number });
    return freeze(tx, engine, { form, code: spec.code, title, kind: 'submission', content });
  });
  return { id: document.id, number: document.number, rows: submitted };
}
