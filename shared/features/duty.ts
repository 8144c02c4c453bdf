/** The duty log (值班日志, F-09): what happened on a shift, written once. Entries are only ever added; a wrong one is voided with a reason. */
import { z } from 'zod';
import { isWorkday, type Calendar } from '../calendar.ts';
import { call } from '../call.ts';
import { dayOf, dayText, momentOf } from '../day.ts';
import { choice, day, flag, idText, instant, json, note, record, ref, text } from '../record.ts';
import { documents } from './documents.ts';

export const shifts = ['day', 'night', 'holiday'] as const;
export type Shift = (typeof shifts)[number];
/** What a person writes by hand. */
export const noteKinds = ['note', 'change', 'event', 'visit', 'handover'] as const;
export type NoteKind = (typeof noteKinds)[number];
/** `void` is no entry of its own: it strikes out the one it names, and its text is the reason. */
export const dutyKinds = ['morning_check', 'watch', ...noteKinds, 'void'] as const;
export type DutyKind = (typeof dutyKinds)[number];

/**
 * Append-only at every layer: neither a command, nor an undo, nor another laptop's sync can change or remove a row. Voiding is a row
 * of its own, so that it too says who and when.
 */
export const dutyEntries = record(
  'duty_entries',
  {
    day: day({ required: true }),
    at: instant({ required: true }),
    shift: choice(shifts, { required: true }),
    author: text({ required: true, max: 80 }),
    kind: choice(dutyKinds, { required: true }),
    text: note({ required: true, max: 4000 }),
    /** Null: nothing was checked that could be right or wrong. */
    ok: flag(),
    security: flag(),
    /** Figures behind the text: `DutyEvidence`. */
    evidence: json({ max: 60_000 }),
    voids_id: ref('duty_entries'),
  },
  { appendOnly: true },
);

/** What a morning check or a watch leaves behind for the form: counts, and who failed. */
export const dutyEvidence = z.object({
  total: z.int(),
  failed: z.array(z.object({ name: z.string(), ip: z.string(), kind: z.string() })),
  /** Percent of packets lost, over all that answered at least once; null when it was not measured. */
  loss_percent: z.number().nullable(),
  core: z.object({ total: z.int(), failed: z.int() }),
  gateways: z.object({ total: z.int(), failed: z.int() }),
});
export type DutyEvidence = z.infer<typeof dutyEvidence>;

const entry = dutyEntries.row.and(
  z.object({ voided: z.object({ at: z.number(), by: z.string(), reason: z.string() }).nullable() }),
);
export type DutyEntry = z.infer<typeof entry>;

/** Office hours of the day shift, in minutes of the local day. */
const DAY_SHIFT = [7 * 60 + 30, 18 * 60] as const;

/** The shift a moment falls in: a day off is a holiday shift around the clock. */
export function shiftAt(calendar: Calendar, at: number): Shift {
  const day = dayOf(at);
  if (!isWorkday(calendar, day)) return 'holiday';
  const [from, to] = DAY_SHIFT;
  return at >= momentOf(day, from) && at < momentOf(day, to) ? 'day' : 'night';
}

/** Counted beside the entries of a day from what was really done. */
const dayCounts = z.object({
  sweeps: z.int(),
  opened: z.int(),
  closed: z.int(),
  bindings: z.int(),
});

/** Characters of one entry that a person writes; longer stories go in several. */
export const MAX_NOTE = 2000;

export const dutyContract = {
  /** One day as it stands, oldest entry first; today when none is named. `shift` is the one to offer now. */
  day: call.input(z.object({ day: dayText.optional() }).default({})).output(
    z.object({
      day: z.string(),
      today: z.string(),
      shift: z.enum(shifts),
      entries: z.array(entry),
      counts: dayCounts,
    }),
  ),
  /** Over all days, newest first. */
  search: call
    .input(
      z.object({
        text: z.string().max(100).default(''),
        kinds: z.array(z.enum(dutyKinds)).max(dutyKinds.length).default([]),
        security: z.boolean().default(false),
        limit: z.int().min(1).max(500).default(200),
      }),
    )
    .output(z.array(entry)),
  /** An earlier day is written in later (补记): the moment stays the true one. A day to come is refused. */
  write: call
    .input(
      z.object({
        kind: z.enum(noteKinds),
        text: z.string().trim().min(1).max(MAX_NOTE),
        shift: z.enum(shifts).optional(),
        day: dayText.optional(),
        security: z.boolean().default(false),
      }),
    )
    .output(entry),
  void: call.input(z.object({ id: idText, reason: z.string().trim().min(1).max(200) })).output(entry),
  /** The form F-09 of one day, frozen. An unchanged day gives the same document again. */
  print: call.input(z.object({ day: dayText })).output(documents.row),
};
