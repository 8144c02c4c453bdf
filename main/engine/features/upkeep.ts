/** Keeping the register of users in order: ends of terms, what is missing, and all that is held of one person. */
import { applications } from '../../../shared/features/applications.ts';
import { bindings } from '../../../shared/features/ipam.ts';
import { letterToday } from '../../../shared/features/letters.ts';
import { people } from '../../../shared/features/people.ts';
import { expiryKinds } from '../../../shared/features/upkeep.ts';
import { refuse } from '../../../shared/refusal.ts';
import type { WriteDb } from '../door.ts';
import type { Engine } from '../engine.ts';
import { listRecords, type Scope } from '../list.ts';
import { nextNumber } from '../numbers.ts';
import { os } from '../rpc.ts';
import { makerOf } from './applications.ts';
import { clearApplication } from './applications/steps.ts';
import { moveState } from './ipam/bindings.ts';
import { deskOf, printPaper } from './papers/desk.ts';
import { expiryCounts, expiryScope } from './upkeep/expiry.ts';
import { gapCounts, gapScope } from './upkeep/gaps.ts';
import { personPaper } from './upkeep/person-paper.ts';

/** Releases every address that these conditions give; returns how many. */
function release(engine: Engine, tx: WriteDb, { where, params }: Scope, reason: string): number {
  const at = { now: Math.trunc(engine.clock.now()), today: engine.today(), reason };
  const ids = tx.all<{ id: string }>(
    `SELECT id FROM bindings WHERE ${where} AND state <> 'released' AND deleted_at IS NULL`,
    ...params,
  );
  for (const { id } of ids) moveState(tx, id, 'release', at);
  return ids.length;
}

function close(engine: Engine, tx: WriteDb, ids: readonly string[], reason: string) {
  let addresses = 0;
  for (const id of new Set(ids)) {
    tx.need(people, id);
    addresses += release(engine, tx, { where: 'person_id = ?', params: [id] }, reason);
    tx.patch(people, id, { status: 'left' });
  }
  return { people: new Set(ids).size, addresses };
}

const byDay = <Q extends { sort: { field: string; dir: 'asc' | 'desc' }[] }>(query: Q, field: string): Q => ({
  ...query,
  sort: query.sort.length > 0 ? query.sort : [{ field, dir: 'asc' }],
});

export const upkeepRouter = os.upkeep.router({
  expiry: os.upkeep.expiry.handler(({ context: { engine } }) => {
    const today = engine.today();
    const counts = Object.fromEntries(expiryKinds.map((kind) => [kind, expiryCounts(engine.db, kind, today)]));
    return { today, counts: counts as Record<(typeof expiryKinds)[number], { expired: number; soon: number }> };
  }),
  expiringPeople: os.upkeep.expiringPeople.handler(({ input: { state, ...query }, context: { engine } }) =>
    listRecords(engine.db, people, byDay(query, 'valid_until'), expiryScope('people', state, engine.today())),
  ),
  expiringLetters: os.upkeep.expiringLetters.handler(({ input: { state, ...query }, context: { engine } }) => {
    const today = engine.today();
    const found = listRecords(engine.db, people, byDay(query, 'letter_until'), expiryScope('letters', state, today));
    return { ...found, rows: found.rows.map((row) => ({ ...row, letter: letterToday(row, today) })) };
  }),
  expiringApplications: os.upkeep.expiringApplications.handler(({ input: { state, ...query }, context: { engine } }) =>
    listRecords(engine.db, applications, byDay(query, 'until_on'), expiryScope('applications', state, engine.today())),
  ),
  close: os.upkeep.close.handler(({ input, context: { engine } }) => {
    if (input.people.length === 0) throw refuse('upkeep_nobody');
    const { result, batch } = engine.commit(
      'upkeep.close',
      (tx) => close(engine, tx, input.people, input.reason),
      input.reason,
    );
    return { ...result, batch };
  }),
  clear: os.upkeep.clear.handler(({ input: { id, reason }, context: { engine } }) => {
    const { result, batch } = engine.commit(
      'upkeep.clear',
      (tx) => {
        const row = clearApplication(tx, id, reason, makerOf(engine));
        if (row.binding_id !== null) release(engine, tx, { where: 'id = ?', params: [row.binding_id] }, reason);
        return row;
      },
      reason,
    );
    return { ...result, batch };
  }),
  extend: os.upkeep.extend.handler(({ input, context: { engine } }) => {
    if (input.people.length === 0) throw refuse('upkeep_nobody');
    if (input.until < engine.today()) throw refuse('extend_past', { day: input.until });
    const { batch } = engine.commit('upkeep.extend', (tx) => {
      for (const id of input.people) tx.patch(people, tx.need(people, id).id, { valid_until: input.until });
    });
    return { n: input.people.length, batch };
  }),
  gaps: os.upkeep.gaps.handler(({ context: { engine } }) => gapCounts(engine.db, engine.today())),
  gapRows: os.upkeep.gapRows.handler(({ input: { gap, department, building, ...query }, context: { engine } }) =>
    listRecords(engine.db, bindings, query, gapScope(engine.db, { gap, department, building }, engine.today())),
  ),
  printPerson: os.upkeep.printPerson.handler(({ input, context: { engine } }) =>
    engine.command('upkeep.printPerson', (tx) => {
      const person = tx.need(people, input.id);
      const desk = deskOf(engine);
      const number = nextNumber(tx, 'GR', engine.machine(), engine.today());
      const title = `${desk.t('form.R-33')} ${person.name}`;
      const paper = personPaper(desk, tx, person, { number, today: engine.today() });
      return printPaper(tx, engine, { form: 'R-33', code: 'GR', title, number, paper });
    }),
  ),
});
