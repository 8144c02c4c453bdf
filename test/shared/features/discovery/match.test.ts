import * as fc from 'fast-check';
import { flipping, match, type Bound, type Register, type Seen } from '../../../../shared/features/discovery/match.ts';
import { parseCidr, parseIp, showIp } from '../../../../shared/ip.ts';

const all = parseCidr('10.20.30.0/24');
const covered = [[all?.first ?? 0, all?.last ?? 0]] as const;
const seen = (octet: number, mac: string | null, self = false): Seen => ({ ip: `10.20.30.${octet}`, mac, self });
const bound = (id: string, octet: number, mac: string | null, state = 'active'): Bound => ({
  id,
  ip: `10.20.30.${octet}`,
  mac,
  state,
});
const register = (bindings: Bound[], more: Partial<Register> = {}): Register => ({
  bindings,
  assetOf: () => null,
  gateways: [],
  dynamic: [],
  ...more,
});
const A = '001B21000001';
const B = '001B21000002';
const judge = (rows: Seen[], book: Register, flips?: Map<string, string[]>): string[] =>
  match({ seen: rows, covered }, book, flips).map((each) => `${each.verdict} ${each.ip}`);

test('as registered', () => expect(judge([seen(5, A)], register([bound('b', 5, A)]))).toEqual(['known 10.20.30.5']));
test('a host nobody registered', () => expect(judge([seen(5, A)], register([]))).toEqual(['new_mac 10.20.30.5']));
test('another MAC on a bound IP', () => {
  const [finding] = match({ seen: [seen(5, B)], covered }, register([bound('b', 5, A), bound('c', 9, B, 'reserved')]));
  expect(finding).toMatchObject({ verdict: 'ip_taken', mac: B, binding_id: 'b', other_binding_id: 'c' });
});
test('a bound MAC at another IP is moved, and its own IP is not called silent as well', () =>
  expect(judge([seen(7, A)], register([bound('b', 5, A)]))).toEqual(['moved 10.20.30.7']));
test('registered but silent, only where it was asked and only when active', () => {
  const book = register([
    bound('b', 5, A),
    bound('s', 6, B, 'suspended'),
    { id: 'x', ip: '10.9.9.9', mac: 'A'.repeat(12), state: 'active' },
  ]);
  expect(judge([], book)).toEqual(['silent 10.20.30.5']);
});
test('two MACs answer for one IP', () => {
  const [finding] = match({ seen: [seen(5, B), seen(5, A)], covered }, register([bound('b', 5, A)]));
  expect(finding).toMatchObject({ verdict: 'conflict', macs: [A, B], binding_id: 'b' });
});
test('an IP that goes back and forth over sweeps is a conflict; a replaced card is not', () => {
  const rows = (...macs: string[]): { ip: string; mac: string }[] => macs.map((mac) => ({ ip: '10.20.30.5', mac }));
  expect([...flipping(rows(A, A, B, B)).keys()]).toEqual([]);
  expect(flipping(rows(A, B, A))).toEqual(new Map([['10.20.30.5', [A, B]]]));
  expect(judge([seen(5, A)], register([bound('b', 5, A)]), flipping(rows(A, B, A)))).toEqual(['conflict 10.20.30.5']);
});
test('a registered asset without a binding is told as such', () => {
  const [finding] = match(
    { seen: [seen(5, A)], covered },
    register([], { assetOf: (mac) => (mac === A ? 'pc' : null) }),
  );
  expect(finding).toMatchObject({ verdict: 'unbound', asset_id: 'pc' });
});
test('a reserved address without a MAC waits for its first card', () => {
  expect(match({ seen: [seen(5, A)], covered }, register([bound('r', 5, null, 'reserved')]))[0]).toMatchObject({
    verdict: 'new_mac',
    binding_id: 'r',
  });
});
test('gateway and own laptop raise no alarm', () =>
  expect(judge([seen(1, A), seen(2, B, true)], register([], { gateways: ['10.20.30.1'] }))).toEqual([
    'known 10.20.30.1',
    'known 10.20.30.2',
  ]));
test('behind a router no MAC is seen: the address alone is compared', () =>
  expect(judge([seen(5, null), seen(6, null)], register([bound('b', 5, A)]))).toEqual([
    'known 10.20.30.5',
    'new_mac 10.20.30.6',
  ]));

describe('DHCP and wireless ranges', () => {
  const dynamic = [[parseIp('10.20.30.100') as number, parseIp('10.20.30.200') as number]] as const;
  test('raise no alarm, whoever comes and goes', () => {
    const book = register([bound('r', 150, A), bound('m', 5, B)], { dynamic });
    expect(judge([seen(120, 'AAAAAAAAAAAA'), seen(130, B)], book)).toEqual([
      'dynamic 10.20.30.120',
      'dynamic 10.20.30.130',
    ]);
    expect(judge([seen(5, B), seen(150, 'AAAAAAAAAAAA')], book)).toEqual(['known 10.20.30.5', 'dynamic 10.20.30.150']);
  });
  test('a lease that changed hands twice is no conflict, two cards at once are', () => {
    const flips = new Map([['10.20.30.120', [A, B]]]);
    expect(judge([seen(120, A)], register([], { dynamic }), flips)).toEqual(['dynamic 10.20.30.120']);
    expect(judge([seen(120, A), seen(120, B)], register([], { dynamic }))).toEqual(['conflict 10.20.30.120']);
  });
});

const macs = fc.constantFrom(A, B, '001B21000003', '001B21000004');
const octets = fc.integer({ min: 1, max: 8 });
const rows = fc.array(fc.tuple(octets, macs), { maxLength: 10 });
test('the order of what was seen and of the register does not matter, and every host gets exactly one verdict', () => {
  fc.assert(
    fc.property(rows, rows, (hosts, bindings) => {
      const sweep = hosts.map(([octet, mac]) => seen(octet, mac));
      const book = bindings.map(([octet, mac], at) => bound(`b${at}`, octet, mac));
      const found = match({ seen: sweep, covered }, register(book));
      const again = match({ seen: sweep.toReversed(), covered }, register(book));
      expect(again.map((each) => each.key)).toEqual(found.map((each) => each.key));
      for (const ip of new Set(sweep.map((each) => each.ip)))
        expect(found.filter((each) => each.ip === ip)).toHaveLength(1);
    }),
  );
});

test('20,000 observations against 20,000 bindings', () => {
  const ip = (at: number): string => showIp((parseIp('10.20.0.0') as number) + at);
  const hex = (at: number): string => at.toString(16).toUpperCase().padStart(12, '0');
  const many = Array.from({ length: 20_000 }, (_, at) => at);
  const book = register(many.map((at) => ({ id: `b${at}`, ip: ip(at), mac: hex(at * 2), state: 'active' })));
  const hosts = many.map((at) => ({ ip: ip(at), mac: hex(at % 10 === 0 ? at * 2 + 1 : at * 2), self: false }));
  const found = match({ seen: hosts, covered: [] }, book);
  expect(found.filter((each) => each.verdict === 'ip_taken')).toHaveLength(2000);
  expect(found.filter((each) => each.verdict === 'known')).toHaveLength(18_000);
});
