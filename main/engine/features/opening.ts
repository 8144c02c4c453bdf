/** Opening many users, seats, moves and command lines for devices. The work is in `opening/`; here it meets the contract. */
import { bindings } from '../../../shared/features/ipam.ts';
import { people } from '../../../shared/features/people.ts';
import type { MoveInput } from '../../../shared/features/opening.ts';
import { refuse } from '../../../shared/refusal.ts';
import { translator } from '../../../shared/translate.ts';
import type { ReadDb } from '../db.ts';
import type { Engine } from '../engine.ts';
import { refsOf } from '../list.ts';
import { readRow } from '../read-row.ts';
import { os } from '../rpc.ts';
import { isOutOfReach } from '../sync/state.ts';
import { refText } from '../titles.ts';
import type { Now } from './ipam/bindings.ts';
import { closeClash, sidesOf, ticketAt } from './opening/clash.ts';
import { deviceLines, endsOf, portHolder } from './opening/ends.ts';
import { freezeNotice, noticeAgain } from './opening/freeze-notice.ts';
import { moveAll, moversOf, type Moved } from './opening/move.ts';
import { openRows, type Opened } from './opening/open.ts';
import { readPaste } from './opening/read.ts';
import { seat } from './opening/seats.ts';
import { personById } from './people.ts';
import { deskOf as ticketDesk } from './tickets.ts';

const nowOf = (engine: Engine): Now => ({
  now: Math.trunc(engine.clock.now()),
  today: engine.today(),
  away: isOutOfReach(engine),
  unsigned: translator(engine.setup?.language ?? 'zh-CN')('applications.unsignedReason'),
});

/** Titles of everything that the verdicts point to. */
function titlesOf(db: ReadDb, ids: Iterable<readonly [table: string, id: string | null]>): Record<string, string> {
  const refs: Record<string, string> = {};
  for (const [table, id] of ids) if (id !== null) refs[id] ??= refText(db, table, id);
  return refs;
}
const openRefs = (db: ReadDb, { verdicts }: Opened): Record<string, string> =>
  titlesOf(
    db,
    verdicts.flatMap((verdict) => [
      ['people', verdict.person_id] as const,
      ['locations', verdict.location_id] as const,
      ['subnets', verdict.subnet_id] as const,
    ]),
  );

/** Seats are numbered on purpose; that is the reason for every address that is passed over. */
const seatReason = (engine: Engine, place: string): string =>
  translator(engine.setup?.language ?? 'zh-CN')('opening.seat_reason', {
    room: refText(engine.db, 'locations', place),
  }).slice(0, 200);

const planOf = (db: ReadDb, { before, after, refusal, freeOn }: Moved) => ({
  port_of: after ? portHolder(db, after, [before.id, after.id]) : null,
  id: before.id,
  before,
  after,
  free_on: freeOn,
  problem: refusal && { code: refusal.code, params: refusal.params },
});

function move(engine: Engine, input: MoveInput) {
  const { result, batch } = engine.commit(
    'opening.move',
    (tx) => {
      const person = input.person_id ? personById(tx, input.person_id) : null;
      const moved = moveAll(tx, input, input.reason, nowOf(engine));
      const changes = moved.map(({ before, after, refusal }) => {
        // All or none: half a move would leave somebody with a machine in one room and an address in another.
        if (refusal) throw refusal;
        if (!after) throw refuse('not_found');
        return { before, after };
      });
      // A move of the machine alone names the department too: the notice goes there.
      const stays = person ?? (changes[0] ? personById(tx, changes[0].after.person_id) : null);
      const department = stays?.department ?? '';
      const document = freezeNotice(tx, engine, {
        reason: input.reason,
        department: [department, input.department?.trim() || department],
        changes,
      });
      return { ids: changes.map(({ after }) => after.id), document_id: document.id };
    },
    input.reason,
  );
  return { ...result, batch };
}

