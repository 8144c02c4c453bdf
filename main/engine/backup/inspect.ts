/** Looks into a file that somebody wants to restore, without touching the notebook: is it ours, whole, not too new, and what would be lost? */
import Database from 'better-sqlite3';
import { refuse } from '../../../shared/refusal.ts';
import type { Setup } from '../../../shared/features/system.ts';
import { verifyChain } from '../commits.ts';
import { ReadDb } from '../db.ts';
import { codeOf, diskRefusal } from '../disk-errors.ts';
import { migrations } from '../migrations/index.ts';
import { readSetting } from '../settings.ts';
import { factsOf, type Facts } from './facts.ts';

export interface Inspected {
  readonly facts: Facts;
  readonly setup: Setup | null;
  readonly last_at: number | null;
  /** Every chain of the commit log verifies. */
  readonly intact: boolean;
  /** Live records by table. */
  readonly counts: Record<string, number>;
}

const LATEST = 8;

/** Refuses with a sentence of its own what cannot be restored. Opens the file read-only. */
export function inspectFile(file: string): Inspected {
  let db: Database.Database | undefined;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true });
    return lookInto(db);
  } catch (error) {
    throw worded(error);
  } finally {
    db?.close();
  }
}

function worded(error: unknown): unknown {
  const code = codeOf(error);
  if (code === 'SQLITE_NOTADB') return refuse('backup_not_ours');
  return code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_IOERR') ? refuse('backup_damaged') : error;
}

function lookInto(raw: Database.Database): Inspected {
  const tables = new Set(raw.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all());
  if (!['_commits', '_ops', '_settings', 'assets'].every((name) => tables.has(name))) throw refuse('backup_not_ours');
  if (Number(raw.pragma('user_version', { simple: true })) > (migrations.at(-1)?.number ?? 0))
    throw refuse('backup_newer');
  if (raw.pragma('integrity_check(1)', { simple: true }) !== 'ok') throw refuse('backup_damaged');
  const db = new ReadDb(raw);
  const facts = factsOf(raw);
  const counts = Object.fromEntries(
    Object.keys(facts.tables)
      .filter((name) => !name.startsWith('_'))
      .map((name) => [name, db.value<number>(`SELECT count(*) FROM "${name}" WHERE deleted_at IS NULL`) ?? 0]),
  );
  return {
    facts,
    counts,
    setup: readSetting<Setup>(db, 'setup'),
    last_at: db.value<number | null>('SELECT max(at) FROM _commits') ?? null,
    intact: Object.keys(facts.heads).every((incarnation) => verifyChain(db, incarnation).broken === null),
  };
}

export interface Loss {
  /** The present notebook is damaged, so nobody can tell. */
  unknown: boolean;
  commits: number;
  unsent: number;
  latest: { at: number; actor: string; command: string }[];
}
/** What the present notebook has and the file has not, by the commit log. */
export function lossOf(present: ReadDb, inspected: Inspected): Loss {
  try {
    return countLoss(present, inspected);
  } catch (error) {
    if (diskRefusal(error, '')?.code !== 'database_damaged') throw error;
    return { unknown: true, commits: 0, unsent: 0, latest: [] };
  }
}

function countLoss(present: ReadDb, { facts }: Inspected): Loss {
  const missing = present
    .all<{ incarnation: string; n: number }>('SELECT incarnation, max(mut_no) AS n FROM _commits GROUP BY incarnation')
    .map(({ incarnation, n }) => ({ incarnation, from: facts.heads[incarnation]?.mut_no ?? 0, n }))
    .filter(({ from, n }) => n > from);
  const loss: Loss = { unknown: false, commits: 0, unsent: 0, latest: [] };
  for (const { incarnation, from } of missing) {
    const counted = present.get<{ n: number; unsent: number }>(
      'SELECT count(*) AS n, count(*) - count(seq) AS unsent FROM _commits WHERE incarnation = ? AND mut_no > ?',
      incarnation,
      from,
    );
    loss.commits += counted?.n ?? 0;
    loss.unsent += counted?.unsent ?? 0;
    loss.latest.push(
      ...present.all<Loss['latest'][number]>(
        'SELECT at, actor, command FROM _commits WHERE incarnation = ? AND mut_no > ? ORDER BY mut_no DESC LIMIT ?',
        incarnation,
        from,
        LATEST,
      ),
    );
  }
  loss.latest = loss.latest.toSorted((a, b) => b.at - a.at).slice(0, LATEST);
  return loss;
}
