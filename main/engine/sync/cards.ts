/** Conflicts as a person reviews them: both values with their names, who and when, and who holds what was asked for. */
import type { Op } from '../../../shared/commit.ts';
import {
  OVERDUE_DAYS,
  type ClashField,
  type ClashMoment,
  type ConflictFilter,
  type ConflictCard,
  type conflicts as conflictType,
} from '../../../shared/features/sync.ts';
import { recordOf } from '../../../shared/records.ts';
import type { RowOf } from '../../../shared/record.ts';
import { uniqueRules } from '../../../shared/sync/invariants.ts';
import { decode } from '../codec.ts';
import type { ReadDb } from '../db.ts';
import type { Engine } from '../engine.ts';
import { settlesForOthers } from '../../../shared/sync/roles.ts';
import { readGrant } from '../grant.ts';
import { refText, titleOf } from '../titles.ts';
import { conflicts } from '../../../shared/features/sync.ts';

export type Conflict = RowOf<typeof conflictType>;

export const opsOf = (conflict: Conflict): Op[] => JSON.parse(conflict.ops) as Op[];
export const fieldsOf = (conflict: Conflict): ClashField[] => JSON.parse(conflict.fields) as ClashField[];

/** A record that never came to be is called by what its author typed, if need be in the change that this one waits for. */
export function nameOf(db: ReadDb, conflict: Conflict): { title: string; subtitle: string } {
  const known = titleOf(db, conflict.tbl, conflict.row_id);
  if (known) return known;
  for (const op of opsOf(conflict)) {
    if (op.id !== conflict.row_id || !('values' in op)) continue;
    const words = ['number', 'tag', 'ip', 'name', 'hostname'].flatMap((name) => op.values[name] ?? []);
    if (words.length > 0) return { title: words.join(' · '), subtitle: '' };
  }
  const parent =
    conflict.parent_id === null
      ? undefined
      : db.get<Record<string, unknown>>('SELECT * FROM conflicts WHERE id = ?', conflict.parent_id);
  return parent ? nameOf(db, decode(conflicts, parent)) : { title: conflict.row_id.slice(0, 8), subtitle: '' };
}

const isLive = (db: ReadDb, table: string, id: string): boolean =>
  recordOf(table) !== undefined &&
  db.value(`SELECT 1 FROM ${table} WHERE id = ? AND deleted_at IS NULL`, id) !== undefined;

const holderTable = (conflict: Conflict): string | null =>
  conflict.kind === 'unique'
    ? conflict.tbl
    : conflict.kind === 'parent' || conflict.kind === 'dependent'
      ? conflict.rule
      : null;

/** Everything that goes with a conflict, also what was built on something built on it. */
const DEPENDANTS = `
  WITH RECURSIVE line(id) AS (
    SELECT id FROM conflicts WHERE parent_id = ? AND state = 'open'
    UNION SELECT c.id FROM conflicts c JOIN line ON c.parent_id = line.id WHERE c.state = 'open'
  ) SELECT count(*) FROM line`;

