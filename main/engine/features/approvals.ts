/** Approvals recorded from paper: what was signed, by whom, and whether it still says what the record says. */
import {
  approvable,
  approvals,
  contentOf,
  nameOf,
  type ApprovalState,
  type Approvable,
} from '../../../shared/features/approvals.ts';
import type { Op } from '../../../shared/commit.ts';
import type { RowOf } from '../../../shared/record.ts';
import { refuse } from '../../../shared/refusal.ts';
import { changedFields } from '../../../shared/sync/approval.ts';
import { decode, type Stored } from '../codec.ts';
import { sha256 } from '../commits.ts';
import type { ReadDb } from '../db.ts';
import { readRow } from '../read-row.ts';
import { os } from '../rpc.ts';
import { typeOf } from '../rows.ts';

type Approval = RowOf<typeof approvals>;
type Values = Readonly<Record<string, Stored>>;

const rowsOf = (db: ReadDb, what: Approvable, id: string): Approval[] =>
  db
    .all(
      'SELECT * FROM approvals WHERE row_id = ? AND what = ? AND deleted_at IS NULL ORDER BY at DESC, id DESC',
      id,
      what,
    )
    .map((raw) => decode(approvals, raw));

const valuesOf = (db: ReadDb, what: Approvable, id: string): Values => readRow(db, typeOf(approvable[what].table), id);

interface Standing {
  readonly state: ApprovalState;
  readonly changed: string[];
  readonly rows: Approval[];
}
/** How a record stands: the newest signature counts, and only while what it was given for has not changed. */
export function standingOf(db: ReadDb, what: Approvable, id: string): Standing {
  const values = valuesOf(db, what, id);
  const rows = rowsOf(db, what, id);
  const newest = rows[0];
  if (!newest) return { state: 'none', changed: [], rows };
  if (newest.verdict === 'rejected') return { state: 'rejected', changed: [], rows };
  if (newest.content_sha256 === sha256(contentOf(what, values))) return { state: 'approved', changed: [], rows };
  return { state: 'void', changed: changedFields(newest.content, what, values).map(({ field }) => field), rows };
}

/** Who last changed what is approved, `name@machine`. */
function lastAuthor(db: ReadDb, what: Approvable, id: string): string | null {
  const fields: readonly string[] = approvable[what].fields;
  const lines = db.all<{ actor: string; body: string }>(
    "SELECT c.actor, o.body FROM _ops o JOIN _commits c ON c.ord = o.commit_ord WHERE o.row_id = ? AND o.op IN ('insert', 'patch') ORDER BY o.ord DESC",
    id,
  );
  const last = lines.find(({ body }) => {
    const op = JSON.parse(body) as Op;
    return op.op === 'insert' || (op.op === 'patch' && fields.some((field) => op.fields[field]));
  });
  return last?.actor ?? null;
}

export const approvalsRouter = os.approvals.router({
  of: os.approvals.of.handler(({ input, context: { engine } }) => standingOf(engine.db, input.what, input.id)),
  record: os.approvals.record.handler(({ input, context: { engine } }) =>
    engine.command('approvals.record', (tx) => {
      const { what, id, verdict, signer, signed_on } = input;
      if (signed_on > engine.today()) throw refuse('approval_future', { day: signed_on });
      const author = lastAuthor(tx, what, id);
      if (author !== null && nameOf(author) === signer) throw refuse('own_approval', { name: signer });
      const row = tx.need(typeOf(approvable[what].table), id);
      const content = contentOf(what, row);
      const made = tx.append(approvals, {
        tbl: approvable[what].table,
        row_id: id,
        what,
        target_rv: row.rv,
        content,
        content_sha256: sha256(content),
        verdict,
        signer,
        signed_on,
        approver: engine.actor(),
        at: Math.trunc(engine.clock.now()),
        note: input.note ?? null,
      });
      return { id: made.id };
    }),
  ),
});