export const openingRouter = os.opening.router({
  read: os.opening.read.handler(({ input, context: { engine } }) => readPaste(engine.db, input.text)),
  plan: os.opening.plan.handler(({ input, context: { engine } }) =>
    engine.rehearse((tx) => {
      const opened = openRows(tx, input, nowOf(engine));
      return { rows: opened.verdicts, ok: opened.ids.size, people: opened.people, refs: openRefs(tx, opened) };
    }),
  ),
  open: os.opening.open.handler(({ input, context: { engine } }) => {
    const { result, batch } = engine.commit(
      'opening.open',
      (tx) => {
        const opened = openRows(tx, input, nowOf(engine));
        if (opened.ids.size === 0) throw refuse('open_nothing', { n: input.rows.length });
        return opened;
      },
      input.reason || null,
    );
    const done = result.verdicts.filter(({ is }) => is === 'ok');
    return {
      batch,
      opened: done.map(({ row, ip, person_id }) => ({
        row,
        id: result.ids.get(row) ?? '',
        ip: ip ?? '',
        person_id: person_id ?? '',
      })),
      people: result.people,
      left: result.verdicts.filter(({ is }) => is === 'wrong'),
    };
  }),
  seatPlan: os.opening.seatPlan.handler(({ input, context: { engine } }) =>
    engine.rehearse((tx) => {
      const { rows, ids, machines } = seat(tx, input, nowOf(engine), seatReason(engine, input.location_id));
      const refs = titlesOf(
        tx,
        rows.map(({ asset_id }) => ['assets', asset_id] as const),
      );
      return { rows, ok: ids.length, machines, refs };
    }),
  ),
  seats: os.opening.seats.handler(({ input, context: { engine } }) => {
    const because = seatReason(engine, input.location_id);
    const { result, batch } = engine.commit(
      'opening.seats',
      (tx) => {
        const seated = seat(tx, input, nowOf(engine), because);
        if (seated.ids.length === 0) throw refuse('open_nothing', { n: seated.rows.length });
        return seated;
      },
      because,
    );
    return { batch, ids: result.ids, left: result.rows.filter(({ is }) => is === 'wrong') };
  }),
  moving: os.opening.moving.handler(({ input, context: { engine } }) => {
    const rows = moversOf(engine.db, input);
    const personId = input.person_id ?? rows[0]?.person_id ?? null;
    const person = personId === null ? null : readRow(engine.db, people, personId);
    return {
      person_id: personId,
      department: person?.department ?? null,
      bindings: rows,
      refs: { ...refsOf(engine.db, bindings, rows), ...titlesOf(engine.db, [['people', personId]]) },
    };
  }),
  movePlan: os.opening.movePlan.handler(({ input, context: { engine } }) =>
    engine.rehearse((tx) => {
      const moved = moveAll(tx, input, translator(engine.setup?.language ?? 'zh-CN')('opening.move'), nowOf(engine));
      const rows = moved.flatMap(({ before, after }) => (after ? [before, after] : [before]));
      return { lines: moved.map((each) => planOf(tx, each)), refs: refsOf(tx, bindings, rows) };
    }),
  ),
  move: os.opening.move.handler(({ input, context: { engine } }) => move(engine, input)),
  ends: os.opening.ends.handler(({ input, context: { engine } }) => endsOf(engine.db, input.location_id)),
  notice: os.opening.notice.handler(({ input, context: { engine } }) =>
    engine.command('opening.notice', (tx) => noticeAgain(tx, engine, input.id)),
  ),
  clash: os.opening.clash.handler(({ input, context: { engine } }) => {
    const sides = sidesOf(engine.db, input.ip, nowOf(engine));
    const rows = sides.flatMap(({ binding }) => (binding ? [binding] : []));
    return { ip: input.ip, sides, ticket: ticketAt(engine.db, input.ip), refs: refsOf(engine.db, bindings, rows) };
  }),
  closeClash: os.opening.closeClash.handler(({ input, context: { engine } }) => {
    const t = translator(engine.setup?.language ?? 'zh-CN');
    return engine.command(
      'opening.closeClash',
      (tx) => closeClash(tx, input.ip, input.id, ticketDesk(engine), t),
      t('opening.clash.reason', { ip: input.ip }),
    );
  }),
  deviceLines: os.opening.deviceLines.handler(({ input, context: { engine } }) => deviceLines(engine.db, input)),
});
