/** The unit's working calendar: the yearly notice once imported, and the unit's own days off and on. */
import { z } from 'zod';
import { call } from '../call.ts';
import { dayText } from '../day.ts';
import { choice, day, record, text } from '../record.ts';

export const calendarDays = record('calendar_days', {
  day: day({ required: true, class: 'C' }),
  kind: choice(['off', 'work'], { required: true, class: 'C' }),
  name: text({ max: 40 }),
  /** From the yearly notice, or the unit's own, which wins over it. */
  source: choice(['notice', 'unit'], { required: true }),
});

const markedDay = z.object({
  day: z.string(),
  kind: z.enum(['off', 'work']),
  name: z.string().nullable(),
  source: z.enum(['notice', 'unit']),
});
const calendarYear = z.object({
  year: z.int(),
  /** Where its notice comes from; `none`: not published or not imported, so deadlines run on plain weekends. */
  notice: z.enum(['shipped', 'imported', 'none']),
  off: z.int(),
  work: z.int(),
  workdays: z.int(),
});
export type CalendarYear = z.infer<typeof calendarYear>;

/** A notice as JSON or as its text. `year` is needed only where the text does not name it. */
const noticeInput = z.object({
  text: z.string().trim().min(1).max(200_000),
  year: z.int().min(2000).max(2100).nullish(),
});
const noticeDays = z.object({
  year: z.int(),
  days: z.array(z.object({ day: z.string(), kind: z.enum(['off', 'work']), name: z.string() })),
});
/** `moved`: open tickets whose deadline changed with it. `batch` takes the change back (`system.undo`). */
const changed = z.object({ added: z.int(), removed: z.int(), moved: z.int(), batch: z.string() });

export const calendarContract = {
  /** Years with what is known of them, and every day that the unit added. */
  state: call.output(z.object({ years: z.array(calendarYear), days: z.array(markedDay), today: z.string() })),
  /** Makes days off, worked, or plain again (`plain` takes the unit's own entry away). */
  setDays: call
    .input(
      z.object({
        from: dayText,
        to: dayText,
        kind: z.enum(['off', 'work', 'plain']),
        name: z.string().trim().max(40).nullish(),
      }),
    )
    .output(changed),
  /** Reads a notice without storing anything. */
  preview: call.input(noticeInput).output(noticeDays),
  importNotice: call.input(noticeInput).output(changed.extend({ year: z.int() })),
};
