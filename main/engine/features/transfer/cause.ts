/** When a cell of a form was changed, by whom and why, from the log of changes: what the sheet of changes says beside old and new. */
import type { Op } from '../../../../shared/commit.ts';
import type { Form } from '../../../../shared/features/transfer/forms.ts';
import type { ReadDb } from '../../db.ts';

export interface Cause {
  readonly at: number;
  readonly by: string;
  readonly reason: string;
}
/** After the one copy and up to the other, in ms. */
export interface Span {
  readonly since: number;
  readonly until: number;
}

/** Who holds the line decides these columns too. */
const PERSON = ['person_id'];
/** Fields behind a column that is not itself a field. */
const BEHIND: Readonly<Record<Form, Readonly<Record<string, readonly string[]>>>> = {
  'F-01': {
    name: ['name', ...PERSON],
    department: ['department', ...PERSON],
    identity: ['identity', ...PERSON],
    phone: ['phone', ...PERSON],
    letter: ['letter', ...PERSON],
    place: ['location_id', ...PERSON],
    vlan: ['vlan', 'subnet_id', 'ip'],
    mask: ['cidr', 'subnet_id', 'ip'],
    gateway: ['gateway', 'subnet_id', 'ip'],
  },
  'F-03': { amount: ['price', 'quantity'] },
};
export const fieldsBehind = (form: Form, column: string): readonly string[] => BEHIND[form][column] ?? [column];

/** Records that a row of a form is made of: the row itself first. */
export function recordsBehind(db: ReadDb, form: Form, id: string): readonly string[] {
  if (form === 'F-03') return [id];
  const row = db.get<{ person_id: string; subnet_id: string }>(
    'SELECT person_id, subnet_id FROM bindings WHERE id = ?',
    id,
  );
  return row ? [id, row.person_id, row.subnet_id] : [id];
}

interface Line {
  body: string;
  row_id: string;
  ord: number;
  at: number;
  actor: string;
  reason: string | null;
}
type Values = Readonly<Record<string, unknown>>;

/** What an operation set, field by field. */
const setBy = (op: Op): Values =>
  op.op === 'patch'
    ? Object.fromEntries(Object.entries(op.fields).map(([field, { after }]) => [field, after]))
    : 'values' in op
      ? op.values
      : {};

/** What is asked for: changes of these fields of any of the records, or the coming and going of the first record itself. */
export type About = readonly string[] | 'row';
const COMING = ['opened_at', 'released_at', 'state'];

/** Causes within the span, oldest first. */
function causesOf(db: ReadDb, ids: readonly string[], about: About, { since, until }: Span): Cause[] {
  const lines = db
    .all<Line>(
      `SELECT o.body, o.row_id, c.ord, c.at, c.actor, c.reason FROM _ops o JOIN _commits c ON c.ord = o.commit_ord
       WHERE o.row_id IN (${ids.map(() => '?').join(', ')}) AND c.at > ? AND c.at <= ? ORDER BY c.at, o.ord`,
      ...ids,
      since,
      until,
    )
    .map((line) => {
      const op = JSON.parse(line.body) as Op;
      return { ...line, kind: op.op, values: setBy(op) };
    });
  const fields = about === 'row' ? COMING : about;
  return lines.flatMap(({ ord, kind, values, row_id, at, actor, reason }) => {
    const sets = fields.some((field) => field in values);
    if (about === 'row' ? row_id !== ids[0] || (kind === 'patch' && !sets) : !sets) return [];
    // Of one commit the reason may stand at another of its records: a person's new number with the line it was told for
    const told = [values, ...lines.filter((line) => line.ord === ord).map((line) => line.values)].map(
      ({ reason: why }) => why,
    );
    // Entered later than it was done: the day it was done counts, unless that copy said it already
    const done = about === 'row' ? Number(values['released_at'] ?? values['opened_at'] ?? 0) : 0;
    return [
      {
        at: done > since && done < at ? done : at,
        by: actor.split('@')[0] ?? actor,
        reason: reason ?? told.find((why) => typeof why === 'string') ?? '',
      },
    ];
  });
}

/** The last change counts: it made the cell what it is now. */
export const lastCause = (db: ReadDb, ids: readonly string[], about: About, span: Span): Cause | null =>
  causesOf(db, ids, about, span).at(-1) ?? null;

/** Since when the submitted copy is out of date in this. */
export const firstCause = (db: ReadDb, ids: readonly string[], about: About, span: Span): Cause | null =>
  causesOf(db, ids, about, span).toSorted((a, b) => a.at - b.at)[0] ?? null;
