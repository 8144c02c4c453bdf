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
import { keyColumn, keyOf, uniqueRules } from '../../../shared/sync/invariants.ts';
import { decode } from '../codec.ts';
import type { WriteDb } from '../door.ts';
import type { Engine } from '../engine.ts';
import { checkParent } from '../places.ts';
import { readRow } from '../read-row.ts';
import { rawRow, typeOf } from '../rows.ts';
import { titleOf } from '../titles.ts';
import { fieldsOf, nameOf, opsOf, type Conflict } from './cards.ts';
import { writeLog } from './state.ts';

type How = (typeof resolutions)[number];
type Given = Readonly<Record<string, Scalar>>;

/** What only the features can do; they hand it in. */
export interface Helper {
  /** The record that a removed one was merged into, for `apply_to`. */
  heir(tx: WriteDb, conflict: Conflict): { readonly from: string; readonly to: string } | null;
  merge(tx: WriteDb, keep: string, drop: string, take: readonly string[]): void;
  /** Takes a ticket to where the step that waits can be taken; `remark` says why. */
  walk(tx: WriteDb, conflict: Conflict, remark: string): void;
  /** After a step was taken: its deadline is counted anew. */
  walked(tx: WriteDb, ticket: string): void;
}

/** Refuses when somebody settled it already, when it waits for another one, or when the new value is taken as well. */
export function resolve(engine: Engine, helper: Helper, id: string, how: How, given: Given): void {
  const conflict = readRow(engine.db, conflicts, id);
  if (conflict.state === 'resolved') throw refuse('conflict_settled', { name: conflict.resolved_by ?? '' });
  const parent =
    conflict.parent_id === null
      ? undefined
      : engine.db.value<string>('SELECT state FROM conflicts WHERE id = ?', conflict.parent_id);
  if (parent === 'open') throw refuse('conflict_waits');
  // As its card called it: what does not come to be has no other name afterwards.
  const { title } = nameOf(engine.db, conflict);
  engine.command('sync.resolve', (tx) => settle({ engine, helper, tx }, conflict, how, given, []));
  writeLog(engine, 'resolved', { title });
}

/** Asks whoever holds what both want; it stays theirs until a person decides. */
export function ask(engine: Engine, id: string, note: string | null): void {
  const conflict = readRow(engine.db, conflicts, id);
  if (conflict.state !== 'open') throw refuse('conflict_settled', { name: conflict.resolved_by ?? '' });
  engine.command('sync.ask', (tx) =>
    tx.patch(conflicts, id, { asked_by: engine.actor(), asked_at: Math.trunc(engine.clock.now()), asked_note: note }),
  );
}

interface Desk {
  readonly engine: Engine;
  readonly helper: Helper;
  readonly tx: WriteDb;
}
/** One record stands for another from here on. `asked`: a person said that what was meant for the one is to be done to the other. */
interface Heir {
  readonly from: string;
  readonly to: string;
  readonly asked: boolean;
}

function settle(desk: Desk, conflict: Conflict, how: How, given: Given, heirs: readonly Heir[]): void {
  const { engine, tx } = desk;
  const now = Math.trunc(engine.clock.now());
  const noted = conflict.state === 'noted';
  tx.patch(conflicts, conflict.id, { state: 'resolved', how, resolved_by: engine.actor(), resolved_at: now });
  let known = heirs;
  if (noted) choose(tx, conflict, how, given);
  else if (how !== 'keep_theirs') known = enact(desk, conflict, how, given, heirs);
  // What was built on it goes the same way: done after it, or dropped with it. What asks for a key that was given away in the
  // meantime stays open by itself, so that it can get another one.
  for (const child of tx.all<Record<string, unknown>>(
    "SELECT * FROM conflicts WHERE parent_id = ? AND state = 'open' ORDER BY mut_no",
    conflict.id,
  )) {
    const next = decode(conflicts, child);
    if (how === 'keep_theirs') settle(desk, next, how, {}, known);
    else if (isFree(tx, next, known)) settle(desk, next, 'take_mine', {}, known);
  }
}

/** Does what was held, in the way that was chosen; returns which records stand for which from here on. */
function enact(desk: Desk, conflict: Conflict, how: How, given: Given, heirs: readonly Heir[]): readonly Heir[] {
  const { engine, helper, tx } = desk;
  const now = Math.trunc(engine.clock.now());
  if (how === 'merge_assets' || how === 'apply_to') {
    const heir = { ...heirFor(desk, conflict, how), asked: conflict.kind !== 'unique' };
    const known = [...heirs, heir];
    if (how === 'merge_assets' && rawRow(tx, typeOf(conflict.tbl), conflict.row_id)?.['deleted_at'] === null) {
      helper.merge(tx, heir.to, heir.from, Object.keys(given).length > 0 ? Object.keys(given) : blanks(tx, heir));
      return known;
    }
    for (const op of opsOf(conflict)) performFor(tx, op, heir, given, known);
    return known;
  }
  if (how === 'take_mine' || conflict.kind === 'parent') makeRoom(engine, tx, conflict, now);
  if (conflict.kind === 'step')
    helper.walk(tx, conflict, typeof given['remark'] === 'string' ? given['remark'] : engine.actor());
  const values = conflict.kind === 'step' ? {} : how === 'shared' ? { ...given, shared_ok: true } : given;
  const moved = movedTo(conflict, values);
  const later = opsOf(conflict).flatMap((op) => afterMerging(tx, op, heirs));
  for (const op of later.map((each) => redirected(each, heirs, moved)))
    perform(tx, op, op.table === conflict.tbl && op.id === conflict.row_id ? values : {});
  if (conflict.kind === 'step') helper.walked(tx, conflict.row_id);
  return heirs;
}

