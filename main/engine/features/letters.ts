/** Responsibility letters (F-19): who signed until when, printing them in bulk, ticking those that came back. */
import { letterToday } from '../../../shared/features/letters.ts';
import { people } from '../../../shared/features/people.ts';
import { addMonths, isDay } from '../../../shared/day.ts';
import { refuse } from '../../../shared/refusal.ts';
import type { DocumentRow } from '../documents.ts';
import type { WriteDb } from '../door.ts';
import type { Engine } from '../engine.ts';
import { listRecords } from '../list.ts';
import { nextNumber } from '../numbers.ts';
import { os } from '../rpc.ts';
import { letterCounts, whomScope } from './letters/standing.ts';
import { letterPaper } from './letters/paper.ts';
import { addText, currentText, textById, textsOf } from './letters/texts.ts';
import { deskOf, printPaper } from './papers/desk.ts';

/** In the order of the pages: by department, then by name. */
const inOrder = (tx: WriteDb, ids: readonly string[]) =>
  [...new Set(ids)]
    .map((id) => tx.need(people, id))
    .toSorted(
      (a, b) => (a.department ?? '').localeCompare(b.department ?? '', 'zh') || a.name.localeCompare(b.name, 'zh'),
    );

function print(engine: Engine, tx: WriteDb, ids: readonly string[]): DocumentRow {
  if (ids.length === 0) throw refuse('letters_nobody');
  const desk = deskOf(engine);
  const whom = inOrder(tx, ids);
  const number = nextNumber(tx, 'ZS', engine.machine(), engine.today());
  const text = currentText(tx, desk.t, engine.today());
  const [one] = whom;
  const departments = new Set(whom.map(({ department }) => department));
  const about =
    whom.length === 1
      ? (one?.name ?? '')
      : departments.size === 1 && one?.department
        ? desk.t('paper.f19.batch', { department: one.department, n: whom.length })
        : desk.t('paper.f19.mixed', { n: whom.length });
  return printPaper(tx, engine, {
    form: 'F-19',
    code: 'ZS',
    title: `${text.title} ${about}`,
    number,
    paper: letterPaper(desk, tx, { number, text, people: whom }),
  });
}

function tick(
  engine: Engine,
  tx: WriteDb,
  given: {
    people: readonly string[];
    signed_on: string;
    until?: string | undefined;
    text_id?: string | null | undefined;
  },
): number {
  const today = engine.today();
  if (given.people.length === 0) throw refuse('letters_nobody');
  if (given.signed_on > today) throw refuse('letters_future', { day: given.signed_on });
  const { t } = deskOf(engine);
  const text = given.text_id === undefined ? currentText(tx, t, today) : textById(tx, t, today, given.text_id);
  const until = given.until ?? addMonths(given.signed_on, text.months);
  if (until < given.signed_on || !isDay(until)) throw refuse('letters_backwards', { from: given.signed_on, until });
  for (const id of new Set(given.people)) {
    tx.need(people, id);
    tx.patch(people, id, {
      letter: until < today ? 'expired' : 'signed',
      letter_on: given.signed_on,
      letter_until: until,
      letter_text_id: text.id,
    });
  }
  return new Set(given.people).size;
}

export const lettersRouter = os.letters.router({
  list: os.letters.list.handler(({ input: { holders, department, state, ...query }, context: { engine } }) => {
    const today = engine.today();
    const found = listRecords(engine.db, people, query, whomScope({ holders, department, state }, today));
    return { ...found, rows: found.rows.map((row) => ({ ...row, letter: letterToday(row, today) })) };
  }),
  counts: os.letters.counts.handler(({ input, context: { engine } }) => letterCounts(engine.db, input, engine.today())),
  texts: os.letters.texts.handler(({ context: { engine } }) => textsOf(engine.db, deskOf(engine).t, engine.today())),
  addText: os.letters.addText.handler(({ input, context: { engine } }) =>
    engine.command('letters.addText', (tx) =>
      addText(tx, deskOf(engine).t, input, {
        now: Math.trunc(engine.clock.now()),
        today: engine.today(),
        actor: engine.actor(),
      }),
    ),
  ),
  tick: os.letters.tick.handler(({ input, context: { engine } }) => {
    const { result, batch } = engine.commit('letters.tick', (tx) => tick(engine, tx, input));
    return { n: result, batch };
  }),
  untick: os.letters.untick.handler(({ input, context: { engine } }) => {
    if (input.people.length === 0) throw refuse('letters_nobody');
    const { batch } = engine.commit(
      'letters.untick',
      (tx) => {
        for (const id of input.people)
          tx.patch(people, tx.need(people, id).id, {
            letter: 'unsigned',
            letter_on: null,
            letter_until: null,
            letter_text_id: null,
          });
      },
      input.reason,
    );
    return { n: input.people.length, batch };
  }),
  print: os.letters.print.handler(({ input, context: { engine } }) =>
    engine.command('letters.print', (tx) => print(engine, tx, input.people)),
  ),
});
