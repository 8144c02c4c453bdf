/** Printing: frozen papers by their number, and empty forms to fill in by hand. */
import { z } from 'zod';
import { call } from '../call.ts';
import { listOf, listQuery } from '../list.ts';
import { paper } from '../paper.ts';
import { idText } from '../record.ts';
import { documents } from './documents.ts';

/** Forms that can be printed empty. */
export const blankForms = [
  'F-01',
  'F-02',
  'F-04',
  'F-05',
  'F-06',
  'F-07',
  'F-11',
  'F-12',
  'F-17',
  'F-18',
  'F-19',
  'F-18B',
  'F-20',
  'F-25',
  'DZ',
] as const;
export type BlankForm = (typeof blankForms)[number];

export const papersContract = {
  list: call.input(listQuery).output(listOf(documents)),
  /** The paper exactly as it was frozen; refused when its copy is incomplete or damaged. */
  get: call.input(z.object({ id: idText })).output(z.object({ document: documents.row, paper })),
  blank: call.input(z.object({ form: z.enum(blankForms) })).output(paper),
  /** The repair slip F-12 of a ticket. An unchanged ticket gives the same document again. */
  ticket: call.input(z.object({ id: idText })).output(documents.row),
};
