import * as fc from 'fast-check';
import {
  match,
  type Bound,
  type OtherPort,
  type Register,
  type Seen,
  type Told,
} from '../../../../shared/features/discovery/match.ts';
import { OWN_AT_MOST } from '../../../../shared/features/discovery/match/cards.ts';
import { flipping } from '../../../../shared/features/discovery/match/flipping.ts';
import { withoutIgnored } from '../../../../shared/features/discovery/match/ignored.ts';
import { openVerdicts } from '../../../../shared/features/discovery/verdicts.ts';
import { parseCidr, parseIp, showIp } from '../../../../shared/ip.ts';

const all = parseCidr('10.20.30.0/24');
const covered = [[all?.first ?? 0, all?.last ?? 0]] as const;
const silence = (): 'silent' => 'silent';
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
  match({ seen: rows, covered, silence }, book, flips).map((each) => `${each.verdict} ${each.ip}`);

test('as registered', () => expect(judge([seen(5, A)], register([bound('b', 5, A)]))).toEqual(['known 10.20.30.5']));
test('a host nobody registered', () => expect(judge([seen(5, A)], register([]))).toEqual(['new_mac 10.20.30.5']));
test('another MAC on a bound IP', () => {
  const [finding] = match(
    { seen: [seen(5, B)], covered, silence },
    register([bound('b', 5, A), bound('c', 9, B, 'reserved')]),
  );
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
  const [finding] = match({ seen: [seen(5, B), seen(5, A)], covered, silence }, register([bound('b', 5, A)]));
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
    { seen: [seen(5, A)], covered, silence },
    register([], { assetOf: (mac) => (mac === A ? 'pc' : null) }),
  );
  expect(finding).toMatchObject({ verdict: 'unbound', asset_id: 'pc' });
});
test('a reserved address without a MAC waits for its first card', () => {
  expect(match({ seen: [seen(5, A)], covered, silence }, register([bound('r', 5, null, 'reserved')]))[0]).toMatchObject(
    {
      verdict: 'new_mac',
      binding_id: 'r',
    },
  );
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
  test('a lease that changes hands, and two cards at once, are how such ranges are; what was seen is kept', () => {
    const flips = new Map([['10.20.30.120', [A, B]]]);
    expect(judge([seen(120, A)], register([], { dynamic }), flips)).toEqual(['dynamic 10.20.30.120']);
    const [both] = match({ seen: [seen(120, A), seen(120, B)], covered, silence }, register([], { dynamic }));
    expect(both).toMatchObject({ verdict: 'dynamic', macs: [A, B], also: [] });
  });
});

describe('one card at two addresses', () => {
  test('beside its own is used twice, not moved', () => {
    const book = register([bound('b', 5, A), bound('c', 9, B)]);
    expect(judge([seen(5, A), seen(7, A)], book)).toEqual([
      'known 10.20.30.5',
      'mac_twice 10.20.30.7',
      'silent 10.20.30.9',
    ]);
    const [, at9] = match({ seen: [seen(5, A), seen(9, A)], covered, silence }, book);
    expect(at9).toMatchObject({ verdict: 'mac_twice', also: [{ verdict: 'ip_taken' }], other_ips: ['10.20.30.5'] });
  });
  test('of which none is its own is moved, and names the other', () => {
    const found = match({ seen: [seen(6, A), seen(7, A)], covered, silence }, register([bound('b', 5, A)]));
    expect(found.map(({ verdict, other_ips }) => [verdict, other_ips])).toEqual([
      ['moved', ['10.20.30.7']],
      ['moved', ['10.20.30.6']],
    ]);
  });
});

