/** Seats of a computer room: one address, one name and one machine for each, in the order of their numbers. */
import type { SeatInput, SeatVerdict } from '../../../../shared/features/opening.ts';
import { MOST_SEATS, machinesOnSeats, seatLabel, seatName } from '../../../../shared/features/opening/seats.ts';
import { locations } from '../../../../shared/features/locations.ts';
import { contains, showIp } from '../../../../shared/ip.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import { bind, type Now } from '../ipam/bindings.ts';
import { cidrOf, needSubnet } from '../ipam/plan.ts';

interface Machine {
  id: string;
  tag: string | null;
  hostname: string | null;
  name: string;
  mac: string | null;
}
/** Computers of the room that no living binding holds. */
export const machinesIn = (db: ReadDb, place: string): Machine[] =>
  db.all<Machine>(
    `SELECT a.id, a.tag, a.hostname, a.name, a.mac FROM assets a
     WHERE a.location_id = ? AND a.deleted_at IS NULL AND a.category IN ('desktop', 'laptop') AND a.status = 'in_use'
     AND NOT EXISTS (SELECT 1 FROM bindings b WHERE b.asset_id = a.id AND b.state <> 'released' AND b.deleted_at IS NULL)`,
    place,
  );

export interface Seated {
  rows: SeatVerdict[];
  ids: string[];
  /** Machines that were there to be given a seat. */
  machines: number;
}

/** `because`: why addresses are not given out lowest first. */
export function seat(tx: WriteDb, input: SeatInput, at: Now, because: string): Seated {
  if (input.last < input.first) throw refuse('seats_backwards', { first: input.first, last: input.last });
  const count = input.last - input.first + 1;
  if (count > MOST_SEATS) throw refuse('seats_too_many', { n: count, most: MOST_SEATS });
  tx.need(locations, input.location_id);
  const subnet = needSubnet(tx, input.subnet_id);
  const cidr = cidrOf(subnet);
  const seats = Array.from({ length: count }, (_, index) => input.first + index);
  const machines = machinesIn(tx, input.location_id);
  const placed = machinesOnSeats(machines, seats, input.order);
  const ids: string[] = [];
  const names = new Set<string>();
  const rows = seats.map((number): SeatVerdict => {
    const machine = placed.get(number);
    const hostname = seatName(input.pattern, number);
    const address = cidr.first + number + input.offset;
    const inside = contains(cidr, address);
    const row: SeatVerdict = {
      seat: number,
      is: 'wrong',
      ip: inside ? showIp(address) : null,
      hostname,
      asset_id: machine?.id ?? null,
      mac: machine?.mac ?? null,
      state: machine?.mac ? 'active' : 'reserved',
      problem: null,
    };
    const step = tx.attempt(() => {
      if (!inside) throw refuse('seat_outside', { seat: seatLabel(number, input.last), cidr: subnet.cidr });
      if (names.has(hostname)) throw refuse('seat_same_name', { name: hostname });
      return bind(
        tx,
        {
          ip: row.ip,
          subnet_id: subnet.id,
          person_id: input.person_id,
          location_id: input.location_id,
          asset_id: row.asset_id,
          mac: row.mac,
          hostname,
          state: row.state,
          reason: because,
        },
        at,
      );
    });
    if (step.refusal) return { ...row, problem: { code: step.refusal.code, params: step.refusal.params } };
    names.add(hostname);
    ids.push(step.value.id);
    return { ...row, is: 'ok' };
  });
  return { rows, ids, machines: machines.length };
}