function cardOf(engine: Engine, conflict: Conflict): ConflictCard {
  const { db } = engine;
  const table = holderTable(conflict);
  const held = conflict.holder_id && table ? titleOf(db, table, conflict.holder_id) : null;
  return {
    id: conflict.id,
    kind: conflict.kind,
    table: conflict.tbl,
    row_id: conflict.row_id,
    ...nameOf(db, conflict),
    exists: isLive(db, conflict.tbl, conflict.row_id),
    rule: conflict.rule,
    fields: fieldsOf(conflict),
    holder:
      held && table && conflict.holder_id
        ? { table, id: conflict.holder_id, ...held, since: null, place: null, person: null }
        : null,
    heir: null,
    seen: null,
    next_ip: null,
    way: null,
    asked:
      conflict.asked_by === null || conflict.asked_at === null
        ? null
        : { by: conflict.asked_by, at: conflict.asked_at, note: conflict.asked_note },
    raised_at: raisedAt(conflict),
    overdue: conflict.state === 'open' && raisedAt(conflict) < engine.clock.now() - OVERDUE_MS,
    dependants: db.value<number>(DEPENDANTS, conflict.id) ?? 0,
    waits:
      conflict.parent_id !== null &&
      db.value("SELECT 1 FROM conflicts WHERE id = ? AND state = 'open'", conflict.parent_id) !== undefined,
    own: conflict.incarnation === engine.incarnation || conflict.mine_actor === engine.actor(),
    mine: momentOf(conflict.mine_actor, conflict.mine_at, conflict.mine_unc, conflict.mine_wall),
    theirs:
      conflict.theirs_actor === null || conflict.theirs_at === null
        ? null
        : momentOf(
            conflict.theirs_actor,
            conflict.theirs_at,
            conflict.theirs_unc ?? 0,
            conflict.theirs_seq === null
              ? null
              : (db.value<number>("SELECT clock ->> 'wall_ms' FROM _commits WHERE seq = ?", conflict.theirs_seq) ??
                  null),
          ),
    command: conflict.command,
    reason: conflict.reason,
    state: conflict.state,
    how: conflict.how,
    resolved_by: conflict.resolved_by,
    resolved_at: conflict.resolved_at,
    editable: editable(conflict),
    settles: settlesOf(engine, conflict),
  };
}

/** As the hub will judge it (shared/sync/authority.ts): those it is about, or somebody who settles for others. */
function settlesOf(engine: Engine, conflict: Conflict): ConflictCard['settles'] {
  const { role } = readGrant(engine.db);
  if (role === 'auditor') return 'none';
  if (settlesForOthers(role)) return 'all';
  const own = conflict.incarnation === engine.incarnation || conflict.mine_actor === engine.actor();
  if (conflict.kind === 'forbidden') return own ? 'withdraw' : 'none';
  return own || conflict.theirs_actor === engine.actor() ? 'all' : 'none';
}

export const OVERDUE_MS = OVERDUE_DAYS * 86_400_000;
/** A store of before did not say when it found a conflict: then the change itself tells the least. */
const raisedAt = (conflict: Conflict): number => conflict.raised_at ?? conflict.mine_at;

const momentOf = (actor: string, at: number, unc_ms: number, wall: number | null): ClashMoment => ({
  actor,
  at,
  unc_ms,
  off_ms: wall === null ? null : wall - at,
});

function editable(conflict: Conflict): string[] {
  if (conflict.kind === 'unique')
    return uniqueRules.filter(({ name }) => name === conflict.rule).map(({ field }) => field);
  // What was not done may meanwhile ask for a key that is taken: then another one is the way out.
  if (conflict.kind === 'deleted' || conflict.kind === 'parent' || conflict.kind === 'dependent')
    return uniqueRules
      .filter(({ table, field }) => table === conflict.tbl && asked(conflict, field))
      .map(({ field }) => field);
  return conflict.kind === 'field' || conflict.kind === 'soft' || conflict.kind === 'note'
    ? fieldsOf(conflict).map(({ field }) => field)
    : [];
}

const asked = (conflict: Conflict, field: string): boolean =>
  fieldsOf(conflict).some((each) => each.field === field && each.mine !== null);

/** What waits stands below what it waits for, however close their times are. */
const openSql = (where: string): string => `
  WITH RECURSIVE line(id, at, root, depth) AS (
    SELECT c.id, c.mine_at, c.id, 0 FROM conflicts c LEFT JOIN conflicts p ON p.id = c.parent_id
    WHERE c.state = 'open' AND c.deleted_at IS NULL AND (p.id IS NULL OR p.state <> 'open')
    UNION ALL
    SELECT c.id, line.at, line.root, line.depth + 1 FROM conflicts c JOIN line ON c.parent_id = line.id
    WHERE c.state = 'open' AND c.deleted_at IS NULL
  )
  SELECT c.* FROM line JOIN conflicts c ON c.id = line.id WHERE ${where}
  ORDER BY line.at, line.root, line.depth, c.mine_at, c.id LIMIT ? OFFSET ?`;
