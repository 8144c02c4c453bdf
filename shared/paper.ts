/**
 * A paper as it is frozen: words only, already in the language it was made in. The printing page draws it and knows no registers, so a
 * copy printed years later says the same, whatever the program has learned since.
 */
import { z } from 'zod';

const words = z.string().max(4000);

const column = z.object({
  label: words,
  /** Millimetres on paper; columns without a width share what is left. */
  width: z.number().positive().optional(),
  align: z.enum(['left', 'center', 'right']).optional(),
  /** Addresses: fixed-width face, never broken. */
  mono: z.boolean().optional(),
});
export type PaperColumn = z.infer<typeof column>;

const signature = z.object({
  role: words,
  /** Where the date is written: `年  月  日`. */
  date: words.optional(),
});

const at = z.number().min(-2000).max(2000);
/** Millimetres from the upper left corner. Black on white: state is told by letters, dashes and hatching, so that a copier loses nothing. */
const shape = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('box'),
    x: at,
    y: at,
    w: z.number().min(0),
    h: z.number().min(0),
    /** Corner radius. */
    r: z.number().min(0).optional(),
    fill: z.enum(['none', 'light', 'dark', 'hatch']).optional(),
    stroke: z.number().min(0).max(5).optional(),
    dash: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('line'),
    points: z.array(z.tuple([at, at])).min(2),
    /** Millimetres. */
    stroke: z.number().min(0).max(5).optional(),
    /** Lengths of dash and gap in millimetres; left out = a plain line. */
    dash: z.array(z.number().positive()).optional(),
  }),
  z.object({
    kind: z.literal('words'),
    x: at,
    /** Of the base line. */
    y: at,
    text: words,
    /** Millimetres of height; 2.5 when left out. */
    size: z.number().positive().max(30).optional(),
    anchor: z.enum(['start', 'middle', 'end']).optional(),
    bold: z.boolean().optional(),
    mono: z.boolean().optional(),
    /** On a white ground, readable across lines. */
    ground: z.boolean().optional(),
  }),
]);
export type PaperShape = z.infer<typeof shape>;

const block = z.discriminatedUnion('kind', [
  /** A picture of lines, boxes and words: a faceplate, a map of addresses, a topology, a sheet of labels. Shrinks to the width of the paper, never grows. */
  z.object({
    kind: z.literal('drawing'),
    title: words.optional(),
    width: z.number().positive().max(2000),
    height: z.number().positive().max(2000),
    shapes: z.array(shape).max(20_000),
    /** Read to those who cannot see it. */
    about: words,
  }),
  /** Pairs of label and value in a grid of `columns` pairs a line; `wide` takes the whole line, `tall` leaves room to write. */
  z.object({
    kind: z.literal('facts'),
    columns: z.int().min(1).max(4),
    facts: z.array(
      z.object({ label: words, value: words, wide: z.boolean().optional(), tall: z.boolean().optional() }),
    ),
  }),
  /** `groups`: rows that belong together under a heading row (a building, a room). */
  z.object({
    kind: z.literal('table'),
    title: words.optional(),
    columns: z.array(column).min(1),
    groups: z.array(z.object({ title: words.optional(), rows: z.array(z.array(words)) })),
    /** Rows high enough to write in by hand. */
    tall: z.boolean().optional(),
    /** Shown in place of rows when there are none. */
    empty: words.optional(),
    /** Kept on one page with the last rows. */
    signatures: z.array(signature).optional(),
  }),
  z.object({ kind: z.literal('text'), title: words.optional(), lines: z.array(words), tall: z.boolean().optional() }),
  z.object({ kind: z.literal('signatures'), people: z.array(signature), seal: words.optional() }),
]);
export type PaperBlock = z.infer<typeof block>;

const section = z.object({
  /**
   * A4; `half`: two of it on one page, with a line to cut along; `a3`: A3 landscape. Without margins and words of their own, for labels:
   * `sheet` (A4), and tape of 12 and 24 mm.
   */
  page: z.enum(['portrait', 'landscape', 'half', 'a3', 'sheet', 'tape12', 'tape24']),
  title: words,
  /** Left, middle and right under the title. */
  under: z.tuple([words, words, words]).optional(),
  blocks: z.array(block),
});
export type PaperSection = z.infer<typeof section>;

export const paper = z.object({
  form: z.string().max(10),
  language: z.enum(['zh-CN', 'en-US']),
  unit: words,
  number: words,
  sections: z.array(section).min(1),
  /** One mark per copy, printed at the top right: 原件, 复印件. The first is the original. */
  copies: z.array(words).min(1),
  foot: z.object({
    /** Around the two numbers of `page x of y`. */
    page: z.tuple([words, words, words]),
    /** Version and moment of freezing. */
    made: words,
    /** `一式两份：…` */
    copies: words,
    /** A line on each page to be initialled, where the form asks for it. */
    initials: words.optional(),
  }),
});
export type Paper = z.infer<typeof paper>;
