/**
 * Own changes over the hub's news, row by row: the confirmed image, and on it every own operation that this image does not hold
 * yet. An own edit stays visible until the hub has decided it; one that no longer fits is marked before it is even sent.
 */
import type { Op } from '../../../shared/commit.ts';
import type { RecordType } from '../../../shared/record.ts';
import type { PageRow, Scalar } from '../../../shared/sync/frames.ts';
import { mergeField } from '../../../shared/sync/merge.ts';
import { upcast } from '../../../shared/sync/upcast.ts';
import { toColumn } from '../codec.ts';
import type { Raw, ReadDb } from '../db.ts';
import { failpoint } from '../failpoint.ts';
import { putRow, rawRow, typeOf } from '../rows.ts';
import { effectOf, parseResult, POSITION } from './outbox.ts';

/** A row as the hub confirmed it. */
export interface Image {
  readonly values: Readonly<Record<string, Scalar>>;
  readonly rv: number;
  readonly deletedAt: number | null;
  readonly extra: string | null;
}

/** Columns that this version does not declare are kept as they came. */
export function imageOf(type: RecordType, row: PageRow): Image {
  const foreign = Object.entries(row.values).filter(([name]) => !type.fields[name]);
  return {
    values: row.values,
    rv: row.rv,
    deletedAt: row.deleted_at,
    extra: foreign.length > 0 ? JSON.stringify(Object.fromEntries(foreign)) : null,
  };
}

/** From a stored row, or the JSON of one: flags come back as 0 and 1. */
export function fromRaw(type: RecordType, raw: Raw): Image {
  const values: Record<string, Scalar> = {};
  for (const [name, field] of Object.entries(type.fields)) {
    const value = (raw[name] ?? null) as Scalar;
    values[name] = field.kind === 'flag' && value !== null ? value !== 0 && value !== false : value;
  }
  return {
    values,
    rv: raw['rv'] as number,
    deletedAt: (raw['deleted_at'] ?? null) as number | null,
    extra: (raw['extra'] ?? null) as string | null,
  };
}

interface OpenOp {
  readonly commit_ord: number;
  readonly body: string;
  readonly position: number;
  readonly schema: number;
  readonly seq: number | null;
  readonly result: string | null;
}

/** Whether any own change is still on its way, or any image is kept: without either, the hub's rows are simply written. */
export const hasOpen = (db: ReadDb): boolean =>
  db.value("SELECT 1 FROM _commits WHERE state IN ('pending', 'sent') AND state <> 'applied' LIMIT 1") !== undefined ||
  db.value('SELECT 1 FROM _shadow LIMIT 1') !== undefined;

const openOps = (db: ReadDb, id: string): OpenOp[] =>
  db.all<OpenOp>(
    `SELECT o.commit_ord, o.body, ${POSITION} AS position, c.schema, c.seq, c.result
     FROM _ops o JOIN _commits c ON c.ord = o.commit_ord WHERE o.row_id = ? AND c.state IN ('pending', 'sent', 'held') ORDER BY c.ord, o.ord`,
    id,
  );

/**
 * Writes the row as it is to be seen now. `news` is its image on the page in hand; without one the last confirmed image stands.
 * False when nothing but its version is new: the hub said what this laptop had.
 */
export function rebase(db: ReadDb, table: string, id: string, news: Image | null): boolean {
  const type = typeOf(table);
  const base = news ?? confirmed(db, type, id);
  const open = openOps(db, id).filter(({ seq }) => seq === null || base === null || seq > base.rv);
  const start: Draft | null = base ? { values: { ...base.values }, deletedAt: base.deletedAt } : null;
  let draft = start;
  let changed = false;
  for (const { commit_ord, body, position, schema, seq, result } of open) {
    const op = effectOf(upcast(JSON.parse(body) as Op, schema), position, parseResult(result));
    if (!op) continue;
    const step = replay(type, draft, op);
    draft = step.draft;
    changed = true;
    if (seq === null)
      db.prepare('UPDATE _commits SET conflicting = ? WHERE ord = ? AND conflicting IS NOT ?').run(
        step.clash ? 1 : null,
        commit_ord,
        step.clash ? 1 : null,
      );
  }
  const visible = draft
    ? writeIfNew(db, type, id, { ...draft, rv: base?.rv ?? null, extra: base?.extra ?? null })
    : true;
  if (!draft) db.prepare(`DELETE FROM ${table} WHERE id = ?`).run(id);
  failpoint('F8');
  keepImage(db, type, id, changed ? base : null);
  return visible;
}

/** Most of what comes back after a push is what was sent: then only the version is written, and search keeps its entry. */
export function writeIfNew(
  db: ReadDb,
  type: RecordType,
  id: string,
  row: Omit<Image, 'rv'> & { readonly rv: number | null },
): boolean {
  const raw = rawRow(db, type, id);
  const same =
    raw !== undefined &&
    raw['deleted_at'] === row.deletedAt &&
    raw['extra'] === row.extra &&
    Object.keys(type.fields).every((name) => raw[name] === toColumn(row.values[name]));
  if (same) db.prepare(`UPDATE ${type.table} SET rv = ? WHERE id = ?`).run(row.rv, id);
  else putRow(db, type, id, { ...row.values }, row);
  return !same;
}

/** The row as the hub confirmed it, without own changes over it; null when it has not. */
export function confirmed(db: ReadDb, type: RecordType, id: string): Image | null {
  const shadow = db.value<string>('SELECT row FROM _shadow WHERE tbl = ? AND row_id = ?', type.table, id);
  if (shadow !== undefined) return fromRaw(type, JSON.parse(shadow) as Raw);
  const raw = rawRow(db, type, id);
  return raw && raw['rv'] !== null ? fromRaw(type, raw) : null;
}

/** Replaces the shadow of a row; null when nothing own lies over it any more. */
function keepImage(db: ReadDb, type: RecordType, id: string, image: Image | null): void {
  if (!image) {
    db.prepare('DELETE FROM _shadow WHERE tbl = ? AND row_id = ?').run(type.table, id);
    return;
  }
  const row = { ...image.values, id, rv: image.rv, deleted_at: image.deletedAt, extra: image.extra };
  db.prepare('INSERT OR REPLACE INTO _shadow (tbl, row_id, row) VALUES (?, ?, ?)').run(
    type.table,
    id,
    JSON.stringify(row),
  );
}

interface Draft {
  readonly values: Record<string, Scalar>;
  readonly deletedAt: number | null;
}

function replay(type: RecordType, draft: Draft | null, op: Op): { draft: Draft | null; clash: boolean } {
  switch (op.op) {
    case 'insert':
    case 'append':
      return draft ? { draft, clash: true } : { draft: { values: { ...op.values }, deletedAt: null }, clash: false };
    case 'patch': {
      if (!draft || draft.deletedAt !== null) return { draft, clash: true };
      const values = { ...draft.values };
      let clash = false;
      for (const [name, change] of Object.entries(op.fields)) {
        const field = type.fields[name];
        if (!field) continue;
        const verdict = mergeField(field, change, values[name] ?? null, () => 'mine');
        clash ||= verdict.is === 'held';
        // Until somebody decides, a laptop shows what its own user typed.
        values[name] = verdict.is === 'held' ? change.after : verdict.value;
      }
      return { draft: { ...draft, values }, clash };
    }
    case 'remove':
      return draft ? { draft: { ...draft, deletedAt: draft.deletedAt ?? 1 }, clash: false } : { draft, clash: true };
    case 'restore':
      return draft ? { draft: { ...draft, deletedAt: null }, clash: false } : { draft, clash: true };
  }
}
