import fc from 'fast-check';
import { carve, roomFor, type OwnPart } from '../../../../shared/features/ipam/carve.ts';
import { groundOf, isOpenTo, type Plan } from '../../../../shared/features/ipam/plan.ts';
import { hostRange, parseCidr, type Cidr } from '../../../../shared/ip.ts';

const cidr = parseCidr('10.0.0.0/27') as Cidr;
const [low, high] = hostRange(cidr);
const N = high - low + 1;

/** Parts that do not overlap, out of a word for each host: d = DHCP, r = reserved, x = of a department, a = given out, anything else none. */
const parts = (words: readonly string[]): OwnPart[] =>
  words.flatMap((word, index): OwnPart[] => {
    const kind = { d: 'dhcp', r: 'reserved', x: 'allocate', a: 'allocate' }[word] as OwnPart['kind'] | undefined;
    const at = low + index;
    return kind ? [{ id: String(at), kind, first: at, last: at, department: word === 'x' ? '语文组' : null }] : [];
  });

test('what is carved out changes the ground of nothing else', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('d', 'r', 'x', 'a', '-'), { minLength: N, maxLength: N }),
      fc.nat(N - 1),
      fc.nat(N - 1),
      (words, a, b) => {
        const before = parts(words);
        const run = [low + Math.min(a, b), low + Math.max(a, b)] as const;
        const plan: Plan = { cidr, gateway: null, parts: before };
        const open = (address: number): boolean =>
          groundOf(plan, address) === 'allocate' && isOpenTo(plan, address, null);
        const all = Array.from({ length: N }, (_, index) => low + index);
        const carving = carve(cidr, before, run);
        const wholly = all.filter((address) => address >= run[0] && address <= run[1]).every(open);
        expect(carving !== null).toBe(wholly);
        if (!carving) return;
        const after: OwnPart[] = [
          ...before.flatMap((part) => {
            const cut = carving.cut.find(({ id }) => id === part.id);
            return carving.gone.includes(part.id) ? [] : [cut ? { ...part, ...cut } : part];
          }),
          ...carving.rest.map(([first, last]): OwnPart => ({ id: 'new', kind: 'allocate', first, last })),
          { id: 'run', kind: 'reserved', first: run[0], last: run[1] },
        ];
        const then: Plan = { cidr, gateway: null, parts: after };
        for (const address of all) {
          const covering = after.filter(({ first, last }) => address >= first && address <= last);
          expect(covering.length).toBeLessThanOrEqual(1);
          const inside = address >= run[0] && address <= run[1];
          expect([address, groundOf(then, address)]).toEqual([address, inside ? 'kept' : groundOf(plan, address)]);
        }
      },
    ),
  );
});

test('the room found is the lowest run of so many that are free', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: N, maxLength: N }), fc.integer({ min: 1, max: N }), (taken, n) => {
      const plan: Plan = { cidr, gateway: null, parts: [] };
      const room = roomFor(plan, (address) => taken[address - low] === true, n);
      const line = taken.map((each) => (each ? 'x' : '.')).join('');
      const at = line.indexOf('.'.repeat(n));
      expect(room.run).toEqual(at < 0 ? null : [low + at, low + at + n - 1]);
      expect(room.free).toBe(line.replaceAll('x', '').length);
      expect(room.longest).toBe(Math.max(...line.split('x').map((run) => run.length)));
    }),
  );
});
