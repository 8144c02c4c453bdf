/** Copies that were handed in (报送留底): kept word for word, compared with each other, with who took them, and the clock of the next one. */
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { call } from '../call.ts';
import { idText } from '../record.ts';
import { receiptInput, receipts } from './reports.ts';
import { fileEvent } from './transfer.ts';
import { forms } from './transfer/forms.ts';

const cell = z.union([z.string(), z.number(), z.null()]);
const byId = z.object({ id: idText });

/** One line of 变更说明: a changed cell, or a row that came or went. */
const change = z.object({
  mark: z.enum(['added', 'changed', 'gone']),
  id: z.string(),
  who: z.string(),
  key: z.string(),
  what: z.string(),
  before: z.string(),
  after: z.string(),
  day: z.string(),
  by: z.string(),
  reason: z.string(),
});
const counts = z.object({ added: z.int(), changed: z.int(), gone: z.int() });
const submission = z.object({
  id: z.string(),
  form: z.enum(forms),
  number: z.string(),
  made_at: z.number(),
  author: z.string(),
  receipt: receipts.row.nullable(),
});
export type Submission = z.infer<typeof submission>;

/** `never`: nothing was handed in yet, so there is nothing to be late against. */
export const clockStates = ['never', 'clear', 'fresh', 'soon', 'late'] as const;
const clock = z.object({
  state: z.enum(clockStates),
  last: z.object({ number: z.string(), day: z.string() }).nullable(),
  /** The first change that is in no submitted copy, and natural days since; null when there is none. */
  since: z.string().nullable(),
  days: z.int(),
  due_on: z.string().nullable(),
  counts,
  buildings: z.array(z.object({ name: z.string(), n: z.int() })),
});
export type RegisterClock = z.infer<typeof clock>;

export const submissionsContract = {
  /** Every copy that was handed in, newest first. */
  list: call.output(z.array(submission)),
  /** One as it was, a window of its rows; `text` finds rows that hold it. */
  open: call
    .input(
      byId.extend({
        text: z.string().max(100).default(''),
        offset: z.int().min(0).default(0),
        limit: z.int().min(1).max(1000).default(200),
      }),
    )
    .output(
      z.object({
        submission,
        headers: z.array(z.string()),
        rows: z.array(z.array(cell)),
        total: z.int(),
      }),
    ),
  /** What the newer says that the older did not; `newer` null = the register as it is now. */
  compare: call
    .input(z.object({ older: idText, newer: idText.nullable() }))
    .output(z.object({ older: submission, newer: submission.nullable(), counts, changes: z.array(change) })),
  /** Its workbook again, red against the copy before it. */
  file: call.input(byId).output(eventIterator(fileEvent)),
  /** To whom it went, and who took it when, under which archive number. */
  receive: call.input(byId.extend({ receipt: receiptInput })).output(receipts.row),
  clock: call.output(clock),
};
