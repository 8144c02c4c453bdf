/** What is in a notebook's file, in numbers: two files with the same facts hold the same rows and the same end of the commit log. */
import type Database from 'better-sqlite3';

export interface Facts {
  readonly version: number;
  /** Rows of every table, removed ones included. */
  readonly tables: Record<string, number>;
  /** The last commit of every incarnation. */
  readonly heads: Record<string, { readonly mut_no: number; readonly sha256: string }>;
}

/** The search index has tables of its own; it is made anew from the rest. */
const COUNTED =
  "type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_fts%' ESCAPE '\\' AND name NOT LIKE '\\_keys%' ESCAPE '\\'";

export function factsOf(db: Database.Database): Facts {
  const names = db.prepare(`SELECT name FROM sqlite_master WHERE ${COUNTED} ORDER BY name`).pluck().all() as string[];
  const count = (name: string): number => Number(db.prepare(`SELECT count(*) FROM "${name}"`).pluck().get());
  const heads = db
    .prepare(
      'SELECT incarnation, mut_no, sha256 FROM _commits c WHERE mut_no = (SELECT max(mut_no) FROM _commits d WHERE d.incarnation = c.incarnation) ORDER BY incarnation',
    )
    .all() as { incarnation: string; mut_no: number; sha256: string }[];
  return {
    version: Number(db.pragma('user_version', { simple: true })),
    tables: Object.fromEntries(names.map((name) => [name, count(name)])),
    heads: Object.fromEntries(heads.map(({ incarnation, mut_no, sha256 }) => [incarnation, { mut_no, sha256 }])),
  };
}

export const sameFacts = (a: Facts, b: Facts): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Every commit that `a` ends with is in `b`, unaltered or followed by more. */
export const isBehind = (a: Facts, b: Facts): boolean =>
  Object.entries(a.heads).every(([incarnation, { mut_no }]) => mut_no <= (b.heads[incarnation]?.mut_no ?? 0));
