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
    dependants:
      db.value<number>("SELECT count(*) FROM conflicts WHERE parent_id = ? AND state = 'open'", conflict.id) ?? 0,
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
  return conflict.kind === 'field' || conflict.kind === 'soft' || conflict.kind === 'note'
    ? fieldsOf(conflict).map(({ field }) => field)
    : [];
}

export function listConflicts(
  engine: Engine,
  { state, offset, limit }: { state: string; offset: number; limit: number },
): { cards: ConflictCard[]; total: number; refs: Record<string, string> } {
  const { db } = engine;
  const total = db.value<number>('SELECT count(*) FROM conflicts WHERE state = ? AND deleted_at IS NULL', state) ?? 0;
  const order = state === 'open' ? 'mine_at' : 'COALESCE(resolved_at, mine_at) DESC';
  const raws = db.all(
    `SELECT * FROM conflicts WHERE state = ? AND deleted_at IS NULL ORDER BY ${order}, id LIMIT ? OFFSET ?`,
    state,
    limit,
    offset,
  );
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
