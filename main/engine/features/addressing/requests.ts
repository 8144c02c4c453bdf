/** Requests of departments for a range of their own: filed, decided once, with the range or the reason. */
import { rangeRequests, type asking } from '../../../../shared/features/range-requests.ts';
import { locations } from '../../../../shared/features/locations.ts';
import { people } from '../../../../shared/features/people.ts';
import { showIp } from '../../../../shared/ip.ts';
import type { DraftOf, PatchOf, RowOf } from '../../../../shared/record.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { WriteDb } from '../../door.ts';
import type { Engine } from '../../engine.ts';
import { nextNumber } from '../../numbers.ts';
import { needSubnet } from '../ipam/plan.ts';
import { fittingRun, giveRange } from './ranges.ts';

export type RangeRequest = RowOf<typeof rangeRequests>;

function check(tx: WriteDb, { person_id, location_id, subnet_id, from_on, until_on }: PatchOf<typeof asking>): void {
  if (person_id) tx.need(people, person_id);
  if (location_id) tx.need(locations, location_id);
  if (subnet_id) needSubnet(tx, subnet_id);
  if (from_on && until_on && until_on < from_on) throw refuse('request_backwards', { from: from_on, until: until_on });
}

export function fileRequest(tx: WriteDb, engine: Engine, draft: DraftOf<typeof asking>): RangeRequest {
  check(tx, draft);
  const today = engine.today();
  const number = nextNumber(tx, 'DZ', engine.machine(), today);
  return tx.insert(rangeRequests, { ...draft, number, asked_on: today, state: 'open' });
}

/** What was decided stays as it was decided; a mistake is undone, or asked for anew. */
function needOpen(tx: WriteDb, id: string): RangeRequest {
  const request = tx.need(rangeRequests, id);
  if (request.state !== 'open') throw refuse('request_decided', { number: request.number });
  return request;
}

export function changeRequest(tx: WriteDb, id: string, changes: PatchOf<typeof rangeRequests>): RangeRequest {
  const before = needOpen(tx, id);
  check(tx, { ...before, ...changes });
  return tx.patch(rangeRequests, id, changes);
}

export function removeRequest(tx: WriteDb, id: string): void {
  needOpen(tx, id);
  tx.remove(rangeRequests, id);
}

const decision = (engine: Engine): { decided_at: number; decided_by: string } => ({
  decided_at: Math.trunc(engine.clock.now()),
  decided_by: engine.setup?.technician ?? '',
});

/** The lowest free run that fits becomes the department's own. */
export function approveRequest(
  tx: WriteDb,
  engine: Engine,
  id: string,
  subnetId: string,
): { request: RangeRequest; first: string; last: string } {
  const request = needOpen(tx, id);
  const { subnet, run } = fittingRun(tx, subnetId, request.addresses, engine.today());
  const range = giveRange(tx, subnet, run, request.department);
  const after = tx.patch(rangeRequests, id, {
    state: 'approved',
    subnet_id: subnetId,
    range_id: range.id,
    ...decision(engine),
  });
  return { request: after, first: showIp(run[0]), last: showIp(run[1]) };
}

export function refuseRequest(tx: WriteDb, engine: Engine, id: string, reason: string): RangeRequest {
  needOpen(tx, id);
  return tx.patch(rangeRequests, id, { state: 'refused', reason, ...decision(engine) });
}
