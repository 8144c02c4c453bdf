/** What a person needs to settle a conflict: who holds what since when and where, what was seen on the network, and the ways out. */
import type { ConflictCard } from '../../../../shared/features/sync.ts';
import { stepsTo } from '../../../../shared/features/tickets/steps.ts';
import type { TicketState } from '../../../../shared/features/tickets.ts';
import { isRefusal } from '../../../../shared/refusal.ts';
import type { ReadDb } from '../../db.ts';
import type { Engine } from '../../engine.ts';
import { cardsOf, opsOf, type Conflict } from '../../sync/cards.ts';
import { refText, titleOf } from '../../titles.ts';
import { heirOf } from '../assets/merge.ts';
import { nextIp } from '../ipam/law.ts';
import { needSubnet } from '../ipam/plan.ts';

type Cards = ReturnType<typeof cardsOf>;

/** The cards of these conflicts with everything that only the features know. */
export function cardsWithWays(engine: Engine, rows: readonly Conflict[]): Cards {
  const { cards, refs } = cardsOf(engine, rows);
  const wanted = cards.map((card, index) => withWays(engine, card, rows[index] as Conflict));
  return { cards: wanted, refs };
}

function withWays(engine: Engine, card: ConflictCard, conflict: Conflict): ConflictCard {
  const { db } = engine;
  return {
    ...card,
    holder: card.holder ? { ...card.holder, ...tenureOf(db, card.holder.table, card.holder.id) } : null,
    heir: heirTitle(db, conflict),
    ...(card.state === 'open'
      ? { seen: seenOf(db, card), next_ip: nextFor(engine, card, conflict), way: wayOf(db, card) }
      : {}),
  };
}

/** Since when, where and whose: a binding knows all of it, any other record when it was made. */
function tenureOf(
  db: ReadDb,
  table: string,
  id: string,
): { since: number | null; place: string | null; person: string | null } {
  const row =
    table === 'bindings' || table === 'assets' ? db.get(`SELECT * FROM ${table} WHERE id = ?`, id) : undefined;
  const text = (column: string, of: string): string | null =>
    row && typeof row[column] === 'string' ? refText(db, of, row[column]) : null;
  const made = db.value<number>(
    "SELECT c.at FROM _ops o JOIN _commits c ON c.ord = o.commit_ord WHERE o.row_id = ? AND o.op = 'insert' ORDER BY o.ord LIMIT 1",
    id,
  );
  return {
    since: (table === 'bindings' ? (row?.['opened_at'] as number | undefined) : undefined) ?? made ?? null,
    place: text('location_id', 'locations'),
    person: text(table === 'bindings' ? 'person_id' : 'user_id', 'people'),
  };
}

function heirTitle(db: ReadDb, conflict: Conflict): ConflictCard['heir'] {
  const gone = goneAsset(conflict);
  const heir = gone === null ? null : heirOf(db, gone);
  return heir === null ? null : { table: 'assets', id: heir, title: titleOf(db, 'assets', heir)?.title ?? '' };
}

/** The removed asset that a conflict is about: its own record, or the one that its record would hang on. */
export function goneAsset(conflict: Conflict): string | null {
  if (conflict.kind === 'deleted' && conflict.tbl === 'assets') return conflict.row_id;
  return conflict.kind === 'parent' && conflict.rule === 'assets' ? conflict.holder_id : null;
}

/** The last time that anything answered at the address, or that the card was seen anywhere. */
function seenOf(db: ReadDb, card: ConflictCard): ConflictCard['seen'] {
  if (card.kind !== 'unique' || card.table !== 'bindings') return null;
  const field = card.rule === 'binding_mac' ? 'mac' : 'ip';
  const other = field === 'ip' ? 'mac' : 'ip';
  const wanted = card.fields.find((each) => each.field === field)?.mine;
  if (typeof wanted !== 'string') return null;
  const last = db.get<{ seen_at: number; ip: string; mac: string }>(
    `SELECT seen_at, ip, mac FROM _sightings WHERE ${field} = ? AND proof <> 'cache' ORDER BY seen_at DESC LIMIT 1`,
    wanted,
  );
  if (!last) return null;
  const theirs = card.holder
    ? db.value<string | null>(`SELECT ${other} FROM bindings WHERE id = ?`, card.holder.id)
    : null;
  // A value that both have stands in no field of its own.
  const mine = card.fields.find((each) => each.field === other)?.mine ?? theirs;
  const whose = last[other] === theirs ? 'theirs' : last[other] === mine ? 'mine' : 'other';
  return { at: last.seen_at, ip: last.ip, mac: last.mac, whose };
}

/** What the subnet would give out instead of the address that is taken; null where there is none left or no plan. */
function nextFor(engine: Engine, card: ConflictCard, conflict: Conflict): string | null {
  if (card.rule !== 'binding_ip' || card.kind !== 'unique') return null;
  const op = opsOf(conflict).find(({ id }) => id === conflict.row_id);
  const subnet =
    op && 'values' in op
      ? op.values['subnet_id']
      : engine.db.value<string>('SELECT subnet_id FROM bindings WHERE id = ?', conflict.row_id);
  if (typeof subnet !== 'string') return null;
  try {
    return nextIp(engine.db, needSubnet(engine.db, subnet), engine.today()).ip;
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

function wayOf(db: ReadDb, card: ConflictCard): ConflictCard['way'] {
  if (card.kind !== 'step') return null;
  const now = db.value<TicketState>('SELECT state FROM tickets WHERE id = ? AND deleted_at IS NULL', card.row_id);
  const goal = card.fields.find(({ field }) => field === 'state')?.mine as TicketState | undefined;
  const steps = now && goal ? stepsTo(now, goal) : null;
  if (!steps) return 'none';
  return steps[0] === 'reopen' ? 'reopen' : 'open';
}
