/**
 * The monthly report (月工作报告, F-11) and what came back for a paper that was handed in (报送回执): numbers come from the registers and open
 * their lists, sentences are the technician's and stay when the numbers are taken again.
 */
import { z } from 'zod';
import { call } from '../call.ts';
import { dayText } from '../day.ts';
import { listOf, listQuery } from '../list.ts';
import { choice, day, idText, instant, json, note, record, ref, text } from '../record.ts';
import { documents } from './documents.ts';
import { reportFigures, ticketFigureKeys } from './reports/figures.ts';

export const reportStates = ['draft', 'final', 'submitted'] as const;
/** The nine sections of F-11, in its order. */
export const reportSections = [
  'overview',
  'faults',
  'common',
  'devices',
  'tools',
  'changes',
  'safety',
  'problems',
  'plan',
] as const;
export type ReportSection = (typeof reportSections)[number];

const section = () => note({ max: 4000, class: 'A' });
export const reports = record(
  'reports',
  {
    /** `YB-202609-L03-0001`; its papers carry the same number. */
    number: text({ required: true, max: 40, class: 'C', search: 'key' }),
    /** `2026-09`. */
    month: text({ required: true, max: 7, search: 'key' }),
    /** The area reported on, with everything below it; null = the whole unit. */
    location_id: ref('locations'),
    state: choice(reportStates, { required: true, class: 'C' }),
    due_on: day({ required: true }),
    reporter: text({ required: true, max: 60 }),
    text_overview: section(),
    text_faults: section(),
    text_common: section(),
    text_devices: section(),
    text_tools: section(),
    text_changes: section(),
    text_safety: section(),
    text_problems: section(),
    text_plan: section(),
    /** `ReportFigures`, as they were at `taken_at`. */
    figures: json({ required: true, max: 60_000 }),
    taken_at: instant({ required: true }),
    submitted_on: day({ class: 'C' }),
    /** The paper that was handed in. */
    document_id: ref('documents'),
  },
  { since: 2 },
);
export type TextField = `text_${ReportSection}`;
export const textFields = reportSections.map((name): TextField => `text_${name}`);

/** One for each frozen paper that left the house: to whom, and who took it. */
export const receipts = record(
  'receipts',
  {
    document_id: ref('documents', { required: true }),
    sent_to: text({ required: true, max: 100 }),
    sent_on: day({ required: true }),
    receiver: text({ max: 60, personal: true }),
    received_on: day(),
    archive_number: text({ max: 40, class: 'C' }),
    remark: note({ max: 500, class: 'A' }),
  },
  { since: 2 },
);

const monthText = z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/);
const byId = z.object({ id: idText });
/** Brought forward before a holiday, or moved on after it. */
export const dueRules = ['earlier', 'later'] as const;

export const receiptInput = z.object({
  sent_to: z.string().trim().min(1).max(100),
  sent_on: dayText,
  receiver: z.string().trim().max(60).optional(),
  received_on: dayText.optional(),
  archive_number: z.string().trim().max(40).optional(),
  remark: z.string().trim().max(500).optional(),
});

const whole = z.object({
  report: reports.row,
  figures: reportFigures,
  area: z.string().nullable(),
  receipt: receipts.row.nullable(),
  /** Frozen papers of this report, newest first. */
  papers: z.array(documents.row),
});

export const reportsContract = {
  list: call.input(listQuery).output(listOf(reports)),
  get: call.input(byId).output(whole),
  /** Numbers of the tickets behind a figure that no filter of the list can name. */
  behind: call.input(byId.extend({ figure: z.enum(ticketFigureKeys) })).output(z.array(z.string())),
  /** What is due: the report of the month that is to be handed in next, and whether today is a day to say so. */
  status: call.output(
    z.object({
      month: z.string(),
      due_on: z.string(),
      /** The calendar of that year is not known yet: the day is counted by weekends. */
      estimated: z.boolean(),
      id: z.string().nullable(),
      state: z.enum(['none', ...reportStates]),
      remind: z.enum(['none', 'first', 'third', 'due', 'late']),
      rule: z.enum(dueRules),
    }),
  ),
  setRule: call.input(z.object({ rule: z.enum(dueRules) })).output(z.object({ rule: z.enum(dueRules) })),
  /** Makes the draft of a month, or gives the one that is there. */
  draft: call.input(z.object({ month: monthText, location_id: idText.nullish() })).output(reports.row),
  /** Takes the numbers again; texts stay. Says which numbers are others now. */
  refresh: call.input(byId).output(
    z.object({
      report: reports.row,
      changed: z.array(z.object({ key: z.string(), before: z.number().nullable(), after: z.number().nullable() })),
    }),
  ),
  write: call
    .input(
      z.object({
        id: idText,
        changes: z.partialRecord(z.enum(reportSections), z.string().max(4000)),
      }),
    )
    .output(reports.row),
  /** Freezes the paper. */
  print: call.input(byId).output(documents.row),
  submit: call.input(z.object({ id: idText, receipt: receiptInput })).output(reports.row),
  /** Back to a draft, with the reason; the paper that was handed in stays kept. */
  reopen: call.input(z.object({ id: idText, reason: z.string().trim().min(1).max(200) })).output(reports.row),
  remove: call.input(byId).output(z.object({ id: z.string(), batch: z.string() })),
};
