/** Seats of a computer room as numbers, addresses and host names. Pure. */
export const MOST_SEATS = 500;

/** `JF1-##` with seat 7 is `JF1-07`; a number longer than its places is written whole. Without places it stands at the end. */
export function seatName(pattern: string, seat: number): string {
  if (!/#+/.test(pattern)) return `${pattern}${seat}`;
  return pattern.replace(/#+/, (places) => String(seat).padStart(places.length, '0'));
}
/** Host names for a room by what it is called: `机房6` gives `JF6-##`, `C301` gives `C301-##`; otherwise the first computer room's. */
export function patternFor(room: string): string {
  const lab = /机房\s*(\d{1,3})/.exec(room)?.[1];
  const door = /\b[A-Za-z]{0,3}\d{2,5}\b/.exec(room)?.[0];
  return lab ? `JF${lab}-##` : door ? `${door.toUpperCase()}-##` : 'JF1-##';
}
/** As many digits as the last seat has, two at least: `01` to `60`. */
export const seatLabel = (seat: number, last: number): string =>
  String(seat).padStart(Math.max(2, String(last).length), '0');

/** The last number in a tag or host name: `JF1-07` is seat 7. */
export function seatIn(written: string | null): number | null {
  const last = /(\d{1,4})\D*$/.exec(written ?? '');
  return last ? Number(last[1]) : null;
}

interface Machine {
  readonly id: string;
  readonly tag: string | null;
  readonly hostname: string | null;
  readonly name: string;
}
export const seatOrders = ['order', 'number', 'none'] as const;
export type SeatOrder = (typeof seatOrders)[number];

/** Which machine stands on which seat: in the order of their tags, or by the number in host name, tag or name. */
export function machinesOnSeats<M extends Machine>(
  machines: readonly M[],
  seats: readonly number[],
  order: SeatOrder,
): ReadonlyMap<number, M> {
  const found = new Map<number, M>();
  if (order === 'none') return found;
  if (order === 'order') {
    const sorted = machines.toSorted((a, b) => natural.compare(keyOf(a), keyOf(b)));
    seats.forEach((seat, at) => {
      const machine = sorted[at];
      if (machine) found.set(seat, machine);
    });
    return found;
  }
  for (const seat of seats) {
    const machine = machines.find(({ hostname, tag, name }) =>
      [hostname, name, tag].some((written) => seatIn(written) === seat),
    );
    if (machine && ![...found.values()].includes(machine)) found.set(seat, machine);
  }
  return found;
}
const keyOf = ({ tag, hostname, name }: Machine): string => tag ?? hostname ?? name;
const natural = new Intl.Collator('zh-CN', { numeric: true });
