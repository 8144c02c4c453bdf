/** The fields of form F-03 in the order a technician meets them, for the form and for the detail. */
import type { assets } from '../../../shared/features/assets.ts';
import type { FormGroup } from '../../ui/form/record-form.tsx';

type Group = FormGroup<(typeof assets)['fields']>;

const identity: Group = {
  title: 'assets.group.identity',
  fields: ['tag', 'name', 'category', 'class_code', 'brand', 'model', 'spec', 'serial', 'unit', 'quantity'],
};
const place: Group['fields'] = ['department', 'usage', 'user_id', 'custodian_id', 'location_id'];
const network: Group = { title: 'assets.group.network', fields: ['ip', 'mac', 'hostname'] };
const purchase: Group = {
  title: 'assets.group.purchase',
  fields: [
    'purchased_on',
    'accepted_on',
    'price',
    'supplier',
    'invoice',
    'funding',
    'procurement',
    'warranty_until',
    'minimum_years',
  ],
};
const other: Group = { title: 'assets.group.other', fields: ['no_offsite', 'remark'] };

/** A new asset says its status; later a change of status needs a reason and has a form of its own. */
export const createGroups: readonly Group[] = [
  identity,
  { title: 'assets.group.place', fields: ['status', ...place] },
  network,
  purchase,
  other,
];
export const editGroups: readonly Group[] = [
  identity,
  { title: 'assets.group.place', fields: place },
  network,
  purchase,
  other,
];
