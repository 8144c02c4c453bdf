/** Copies that were handed in: listed with their receipts, opened, compared, and made into their workbook again. */
import { receipts } from '../../../shared/features/reports.ts';
import type { Submission } from '../../../shared/features/submissions.ts';
import { forms, formSpecs } from '../../../shared/features/transfer/forms.ts';
import { refuse } from '../../../shared/refusal.ts';
import type { ReadDb } from '../db.ts';
import type { Engine } from '../engine.ts';
import { os } from '../rpc.ts';
import { receiptOf, writeReceipt } from './reports/receipts.ts';
import { Delta } from './transfer/delta.ts';
import { exportSubmission } from './transfer/export.ts';
import { formRows, type FormRow } from './transfer/form-rows.ts';
import { clockOf } from './transfer/register-clock.ts';
import { copyOf, submissionsOf } from './transfer/submissions.ts';

function all(db: ReadDb): Submission[] {
  return forms
    .flatMap((form) => submissionsOf(db, form).map((each) => ({ ...each, form, receipt: receiptOf(db, each.id) })))
    .toSorted((a, b) => b.made_at - a.made_at);
}
function one(db: ReadDb, id: string): Submission {
  const found = all(db).find((each) => each.id === id);
  if (!found) throw refuse('not_found');
  return found;
}

async function compared(engine: Engine, olderId: string, newerId: string | null) {
  const { db } = engine;
  const older = one(db, olderId);
  const newer = newerId === null ? null : one(db, newerId);
  if (newer && newer.form !== older.form) throw refuse('compare_forms');
  if (newer && newer.made_at < older.made_at) throw refuse('compare_order');
  const delta = new Delta(db, formSpecs[older.form], copyOf(db, olderId), newer?.made_at ?? engine.clock.now());
  if (newer)
    for (const [id, values] of copyOf(db, newer.id).rows)
      delta.mark({ id, values, of: [id], building: '' } satisfies FormRow);
  else
    for await (const batch of formRows(db, older.form, { filter: [], sort: [] }).batches)
      for (const row of batch) delta.mark(row);
  delta.gone(() => '');
  return { older, newer, counts: delta.counts, changes: delta.changes };
}

export const submissionsRouter = os.submissions.router({
  list: os.submissions.list.handler(({ context: { engine } }) => all(engine.db)),
  open: os.submissions.open.handler(({ input: { id, text, offset, limit }, context: { engine } }) => {
    const copy = copyOf(engine.db, id);
    const wanted = text.trim().toLowerCase();
    const rows = [...copy.rows.values()].filter(
      (values) =>
        wanted === '' ||
        values.some((value) =>
          String(value ?? '')
            .toLowerCase()
            .includes(wanted),
        ),
    );
    return {
      submission: one(engine.db, id),
      headers: formSpecs[copy.form].columns.map(({ header }) => header),
      rows: rows.slice(offset, offset + limit).map((values) => [...values]),
      total: rows.length,
    };
  }),
  compare: os.submissions.compare.handler(({ input, context: { engine } }) =>
    compared(engine, input.older, input.newer),
  ),
  file: os.submissions.file.handler(({ input, context: { engine }, signal }) =>
    exportSubmission(engine, input.id, signal),
  ),
  receive: os.submissions.receive.handler(({ input, context: { engine } }) =>
    engine.command('submissions.receive', (tx) => {
      one(tx, input.id);
      writeReceipt(tx, input.id, input.receipt);
      return tx.need(receipts, receiptOf(tx, input.id)?.id ?? '');
    }),
  ),
  clock: os.submissions.clock.handler(({ context: { engine } }) => clockOf(engine)),
});
