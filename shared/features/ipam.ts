/** Addresses: subnets with their ranges, and who holds which IP with which network card. */
import { z } from 'zod';
import { call } from '../call.ts';
import { history } from '../history.ts';
import { listOf, listQuery } from '../list.ts';
import { choice, day, flag, idText, instant, int, ip, mac, note, record, ref, text } from '../record.ts';

export const subnets = record('subnets', {
  /** `10.20.30.0/24`, network address first. */
  cidr: text({ required: true, max: 18, class: 'C', search: 'text' }),
  name: text({ required: true, max: 60, search: 'name' }),
  vlan: int({ min: 1, max: 4094, class: 'C' }),
  gateway: ip({ class: 'C' }),
  dns: text({ max: 60 }),
  purpose: choice(['device', 'office', 'teaching', 'classroom', 'lab', 'printer', 'camera', 'server', 'wireless', 'legacy', 'other'], {
    required: true,
  }),
  location_id: ref('locations'),
  /** Days a released address rests before it is given out again. */
  cooldown_days: int({ min: 0, max: 365 }),
  remark: note({ class: 'A' }),
});

/** A part of a subnet with one purpose: given out in order, left to DHCP, or reserved. */
export const addressRanges = record('address_ranges', {
  subnet_id: ref('subnets', { required: true }),
  kind: choice(['allocate', 'dhcp', 'reserved'], { required: true }),
  first_ip: ip({ required: true }),
  last_ip: ip({ required: true }),
  label: text({ max: 60 }),
});

export const bindings = record('bindings', {
  ip: ip({ required: true, class: 'C', search: 'key' }),
  mac: mac({ class: 'C', search: 'key' }),
  person_id: ref('people', { required: true, class: 'C', search: 'name' }),
  location_id: ref('locations'),
  asset_id: ref('assets'),
  subnet_id: ref('subnets', { required: true }),
  hostname: text({ max: 80, search: 'text' }),
  outlet: text({ max: 40, search: 'key' }),
  switch_name: text({ max: 60 }),
  switch_port: text({ max: 40 }),
  state: choice(['reserved', 'active', 'suspended', 'released'], { required: true, class: 'C' }),
  opened_on: day({ required: true }),
  opened_at: instant({ required: true }),
  released_at: instant(),
  /** Why the last change of state was made, or why a lower free address was skipped. */
  reason: text({ max: 200 }),
  skipped: flag(),
  remark: note({ class: 'A' }),
});

export const ipamContract = {
  listSubnets: call.input(listQuery).output(listOf(subnets)),
  createSubnet: call.input(subnets.draft).output(subnets.row),
  list: call.input(listQuery).output(listOf(bindings)),
  history: call.input(z.object({ id: idText })).output(history),
};
