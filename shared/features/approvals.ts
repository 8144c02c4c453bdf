/**
 * Approvals on paper: who signed what, when. Each is bound to the content it was given for; when that changes it is void and
 * must be given again. Only ever added to: the newest one of a record counts.
 */
import { z } from 'zod';
import { call } from '../call.ts';
import { dayText } from '../day.ts';
import { choice, day, idText, instant, int, json, record, text } from '../record.ts';

/** What can be approved, and the fields that such an approval is about. */
export const approvable = {
  /** A change of configuration, before anybody starts on it. */
  change: { table: 'tickets', fields: ['category', 'symptom', 'location_id', 'asset_id', 'ip'] },
  /** Scrapping an asset. */
  scrap: {
    table: 'assets',
    fields: ['tag', 'name', 'category', 'brand', 'model', 'serial', 'quantity', 'price', 'purchased_on'],
  },
} as const;
export type Approvable = keyof typeof approvable;
const verdicts = ['approved', 'rejected'] as const;

export const approvals = record(
  'approvals',
  {
    tbl: text({ required: true, max: 60 }),
    row_id: text({ required: true, max: 60 }),
    what: choice(['change', 'scrap'], { required: true }),
    /** Version of the record that was looked at; null while the store had not confirmed it. */
    target_rv: int({ min: 0 }),
    /** What was looked at, and its SHA-256: `contentOf`. */
    content: json({ required: true, max: 20_000 }),
    content_sha256: text({ required: true, max: 64 }),
    verdict: choice(verdicts, { required: true }),
    /** Whose signature stands on the paper. */
    signer: text({ required: true, max: 60, personal: true }),
    signed_on: day({ required: true }),
    /** Who recorded it, `name@machine`, and when. */
    approver: text({ required: true, max: 120 }),
    at: instant({ required: true }),
    note: text({ max: 200 }),
  },
  { appendOnly: true, since: 2 },
);

type Values = Readonly<Record<string, string | number | boolean | null>>;

/** The same content is the same text in every room: declared fields in their order, nothing else. */
export const contentOf = (what: Approvable, values: Values): string =>
  JSON.stringify(approvable[what].fields.map((name) => [name, values[name] ?? null]));

/** `李明@L03` and `李明` are one person; a name says no more than that. */
export const nameOf = (actor: string): string => actor.split('@', 1)[0] ?? actor;

/** How a record stands: `void` was approved, but its content changed since. */
export const approvalStates = ['none', 'approved', 'rejected', 'void'] as const;
export type ApprovalState = (typeof approvalStates)[number];

export const approvalsContract = {
  /** Newest first; `state` is what the newest one is worth now. */
  of: call.input(z.object({ what: z.enum(['change', 'scrap']), id: idText })).output(
    z.object({
      state: z.enum(approvalStates),
      /** Fields that changed since the newest one was given. */
      changed: z.array(z.string()),
      rows: z.array(approvals.row),
    }),
  ),
  record: call
    .input(
      z.object({
        what: z.enum(['change', 'scrap']),
        id: idText,
        verdict: z.enum(verdicts),
        signer: z.string().trim().min(1).max(60),
        signed_on: dayText,
        note: z.string().trim().max(200).nullish(),
      }),
    )
    .output(z.object({ id: z.string() })),
};
