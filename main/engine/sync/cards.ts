/** Conflicts as a person reviews them: both values with their names, who and when, and who holds what was asked for. */
import type { Op } from '../../../shared/commit.ts';
import type { ClashField, ConflictCard, conflicts as conflictType } from '../../../shared/features/sync.ts';
import { recordOf } from '../../../shared/records.ts';
import type { RowOf } from '../../../shared/record.ts';
import { uniqueRules } from '../../../shared/sync/invariants.ts';
import { decode } from '../codec.ts';
import type { ReadDb } from '../db.ts';
import type { Engine } from '../engine.ts';
import { refText, titleOf } from '../titles.ts';
import { conflicts } from '../../../shared/features/sync.ts';

export type Conflict = RowOf<typeof conflictType>;

export const opsOf = (conflict: Conflict): Op[] => JSON.parse(conflict.ops) as Op[];
export const fieldsOf = (conflict: Conflict): ClashField[] => JSON.parse(conflict.fields) as ClashField[];

/** A record that never came to be is called by what its author typed. */
function nameOf(db: ReadDb, conflict: Conflict): { title: string; subtitle: string } {
  const known = titleOf(db, conflict.tbl, conflict.row_id);
  if (known) return known;
  for (const op of opsOf(conflict)) {
    if (op.id !== conflict.row_id || !('values' in op)) continue;
    const words = ['number', 'tag', 'ip', 'name', 'hostname'].flatMap((name) => op.values[name] ?? []);
    if (words.length > 0) return { title: words.join(' · '), subtitle: '' };
  }
  return { title: conflict.row_id.slice(0, 8), subtitle: '' };
}

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
    rule: conflict.rule,
    fields: fieldsOf(conflict),
    holder: held && table && conflict.holder_id ? { table, id: conflict.holder_id, ...held } : null,
    dependants: db.value<number>(DEPENDANTS, conflict.id) ?? 0,
    waits:
      conflict.parent_id !== null &&
      db.value("SELECT 1 FROM conflicts WHERE id = ? AND state = 'open'", conflict.parent_id) !== undefined,
    own: conflict.incarnation === engine.incarnation || conflict.mine_actor === engine.actor(),
    mine: { actor: conflict.mine_actor, at: conflict.mine_at, unc_ms: conflict.mine_unc },
    theirs:
      conflict.theirs_actor === null || conflict.theirs_at === null
        ? null
        : { actor: conflict.theirs_actor, at: conflict.theirs_at },
    command: conflict.command,
    reason: conflict.reason,
    state: conflict.state,
    how: conflict.how,
    resolved_by: conflict.resolved_by,
    resolved_at: conflict.resolved_at,
    editable: editable(conflict),
  };
}

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
const OPEN = `
  WITH RECURSIVE line(id, at, root, depth) AS (
    SELECT c.id, c.mine_at, c.id, 0 FROM conflicts c LEFT JOIN conflicts p ON p.id = c.parent_id
    WHERE c.state = 'open' AND c.deleted_at IS NULL AND (p.id IS NULL OR p.state <> 'open')
    UNION ALL
    SELECT c.id, line.at, line.root, line.depth + 1 FROM conflicts c JOIN line ON c.parent_id = line.id
    WHERE c.state = 'open' AND c.deleted_at IS NULL
  )
  SELECT c.* FROM line JOIN conflicts c ON c.id = line.id ORDER BY line.at, line.root, line.depth, c.mine_at, c.id
  LIMIT ? OFFSET ?`;
const DONE = `
  SELECT * FROM conflicts WHERE state = ? AND deleted_at IS NULL
  ORDER BY COALESCE(resolved_at, mine_at) DESC, id LIMIT ? OFFSET ?`;

export function listConflicts(
  engine: Engine,
  { state, offset, limit }: { state: string; offset: number; limit: number },
): { cards: ConflictCard[]; total: number; refs: Record<string, string> } {
  const { db } = engine;
  const total = db.value<number>('SELECT count(*) FROM conflicts WHERE state = ? AND deleted_at IS NULL', state) ?? 0;
  const raws = state === 'open' ? db.all(OPEN, limit, offset) : db.all(DONE, state, limit, offset);
  const cards = raws.map((raw) => cardOf(engine, decode(conflicts, raw)));
  const refs: Record<string, string> = {};
  for (const card of cards) nameRefs(db, card, refs);
  return { cards, total, refs };
}

function nameRefs(db: ReadDb, { table, fields }: ConflictCard, refs: Record<string, string>): void {
  const type = recordOf(table);
  for (const { field, base, mine, theirs } of fields) {
    const declared = type?.fields[field];
    if (declared?.kind !== 'ref') continue;
    for (const id of [base, mine, theirs]) if (typeof id === 'string') refs[id] ??= refText(db, declared.table, id);
  }
}
