/** Runs of addresses set apart from what is given out in order: kept back by hand, or given to a department on request. */
import { carve, roomFor, type OwnPart, type Room } from '../../../../shared/features/ipam/carve.ts';
import type { Run } from '../../../../shared/features/ipam/plan.ts';
import { partProblem } from '../../../../shared/features/ipam/subnet-rules.ts';
import { addressRanges } from '../../../../shared/features/ipam.ts';
import { parseIp, showIp } from '../../../../shared/ip.ts';
import type { DraftOf } from '../../../../shared/record.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import {
  cidrOf,
  needSubnet,
  occupantsOf,
  planOf,
  rangesOf,
  standingsOf,
  type AddressRange,
  type Subnet,
} from '../ipam/plan.ts';
import { createRange, updateRange } from '../ipam/subnets.ts';

/** Characters of a part's label; the whole reason stands in the audit log. */
const LABEL = 60;

const partsOf = (db: ReadDb, subnet: Subnet): OwnPart[] =>
  rangesOf(db, subnet.id).map(({ id, kind, first_ip, last_ip, department }) => ({
    id,
    kind,
    department,
    first: parseIp(first_ip) ?? 0,
    last: parseIp(last_ip) ?? 0,
  }));

/** Inside a command. The parts around the run are shortened, so that nothing else changes for their addresses. */
function setApart(
  tx: WriteDb,
  subnet: Subnet,
  run: Run,
  part: Omit<DraftOf<typeof addressRanges>, 'subnet_id' | 'first_ip' | 'last_ip'>,
): AddressRange {
  const span = { first: showIp(run[0]), last: showIp(run[1]) };
  const carving = carve(cidrOf(subnet), partsOf(tx, subnet), run);
  if (!carving) throw refuse('run_not_open', { ...span, cidr: subnet.cidr });
  for (const id of carving.gone) tx.remove(addressRanges, id);
  for (const { id, first, last } of carving.cut)
    updateRange(tx, id, { first_ip: showIp(first), last_ip: showIp(last) });
  for (const [first, last] of carving.rest)
    createRange(tx, { subnet_id: subnet.id, kind: 'allocate', first_ip: showIp(first), last_ip: showIp(last) });
  return createRange(tx, { ...part, subnet_id: subnet.id, first_ip: span.first, last_ip: span.last });
}

/** Keeps a run back. Every address of it must be free: one that somebody holds is released or moved first. */
export function reserveRun(
  tx: WriteDb,
  { subnet_id, first_ip, last_ip, reason }: { subnet_id: string; first_ip: string; last_ip: string; reason: string },
  today: string,
): AddressRange {
  const subnet = needSubnet(tx, subnet_id);
  // Outside, or the wrong way round: beside no other part, since the parts below give way.
  const problem = partProblem({ first_ip, last_ip }, cidrOf(subnet), []);
  if (problem) throw problem;
  const run: Run = [parseIp(first_ip) ?? 0, parseIp(last_ip) ?? 0];
  const occupants = occupantsOf(standingsOf(tx, subnet, today));
  for (let address = run[0]; address <= run[1]; address += 1)
    if (occupants.has(address) || address === parseIp(subnet.gateway ?? ''))
      throw refuse('run_not_free', { ip: showIp(address), first: first_ip, last: last_ip });
  return setApart(tx, subnet, run, { kind: 'reserved', label: reason.slice(0, LABEL) });
}

/** Room for a department in a subnet. */
export function roomIn(db: ReadDb, subnet: Subnet, n: number, today: string): Room {
  const occupants = occupantsOf(standingsOf(db, subnet, today));
  return roomFor(planOf(db, subnet), (address) => occupants.has(address), n);
}

/** The lowest run that fits; refuses saying how much there is. */
export function fittingRun(
  db: ReadDb,
  subnetId: string,
  n: number,
  today: string,
): { subnet: Subnet; run: Run; free: number } {
  const subnet = needSubnet(db, subnetId);
  const { run, free, longest } = roomIn(db, subnet, n, today);
  if (run === null) throw refuse('request_no_room', { cidr: subnet.cidr, n, free, longest });
  return { subnet, run, free };
}

export const giveRange = (tx: WriteDb, subnet: Subnet, run: Run, department: string): AddressRange =>
  setApart(tx, subnet, run, { kind: 'allocate', label: department, department });
