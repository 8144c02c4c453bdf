/** Responsibility letters (网络安全责任书, F-19): the unit's own text in versions, who signed which until when. */
import { z } from 'zod';
import { call } from '../call.ts';
import { dayText } from '../day.ts';
import { listOf, listQuery } from '../list.ts';
import { idText, instant, int, note, record, text } from '../record.ts';
import { documents } from './documents.ts';
import { people } from './people.ts';

/** Append-only: a letter that was signed keeps the text it was signed under. The newest is the one to print. */
export const letterTexts = record(
  'letter_texts',
  {
    version: int({ required: true, min: 1 }),
    title: text({ required: true, max: 60 }),
    /** Paragraphs; a line each. */
    body: note({ required: true, max: 6000 }),
    /** How long a signature holds, in months. */
    months: int({ required: true, min: 1, max: 120 }),
    at: instant({ required: true }),
    author: text({ required: true, max: 80 }),
  },
  { since: 2, appendOnly: true },
);

export const letterStates = ['signed', 'unsigned', 'expired'] as const;
export type LetterState = (typeof letterStates)[number];
/** What a letter is worth today: one past its day is no letter, whatever was written down. */
export const letterToday = (person: { letter: string; letter_until: string | null }, today: string): LetterState =>
  person.letter === 'signed' && person.letter_until !== null && person.letter_until < today
    ? 'expired'
    : (letterStates.find((state) => state === person.letter) ?? 'unsigned');

/** Months a signature holds while the unit has no text of its own. */
export const DEFAULT_MONTHS = 36;
/** People of one printing; a department of a large unit. */
export const MOST_LETTERS = 500;

const shownText = z.object({
  /** Null: the text that comes with the program. */
  id: z.string().nullable(),
  version: z.int(),
  title: z.string(),
  body: z.string(),
  months: z.int(),
  at: z.number().nullable(),
  author: z.string(),
  /** Letters in force that were signed under it. */
  signed: z.int(),
});
export type LetterText = z.infer<typeof shownText>;

const whom = z.object({
  /** Those who hold an address, or everybody on the register. */
  holders: z.boolean().default(true),
  /** Null: no department given. */
  department: z.string().nullable().optional(),
});
const chosen = z.array(idText).max(MOST_LETTERS);

export const lettersContract = {
  /** People with what their letter is worth today. */
  list: call.input(listQuery.extend({ ...whom.shape, state: z.enum(letterStates).optional() })).output(listOf(people)),
  counts: call.input(whom.default({ holders: true })).output(
    z.object({
      signed: z.int(),
      unsigned: z.int(),
      expired: z.int(),
      departments: z.array(
        z.object({ name: z.string().nullable(), signed: z.int(), unsigned: z.int(), expired: z.int() }),
      ),
    }),
  ),
  /** Newest first; the last is the one that comes with the program. */
  texts: call.output(z.array(shownText)),
  addText: call
    .input(
      z.object({
        title: z.string().trim().min(1).max(60),
        body: z.string().trim().min(1).max(6000),
        months: z.int().min(1).max(120),
      }),
    )
    .output(letterTexts.row),
  /** The signed pages came back. Without an end the term of the text counts from the day of signing. */
  tick: call
    .input(
      z.object({
        people: chosen,
        signed_on: dayText,
        until: dayText.optional(),
        text_id: idText.nullable().optional(),
      }),
    )
    .output(z.object({ n: z.int(), batch: z.string() })),
  /** Takes a letter back: lost, or signed by the wrong person. */
  untick: call
    .input(z.object({ people: chosen, reason: z.string().trim().min(1).max(200) }))
    .output(z.object({ n: z.int(), batch: z.string() })),
  /** Letters to sign, one page a person, in one frozen document. */
  print: call.input(z.object({ people: chosen })).output(documents.row),
};