/** The record that takes what was meant for another: whoever holds the key, or what the removed one was merged into. */
function heirFor({ helper, tx }: Desk, conflict: Conflict, how: How): Pick<Heir, 'from' | 'to'> {
  const holder = conflict.kind === 'unique' ? conflict.holder_id : null;
  const heir = holder === null ? helper.heir(tx, conflict) : { from: conflict.row_id, to: holder };
  if (!heir || (how === 'merge_assets' && conflict.tbl !== 'assets')) throw refuse('conflict_moved');
  return heir;
}

/** A new record is not made: what its author knew fills the blanks of the other, or the fields that were chosen. Anything else goes to the other as it is. */
function performFor(tx: WriteDb, op: Op, heir: Heir, given: Given, heirs: readonly Heir[]): void {
  if (op.id !== heir.from || !('values' in op)) return perform(tx, redirected(op, heirs, []), {});
  const row = rawRow(tx, typeOf(op.table), heir.to);
  if (row?.['deleted_at'] !== null) throw refuse('conflict_moved');
  const chosen = Object.keys(given);
  const taken = Object.entries(op.values).filter(
    ([name, value]) => value !== null && (chosen.length > 0 ? chosen.includes(name) : (row[name] ?? null) === null),
  );
  if (taken.length > 0) patch(tx, op.table, heir.to, Object.fromEntries(taken));
}

/**
 * What was done later to a record that gave way to another. The other is not removed with it and keeps what its own author wrote: it
 * takes only what is blank there or is still as the author of the change saw it. That an address was released again says nothing of
 * whoever holds it.
 */
function afterMerging(tx: WriteDb, op: Op, heirs: readonly Heir[]): Op[] {
  const heir = heirs.find(({ from }) => from === op.id);
  if (!heir || 'values' in op) return [op];
  if (op.op !== 'patch') return [];
  if (heir.asked) return [op];
  const type = typeOf(op.table);
  const row = rawRow(tx, type, heir.to);
  const now: Readonly<Record<string, unknown>> = row ? decode(type, row) : {};
  const fields = Object.entries(op.fields).filter(
    ([name, { before }]) =>
      ((now[name] ?? null) === null || now[name] === before) && !(op.table === 'bindings' && name === 'state'),
  );
  return fields.length > 0 ? [{ ...op, fields: Object.fromEntries(fields) }] : [];
}

/** Fields that only the record that goes has. */
function blanks(tx: WriteDb, { from, to }: Pick<Heir, 'from' | 'to'>): string[] {
  const [keep, drop] = [rawRow(tx, typeOf('assets'), to), rawRow(tx, typeOf('assets'), from)];
  return Object.keys(typeOf('assets').fields).filter(
    (name) => name !== 'merged_into_id' && (keep?.[name] ?? null) === null && (drop?.[name] ?? null) !== null,
  );
}

/** Keys that were given anew: where the same commit wrote the old one elsewhere (the asset's own IP), the new one goes there too. */
function movedTo(conflict: Conflict, given: Given): (readonly [kind: string, from: Scalar, to: Scalar])[] {
  const type = typeOf(conflict.tbl);
  return fieldsOf(conflict).flatMap(({ field, mine }) => {
    const kind = type.fields[field]?.kind;
    const to = given[field];
    return (kind === 'ip' || kind === 'mac') && mine !== null && to !== undefined && to !== mine
      ? [[kind, mine, to] as const]
      : [];
  });
}

/** The operation with records and keys that stand for others put in their place. */
function redirected(op: Op, heirs: readonly Heir[], moved: ReturnType<typeof movedTo>): Op {
  if (heirs.length === 0 && moved.length === 0) return op;
  const type = typeOf(op.table);
  const heirOf = (id: string): string => heirs.find(({ from }) => from === id)?.to ?? id;
  const value = (name: string, old: Scalar): Scalar => {
    const kind = type.fields[name]?.kind;
    if (typeof old === 'string' && (kind === 'ref' || name === 'row_id')) return heirOf(old);
    const to = moved.find(([of, from]) => of === kind && from === old);
    return to ? to[2] : old;
  };
  const id = heirOf(op.id);
  if ('values' in op)
    return {
      ...op,
      values: Object.fromEntries(Object.entries(op.values).map(([name, old]) => [name, value(name, old)])),
    };
  if (op.op !== 'patch') return { ...op, id };
  const fields = Object.entries(op.fields).map(
    ([name, { before, after }]) => [name, { before, after: value(name, after) }] as const,
  );
  return { ...op, id, fields: Object.fromEntries(fields) };
}

/** Whether nobody else holds a key that the new rows of a conflict want. */
function isFree(tx: WriteDb, conflict: Conflict, heirs: readonly Heir[]): boolean {
  try {
    for (const op of opsOf(conflict).map((each) => redirected(each, heirs, [])))
      if ('values' in op) free(tx, op.table, op.id, op.values);
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
      `SELECT id FROM ${table} WHERE ${keyColumn(rule, 'sqlite')} = ? AND deleted_at IS NULL AND ${rule.where} AND id <> ?`,
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
