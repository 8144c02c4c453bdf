/** The knowledge base: faults that come back and what helps, written by the unit's own technicians. */
import { z } from 'zod';
import { call } from '../call.ts';
import { history } from '../history.ts';
import { listOf, listQuery } from '../list.ts';
import { choice, flag, idText, note, record, ref, text, type RowOf } from '../record.ts';
import { documents } from './documents.ts';
import { faultCategories } from './tickets/faults.ts';
import { firstAidLists } from './tickets/first-aid.ts';

export const knowledgeArticles = record(
  'knowledge_articles',
  {
    title: text({ required: true, max: 100, search: 'name' }),
    category: choice(faultCategories, { required: true }),
    symptom: note({ max: 1000, search: 'text' }),
    solution: note({ required: true, max: 4000, search: 'text' }),
    /** Written for users, to be printed and given out. */
    handout: flag({}),
    /** The ticket it was learned from. */
    ticket_id: ref('tickets'),
    author: text({ max: 80 }),
  },
  { since: 2 },
);
export type KnowledgeArticle = RowOf<typeof knowledgeArticles>;

export const knowledgeContract = {
  list: call.input(listQuery).output(listOf(knowledgeArticles)),
  get: call.input(z.object({ id: idText })).output(knowledgeArticles.row),
  create: call.input(knowledgeArticles.draft).output(knowledgeArticles.row),
  update: call.input(z.object({ id: idText, changes: knowledgeArticles.patch })).output(knowledgeArticles.row),
  remove: call.input(z.object({ id: idText })).output(z.object({ id: z.string() })),
  history: call.input(z.object({ id: idText })).output(history),
  /** What may help with a symptom: the category first, then by shared words. */
  suggest: call
    .input(z.object({ category: z.enum(faultCategories).nullish(), symptom: z.string().max(1000).default('') }))
    .output(z.array(knowledgeArticles.row)),
  /** A draft out of a repaired ticket: title, symptom, what was done. Nothing is saved yet. */
  draft: call.input(z.object({ ticket_id: idText })).output(knowledgeArticles.draft),
  /** The one-page handout, frozen; an unchanged article gives the same paper again. */
  print: call.input(z.object({ id: idText })).output(documents.row),
  /** The unit's own first-aid lists; categories without one keep the shipped steps. */
  firstAid: call.output(z.array(firstAidLists.row)),
  /** Null takes the unit's list away: the shipped steps count again. */
  setFirstAid: call
    .input(z.object({ category: z.enum(faultCategories), steps: z.string().max(2000).nullable() }))
    .output(z.array(firstAidLists.row)),
};
