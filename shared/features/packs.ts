/** The submission pack: address tables, topology and, if wanted, the monthly report in one print job, with a list of what is in it. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { call } from '../call.ts';
import { idText } from '../record.ts';
import { documents } from './documents.ts';
import { receiptInput, receipts } from './reports.ts';
import { fileEvent } from './transfer.ts';

export const packForms = ['F-02', 'F-07', 'F-11'] as const;

export const packsContract = {
  /** What a pack would hold today, and why a part is missing. */
  parts: call.output(
    z.object({
      subnets: z.array(z.object({ id: z.string(), title: z.string() })),
      reports: z.array(z.object({ id: z.string(), month: z.string(), number: z.string() })),
      missing: z.array(z.object({ form: z.enum(packForms), code: z.string() })),
    }),
  ),
  list: call.output(z.array(z.object({ document: documents.row, receipt: receipts.row.nullable() }))),
  /** Freezes every part and the pack of them. `subnets` left out = all that fit a paper. */
  make: call
    .input(
      z.object({
        subnets: z.array(idText).max(500).optional(),
        topology: z.boolean().default(true),
        report_id: idText.nullish(),
        receipt: receiptInput,
      }),
    )
    .output(documents.row),
  receive: call.input(z.object({ id: idText, receipt: receiptInput })).output(receipts.row),
  /** Its tables as a workbook. */
  file: call.input(z.object({ id: idText })).output(eventIterator(fileEvent)),
};
