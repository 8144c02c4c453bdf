/** A subnet as it was at the end of a day, beside today, from the commit log. */
import type { Tenure } from '../../../../shared/features/ipam/tenure.ts';
import { within } from '../../../../shared/features/ipam/tenure.ts';
import { changeOf, type DayChange } from '../../../../shared/features/ipam/on-day.ts';
import { DAY_MS, momentOf } from '../../../../shared/day.ts';
import { contains, parseIp } from '../../../../shared/ip.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { ReadDb } from '../../db.ts';
import { personTexts, placeTexts } from '../../titles.ts';
import { cidrOf, type Subnet } from '../ipam/plan.ts';
import { tenuresOf } from '../ipam/tenures.ts';

/** Each is replayed from its commits, some 15,000 a second: more would be felt by everything else that is asked meanwhile. */
const MOST_BINDINGS = 10_000;

interface Held {
  readonly person: string;
  readonly mac: string | null;
  readonly place: string;
  readonly state: Tenure['state'];
}
export interface DayRow {
  readonly ip: string;
  readonly change: DayChange;
  readonly was: Held | null;
  readonly now: Held | null;
}

/** Bindings that were ever filed under the subnet. */
const EVER = `
  SELECT id FROM bindings WHERE subnet_id = ?
  UNION SELECT row_id FROM _ops WHERE tbl = 'bindings' AND op = 'patch' AND body ->> '$.fields.subnet_id.before' = ?`;

export function subnetOnDay(db: ReadDb, subnet: Subnet, day: string, now: number): DayRow[] {
  const from = momentOf(day);
  if (from > now) throw refuse('day_to_come', { day });
  const ids = db.all<{ id: string }>(EVER, subnet.id, subnet.id);
  if (ids.length > MOST_BINDINGS) throw refuse('day_too_many', { cidr: subnet.cidr, n: ids.length });
  const cidr = cidrOf(subnet);
  const tenures = ids.flatMap(({ id }) => tenuresOf(db, id)).filter(({ ip }) => contains(cidr, parseIp(ip) ?? -1));
  const end = Math.min(from + DAY_MS - 1, now);
  const person = personTexts(
    db,
    tenures.map(({ person_id }) => person_id),
  );
  const place = placeTexts(db);
  const at = (moment: number): Map<string, Held> =>
    new Map(
      within(tenures, moment, moment + 1).map((tenure) => [
        tenure.ip,
        {
          person: person(tenure.person_id),
          mac: tenure.mac,
          place: tenure.location_id === null ? '' : place(tenure.location_id),
          state: tenure.state,
        },
      ]),
    );
  const [then, today] = [at(end), at(now)];
  return [...new Set([...then.keys(), ...today.keys()])]
    .toSorted((a, b) => (parseIp(a) ?? 0) - (parseIp(b) ?? 0))
    .map((ip) => {
      const [before, after] = [then.get(ip) ?? null, today.get(ip) ?? null];
      return { ip, change: changeOf(before, after), was: before, now: after };
    });
}
