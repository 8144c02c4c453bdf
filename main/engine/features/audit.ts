/** The audit trail over the commit log and the refused attempts. */
import type { AuditEntry } from '../../../shared/features/audit.ts';
import { sha256, verifyChain } from '../commits.ts';
import type { ReadDb } from '../db.ts';
import { os } from '../rpc.ts';
import { hasTitles, titleOf } from '../titles.ts';

/** One page of both logs, by their keys alone: each side comes in the order of its index and the two are merged. */
const PAGE = `SELECT ord, at, 1 AS success FROM _commits WHERE hidden IS NOT 1 UNION ALL SELECT number, at, 0 FROM _refused
  ORDER BY at DESC, ord DESC LIMIT ? OFFSET ?`;
const PAGE_REFUSED = 'SELECT number AS ord, at, 0 AS success FROM _refused ORDER BY number DESC LIMIT ? OFFSET ?';
const DONE = 'SELECT at, actor, command, reason, batch, incarnation, mut_no AS number, seq FROM _commits WHERE ord = ?';
const REFUSED = `SELECT at, actor, command, NULL AS reason, code || ' ' || params AS detail, NULL AS batch, '' AS incarnation,
  number, NULL AS seq FROM _refused WHERE number = ?`;
const TOUCHED = 'SELECT tbl AS "table", row_id AS id FROM _ops WHERE commit_ord = ? ORDER BY ord';

/** What a commit touched: its first record with a name, how many more of them, and every table with its operations. */
function touchedBy(db: ReadDb, ord: number): Pick<AuditEntry, 'detail' | 'record' | 'more'> {
  const operations = new Map<string, number>();
  const named = new Set<string>();
  let record: AuditEntry['record'] = null;
  for (const { table, id } of db.all<{ table: string; id: string }>(TOUCHED, ord)) {
    operations.set(table, (operations.get(table) ?? 0) + 1);
    if (!hasTitles(table)) continue;
    named.add(id);
    if (record === null) {
      const title = titleOf(db, table, id)?.title;
      const removed = db.value<number | null>(`SELECT deleted_at FROM ${table} WHERE id = ?`, id) ?? null;
      if (title) record = { table, id, title, removed: removed !== null };
    }
  }
  return {
    detail: [...operations].map(([table, n]) => `${n} ${table}`).join(', '),
    record,
    more: record === null ? 0 : named.size - 1,
  };
}

/** Walks the chain of refused attempts, as `verifyChain` walks that of commits. */
function verifyRefused(db: ReadDb): { checked: number; broken: string | null } {
  let prev = '';
  let checked = 0;
  for (const row of db.iterate<{
    number: number;
    at: number;
    actor: string;
    command: string;
    code: string;
    params: string;
    prev: string;
    sha256: string;
  }>('SELECT * FROM _refused ORDER BY number')) {
    checked += 1;
    const hash = sha256([prev, row.at, row.actor, row.command, row.code, row.params].join('\n'));
    if (row.number !== checked || row.prev !== prev || row.sha256 !== hash)
      return { checked, broken: `refused-${row.number}` };
    prev = row.sha256;
  }
  return { checked, broken: null };
}

export const auditRouter = os.audit.router({
  list: os.audit.list.handler(({ input, context }) => {
    const { db } = context.engine;
    const page = db.all<{ ord: number; success: number }>(
      input.failures ? PAGE_REFUSED : PAGE,
      input.limit,
      input.offset,
    );
    const refused = db.value<number>('SELECT count(*) FROM _refused') ?? 0;
    const done = input.failures ? 0 : (db.value<number>('SELECT count(*) FROM _commits WHERE hidden IS NOT 1') ?? 0);
    return {
      rows: page.flatMap(({ ord, success }): AuditEntry[] => {
        if (success === 0) {
          const line = db.get<Omit<AuditEntry, 'success' | 'record' | 'more'>>(REFUSED, ord);
          return line ? [{ ...line, success: false, record: null, more: 0 }] : [];
        }
        const line = db.get<Omit<AuditEntry, 'success' | 'record' | 'more' | 'detail'>>(DONE, ord);
        return line ? [{ ...line, success: true, ...touchedBy(db, ord) }] : [];
      }),
      total: refused + done,
    };
  }),
  verify: os.audit.verify.handler(({ context }) => {
    const { db } = context.engine;
    const chains = db
      .all<{ incarnation: string }>('SELECT DISTINCT incarnation FROM _commits')
      .map(({ incarnation }) => verifyChain(db, incarnation));
    const all = [...chains, verifyRefused(db)];
    const broken = all.find((chain) => chain.broken !== null)?.broken ?? null;
    return { ok: broken === null, checked: all.reduce((sum, chain) => sum + chain.checked, 0), broken };
  }),
});
