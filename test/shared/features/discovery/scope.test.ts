import * as fc from 'fast-check';
import { isPrivate, readScope, runsOf, targetsOf } from '../../../../shared/features/discovery/scope.ts';
import { parseCidr, parseIp, showIp, type Cidr } from '../../../../shared/ip.ts';

const problem = (written: string[], confirmed = false): string => {
  const scope = readScope(written, confirmed);
  return scope.ok ? 'ok' : scope.problem;
};
const cidr = (written: string): Cidr => parseCidr(written) as Cidr;
const shown = (written: string, known: string[] = []): string[] =>
  targetsOf([cidr(written)], known.map(cidr)).map(showIp);

test.each([
  ['10.20.30.0/24', 'ok'],
  ['10.20.30.7', 'ok'],
  ['100.64.8.0/22', 'ok'],
  ['169.254.0.0/16', 'scope_confirm'],
  ['192.168.0.0/20', 'ok'],
  ['192.168.0.0/19', 'scope_confirm'],
  ['10.0.0.0/15', 'scope_too_wide'],
  ['10.0.0.0/8', 'scope_too_wide'],
  ['8.8.8.0/24', 'scope_public'],
  ['114.114.114.114', 'scope_public'],
  ['0.0.0.0/0', 'scope_public'],
  ['127.0.0.0/24', 'scope_public'],
  ['224.0.0.0/24', 'scope_public'],
  ['172.32.0.0/24', 'scope_public'],
  ['192.168.0.0/33', 'scope_nonsense'],
  ['010.1.1.0/24', 'scope_nonsense'],
  ['-f', 'scope_nonsense'],
  ['fe80::1%-f', 'scope_nonsense'],
  ['教学楼', 'scope_nonsense'],
  ['  ', 'scope_empty'],
])('%s is %s', (written, expected) => expect(problem([written])).toBe(expected));

test('a wide sweep goes after it was confirmed, a too wide one never', () => {
  expect(problem(['192.168.0.0/19'], true)).toBe('ok');
  expect(problem(['10.0.0.0/15'], true)).toBe('scope_too_wide');
});

test('many small subnets count together', () => {
  const seventeen = Array.from({ length: 17 }, (_, at) => `10.9.${at}.0/24`);
  expect(problem(seventeen)).toBe('scope_confirm');
  expect(problem(seventeen.slice(0, 16))).toBe('ok');
});

test('subnets written twice or inside one another are asked once', () => {
  const scope = readScope(['10.1.1.0/24，10.1.1.128/25', '10.1.1.7'], false);
  expect(scope).toMatchObject({ ok: true, count: 256 });
});

test('network and broadcast addresses are never asked', () => {
  expect(shown('10.1.1.0/29')).toEqual(['10.1.1.1', '10.1.1.2', '10.1.1.3', '10.1.1.4', '10.1.1.5', '10.1.1.6']);
  expect(shown('10.1.0.0/23', ['10.1.0.0/24'])).not.toContain('10.1.0.255');
  expect(shown('10.1.1.255/32', ['10.1.1.0/24'])).toEqual([]);
});

test('a part of the own subnet has no edges of its own', () => {
  expect(shown('10.1.1.128/30', ['10.1.1.0/24'])).toEqual(['10.1.1.128', '10.1.1.129', '10.1.1.130', '10.1.1.131']);
});

test('no CIDR at all leads outside the private ranges, or to more addresses than allowed', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 32 - 1), fc.integer({ min: 0, max: 32 }), fc.boolean(), (address, prefix, confirmed) => {
      const scope = readScope([`${showIp(address)}/${prefix}`], confirmed);
      if (!scope.ok) return;
      const targets = targetsOf(scope.cidrs, []);
      expect(targets.length).toBeLessThanOrEqual(confirmed ? 65_536 : 4096);
      expect(targets.every(isPrivate)).toBe(true);
    }),
    { numRuns: 20_000 },
  );
});

test('runs say briefly what was covered', () => {
  expect(
    runsOf([5, 3, 4, 9].map((octet) => (parseIp('10.0.0.0') as number) + octet)).map((run) => run.map(showIp)),
  ).toEqual([
    ['10.0.0.3', '10.0.0.5'],
    ['10.0.0.9', '10.0.0.9'],
  ]);
});
