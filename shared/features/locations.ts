/** Places, as one tree from campus to rack. */
import { z } from 'zod';
import { call } from '../call.ts';
import { history } from '../history.ts';
import { listOf, listQuery } from '../list.ts';
import { choice, idText, int, note, record, ref, text } from '../record.ts';

export const locationKinds = ['campus', 'building', 'floor', 'room', 'closet', 'rack'] as const;

export const locations = record('locations', {
  parent_id: ref('locations'),
  kind: choice(locationKinds, { required: true }),
  name: text({ required: true, max: 60, search: 'name' }),
  /** Position among its siblings, smallest first. */
  position: int({ min: 0 }),
  remark: note(),
});

/** A place with its full path: `临江三中 / 综合楼 / 2F / 财务室`. */
export const locationNode = z.object({
  id: z.string(),
  parent_id: z.string().nullable(),
  kind: z.enum(locationKinds),
  name: z.string(),
  path: z.string(),
  assets: z.int(),
});
export type LocationNode = z.infer<typeof locationNode>;

export const locationsContract = {
  list: call.input(listQuery).output(listOf(locations)),
  /** The whole tree in display order, with the number of assets directly in each place. */
  tree: call.output(z.array(locationNode)),
  get: call.input(z.object({ id: idText })).output(locations.row),
  create: call.input(locations.draft).output(locations.row),
  update: call.input(z.object({ id: idText, changes: locations.patch })).output(locations.row),
  remove: call.input(z.object({ id: idText })).output(z.object({ id: z.string() })),
  history: call.input(z.object({ id: idText })).output(history),
};