const doneSql = (where: string): string => `
  SELECT c.* FROM conflicts c WHERE ${where} ORDER BY COALESCE(c.resolved_at, c.mine_at) DESC, c.id LIMIT ? OFFSET ?`;

interface Which {
  readonly sql: string;
  readonly params: (string | number)[];
}
/** The conflicts of a state that fit a filter; `c` is the conflict. */
export function whichOf(engine: Engine, state: string, filter: ConflictFilter): Which {
  const parts = ['c.deleted_at IS NULL', 'c.state = ?'];
  const params: (string | number)[] = [state];
  const and = (part: string, ...values: (string | number)[]): void => {
    parts.push(part);
    params.push(...values);
  };
  if (filter.kind) and('c.kind = ?', filter.kind);
  if (filter.rule) and('c.rule = ?', filter.rule);
  if (filter.table) and('c.tbl = ?', filter.table);
  if (filter.author) and('c.mine_actor = ?', filter.author);
  if (filter.mine) and(MINE, engine.incarnation, engine.actor(), engine.actor());
  if (filter.overdue) and(`${RAISED} < ?`, Math.trunc(engine.clock.now()) - OVERDUE_MS);
  return { sql: parts.join(' AND '), params };
}
const MINE = '(c.incarnation = ? OR c.mine_actor = ? OR c.theirs_actor = ?)';
const RAISED = 'COALESCE(c.raised_at, c.mine_at)';

export function conflictRows(
  engine: Engine,
  { state, offset, limit, filter }: { state: string; offset: number; limit: number; filter: ConflictFilter },
): { rows: Conflict[]; total: number } {
  const { db } = engine;
  const { sql, params } = whichOf(engine, state, filter);
  const total = db.value<number>(`SELECT count(*) FROM conflicts c WHERE ${sql}`, ...params) ?? 0;
  const raws = db.all((state === 'open' ? openSql : doneSql)(sql), ...params, limit, offset);
  return { rows: raws.map((raw) => decode(conflicts, raw)), total };
}

/** What the conflicts of a state can be filtered by. */
export function facetsOf(engine: Engine, state: string) {
  const { db } = engine;
  const of = 'FROM conflicts c WHERE c.deleted_at IS NULL AND c.state = ?';
  const count = (filter: ConflictFilter): number => {
    const { sql, params } = whichOf(engine, state, filter);
    return db.value<number>(`SELECT count(*) FROM conflicts c WHERE ${sql}`, ...params) ?? 0;
  };
  return {
    kinds: db.all<{ kind: ConflictCard['kind']; rule: string | null; n: number }>(
      `SELECT kind, CASE WHEN kind IN ('unique', 'approval') THEN rule END AS rule, count(*) AS n ${of} GROUP BY 1, 2 ORDER BY n DESC`,
      state,
    ),
    tables: db.all<{ table: string; n: number }>(
      `SELECT tbl AS "table", count(*) AS n ${of} GROUP BY 1 ORDER BY n DESC`,
      state,
    ),
    authors: db.all<{ author: string; n: number }>(
      `SELECT mine_actor AS author, count(*) AS n ${of} GROUP BY 1 ORDER BY n DESC LIMIT 50`,
      state,
    ),
    mine: count({ mine: true }),
    overdue: state === 'open' ? count({ overdue: true }) : 0,
  };
}

/** Cards as the review shows them, and the names of what their values point to. */
export function cardsOf(
  engine: Engine,
  rows: readonly Conflict[],
): { cards: ConflictCard[]; refs: Record<string, string> } {
  const cards = rows.map((conflict) => cardOf(engine, conflict));
  const refs: Record<string, string> = {};
  for (const card of cards) nameRefs(engine.db, card, refs);
  return { cards, refs };
}

function nameRefs(db: ReadDb, { table, fields }: ConflictCard, refs: Record<string, string>): void {
  const type = recordOf(table);
  for (const { field, base, mine, theirs } of fields) {
    const declared = type?.fields[field];
    if (declared?.kind !== 'ref') continue;
    for (const id of [base, mine, theirs]) if (typeof id === 'string') refs[id] ??= refText(db, declared.table, id);
  }
}
