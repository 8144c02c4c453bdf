/** What every paper is made with: the words of one language, the unit, and how values are written on paper (domain.md §2.0). */
import { showMoment } from '../../../../shared/day.ts';
import { documents } from '../../../../shared/features/documents.ts';
import { catalogue, type Language, type MessageKey } from '../../../../shared/messages.ts';
import { paper, type Paper } from '../../../../shared/paper.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import { refuse } from '../../../../shared/refusal.ts';
import { wordsOf } from '../../words.ts';
import { freeze, thaw, type DocumentRow } from '../../documents.ts';
import type { WriteDb } from '../../door.ts';
import type { Engine } from '../../engine.ts';
import { nextNumber } from '../../numbers.ts';

/** A form by its number: the last part of a catalogue key `form.*`. */
export type FormName = MessageKey extends infer K ? (K extends `form.${infer Name}` ? Name : never) : never;

export interface Desk {
  readonly t: Translate;
  readonly language: Language;
  readonly unit: string;
}
export function deskOf(engine: Pick<Engine, 'setup'>): Desk {
  const { setup } = engine;
  if (!setup) throw refuse('not_set_up');
  return { t: wordsOf(engine), language: setup.language, unit: setup.unit };
}

/** `2026年9月7日`; blank on paper when nothing was given. */
export function paperDay({ language }: Desk, day: string | null): string {
  if (day === null) return '';
  if (language !== 'zh-CN') return day;
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}
export const paperMoment = (at: number | null): string => (at === null ? '' : showMoment(at));

/** The label of a stored choice. */
export function optionText({ t }: Desk, table: string, field: string, code: string | null): string {
  const key = `option.${table}.${field}.${code}`;
  return code === null ? '' : key in catalogue ? t(key as MessageKey) : code;
}

/** Keeps a box and its label on one line. */
const WORD_JOINER = '\u2060';

/** Tick boxes of a choice, the chosen one ticked; none when the form is blank. */
export const boxes = ({ t }: Desk, options: readonly (readonly [string, string])[], chosen: string | null): string =>
  options
    .map(([code, label]) => `${t(code === chosen ? 'paper.box_on' : 'paper.box_off')}${WORD_JOINER}${label}`)
    .join(' ');

/** `临江市第三中学报修单`. */
export const heading = ({ t, unit }: Desk, form: FormName): string =>
  t('paper.heading', { unit, title: t(`form.${form}`) });

/** Who can sign: the last part of a catalogue key `paper.sign.*`. */
export type Signer = MessageKey extends infer K ? (K extends `paper.sign.${infer Role}` ? Role : never) : never;

/** Signature lines in order, each with the place of its date. */
export const signatures = ({ t }: Desk, ...roles: readonly Signer[]): { role: string; date: string }[] =>
  roles.map((role) => ({ role: t(`paper.sign.${role}`), date: t('paper.date_line') }));

const pageWords = ({ t }: Desk): Paper['foot']['page'] => [
  t('paper.page_before'),
  t('paper.page_between'),
  t('paper.page_after'),
];
export const copyMarks = ({ t }: Desk): Paper['copies'] => [t('paper.original'), t('paper.duplicate')];

/** A paper with the words that every paper carries. Without a number it is an empty form, and says so. */
export const paperOf = (
  desk: Desk,
  form: FormName,
  { copies, ...made }: Pick<Paper, 'number' | 'sections'> & { copies?: Paper['copies']; foot?: Partial<Paper['foot']> },
): Paper => ({
  form,
  language: desk.language,
  unit: desk.unit,
  number: made.number,
  sections: made.sections,
  copies: (made.number === '' ? null : copies) ?? [''],
  foot: {
    page: pageWords(desk),
    made: made.number === '' ? desk.t('paper.made_blank') : '',
    copies: '',
    ...made.foot,
  },
});

interface PaperJob {
  readonly form: string;
  readonly code: string;
  readonly title: string;
  readonly number: string;
  /** Everything but the version and the moment of printing. */
  readonly paper: Paper;
}

/**
 * The number of a paper that has no record of its own: what its author printed under the same title keeps its number within a month, so that
 * a reprint is the next version of it.
 */
export const numberThisMonth = (
  tx: WriteDb,
  engine: Engine,
  { form, code, title }: Pick<PaperJob, 'form' | 'code' | 'title'>,
): string =>
  tx.value<string>(
    `SELECT number FROM ${documents.table} WHERE form = ? AND kind = 'print' AND title = ? AND author = ? AND made_on >= ? AND deleted_at IS NULL
     ORDER BY made_at DESC LIMIT 1`,
    form,
    title,
    engine.actor(),
    `${engine.today().slice(0, 7)}-01`,
  ) ?? nextNumber(tx, code, engine.machine(), engine.today());

/**
 * Freezes a paper under the number of its own record. Nothing changed since the last printing: that document is given again, so
 * that a reprint is the same paper; otherwise it becomes the next version.
 */
export function printPaper(
  tx: WriteDb,
  engine: Engine,
  { form, code, title, number, paper: made }: PaperJob,
): DocumentRow {
  const earlier = tx.all<{ id: string }>(
    "SELECT id FROM documents WHERE number = ? AND form = ? AND kind = 'print' AND deleted_at IS NULL ORDER BY made_at DESC, id DESC",
    number,
    form,
  );
  const [last] = earlier;
  if (last && sameContent(thaw(tx, last.id), made)) return tx.need(documents, last.id);
  const at = showMoment(engine.clock.now());
  const foot = { ...made.foot, made: deskOf(engine).t('paper.made', { version: earlier.length + 1, at }) };
  return freeze(tx, engine, { form, code, title, kind: 'print', number, content: { ...made, foot } satisfies Paper });
}

function sameContent(frozen: unknown, made: Paper): boolean {
  const read = paper.safeParse(frozen);
  if (!read.success) return false;
  const plain = (one: Paper): string => JSON.stringify(paper.parse({ ...one, foot: { ...one.foot, made: '' } }));
  return plain(read.data) === plain(made);
}
