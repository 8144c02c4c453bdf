/**
 * Settling a conflict: one ordinary commit that marks it resolved and does (or does not do) what was held. It goes to the hub like
 * any other; if a colleague was first, the hub refuses it and this laptop shows the colleague's answer.
 */
import type { Op } from '../../../shared/commit.ts';
import { conflicts, type resolutions } from '../../../shared/features/sync.ts';
import { locations } from '../../../shared/features/locations.ts';
import { showMac } from '../../../shared/mac.ts';
import { isRefusal, refuse } from '../../../shared/refusal.ts';
import type { Scalar } from '../../../shared/sync/frames.ts';
import { keyOf, uniqueRules } from '../../../shared/sync/invariants.ts';
import { decode } from '../codec.ts';
import type { WriteDb } from '../door.ts';
import type { Engine } from '../engine.ts';
import { checkParent } from '../places.ts';
import { readRow } from '../read-row.ts';
import { rawRow, typeOf } from '../rows.ts';
import { titleOf } from '../titles.ts';
import { fieldsOf, opsOf, type Conflict } from './cards.ts';
import { writeLog } from './state.ts';

type How = (typeof resolutions)[number];
type Given = Readonly<Record<string, Scalar>>;

/** Refuses when somebody settled it already, when it waits for another one, or when the new value is taken as well. */
export function resolve(engine: Engine, id: string, how: How, given: Given): void {
  const conflict = readRow(engine.db, conflicts, id);
  if (conflict.state === 'resolved') throw refuse('conflict_settled', { name: conflict.resolved_by ?? '' });
  const parent =
    conflict.parent_id === null
      ? undefined
      : engine.db.value<string>('SELECT state FROM conflicts WHERE id = ?', conflict.parent_id);
  if (parent === 'open') throw refuse('conflict_waits');
  engine.command('sync.resolve', (tx) => settle(engine, tx, conflict, how, given));
  writeLog(engine, 'resolved', {
    title: titleOf(engine.db, conflict.tbl, conflict.row_id)?.title ?? conflict.row_id.slice(0, 8),
  });
}

function settle(engine: Engine, tx: WriteDb, conflict: Conflict, how: How, given: Given): void {
  const now = Math.trunc(engine.clock.now());
  tx.patch(conflicts, conflict.id, { state: 'resolved', how, resolved_by: engine.actor(), resolved_at: now });
  if (conflict.kind === 'soft' || conflict.kind === 'note') choose(tx, conflict, how, given);
  else if (how !== 'keep_theirs') {
    if (how === 'take_mine' || conflict.kind === 'parent') makeRoom(engine, tx, conflict, now);
    for (const op of opsOf(conflict))
      perform(tx, op, op.table === conflict.tbl && op.id === conflict.row_id ? given : {});
  }
  // What was built on it goes the same way: done after it, or dropped with it. What asks for a key that was given away in the
  // meantime stays open by itself, so that it can get another one.
  for (const child of tx.all<Record<string, unknown>>(
    "SELECT * FROM conflicts WHERE parent_id = ? AND state = 'open' ORDER BY mut_no",
    conflict.id,
  )) {
    const next = decode(conflicts, child);
    if (how === 'keep_theirs' || isFree(tx, next)) settle(engine, tx, next, how === 'edit' ? 'take_mine' : how, {});
  }
}

/** Whether nobody else holds a key that the new rows of a conflict want. */
function isFree(tx: WriteDb, conflict: Conflict): boolean {
  try {
    for (const op of opsOf(conflict)) if ('values' in op) free(tx, op.table, op.id, op.values);
    return true;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

/** Where the hub chose by itself, either value can be put in its place, or a third; nothing given leaves it as it is. */
function choose(tx: WriteDb, conflict: Conflict, how: How, given: Given): void {
  const wanted = fieldsOf(conflict).flatMap(({ field, mine, theirs }): [string, Scalar][] => {
    if (how === 'edit') return field in given ? [[field, given[field] ?? null]] : [];
    return [[field, how === 'take_mine' ? mine : theirs]];
  });
  if (wanted.length > 0) patch(tx, conflict.tbl, conflict.row_id, Object.fromEntries(wanted));
}

/** Whoever holds the address or number gives it up; a removed parent comes back. */
function makeRoom(engine: Engine, tx: WriteDb, conflict: Conflict, now: number): void {
  const { holder_id: holder, rule } = conflict;
  if (holder === null || rule === null) return;
  if (conflict.kind === 'parent') {
    const type = typeOf(rule);
    if (rawRow(tx, type, holder)?.['deleted_at'] === null) return;
    tx.restore(type, holder);
  }
  if (conflict.kind !== 'unique') return;
  if (rule === 'asset_tag') patch(tx, 'assets', holder, { tag: null });
  else if (conflict.tbl === 'bindings')
    patch(tx, 'bindings', holder, { state: 'released', released_at: now, reason: engine.actor() });
  else throw refuse('conflict_moved');
}

function perform(tx: WriteDb, op: Op, given: Given): void {
  const type = typeOf(op.table);
  const row = rawRow(tx, type, op.id);
  switch (op.op) {
    case 'insert':
    case 'append': {
      if (row) throw refuse('conflict_moved');
      const values = { ...op.values, ...given };
      free(tx, op.table, op.id, values);
      tx.readd(type, op.id, values);
      return;
    }
    case 'patch':
      if (!row) throw refuse('conflict_moved');
      if (row['deleted_at'] !== null) tx.restore(type, op.id);
      return patch(tx, op.table, op.id, {
        ...Object.fromEntries(Object.entries(op.fields).map(([name, { after }]) => [name, after])),
        ...given,
      });
    case 'remove':
      if (!row) throw refuse('conflict_moved');
      if (row['deleted_at'] === null) tx.remove(type, op.id);
      return;
    case 'restore':
      if (!row) throw refuse('conflict_moved');
      if (row['deleted_at'] !== null) tx.restore(type, op.id);
  }
}

function patch(tx: WriteDb, table: string, id: string, changes: Record<string, Scalar>): void {
  const type = typeOf(table);
  const row = rawRow(tx, type, id);
  if (!row || row['deleted_at'] !== null) throw refuse('conflict_moved');
  free(tx, table, id, { ...decode(type, row), ...changes });
  if (type.table === locations.table && 'parent_id' in changes)
    checkParent(tx, id, changes['parent_id'] as string | null);
  tx.patch(type, id, changes);
}

/** Asks here what the hub will ask: nobody else may hold the key these values want. */
function free(tx: WriteDb, table: string, id: string, values: Given): void {
  for (const rule of uniqueRules) {
    const key = rule.table === table ? keyOf(rule, values) : null;
    if (key === null) continue;
    const other = tx.value<string>(
      `SELECT id FROM ${table} WHERE ${rule.field} = ? AND deleted_at IS NULL AND ${rule.where} AND id <> ?`,
      key,
      id,
    );
    if (other === undefined) continue;
    const value = typeOf(table).fields[rule.field]?.kind === 'mac' ? showMac(key) : key;
    const { title, subtitle } = titleOf(tx, table, other) ?? { title: '', subtitle: '' };
    // An address is called by itself: who has it stands behind.
    throw refuse('conflict_taken', {
      value,
      holder: [title, subtitle].filter((part) => part !== '' && part !== value).join(' · '),
    });
  }
}