describe('what routers say', () => {
  const say = (rows: Seen[], told: Told[], book: Register) => match({ seen: rows, covered, silence, told }, book);
  const told = (octet: number, mac: string): Told => ({ ip: `10.20.30.${octet}`, mac });
  test('another card at the same time is a conflict; one that the sweep saw elsewhere has only moved on', () => {
    const book = register([bound('b', 5, A)]);
    expect(say([seen(5, A)], [told(5, B)], book)[0]).toMatchObject({ verdict: 'conflict', macs: [A, B] });
    expect(say([seen(5, A)], [told(5, A)], book)[0]).toMatchObject({ verdict: 'known', macs: [] });
    expect(say([seen(5, A), seen(8, B)], [told(5, B)], book)[0]).toMatchObject({ verdict: 'known' });
  });
  test('behind a router its table tells the card', () => {
    const book = register([bound('b', 5, A), bound('c', 6, B)]);
    const found = say([seen(5, null), seen(6, null), seen(7, null)], [told(5, A), told(6, '001B21000009')], book);
    expect(found.map(({ verdict, mac }) => [verdict, mac])).toEqual([
      ['known', A],
      ['ip_taken', '001B21000009'],
      ['new_mac', null],
    ]);
  });
  test('of a gateway nothing is held against it', () =>
    expect(
      say([seen(1, A)], [told(1, B)], register([], { gateways: ['10.20.30.1'] })).map(({ verdict }) => verdict),
    ).toEqual(['known']));
});

describe('several things wrong with one host', () => {
  const port: OtherPort = {
    switch_name: 'SW-2F',
    switch_port: 'GE0/0/7',
    at: 1,
    registered: { switch_name: 'SW-2F', switch_port: 'GE0/0/3' },
  };
  const naming = { name: 'PC-7', rule_id: 'r', label: '单位', pattern: 'SZ-*', at: 0, wanted: ['sz-'] };
  const book = register([bound('b', 5, A)], { portOf: () => port, misnaming: () => naming });
  const [finding] = match({ seen: [seen(5, A)], covered, silence }, book);
  test('the gravest stands for it and carries the others', () =>
    expect(finding).toMatchObject({ verdict: 'port_moved', also: [{ verdict: 'misnamed' }], port, naming }));
  test('set aside, the next one stands for it; when all are, it is set aside', () => {
    if (!finding) throw new Error('nothing found');
    const [other] = finding.also;
    expect(withoutIgnored(finding, (key) => key === finding.key)).toMatchObject({
      finding: { verdict: 'misnamed', key: other?.key, also: [] },
      aside: null,
    });
    expect(withoutIgnored(finding, () => true)).toMatchObject({
      finding: { verdict: 'port_moved' },
      aside: finding.key,
    });
    expect(withoutIgnored(finding, () => false)).toMatchObject({ finding, aside: null });
  });
  test('a port that is not registered yet is something to fill in, not a finding', () => {
    const [known] = match(
      { seen: [seen(5, A)], covered, silence },
      register([bound('b', 5, A)], { portOf: () => ({ ...port, registered: null }) }),
    );
    expect(known).toMatchObject({ verdict: 'known', port: { switch_port: 'GE0/0/7' } });
  });
  test('another port or name is another fact', () => {
    const later = match(
      { seen: [seen(5, A)], covered, silence },
      register([bound('b', 5, A)], { portOf: () => ({ ...port, switch_port: 'GE0/0/9' }) }),
    );
    expect(later[0]?.key).not.toBe(finding?.key);
  });
});
test('not seen often enough to be silent: not seen this time, which asks for nothing', () => {
  const [finding] = match({ seen: [], covered, silence: () => 'unseen' }, register([bound('b', 5, A)]));
  expect(finding).toMatchObject({ verdict: 'unseen', binding_id: 'b' });
  expect(openVerdicts).not.toContain('unseen');
});

