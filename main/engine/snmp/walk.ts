/**
 * Walks columns of a table with every bound of security.md X7. A table is the device's word: it may be unsorted (TP-Link), go round in
 * circles, never end, or stop half-way; whatever came is kept, and the state says how it ended. Where X7 wants OIDs to grow, a walk here
 * wants every line to be new: an agent that gives smaller ones walks its list by place, so its table is whole when it ends by itself.
 */
import type { TableState } from './reading.ts';
import { NoAnswer, type Session, type Varbind } from './session.ts';

export type Value = Exclude<Varbind['value'], null>;
/** `absent`: the device has no such table, or an empty one: SNMP cannot tell the two apart. */
export type WalkState = 'read' | 'absent' | 'cut' | 'failed';
export interface Walked {
  readonly state: WalkState;
  /** By the index (`10.0.28.115.195.11.65`): the values in the order of the columns asked for. */
  readonly rows: ReadonlyMap<string, Cells>;
}
export type Cells = readonly (Value | undefined)[];

/** X7 says 10,000 a device; a core switch with 20,000 MACs and as many ARP lines needs ten times that, and each table has its own bound. */
const MAX_VARBINDS = 120_000;
/** OIDs and values as they came, so that few and huge lines end as many do. */
const MAX_BYTES = 32 * 2 ** 20;
/** SMIv2 knows 128 numbers in an OID, ten digits each at most. */
const MAX_OID = 128 * 11;
const WALK_MS = 60_000;
const DEVICE_MS = 120_000;
/**
 * Objects asked for in one question. 60 come back in about 1.8 KB; what loses fragments or chokes is asked for less, then one by one.
 * The first question of a table is one of the second kind: most tables of most devices are not there.
 */
const PACES = [60, 15, 1] as const;

interface Cursor {
  readonly base: string;
  readonly column: number;
  last: string;
  done: boolean;
}

export class Walker {
  readonly session: Session;
  varbinds = 0;
  #bytes = 0;
  #pace = 0;
  #gone = false;
  readonly #until = performance.now() + DEVICE_MS;

  constructor(session: Session) {
    this.session = session;
  }

  async get(oids: readonly string[]): Promise<Varbind[]> {
    const lines = await this.session.get(oids);
    this.#count(lines);
    return lines;
  }

  /** Throws only `stopped`, before anything came. `columns` are whole OIDs, of one index; `maxRows` bounds the table. */
  async walk(columns: readonly string[], maxRows: number, session = this.session): Promise<Walked> {
    const rows = new Map<string, (Value | undefined)[]>();
    const cursors = columns.map((base, column): Cursor => ({ base, column, last: base, done: false }));
    const until = Math.min(this.#until, performance.now() + WALK_MS);
    const pace = this.#pace;
    let whole = true;
    let alone = false;
    let first = true;
    const paceNow = (): number => (first ? Math.max(this.#pace, 1) : this.#pace);
    while (cursors.some(({ done }) => !done)) {
      if (this.#gone) return { state: rows.size > 0 ? 'cut' : 'failed', rows };
      if (performance.now() > until || this.varbinds >= MAX_VARBINDS || this.#bytes >= MAX_BYTES) {
        whole = false;
        break;
      }
      const open = cursors.filter(({ done }) => !done).slice(0, alone ? 1 : undefined);
      let lists: Varbind[][];
      try {
        lists = await session.next(
          open.map(({ last }) => last),
          Math.max(1, Math.floor((PACES[paceNow()] ?? 1) / open.length)),
        );
      } catch (error) {
        const { why } = error as NoAnswer;
        // what came is kept; the next table's first question says `stopped` again
        if (why === 'stopped' && rows.size > 0) return { state: 'cut', rows };
        if (why === 'stopped') throw error;
        // an agent may hang on one table only, or the cable is pulled: a small question tells
        if ((why === 'silent' || why === 'closed') && !(await this.#stillThere()))
          return { state: rows.size > 0 ? 'cut' : 'failed', rows };
        if (why === 'nothing' && open.length === 1 && open[0]) open[0].done = true;
        else if (why === 'nothing') alone = true;
        else if (paceNow() < PACES.length - 1) this.#pace = paceNow() + 1;
        // columns that do not fit into one reply, or one of which the agent cannot give
        else if (open.length > 1 && why !== 'silent' && why !== 'closed') alone = true;
        else {
          this.#pace = pace;
          return { state: rows.size > 0 ? 'cut' : 'failed', rows };
        }
        continue;
      }
      first = false;
      // a reply may be full before every column has its line; one without any line is the end
      const some = lists.some((lines) => lines.length > 0);
      for (const [at, cursor] of open.entries()) {
        const lines = lists[at] ?? [];
        if (some && lines.length === 0) continue;
        if (!this.#take(cursor, lines, rows, columns.length, maxRows)) whole = false;
      }
    }
    const all = rows.size === 0 ? 'absent' : 'read';
    return { state: whole ? all : 'cut', rows };
  }

  /** False when the lines prove that the table cannot be trusted to be whole. */
  #take(
    cursor: Cursor,
    lines: readonly Varbind[],
    rows: Map<string, (Value | undefined)[]>,
    width: number,
    maxRows: number,
  ): boolean {
    this.#count(lines);
    const inside = `${cursor.base}.`;
    let honest = true;
    let fresh = 0;
    for (const { oid, value, none } of lines) {
      if (none || !oid.startsWith(inside)) {
        cursor.done = true;
        return honest;
      }
      const index = oid.slice(inside.length);
      const row = rows.get(index);
      if (oid.length > MAX_OID || row?.[cursor.column] !== undefined || value === null) {
        honest = false;
        continue;
      }
      if (!row && rows.size >= maxRows) {
        cursor.done = true;
        return false;
      }
      const cells = row ?? Array.from<Value | undefined>({ length: width });
      if (!row) rows.set(index, cells);
      cells[cursor.column] = value;
      fresh++;
      cursor.last = oid;
    }
    if (fresh > 0) return honest;
    cursor.done = true;
    return false;
  }

  #count(lines: readonly Varbind[]): void {
    this.varbinds += lines.length;
    for (const { oid, value } of lines)
      this.#bytes += oid.length + (typeof value === 'number' || value === null ? 8 : value.length);
  }

  async #stillThere(): Promise<boolean> {
    try {
      await this.session.get(['1.3.6.1.2.1.1.3.0']);
    } catch (error) {
      const { why } = error as NoAnswer;
      if (why === 'stopped') throw error;
      this.#gone = why === 'silent' || why === 'closed';
    }
    return !this.#gone;
  }
}

/** The state of several tables taken as one: an empty part takes nothing from a whole. */
export function joined(states: readonly TableState[]): TableState {
  if (states.every((state) => state === 'absent')) return 'absent';
  if (states.every((state) => state === 'failed')) return 'failed';
  return states.every((state) => state === 'read' || state === 'absent') ? 'read' : 'cut';
}
