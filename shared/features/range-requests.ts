/** Requests of departments for a range of addresses of their own: asked on paper, decided by the network centre. */
import { choice, day, instant, int, note, record, ref, text } from '../record.ts';

const requestStates = ['open', 'approved', 'refused'] as const;
/** A whole /20: more is a subnet of its own. */
export const MOST_ADDRESSES = 4096;

/** What a department fills in. */
const asked = {
  department: text({ required: true, max: 60, search: 'name' }),
  /** Who asks, and answers for the addresses. */
  person_id: ref('people', { required: true }),
  location_id: ref('locations'),
  purpose: text({ required: true, max: 200, search: 'text' }),
  addresses: int({ required: true, min: 1, max: MOST_ADDRESSES }),
  from_on: day({ required: true }),
  /** Empty: for good. */
  until_on: day(),
  /** Where they are wanted; once approved, where they are. */
  subnet_id: ref('subnets'),
  remark: note({ class: 'A' }),
} as const;

export const rangeRequests = record(
  'range_requests',
  {
    number: text({ required: true, max: 40, class: 'C', search: 'key' }),
    asked_on: day({ required: true }),
    ...asked,
    state: choice(requestStates, { required: true, class: 'C' }),
    range_id: ref('address_ranges', { class: 'C' }),
    decided_at: instant({ class: 'C' }),
    decided_by: text({ max: 80, class: 'C' }),
    /** Why it was refused. */
    reason: text({ max: 200, class: 'C' }),
  },
  { since: 2 },
);
/** Filing a request: the engine adds its number, its day and its state. */
export const asking = record('range_requests', asked, { since: 2 });
