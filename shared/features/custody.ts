/** What is given out and must come back: tools, keys and door cards (工具保管清单, F-20), and the sealed envelopes that hold passwords. */
import { z } from 'zod';
import { call } from '../call.ts';
import { dayText } from '../day.ts';
import { history } from '../history.ts';
import { listOf, listQuery } from '../list.ts';
import { choice, day, flag, idText, int, note, record, ref, text } from '../record.ts';
import { documents } from './documents.ts';

export const toolKinds = ['tool', 'key', 'card'] as const;
export const toolConditions = ['good', 'worn', 'damaged', 'lost'] as const;

/** One line of the custody list. Who had it before is told by its history. */
export const tools = record(
  'tools',
  {
    number: text({ required: true, max: 40, class: 'C', search: 'key' }),
    kind: choice(toolKinds, { required: true }),
    name: text({ required: true, max: 60, search: 'text' }),
    model: text({ max: 60 }),
    quantity: int({ required: true, min: 1, max: 999 }),
    /** Where it belongs: it is handed over with that area. */
    location_id: ref('locations'),
    condition: choice(toolConditions, { required: true, class: 'C' }),
    /** Who has it, or had it last: it is out until `returned_on` is filled in. */
    holder: text({ max: 60, class: 'C', search: 'name', personal: true }),
    issued_on: day({ class: 'C' }),
    /** To be back by then; empty: kept until told. */
    back_by: day({ class: 'C' }),
    returned_on: day({ class: 'C' }),
    received_by: text({ max: 60, personal: true }),
    remark: note({ class: 'A' }),
  },
  { since: 2 },
);

/** What is asked of a new one; it gets its number, and nobody has it yet. */
export const newTool = record('tools', {
  kind: choice(toolKinds, { required: true }),
  name: text({ required: true, max: 60 }),
  model: text({ max: 60 }),
  quantity: int({ required: true, min: 1, max: 999 }),
  location_id: ref('locations'),
  condition: choice(toolConditions, { required: true }),
  remark: note(),
});

/** The cover of a sealed envelope with a password in it: everything but the password. */
export const envelopes = record(
  'envelopes',
  {
    number: text({ required: true, max: 40, class: 'C', search: 'key' }),
    system: text({ required: true, max: 100, search: 'text' }),
    account: text({ required: true, max: 100 }),
    sealed: flag(),
    holder: text({ max: 60, class: 'C', search: 'name', personal: true }),
    /** When the password in it was last changed. */
    changed_on: day(),
    location_id: ref('locations'),
    remark: note({ class: 'A' }),
  },
  { since: 2 },
);

export const isOut = (tool: { holder: string | null; returned_on: string | null }): boolean =>
  tool.holder !== null && tool.returned_on === null;

/** `密码：…`, `password=…`: the word and something behind it. */
const NAMED = /(密码|口令|password|passwd|pwd|pass\b)\s*(是|为|is)?\s*[:：=＝]\s*\S|(密码|口令)(是|为)\s*\S/i;
/** `root@10.20.1.1`, `lj\admin`: who is asked for where, not what is typed. */
const ADDRESS = /^[\w.\\/-]{3,}(@[\w.:-]+)?$/;
const STRONG = [/[a-z]/, /[A-Z]/, /\d/, /[^\w\s.,;:()（）\u0080-\uffff-]/];
/** Shorter ones are model names and dates as often as passwords. */
const LEAST = 6;

/** Whether somebody writes down a password: by its name, or a word in which small and capital letters, figures and signs come together. */
export const looksLikePassword = (written: string): boolean =>
  NAMED.test(written) ||
  written
    .split(/[\s,，;；、]+/)
    .some(
      (word) =>
        word.length >= LEAST &&
        !ADDRESS.test(word) &&
        STRONG.filter((class_) => class_.test(word)).length === STRONG.length,
    );

const lending = z.object({
  ids: z.array(idText).min(1).max(200),
  holder: z.string().trim().min(1).max(60),
  /** Today unless told. */
  on: dayText.optional(),
  back_by: dayText.optional(),
});
const returning = z.object({
  ids: z.array(idText).min(1).max(200),
  received_by: z.string().trim().min(1).max(60),
  condition: z.enum(toolConditions),
  on: dayText.optional(),
});
const gone = z.object({ id: z.string() });

export const custodyContract = {
  tools: {
    list: call.input(listQuery).output(listOf(tools)),
    get: call.input(z.object({ id: idText })).output(tools.row),
    history: call.input(z.object({ id: idText })).output(history),
    /** Gets its number here. */
    create: call.input(newTool.draft).output(tools.row),
    /** What a tool is; who has it changes by `issue` and `giveBack`. */
    update: call.input(z.object({ id: idText, changes: newTool.patch })).output(tools.row),
    remove: call.input(z.object({ id: idText })).output(gone),
    /** Gives out in one step; refused for what is out or lost. */
    issue: call.input(lending).output(z.object({ n: z.int() })),
    giveBack: call.input(returning).output(z.object({ n: z.int() })),
    /** Form F-20 over everything in custody, frozen. */
    print: call.output(documents.row),
  },
  envelopes: {
    list: call.input(listQuery).output(listOf(envelopes)),
    get: call.input(z.object({ id: idText })).output(envelopes.row),
    history: call.input(z.object({ id: idText })).output(history),
    create: call.input(envelopes.draft).output(envelopes.row),
    update: call.input(z.object({ id: idText, changes: envelopes.patch })).output(envelopes.row),
    remove: call.input(z.object({ id: idText })).output(gone),
  },
};
