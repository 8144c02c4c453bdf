/** Users, keepers and colleagues: the persons behind addresses, assets and tickets. */
import { z } from 'zod';
import { call } from '../call.ts';
import { history } from '../history.ts';
import { listOf, listQuery } from '../list.ts';
import { choice, day, idText, note, record, ref, text } from '../record.ts';

export const people = record('people', {
  name: text({ required: true, max: 60, search: 'name', personal: true }),
  department: text({ max: 60, search: 'name' }),
  identity: choice(['teacher', 'staff', 'student', 'temporary', 'outside'], { required: true }),
  /** Staff or student number. */
  number: text({ max: 40, search: 'key', personal: true }),
  phone: text({ max: 40, search: 'key', personal: true }),
  location_id: ref('locations'),
  letter: choice(['signed', 'unsigned', 'expired'], { required: true, class: 'C' }),
  letter_until: day(),
  status: choice(['active', 'left'], { required: true, class: 'C' }),
  remark: note({ class: 'A' }),
  /** Who of the unit answers for somebody who is here for a time, where they come from, and their last day. */
  sponsor_id: ref('people', { since: 2 }),
  outside_unit: text({ since: 2, max: 80, search: 'text' }),
  valid_until: day({ since: 2, class: 'C' }),
  /** The day the letter in force was signed, and the text it was signed under: null for the one of the program. */
  letter_on: day({ since: 2 }),
  letter_text_id: ref('letter_texts', { since: 2 }),
});

/** Outsiders and temporary people need somebody of the unit who answers for them, and a last day. */
export const needsSponsor = (identity: string): boolean => identity === 'temporary' || identity === 'outside';

export const peopleContract = {
  list: call.input(listQuery).output(listOf(people)),
  get: call.input(z.object({ id: idText })).output(people.row),
  create: call.input(people.draft).output(people.row),
  update: call.input(z.object({ id: idText, changes: people.patch })).output(people.row),
  remove: call.input(z.object({ id: idText })).output(z.object({ id: z.string() })),
  history: call.input(z.object({ id: idText })).output(history),
};
