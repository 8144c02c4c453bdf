/** Areas of responsibility: who looks after which places, and who stands in for them from when until when. */
import { z } from 'zod';
import { call } from '../call.ts';
import { listOf, listQuery } from '../list.ts';
import { day, idText, note, record, ref, text, type RowOf } from '../record.ts';

export const dutyAreas = record(
  'duty_areas',
  {
    /** The place and everything below it. A smaller area inside a larger one goes first. */
    location_id: ref('locations', { required: true }),
    owner: text({ required: true, max: 80, class: 'C' }),
    stand_in: text({ max: 80 }),
    stand_in_from: day(),
    stand_in_until: day(),
    remark: note({ max: 500 }),
  },
  { since: 2 },
);
export type DutyArea = RowOf<typeof dutyAreas>;

/** Who answers for an area on a day: the stand-in while it holds, both days included; without days it holds until taken back. */
export function inCharge(
  area: Pick<DutyArea, 'owner' | 'stand_in' | 'stand_in_from' | 'stand_in_until'>,
  day: string,
): string {
  const { owner, stand_in, stand_in_from, stand_in_until } = area;
  const holds = (stand_in_from ?? day) <= day && day <= (stand_in_until ?? day);
  return stand_in !== null && holds ? stand_in : owner;
}

export const areasContract = {
  list: call.input(listQuery).output(listOf(dutyAreas)),
  get: call.input(z.object({ id: idText })).output(dutyAreas.row),
  create: call.input(dutyAreas.draft).output(dutyAreas.row),
  update: call.input(z.object({ id: idText, changes: dutyAreas.patch })).output(dutyAreas.row),
  remove: call.input(z.object({ id: idText })).output(z.object({ id: z.string() })),
  /** Names that tickets and areas know, to choose from. */
  technicians: call.output(z.array(z.string())),
};
