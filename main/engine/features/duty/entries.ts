/** Entries of the duty log: written once, read with what struck them out. All SQL of the table. */
import {
  dutyEntries,
  shiftAt,
  type DutyEntry,
  type DutyEvidence,
  type DutyKind,
  type Shift,
} from '../../../../shared/features/duty.ts';
import { dayOf } from '../../../../shared/day.ts';
import type { RowOf } from '../../../../shared/record.ts';
import { readCalendar } from '../../calendar.ts';
import { decode } from '../../codec.ts';
import type { Bind, ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import type { Engine } from '../../engine.ts';

type Row = RowOf<typeof dutyEntries>;
export interface Written {
  readonly kind: DutyKind;
  readonly text: string;
  readonly ok?: boolean | null;
  readonly security?: boolean;
  readonly evidence?: DutyEvidence | null;
  readonly voids_id?: string | null;
  /** Another than the moment says: of an entry written in later. */
  readonly day?: string | undefined;
  readonly shift?: Shift | undefined;
}

export const shiftNow = (engine: Engine): Shift => shiftAt(readCalendar(engine.db), engine.clock.now());

/** Adds an entry under the acting technician's name. */
export function writeEntry(tx: WriteDb, engine: Engine, written: Written): Row {
  const at = Math.trunc(engine.clock.now());
  return tx.append(dutyEntries, {
    day: written.day ?? dayOf(at),
    at,
    shift: written.shift ?? shiftNow(engine),
    author: engine.actor(),
    kind: written.kind,
    text: written.text,
    ok: written.ok ?? null,
    security: written.security ?? false,
    evidence: written.evidence ? JSON.stringify(written.evidence) : null,
    voids_id: written.voids_id ?? null,
  });
}

/** The entry that strikes this one out. Should two laptops have done so, the earlier one counts. */
export function voidOf(db: ReadDb, id: string): Row | null {
  const raw = db.get(
    'SELECT * FROM duty_entries WHERE voids_id = ? AND deleted_at IS NULL ORDER BY at, id LIMIT 1',
    id,
  );
  return raw ? decode(dutyEntries, raw) : null;
}
export function withVoid(db: ReadDb, row: Row): DutyEntry {
  const struck = voidOf(db, row.id);
  return { ...row, voided: struck && { at: struck.at, by: struck.author, reason: struck.text } };
}
const read = (db: ReadDb, where: string, ...params: Bind[]): DutyEntry[] =>
  db
    .all(`SELECT * FROM duty_entries WHERE deleted_at IS NULL AND kind <> 'void' AND ${where}`, ...params)
    .map((raw) => withVoid(db, decode(dutyEntries, raw)));

export const entriesOn = (db: ReadDb, day: string): DutyEntry[] => read(db, 'day = ? ORDER BY at, id', day);

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');
export function findEntries(
  db: ReadDb,
  wish: { text: string; kinds: readonly DutyKind[]; security: boolean; limit: number },
): DutyEntry[] {
  const parts = ['1'];
  const params: Bind[] = [];
  if (wish.text.trim() !== '') {
    const like = `%${escapeLike(wish.text.trim())}%`;
    parts.push("(text LIKE ? ESCAPE '\\' OR author LIKE ? ESCAPE '\\')");
    params.push(like, like);
  }
  if (wish.kinds.length > 0) {
    parts.push(`kind IN (${wish.kinds.map(() => '?').join(', ')})`);
    params.push(...wish.kinds);
  }
  if (wish.security) parts.push('security = 1');
  return read(db, `${parts.join(' AND ')} ORDER BY day DESC, at DESC, id DESC LIMIT ?`, ...params, wish.limit);
}
