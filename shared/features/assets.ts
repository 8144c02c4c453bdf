/** The asset register: what the unit owns, where it stands and who answers for it (form F-03). */
import { z } from 'zod';
import { call } from '../call.ts';
import { history } from '../history.ts';
import { listOf, listQuery } from '../list.ts';
import { choice, day, flag, idText, int, ip, mac, money, note, record, ref, text } from '../record.ts';

export const assetCategories = [
  'desktop',
  'laptop',
  'server',
  'switch',
  'router',
  'firewall',
  'ap',
  'controller',
  'converter',
  'ups',
  'printer',
  'copier',
  'scanner',
  'projector',
  'display',
  'camera',
  'nvr',
  'phone',
  'attendance',
  'access_control',
  'conference',
  'storage',
  'rack',
  'software',
  'spare',
  'tool',
  'other',
] as const;
export const assetStatuses = ['in_use', 'idle', 'lent', 'repair', 'to_scrap', 'scrapped', 'missing'] as const;

export const assets = record('assets', {
  tag: text({ max: 60, class: 'C', search: 'key' }),
  name: text({ required: true, max: 100, search: 'name' }),
  class_code: text({ max: 40 }),
  category: choice(assetCategories, { required: true }),
  brand: text({ max: 60, search: 'name' }),
  spec: text({ max: 200 }),
  model: text({ max: 100, class: 'C', search: 'text' }),
  serial: text({ max: 100, class: 'C', search: 'key' }),
  unit: choice(['tai', 'tao', 'ge', 'bu', 'kuai'], {}),
  quantity: int({ min: 0 }),
  price: money(),
  purchased_on: day(),
  accepted_on: day(),
  supplier: text({ max: 100 }),
  invoice: text({ max: 60 }),
  funding: text({ max: 60 }),
  procurement: choice(['government', 'dispersed', 'self', 'donated', 'transferred', 'other'], {}),
  usage: choice(['teaching', 'research', 'administration', 'logistics', 'other'], {}),
  department: text({ max: 60, search: 'name' }),
  user_id: ref('people'),
  custodian_id: ref('people'),
  location_id: ref('locations', { search: 'name' }),
  status: choice(assetStatuses, { required: true, class: 'C' }),
  warranty_until: day(),
  minimum_years: int({ min: 0, max: 99 }),
  ip: ip({ class: 'C', search: 'key' }),
  mac: mac({ class: 'C', search: 'key' }),
  hostname: text({ max: 80, search: 'text' }),
  remark: note({ class: 'A' }),
  /** Holds secrets: it is repaired in the house or not at all. */
  no_offsite: flag({ since: 2, class: 'C' }),
  /** Of a removed record: the one that it turned out to be. */
  merged_into_id: ref('assets', { since: 2, class: 'C' }),
});
export type AssetStatus = (typeof assetStatuses)[number];

const pointed = z.array(z.object({ table: z.string(), n: z.int() }));

export const assetsContract = {
  list: call.input(listQuery).output(listOf(assets)),
  get: call
    .input(z.object({ id: idText }))
    .output(z.object({ asset: assets.row, refs: z.record(z.string(), z.string()) })),
  create: call.input(assets.draft).output(assets.row),
  update: call.input(z.object({ id: idText, changes: assets.patch })).output(assets.row),
  /** A change of status says why; the reason stays in the history. */
  setStatus: call
    .input(z.object({ id: idText, status: z.enum(assetStatuses), reason: z.string().trim().min(1).max(200) }))
    .output(assets.row),
  remove: call
    .input(z.object({ id: idText, reason: z.string().trim().min(1).max(200) }))
    .output(z.object({ id: z.string() })),
  /** Live assets whose tags differ in case only, in pairs: they came together before tags were one in any case. */
  twins: call.output(z.array(z.object({ ids: z.tuple([idText, idText]), tags: z.tuple([z.string(), z.string()]) }))),
  /** Both records side by side, with what points to each; refuses when one of them is gone. */
  pair: call.input(z.object({ ids: z.tuple([idText, idText]) })).output(
    z.object({
      rows: z.tuple([assets.row, assets.row]),
      pointed: z.tuple([pointed, pointed]),
      refs: z.record(z.string(), z.string()),
    }),
  ),
  /** Two records of one device: `drop` goes, what points to it points to `keep`, which takes its values of the fields in `take`. */
  merge: call
    .input(z.object({ keep: idText, drop: idText, take: z.array(z.string().max(60)).max(60) }))
    .output(z.object({ asset: assets.row, batch: z.string() })),
  history: call.input(z.object({ id: idText })).output(history),
};
