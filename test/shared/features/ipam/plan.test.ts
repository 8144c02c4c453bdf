import fc from 'fast-check';
import { freeFrom } from '../../../../shared/features/ipam/states.ts';
import {
  freeAddresses,
  groundOf,
  judge,
  lowestFree,
  type Occupant,
  type Part,
  type Plan,
} from '../../../../shared/features/ipam/plan.ts';
import { hostRange, parseCidr } from '../../../../shared/ip.ts';

/** A /24 to /28 with up to four parts that do not overlap, and a gateway or none. */
const plans = fc
  .record({
    prefix: fc.integer({ min: 24, max: 28 }),
    gateway: fc.option(fc.nat(), { nil: null }),
    cuts: fc.uniqueArray(fc.nat(253), { maxLength: 8 }),
    kinds: fc.array(fc.constantFrom('allocate' as const, 'dhcp' as const, 'reserved' as const), {
      minLength: 4,
      maxLength: 4,
    }),
  })
  .map(({ prefix, gateway, cuts, kinds }): Plan => {
    const cidr = parseCidr(`10.20.30.0/${prefix}`);
    if (!cidr) throw new Error('not a subnet');
    const [first, last] = hostRange(cidr);
    const ends = cuts.map((cut) => first + (cut % (last - first + 1))).toSorted((a, b) => a - b);
    const distinct = [...new Set(ends)];
    const parts = kinds.flatMap((kind, i): Part[] => {
      const [low, high] = [distinct[2 * i], distinct[2 * i + 1]];
      return low === undefined || high === undefined ? [] : [{ kind, first: low, last: high }];
    });
    return { cidr, parts, gateway: gateway === null ? null : first + (gateway % (last - first + 1)) };
  });
const occupied = fc.array(
  fc.tuple(
    fc.nat(255),
    fc.constantFrom<Occupant>({ is: 'held' }, { is: 'device' }, { is: 'cooling', person_id: 'wang' }),
  ),
  { maxLength: 60 },
);
const settle = (plan: Plan, entries: readonly (readonly [number, Occupant])[]): Map<number, Occupant> =>
  new Map(entries.map(([at, occupant]) => [plan.cidr.first + at, occupant]));

test('the next address is given out by the plan, taken by nobody, and no lower one is', () => {
  fc.assert(
    fc.property(plans, occupied, (plan, entries) => {
      const occupants = settle(plan, entries);
      const next = lowestFree(plan, (each) => occupants.has(each));
      const candidates = [];
      for (let address = plan.cidr.first; address <= plan.cidr.last; address += 1)
        if (groundOf(plan, address) === 'allocate' && !occupants.has(address)) candidates.push(address);
      expect(next).toBe(candidates[0] ?? null);
      expect([...freeAddresses(plan, (each) => occupants.has(each))]).toEqual(candidates);
    }),
  );
});

test('the next address never needs a reason, and is never the gateway, DHCP, reserved, network or broadcast', () => {
  fc.assert(
    fc.property(plans, occupied, (plan, entries) => {
      const occupants = settle(plan, entries);
      const next = lowestFree(plan, (each) => occupants.has(each));
      if (next === null) return;
      expect(judge(plan, occupants, next, 'li')).toEqual({ is: 'fine' });
      expect([plan.cidr.first, plan.cidr.last, plan.gateway]).not.toContain(next);
      expect(plan.parts.some(({ kind, first, last }) => kind !== 'allocate' && next >= first && next <= last)).toBe(
        false,
      );
    }),
  );
});

test('given out one after another, addresses come in order without repeats until none is left', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const taken = new Set<number>();
      let last = -1;
      for (
        let next = lowestFree(plan, (each) => taken.has(each));
        next !== null;
        next = lowestFree(plan, (each) => taken.has(each))
      ) {
        expect(next).toBeGreaterThan(last);
        last = next;
        taken.add(next);
      }
      expect([...freeAddresses(plan, (each) => taken.has(each))]).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

test('every address gets exactly one verdict: held ones never pass, cooling ones only to their last holder', () => {
  fc.assert(
    fc.property(plans, occupied, fc.nat(300), (plan, entries, at) => {
      const occupants = settle(plan, entries);
      const address = plan.cidr.first + at;
      const occupant = occupants.get(address);
      const stranger = judge(plan, occupants, address, 'li');
      const holder = judge(plan, occupants, address, 'wang');
      if (occupant && address <= plan.cidr.last) expect(stranger.is).toBe('refused');
      if (occupant?.is === 'cooling' && ['allocate', 'kept', 'unplanned'].includes(groundOf(plan, address)))
        expect(holder).toMatchObject({ is: 'asks', why: 'cooling' });
      if (stranger.is === 'asks' && stranger.why === 'skips') expect(stranger.lowest).toBeLessThan(address);
    }),
  );
});

test('a released address rests for whole local days', () => {
  const released = Date.parse('2026-09-29T23:59+08:00');
  expect(freeFrom(released, null)).toBe('2026-10-06');
  expect(freeFrom(released, 0)).toBe('2026-09-29');
  expect(freeFrom(Date.parse('2026-09-30T00:01+08:00'), 3)).toBe('2026-10-03');
});
