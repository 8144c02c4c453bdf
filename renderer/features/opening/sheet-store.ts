/** The rows of the batch being prepared. They outlive a look at another screen and F5: what was pasted and corrected is not lost. */
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { MOST_ROWS, type OpenField, type OpenInput, type OpenRow } from '../../../shared/features/opening.ts';
import { client } from '../../rpc.ts';
import { fromClipboard } from '../../ui/table/tsv.ts';

export interface Batch {
  readonly rows: readonly OpenRow[];
  readonly unknown: readonly string[];
  readonly blank: number;
  /** Rows beyond the most that one batch holds: counted, and asked for again. */
  readonly beyond: number;
  readonly subnet: string | null;
  readonly register: boolean;
  readonly identity: OpenInput['identity'];
  readonly reason: string;
  /** What was opened last: its batch, its rows as they stood here, and its bindings. */
  readonly opened: {
    readonly batch: string;
    readonly rows: readonly OpenRow[];
    readonly ids: readonly string[];
    readonly people: readonly string[];
    readonly left: number;
  } | null;
}
const empty = { rows: [], unknown: [], blank: 0, beyond: 0, opened: null } as const;
const start: Batch = { ...empty, subnet: null, register: true, identity: 'teacher', reason: '' };
/** In the window's own storage: gone with the window, and in no other. */
export const useBatch = create<Batch>()(
  persist(() => start, { name: 'lanbook.batch', storage: createJSONStorage(() => sessionStorage) }),
);

/** Reads what was pasted; returns how many rows it held. */
export async function paste(text: string): Promise<number> {
  const read = await client.opening.read({ text: fromClipboard(text) });
  const { unknown, blank } = read;
  if (read.rows.length > 0)
    useBatch.setState({
      ...empty,
      rows: read.rows.slice(0, MOST_ROWS),
      unknown,
      blank,
      beyond: Math.max(0, read.rows.length - MOST_ROWS),
    });
  return read.rows.length;
}
export const clear = (): void => void useBatch.setState(empty);

const change = (row: number, values: Partial<OpenRow>): void =>
  void useBatch.setState(({ rows }) => ({
    rows: rows.map((each) => (each.row === row ? { ...each, ...values } : each)),
  }));
/** Another name or department means another person: a choice made for the old one is forgotten. */
export const setCell = (row: number, field: OpenField, value: string): void =>
  change(row, { [field]: value, ...(field === 'name' || field === 'department' ? { person: null } : {}) });
export const choosePerson = (row: number, person: string): void => change(row, { person });
export const dropRow = (row: number): void =>
  void useBatch.setState(({ rows }) => ({ rows: rows.filter((each) => each.row !== row) }));

/** What was opened has been taken back: its rows stand here again, to be corrected and opened anew. */
export const backAgain = (): void =>
  void useBatch.setState(({ rows, opened }) => ({
    rows: [...rows, ...(opened?.rows ?? [])].toSorted((a, b) => a.row - b.row),
    opened: null,
  }));

export const inputOf = ({ rows, subnet, register, identity, reason }: Batch): OpenInput => ({
  rows: [...rows],
  subnet_id: subnet,
  register,
  identity,
  reason: reason.trim() || null,
});

/** Opens what is in order; the rest stays. */
export async function openNow(): Promise<{ batch: string; opened: number; left: number }> {
  const batch = useBatch.getState();
  const done = await client.opening.open(inputOf(batch));
  const left = new Set(done.left.map(({ row }) => row));
  useBatch.setState({
    rows: batch.rows.filter(({ row }) => left.has(row)),
    reason: '',
    opened: {
      batch: done.batch,
      rows: batch.rows.filter(({ row }) => !left.has(row)),
      ids: done.opened.map(({ id }) => id),
      people: [...new Set(done.opened.map((each) => each.person_id))],
      left: left.size,
    },
  });
  return { batch: done.batch, opened: done.opened.length, left: left.size };
}
