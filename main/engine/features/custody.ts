/** Tools, keys and cards that are given out and come back; envelopes with passwords, of which only the cover is known. */
import { envelopes, isOut, looksLikePassword, tools } from '../../../shared/features/custody.ts';
import type { DraftOf, PatchOf, RowOf } from '../../../shared/record.ts';
import { refuse } from '../../../shared/refusal.ts';
import type { WriteDb } from '../door.ts';
import type { Engine } from '../engine.ts';
import { historyOf } from '../history.ts';
import { iterateRecords, listRecords } from '../list.ts';
import { nextNumber } from '../numbers.ts';
import { readRow } from '../read-row.ts';
import { os } from '../rpc.ts';
import { custodyPaper } from './custody/paper.ts';
import { deskOf, printPaper } from './papers/desk.ts';

type Tool = RowOf<typeof tools>;
type Envelope = RowOf<typeof envelopes>;

/** A day of an issue or return: never after today, and in order with the others. */
function checkDays(engine: Engine, on: string, { from, until }: { from?: string | null; until?: string }): void {
  if (on > engine.today() || (from && on < from) || (until && until < on)) throw refuse('tool_day');
}

function issue(
  engine: Engine,
  tx: WriteDb,
  { ids, holder, on = engine.today(), back_by }: { ids: string[]; holder: string; on?: string; back_by?: string },
): { n: number } {
  checkDays(engine, on, back_by === undefined ? {} : { until: back_by });
  for (const id of ids) {
    const tool = tx.need(tools, id);
    if (isOut(tool)) throw refuse('tool_out', { tool: tool.name, holder: tool.holder ?? '' });
    if (tool.condition === 'lost') throw refuse('tool_lost', { tool: tool.name });
    tx.patch(tools, id, {
      holder,
      issued_on: on,
      back_by: back_by ?? null,
      returned_on: null,
      received_by: null,
    });
  }
  return { n: ids.length };
}

function giveBack(
  engine: Engine,
  tx: WriteDb,
  {
    ids,
    received_by,
    condition,
    on = engine.today(),
  }: { ids: string[]; received_by: string; condition: Tool['condition']; on?: string },
): { n: number } {
  for (const id of ids) {
    const tool = tx.need(tools, id);
    if (!isOut(tool)) throw refuse('tool_in', { tool: tool.name });
    checkDays(engine, on, { from: tool.issued_on });
    tx.patch(tools, id, { returned_on: on, received_by, condition });
  }
  return { n: ids.length };
}

/** Whatever field it is typed into, a password is not kept. */
function checkCover(
  tx: WriteDb,
  id: string | null,
  values: DraftOf<typeof envelopes> | PatchOf<typeof envelopes>,
): void {
  for (const [field, value] of Object.entries(values))
    if (typeof value === 'string' && looksLikePassword(value))
      throw refuse('password_typed', { field: `envelopes.${field}` });
  const other = tx.get<Pick<Envelope, 'id' | 'system'>>(
    'SELECT id, system FROM envelopes WHERE number = ? AND id <> ? AND deleted_at IS NULL',
    values.number ?? '',
    id ?? '',
  );
  if (other) throw refuse('envelope_taken', { number: values.number ?? '', system: other.system });
}

const toolsRouter = os.custody.tools.router({
  list: os.custody.tools.list.handler(({ input, context }) => listRecords(context.engine.db, tools, input)),
  get: os.custody.tools.get.handler(({ input, context }) => readRow(context.engine.db, tools, input.id)),
  history: os.custody.tools.history.handler(({ input, context }) => historyOf(context.engine.db, input.id)),
  create: os.custody.tools.create.handler(({ input, context: { engine } }) =>
    engine.command('custody.create_tool', (tx) =>
      tx.insert(tools, { ...input, number: nextNumber(tx, 'GJ', engine.machine(), engine.today()) }),
    ),
  ),
  update: os.custody.tools.update.handler(({ input, context: { engine } }) =>
    engine.command('custody.update_tool', (tx) => tx.patch(tools, input.id, input.changes)),
  ),
  remove: os.custody.tools.remove.handler(({ input: { id }, context: { engine } }) =>
    engine.command('custody.remove_tool', (tx) => {
      const tool = tx.need(tools, id);
      if (isOut(tool)) throw refuse('tool_held', { tool: tool.name, holder: tool.holder ?? '' });
      tx.remove(tools, id);
      return { id };
    }),
  ),
  issue: os.custody.tools.issue.handler(({ input, context: { engine } }) =>
    engine.command('custody.issue', (tx) => issue(engine, tx, input)),
  ),
  giveBack: os.custody.tools.giveBack.handler(({ input, context: { engine } }) =>
    engine.command('custody.return', (tx) => giveBack(engine, tx, input)),
  ),
  print: os.custody.tools.print.handler(({ context: { engine } }) =>
    engine.command('custody.print', (tx) => {
      const held = [...iterateRecords(tx, tools, { filter: [], sort: [{ field: 'number', dir: 'asc' }] })];
      if (held.length === 0) throw refuse('tools_none');
      const desk = deskOf(engine);
      const number = `GJ-${engine.today().replaceAll('-', '')}-${engine.machine()}`;
      const paper = custodyPaper(desk, number, held);
      return printPaper(tx, engine, { form: 'F-20', code: 'GJ', title: desk.t('form.F-20'), number, paper });
    }),
  ),
});

const envelopesRouter = os.custody.envelopes.router({
  list: os.custody.envelopes.list.handler(({ input, context }) => listRecords(context.engine.db, envelopes, input)),
  get: os.custody.envelopes.get.handler(({ input, context }) => readRow(context.engine.db, envelopes, input.id)),
  history: os.custody.envelopes.history.handler(({ input, context }) => historyOf(context.engine.db, input.id)),
  create: os.custody.envelopes.create.handler(({ input, context: { engine } }) =>
    engine.command('custody.create_envelope', (tx) => {
      checkCover(tx, null, input);
      return tx.insert(envelopes, input);
    }),
  ),
  update: os.custody.envelopes.update.handler(({ input: { id, changes }, context: { engine } }) =>
    engine.command('custody.update_envelope', (tx) => {
      checkCover(tx, id, changes);
      return tx.patch(envelopes, id, changes);
    }),
  ),
  remove: os.custody.envelopes.remove.handler(({ input: { id }, context: { engine } }) =>
    engine.command('custody.remove_envelope', (tx) => {
      tx.remove(envelopes, id);
      return { id };
    }),
  ),
});

export const custodyRouter = os.custody.router({ tools: toolsRouter, envelopes: envelopesRouter });
