/** Areas of responsibility: who looks after a place on a day. */
import { dutyAreas, inCharge, type DutyArea } from '../../../shared/features/duty-areas.ts';
import { refuse } from '../../../shared/refusal.ts';
import type { ReadDb } from '../db.ts';
import { iterateRecords, listRecords } from '../list.ts';
import { readRow } from '../read-row.ts';
import { os } from '../rpc.ts';
import { refText } from '../titles.ts';

/** A place and all it lies in, itself first. UNION ends a loop that sync may have left. */
const UP = `WITH RECURSIVE up(id, depth) AS (
    SELECT ?, 0 UNION SELECT l.parent_id, up.depth + 1 FROM locations l JOIN up ON l.id = up.id WHERE l.parent_id IS NOT NULL AND up.depth < 12
  ) SELECT id FROM up ORDER BY depth`;

/** Who a fault at a place goes to on a day: the smallest area around it decides; null where none is set. */
export function chargeOf(db: ReadDb, place: string | null | undefined, day: string): string | null {
  if (!place) return null;
  const areas = new Map<string, DutyArea>();
  for (const area of iterateRecords(db, dutyAreas, { filter: [], sort: [] })) areas.set(area.location_id, area);
  if (areas.size === 0) return null;
  const around = db.all<{ id: string }>(UP, place).find(({ id }) => areas.has(id));
  const area = areas.get(around?.id ?? '');
  return area ? inCharge(area, day) : null;
}

/** One area a place, and a stand-in's days in their order. */
function check(db: ReadDb, area: Omit<DutyArea, 'rv'>): void {
  const twice = db.value<string>(
    'SELECT owner FROM duty_areas WHERE location_id = ? AND id <> ? AND deleted_at IS NULL',
    area.location_id,
    area.id,
  );
  if (twice !== undefined)
    throw refuse('area_twice', { place: refText(db, 'locations', area.location_id), owner: twice });
  const { stand_in, stand_in_from, stand_in_until } = area;
  if (stand_in === null && (stand_in_from !== null || stand_in_until !== null)) throw refuse('area_stand_in_missing');
  if (stand_in !== null && stand_in === area.owner) throw refuse('area_stand_in_self', { name: stand_in });
  if (stand_in_from !== null && stand_in_until !== null && stand_in_until < stand_in_from)
    throw refuse('area_stand_in_days');
}

/** Names without the machine: the person is meant. */
const technicians = (db: ReadDb): string[] =>
  db
    .all<{ name: string }>(
      `SELECT DISTINCT name FROM (
         SELECT owner AS name FROM duty_areas WHERE deleted_at IS NULL
         UNION SELECT stand_in FROM duty_areas WHERE deleted_at IS NULL AND stand_in IS NOT NULL
         UNION SELECT CASE instr(assignee, '@') WHEN 0 THEN assignee ELSE substr(assignee, 1, instr(assignee, '@') - 1) END
           FROM tickets WHERE assignee IS NOT NULL AND deleted_at IS NULL
       ) WHERE name <> '' ORDER BY name`,
    )
    .map(({ name }) => name);

export const areasRouter = os.areas.router({
  list: os.areas.list.handler(({ input, context }) => listRecords(context.engine.db, dutyAreas, input)),
  get: os.areas.get.handler(({ input, context }) => readRow(context.engine.db, dutyAreas, input.id)),
  create: os.areas.create.handler(({ input, context: { engine } }) =>
    engine.command('areas.create', (tx) => {
      const area = tx.insert(dutyAreas, input);
      check(tx, area);
      return area;
    }),
  ),
  update: os.areas.update.handler(({ input, context: { engine } }) =>
    engine.command('areas.update', (tx) => {
      const area = tx.patch(dutyAreas, input.id, input.changes);
      check(tx, area);
      return area;
    }),
  ),
  remove: os.areas.remove.handler(({ input, context: { engine } }) =>
    engine.command('areas.remove', (tx) => {
      tx.remove(dutyAreas, input.id);
      return { id: input.id };
    }),
  ),
  technicians: os.areas.technicians.handler(({ context: { engine } }) => [
    ...new Set([...(engine.setup ? [engine.setup.technician] : []), ...technicians(engine.db)]),
  ]),
});
