/** Repair tickets (报修单, F-12) and their work log. */
import { z } from 'zod';
import { call } from '../call.ts';
import { history } from '../history.ts';
import { listOf, listQuery } from '../list.ts';
import { choice, day, idText, instant, ip, note, record, ref, text } from '../record.ts';

/** The fault catalogue (domain.md §4, R-41), in the order technicians meet them. */
export const faultCategories = [
  'cable', 'slow', 'no_access', 'printer', 'ip_conflict', 'wireless', 'ports_short', 'port_damaged', 'pc', 'switch_power', 'virus', 'loop',
  'projection', 'other',
] as const;
export const ticketStates = ['open', 'accepted', 'working', 'paused', 'to_confirm', 'closed', 'cancelled'] as const;

export const tickets = record('tickets', {
  number: text({ required: true, max: 40, class: 'C', search: 'key' }),
  kind: choice(['fault', 'request', 'consultation'], { required: true }),
  person_id: ref('people', { search: 'name' }),
  /** Reporter who is not in the register. */
  reporter: text({ max: 60, search: 'name', personal: true }),
  phone: text({ max: 40, personal: true }),
  department: text({ max: 60 }),
  location_id: ref('locations', { search: 'name' }),
  asset_id: ref('assets'),
  ip: ip({ search: 'key' }),
  category: choice(faultCategories, { required: true }),
  symptom: note({ required: true, max: 1000, search: 'text' }),
  priority: choice(['urgent', 'high', 'normal', 'low'], { required: true }),
  channel: choice(['phone', 'chat', 'paper', 'scan', 'round'], { required: true }),
  state: choice(ticketStates, { required: true, class: 'C' }),
  assignee: text({ max: 80 }),
  reported_at: instant({ required: true }),
  accepted_at: instant(),
  arrived_at: instant(),
  finished_at: instant(),
  closed_at: instant(),
  due_on: day({ required: true }),
  due_at: instant({ required: true }),
  pause_reason: choice(['parts', 'user', 'vendor'], {}),
  cause: choice(['wear', 'human', 'configuration', 'virus', 'line', 'other'], {}),
  action: note({ max: 1000, search: 'text' }),
  parts: text({ max: 200 }),
  result: choice(['fixed', 'waiting_parts', 'sent_out', 'scrap', 'not_network'], {}),
  satisfaction: choice(['good', 'fair', 'bad'], {}),
});

/** The work log of a ticket: only ever added to. */
export const ticketEvents = record(
  'ticket_events',
  {
    ticket_id: ref('tickets', { required: true }),
    kind: choice(['open', 'accept', 'arrive', 'work', 'pause', 'resume', 'finish', 'close', 'advise', 'reopen', 'cancel', 'note'], {
      required: true,
    }),
    at: instant({ required: true }),
    actor: text({ required: true, max: 80 }),
    remark: note({ max: 1000 }),
  },
  { appendOnly: true },
);

export const ticketsContract = {
  list: call.input(listQuery).output(listOf(tickets)),
  history: call.input(z.object({ id: idText })).output(history),
};
