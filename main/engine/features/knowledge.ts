/** The knowledge base, its suggestions and handouts, and the first-aid lists. */
import { firstAidLists, type FirstAidList } from '../../../shared/features/tickets/first-aid.ts';
import { knowledgeArticles, type KnowledgeArticle } from '../../../shared/features/knowledge.ts';
import { tickets } from '../../../shared/features/tickets.ts';
import type { FaultCategory } from '../../../shared/features/tickets/faults.ts';
import { grams } from '../../../shared/grams.ts';
import { refuse } from '../../../shared/refusal.ts';
import type { ReadDb } from '../db.ts';
import type { WriteDb } from '../door.ts';
import { historyOf } from '../history.ts';
import { iterateRecords, listRecords } from '../list.ts';
import { readRow } from '../read-row.ts';
import { os } from '../rpc.ts';
import { handoutPaper } from './knowledge/paper.ts';
import { deskOf, printPaper } from './papers/desk.ts';

/** As many as are read while somebody holds the telephone. */
const SUGGESTED = 3;
/** The category says more than any one pair of characters does. */
const CATEGORY_WEIGHT = 3;

/** Words and pairs of Chinese characters; single characters say nothing. */
const tokens = (text: string): Set<string> =>
  new Set(
    grams(text.normalize('NFKC'))
      .split(/[\s，。、；：,.;:!?！？“”()（）]+/)
      .filter((word) => word.length > 1),
  );

function suggest(db: ReadDb, category: FaultCategory | null, symptom: string): KnowledgeArticle[] {
  const words = tokens(symptom);
  const weigh = (article: KnowledgeArticle): number => {
    const own = tokens(`${article.title} ${article.symptom ?? ''}`);
    const shared = [...words].filter((word) => own.has(word)).length;
    return shared + (article.category === category ? CATEGORY_WEIGHT : 0);
  };
  return [...iterateRecords(db, knowledgeArticles, { filter: [], sort: [] })]
    .map((article) => ({ article, weight: weigh(article) }))
    .filter(({ weight }) => weight >= 2)
    .toSorted((a, b) => b.weight - a.weight || a.article.title.localeCompare(b.article.title, 'zh'))
    .slice(0, SUGGESTED)
    .map(({ article }) => article);
}

/** A title is one line; the symptom is told in full below it. */
const TITLE = 40;
function draftOf(db: ReadDb, ticketId: string) {
  const { symptom, category, action, advice, number } = readRow(db, tickets, ticketId);
  const solution = action ?? advice;
  if (solution === null) throw refuse('article_needs_action', { number });
  const [line = symptom] = symptom.split('\n');
  return { title: line.slice(0, TITLE), category, symptom, solution, handout: false, ticket_id: ticketId };
}

const listsOf = (db: ReadDb): FirstAidList[] => [...iterateRecords(db, firstAidLists, { filter: [], sort: [] })];

/** One list a category, also where two laptops wrote one each. */
function setList(tx: WriteDb, category: FaultCategory, steps: string | null): void {
  const [first, ...more] = listsOf(tx).filter((list) => list.category === category);
  for (const { id } of more) tx.remove(firstAidLists, id);
  const written = steps?.trim() || null;
  if (first && written !== null) tx.patch(firstAidLists, first.id, { steps: written });
  else if (first) tx.remove(firstAidLists, first.id);
  else if (written !== null) tx.insert(firstAidLists, { category, steps: written });
}

export const knowledgeRouter = os.knowledge.router({
  list: os.knowledge.list.handler(({ input, context }) => listRecords(context.engine.db, knowledgeArticles, input)),
  get: os.knowledge.get.handler(({ input, context }) => readRow(context.engine.db, knowledgeArticles, input.id)),
  create: os.knowledge.create.handler(({ input, context: { engine } }) =>
    engine.command('knowledge.create', (tx) =>
      tx.insert(knowledgeArticles, { ...input, author: input.author ?? engine.actor() }),
    ),
  ),
  update: os.knowledge.update.handler(({ input, context: { engine } }) =>
    engine.command('knowledge.update', (tx) => tx.patch(knowledgeArticles, input.id, input.changes)),
  ),
  remove: os.knowledge.remove.handler(({ input, context: { engine } }) =>
    engine.command('knowledge.remove', (tx) => {
      tx.remove(knowledgeArticles, input.id);
      return { id: input.id };
    }),
  ),
  history: os.knowledge.history.handler(({ input, context: { engine } }) => historyOf(engine.db, input.id)),
  suggest: os.knowledge.suggest.handler(({ input, context: { engine } }) =>
    suggest(engine.db, input.category ?? null, input.symptom),
  ),
  draft: os.knowledge.draft.handler(({ input, context: { engine } }) => draftOf(engine.db, input.ticket_id)),
  print: os.knowledge.print.handler(({ input, context: { engine } }) =>
    engine.command('knowledge.print', (tx) => {
      const article = tx.need(knowledgeArticles, input.id);
      const desk = deskOf(engine);
      // 帮助单; `ZS` is the responsibility letter's
      const number = `BZ-${article.id.slice(-8).toUpperCase()}`;
      const paper = handoutPaper(desk, article, number);
      return printPaper(tx, engine, { form: 'R-47', code: 'BZ', title: article.title, number, paper });
    }),
  ),
  firstAid: os.knowledge.firstAid.handler(({ context: { engine } }) => listsOf(engine.db)),
  setFirstAid: os.knowledge.setFirstAid.handler(({ input, context: { engine } }) =>
    engine.command('knowledge.setFirstAid', (tx) => {
      setList(tx, input.category, input.steps);
      return listsOf(tx);
    }),
  ),
});
