/** Backups of the notebook: verified snapshots, what a restore would lose, and the restore itself. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { call } from '../call.ts';
import { addDays, weekday } from '../day.ts';

export const backupKinds = ['daily', 'manual', 'import', 'replaced'] as const;
export type BackupKind = (typeof backupKinds)[number];

export const backup = z.object({
  /** Its file name; `replaced/…` for a notebook that a restore put aside. */
  name: z.string(),
  /** daily: by itself; manual: by hand; import: before a large import; replaced: put aside by a restore, never deleted. */
  kind: z.enum(backupKinds),
  taken_at: z.number(),
  size: z.number(),
  /** Opened and checked after it was written: sound pages, the same rows, the same end of the commit log. */
  verified: z.boolean(),
  rows: z.number().nullable(),
  commits: z.number().nullable(),
});
export type Backup = z.infer<typeof backup>;

/** What the present notebook has and the backup has not. */
export const loss = z.object({
  /** The present notebook is damaged, so nobody can tell. */
  unknown: z.boolean(),
  commits: z.int(),
  /** Of them, those that no central store has: they are gone but for the copy put aside. */
  unsent: z.int(),
  latest: z.array(z.object({ at: z.number(), actor: z.string(), command: z.string() })),
});
const counts = z.record(z.string(), z.int());

const problem = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  at: z.number(),
});
/** Base64 characters of one piece: 512 KiB of file, a multiple of four. */
export const BACKUP_PIECE_CHARS = 699_052;
const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);
const staged = z.uuid();

export const backupCalls = {
  /** Takes a verified snapshot now. */
  backup: call.output(backup),
  backups: call.output(
    z.object({ folder: z.string(), free: z.number(), backups: z.array(backup), problem: problem.nullable() }),
  ),
  /** Set when the notebook was found damaged at its start and a backup took over; until somebody has read it. */
  rescued: call.output(z.object({ at: z.number(), from: z.number(), aside: z.string() }).nullable()),
  rescueSeen: call.output(z.object({ seen: z.boolean() })),
  /** A backup to carry away, gzip, in pieces. */
  backupFile: call.input(z.object({ name: z.string().max(200) })).output(eventIterator(z.object({ data: base64 }))),
  /** Brings a file of the user's own, piece by piece: a downloaded backup or a bare database. The first call leaves out `staged` and gets one. */
  stageBackup: call
    .input(z.object({ staged: staged.optional(), data: base64.max(BACKUP_PIECE_CHARS) }))
    .output(z.object({ staged: z.string() })),
  /** Checks a backup of the list or a brought file, and says what a restore would bring and lose; `staged` then restores exactly this copy. */
  inspectBackup: call.input(z.object({ name: z.string().max(200).optional(), staged: staged.optional() })).output(
    z.object({
      staged: z.string(),
      unit: z.string().nullable(),
      technician: z.string().nullable(),
      last_at: z.number().nullable(),
      intact: z.boolean(),
      counts,
      loss,
    }),
  ),
  /** Puts a backup in place of the present notebook, which is put aside and never deleted. Without a source: the newest verified one. */
  restore: call
    .input(z.object({ name: z.string().max(200).optional(), staged: staged.optional() }))
    .output(z.object({ counts, loss, aside: z.string() })),
};

const DAYS = 7;
const WEEKS = 5;
const MONTHS = 12;

/**
 * Which of the dated backups are kept: the newest of each of the last 7 days, 5 weeks and 12 months that have any (security.md R4);
 * a verified one before a newer one that is not.
 */
export function kept<T extends { readonly day: string; readonly taken_at: number; readonly verified: boolean }>(
  backups: readonly T[],
): Set<T> {
  const newest = backups.toSorted((a, b) => b.taken_at - a.taken_at);
  const monday = ({ day }: T): string => addDays(day, 1 - weekday(day));
  const pick = (period: (backup: T) => string, count: number): T[] => {
    const first = new Map<string, T>();
    for (const each of newest) {
      const better = first.get(period(each));
      if (!better || (each.verified && !better.verified)) first.set(period(each), each);
    }
    return [...first.values()].slice(0, count);
  };
  return new Set([
    ...pick(({ day }) => day, DAYS),
    ...pick(monday, WEEKS),
    ...pick(({ day }) => day.slice(0, 7), MONTHS),
  ]);
}
