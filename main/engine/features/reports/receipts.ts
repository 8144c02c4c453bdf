/** Who took a paper that was handed in: one receipt for each frozen paper, corrected in place. */
import type { z } from 'zod';
import { receipts, type receiptInput } from '../../../../shared/features/reports.ts';
import type { RowOf } from '../../../../shared/record.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import { findRow } from '../../read-row.ts';

export function receiptOf(db: ReadDb, documentId: string): RowOf<typeof receipts> | null {
  const id = db.value<string>(
    'SELECT id FROM receipts WHERE document_id = ? AND deleted_at IS NULL ORDER BY id LIMIT 1',
    documentId,
  );
  return id === undefined ? null : (findRow(db, receipts, id) ?? null);
}

/** Refuses a receipt of before the paper was sent. */
export function writeReceipt(tx: WriteDb, documentId: string, receipt: z.infer<typeof receiptInput>): void {
  const { receiver, received_on, archive_number, remark, ...sent } = receipt;
  if (received_on !== undefined && received_on < receipt.sent_on)
    throw refuse('receipt_before', { day: receipt.sent_on });
  const values = {
    ...sent,
    receiver: receiver || null,
    received_on: received_on ?? null,
    archive_number: archive_number || null,
    remark: remark || null,
  };
  const known = receiptOf(tx, documentId);
  if (known) tx.patch(receipts, known.id, values);
  else tx.insert(receipts, { document_id: documentId, ...values });
}