const macs = fc.constantFrom(A, B, '001B21000003', '001B21000004');
const octets = fc.integer({ min: 1, max: 8 });
const rows = fc.array(fc.tuple(octets, macs), { maxLength: 10 });
/** Any sweep of a small subnet: who was seen, what is bound, what routers say, whose port and name is wrong. */
const world = fc.record({
  hosts: rows,
  bindings: rows,
  told: rows,
  wrongPort: fc.boolean(),
  wrongName: fc.boolean(),
  dynamicFrom: fc.integer({ min: 1, max: 9 }),
});
type World = typeof world extends fc.Arbitrary<infer W> ? W : never;
function bookOf({ bindings, wrongPort, wrongName, dynamicFrom }: World, turn: <T>(list: T[]) => T[]): Register {
  return register(turn(bindings.map(([octet, mac], at) => bound(`b${at}`, octet, mac))), {
    dynamic: [[(all?.first ?? 0) + dynamicFrom, all?.last ?? 0]],
    assetOf: (mac) => (mac === A ? 'pc' : null),
    portOf: () =>
      wrongPort
        ? { switch_name: 'S', switch_port: '1', at: 0, registered: { switch_name: 'S', switch_port: '2' } }
        : null,
    misnaming: ({ ip }) =>
      wrongName ? { name: `pc${ip}`, rule_id: 'r', label: '', pattern: '#', at: 0, wanted: ['#'] } : null,
  });
}
const sweepOf = ({ hosts, told }: World, turn: <T>(list: T[]) => T[]) => ({
  seen: turn(hosts.map(([octet, mac]) => seen(octet, mac))),
  told: told.map(([octet, mac]) => ({ ip: `10.20.30.${octet}`, mac })),
  covered,
  silence,
});
const asIs = <T>(list: T[]): T[] => list;
const backwards = <T>(list: T[]): T[] => list.toReversed();

test('the order of what was seen and of the register does not matter; the same again gives the same', () => {
  fc.assert(
    fc.property(world, (each) => {
      const once = match(sweepOf(each, asIs), bookOf(each, asIs));
      expect(match(sweepOf(each, asIs), bookOf(each, asIs))).toEqual(once);
      expect(match(sweepOf(each, backwards), bookOf(each, backwards))).toEqual(once);
    }),
  );
});
test('every address has one finding, and no two findings share a key', () => {
  fc.assert(
    fc.property(world, (each) => {
      const found = match(sweepOf(each, asIs), bookOf(each, asIs));
      const ips = found.map(({ ip }) => ip);
      expect(new Set(ips).size).toBe(ips.length);
      for (const [octet] of each.hosts) expect(ips).toContain(`10.20.30.${octet}`);
      const keys = found.flatMap(({ key, also }) => [key, ...also.map((other) => other.key)]);
      expect(new Set(keys).size).toBe(keys.length);
      for (const key of keys) expect(key.length).toBeLessThanOrEqual(200);
    }),
  );
});
test('nothing in a dynamic range ever asks for a decision', () => {
  fc.assert(
    fc.property(world, (each) => {
      for (const { ip, verdict, also } of match(sweepOf(each, asIs), bookOf(each, asIs))) {
        if (Number(ip.split('.')[3]) < each.dynamicFrom) continue;
        expect(['dynamic', 'known']).toContain(verdict);
        expect(also).toEqual([]);
      }
    }),
  );
});
test('what else is wrong is less grave than what stands for it', () => {
  fc.assert(
    fc.property(world, (each) => {
      for (const { verdict, also } of match(sweepOf(each, asIs), bookOf(each, asIs))) {
        const order = [verdict, ...also.map((other) => other.verdict)].map((name) => openVerdicts.indexOf(name));
        if (also.length > 0) expect(order).toEqual([...new Set(order)].toSorted((a, b) => a - b));
      }
    }),
  );
});
test('what was set aside stays away, whatever else comes', () => {
  fc.assert(
    fc.property(world, fc.integer({ min: 0, max: 20 }), (each, pick) => {
      const found = match(sweepOf(each, asIs), bookOf(each, asIs));
      const chosen = found.filter(({ verdict }) => openVerdicts.includes(verdict))[pick];
      if (!chosen) return;
      for (const one of match(sweepOf(each, backwards), bookOf(each, backwards))) {
        const { finding, aside } = withoutIgnored(one, (key) => key === chosen.key);
        if (one.ip === chosen.ip) expect(aside === chosen.key || finding.key !== chosen.key).toBe(true);
        else expect(finding).toEqual(one);
      }
    }),
  );
});

