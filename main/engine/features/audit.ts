/** The audit trail over the commit log and the refused attempts. */
import type { AuditEntry } from '../../../shared/features/audit.ts';
import { sha256, verifyChain } from '../commits.ts';
import type { ReadDb } from '../db.ts';
import { os } from '../rpc.ts';

interface Line extends Omit<AuditEntry, 'success'> {
  success: number;
}

const DONE = `SELECT c.at, c.actor, c.command, c.reason, 1 AS success,
    (SELECT group_concat(n || ' ' || tbl, ', ') FROM (SELECT tbl, count(*) AS n FROM _ops WHERE commit_ord = c.ord GROUP BY tbl)) AS detail,
    c.batch, c.incarnation, c.mut_no AS number, c.seq FROM _commits c`;
const REFUSED = `SELECT at, actor, command, NULL AS reason, 0 AS success, code || ' ' || params AS detail, NULL AS batch, '' AS incarnation, number, NULL AS seq FROM _refused`;

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
    const source = input.failures ? REFUSED : `${DONE} UNION ALL ${REFUSED}`;
    const rows = db.all<Line>(`${source} ORDER BY at DESC, number DESC LIMIT ? OFFSET ?`, input.limit, input.offset);
    const refused = db.value<number>('SELECT count(*) FROM _refused') ?? 0;
    const done = input.failures ? 0 : (db.value<number>('SELECT count(*) FROM _commits') ?? 0);
    return {
      rows: rows.map((row) => ({ ...row, detail: row.detail ?? '', success: row.success === 1 })),
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
