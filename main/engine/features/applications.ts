/** Applications for a line (F-18) and for outside access (F-17). The steps are in `applications/`; here they meet the contract. */
import {
  applicationForms,
  applications,
  LONGEST_TERM,
  type ApplicationKind,
} from '../../../shared/features/applications.ts';
import { addDays } from '../../../shared/day.ts';
import { bindings } from '../../../shared/features/ipam.ts';
import { people } from '../../../shared/features/people.ts';
import { decode } from '../codec.ts';
import type { WriteDb } from '../door.ts';
import type { Engine } from '../engine.ts';
import { historyOf } from '../history.ts';
import { listRecords, refsOf } from '../list.ts';
import { readRow } from '../read-row.ts';
import { os } from '../rpc.ts';
import { papersOf, type DocumentRow } from '../documents.ts';
import { applicationPaper } from './applications/paper.ts';
import type { Application } from './applications/standing.ts';
import {
  createApplication,
  endApplication,
  grantApplication,
  isOverdue,
  missingIn,
  namesakesOf,
  signApplication,
  updateApplication,
  type Maker,
} from './applications/steps.ts';
import { deskOf, printPaper } from './papers/desk.ts';
import { registerPerson } from './people.ts';

export const makerOf = (engine: Engine): Maker => ({
  today: engine.today(),
  machine: engine.machine(),
  actor: engine.actor(),
  t: deskOf(engine).t,
});

function print(engine: Engine, tx: WriteDb, row: Application): DocumentRow {
  const desk = deskOf(engine);
  const { form, code } = applicationForms[row.kind];
  return printPaper(tx, engine, {
    form,
    code,
    title: desk.t(`form.${form}`),
    number: row.number,
    paper: applicationPaper(desk, tx, row.kind, { row, today: engine.today() }),
  });
}

/** The application a form is printed for: the newest that still stands, for the address or for the person. */
function latest(tx: WriteDb, field: 'binding_id' | 'person_id', id: string, kind: ApplicationKind): Application | null {
  const open = field === 'binding_id' ? "state NOT IN ('rejected', 'withdrawn')" : "state IN ('applied', 'signed')";
  const raw = tx.get(
    `SELECT * FROM applications WHERE ${field} = ? AND kind = ? AND ${open} AND deleted_at IS NULL ORDER BY applied_on DESC, id DESC LIMIT 1`,
    id,
    kind,
  );
  return raw ? decode(applications, raw) : null;
}

/** As long as the person is here, and no longer than a term may be: it is renewed then. */
function termOf(until: string | null, today: string): string | null {
  if (until === null || until < today) return null;
  const longest = addDays(today, LONGEST_TERM);
  return until < longest ? until : longest;
}

/** The application of an address, written now when it was opened without one: it waits for its signature like any other. */
function applicationOfBinding(tx: WriteDb, id: string, maker: Maker): Application {
  const known = latest(tx, 'binding_id', id, 'binding');
  if (known) return known;
  const held = tx.need(bindings, id);
  const person = tx.need(people, held.person_id);
  const made = createApplication(
    tx,
    'binding',
    {
      person_id: person.id,
      location_id: held.location_id,
      mac: held.mac,
      asset_id: held.asset_id,
      device: held.hostname,
      until_on: termOf(person.valid_until, maker.today),
    },
    maker,
  );
  return tx.patch(applications, made.id, { binding_id: id, opened_on: held.opened_on });
}

export const applicationsRouter = os.applications.router({
  list: os.applications.list.handler(({ input, context: { engine } }) =>
    listRecords(engine.db, applications, {
      ...input,
      sort:
        input.sort.length > 0
          ? input.sort
          : [
              { field: 'applied_on', dir: 'desc' },
              { field: 'number', dir: 'desc' },
            ],
    }),
  ),
  get: os.applications.get.handler(({ input, context: { engine } }) => {
    const row = readRow(engine.db, applications, input.id);
    return {
      application: row,
      refs: refsOf(engine.db, applications, [row]),
      namesakes: row.person_id === null ? namesakesOf(engine.db, row.name) : [],
      missing: missingIn(row),
      overdue: isOverdue(row, engine.today()),
      papers: papersOf(engine.db, row.number),
    };
  }),
  namesakes: os.applications.namesakes.handler(({ input, context: { engine } }) => namesakesOf(engine.db, input.name)),
  create: os.applications.create.handler(({ input, context: { engine } }) =>
    engine.command('applications.create', (tx) => createApplication(tx, input.kind, input.draft, makerOf(engine))),
  ),
  update: os.applications.update.handler(({ input, context: { engine } }) =>
    engine.command('applications.update', (tx) => updateApplication(tx, input.id, input.changes, makerOf(engine))),
  ),
  sign: os.applications.sign.handler(({ input: { id, ...given }, context: { engine } }) =>
    engine.command('applications.sign', (tx) => signApplication(tx, id, given, makerOf(engine))),
  ),
  reject: os.applications.reject.handler(({ input: { id, reason }, context: { engine } }) =>
    engine.command('applications.reject', (tx) => endApplication(tx, id, 'rejected', reason, makerOf(engine)), reason),
  ),
  withdraw: os.applications.withdraw.handler(({ input: { id, reason }, context: { engine } }) =>
    engine.command(
      'applications.withdraw',
      (tx) => endApplication(tx, id, 'withdrawn', reason, makerOf(engine)),
      reason,
    ),
  ),
  register: os.applications.register.handler(({ input: { id, person }, context: { engine } }) =>
    engine.command('applications.register', (tx) => {
      const { id: person_id } = registerPerson(tx, person);
      return updateApplication(tx, id, { person_id }, makerOf(engine));
    }),
  ),
  grant: os.applications.grant.handler(({ input, context: { engine } }) =>
    engine.command('applications.grant', (tx) => grantApplication(tx, input.id, makerOf(engine))),
  ),
  history: os.applications.history.handler(({ input, context }) => historyOf(context.engine.db, input.id)),
  print: os.applications.print.handler(({ input, context: { engine } }) =>
    engine.command('applications.print', (tx) => print(engine, tx, tx.need(applications, input.id))),
  ),
  printFor: os.applications.printFor.handler(({ input, context: { engine } }) =>
    engine.command('applications.print', (tx) => {
      const maker = makerOf(engine);
      if ('binding_id' in input) return print(engine, tx, applicationOfBinding(tx, input.binding_id, maker));
      const { person_id, kind } = input;
      const row = latest(tx, 'person_id', person_id, kind) ?? createApplication(tx, kind, { person_id }, maker);
      return print(engine, tx, row);
    }),
  ),
});