test('20,000 observations against 20,000 bindings', () => {
  const ip = (at: number): string => showIp((parseIp('10.20.0.0') as number) + at);
  const hex = (at: number): string => at.toString(16).toUpperCase().padStart(12, '0');
  const many = Array.from({ length: 20_000 }, (_, at) => at);
  const book = register(many.map((at) => ({ id: `b${at}`, ip: ip(at), mac: hex(at * 2), state: 'active' })));
  const hosts = many.map((at) => ({ ip: ip(at), mac: hex(at % 10 === 0 ? at * 2 + 1 : at * 2), self: false }));
  const found = match({ seen: hosts, covered: [], silence }, book);
  expect(found.filter((each) => each.verdict === 'ip_taken')).toHaveLength(2000);
  expect(found.filter((each) => each.verdict === 'known')).toHaveLength(18_000);
});

test('a router that answers for 20,000 addresses (proxy ARP) takes no longer than 20,000 hosts, and tells a few of them', () => {
  const ip = (at: number): string => showIp((parseIp('10.20.0.0') as number) + at);
  const hosts = Array.from({ length: 20_000 }, (_, at) => ({ ip: ip(at), mac: A, self: false }));
  const began = performance.now();
  const found = match({ seen: hosts, covered: [], silence }, register([bound('b', 5, A)]));
  expect(performance.now() - began).toBeLessThan(2000);
  expect(found[0]?.other_ips).toHaveLength(8);
});

describe('a router that answers for others (proxy ARP)', () => {
  const router = 'FFEEDDCCBBAA';
  const cardOf = (octet: number): string => `001B2100${octet.toString(16).toUpperCase().padStart(4, '0')}`;
  const octets = fc.uniqueArray(fc.integer({ min: 2, max: 254 }), { minLength: OWN_AT_MOST + 1, maxLength: 253 });
  const others = fc.uniqueArray(fc.integer({ min: 2, max: 254 }), { maxLength: 40 });
  test('makes no host of an address, whoever is registered there, and hides nobody who answers himself', () =>
    fc.assert(
      fc.property(octets, others, others, fc.boolean(), (answered, real, registered, known) => {
        const rows = [
          seen(1, router),
          ...answered.map((octet) => seen(octet, router)),
          ...real.map((octet) => seen(octet, cardOf(octet))),
        ];
        const book = register(
          [...registered.map((octet) => bound(`b${octet}`, octet, cardOf(octet))), bound('r', 1, router)].filter(
            ({ id }) => known || id !== 'r',
          ),
          known ? {} : { gateways: ['10.20.30.1'] },
        );
        const found = new Map(
          match({ seen: rows, covered, silence }, book).map((each) => [each.ip, each.verdict] as const),
        );
        expect(found.get('10.20.30.1')).toBe('known');
        for (let octet = 2; octet < 255; octet++) {
          const verdict = found.get(`10.20.30.${octet}`);
          if (real.includes(octet)) expect(verdict).toBe(registered.includes(octet) ? 'known' : 'new_mac');
          else if (answered.includes(octet)) expect(verdict).toBe('proxied');
          else expect(verdict).toBe(registered.includes(octet) ? 'silent' : undefined);
        }
      }),
    ));
  test('a server with several addresses is none', () => {
    const rows = Array.from({ length: OWN_AT_MOST }, (_, at) => seen(at + 2, A));
    expect(new Set(judge(rows, register([])).map((line) => line.split(' ')[0]))).toEqual(new Set(['new_mac']));
  });
  test('what it took turns with over sweeps is no conflict', () => {
    const rows = [seen(5, A), ...Array.from({ length: 60 }, (_, at) => seen(at + 100, router))];
    const flips = new Map([['10.20.30.5', [A, router]]]);
    expect(judge(rows, register([bound('b', 5, A)]), flips)[0]).toBe('known 10.20.30.5');
  });
});
