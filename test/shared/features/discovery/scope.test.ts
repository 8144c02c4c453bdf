import {
  inRuns,
  mergeRuns,
  readScope,
  runsOf,
  targetRuns,
  targetsOf,
} from '../../../../shared/features/discovery/scope.ts';
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

test('a routed range is taken for subnets of 256: their edges are not asked, a host between them is', () => {
  expect(shown('10.9.0.0/23')).not.toContain('10.9.0.255');
  expect(shown('10.9.0.0/23')).not.toContain('10.9.1.0');
  expect(shown('10.9.0.0/23')).toHaveLength(508);
  // the own subnet is known as it is: no edge in its middle
  expect(shown('10.9.0.0/22', ['10.9.0.0/22'])).toHaveLength(1022);
  expect(shown('10.9.0.0/21', ['10.9.0.0/22'])).toHaveLength(1022 + 1016);
});

/** xorshift32: a million random numbers that are the same every time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
/** Written down once more, in octets, so that the rule is not tested by itself. */
const mayBeAsked = (address: number): boolean => {
  const [a, b] = [address >>> 24, (address >>> 16) & 255];
  return (
    a === 10 ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 100 && b >= 64 && b <= 127) ||
    (a === 169 && b === 254)
  );
};

test('a million random ranges: nothing outside the private ranges, no edge, never too many', () => {
  const next = numbers(20_261_122);
  const starts = ['10.0.0.0', '172.16.0.0', '192.168.0.0', '100.64.0.0', '169.254.0.0'].map(
    (ip) => parseIp(ip) as number,
  );
  const wrong: string[] = [];
  let swept = 0;
  for (let at = 0; at < 1_000_000; at++) {
    // half of them around the private ranges, where mistakes would be
    const address = next(2) ? next(2 ** 32) : ((starts[next(5)] as number) + next(2 ** 21) - 2 ** 19) >>> 0;
    const written = `${showIp(address)}/${next(33)}`;
    const scope = readScope([written], next(2) === 1);
    if (!scope.ok) continue;
    swept++;
    const card = next(2) ? [] : [cidr(`${showIp(address)}/${8 + next(25)}`)];
    const runs = targetRuns(scope.cidrs, card);
    const [range] = scope.cidrs as [Cidr];
    const edges = [
      ...card.filter(({ prefix }) => prefix <= 30),
      ...(range.prefix <= 30 && card.length === 0 ? [range] : []),
    ];
    const bad =
      scope.count > 65_536 ||
      runs.some(
        ([first, last]) =>
          first > last ||
          first < range.first ||
          last > range.last ||
          !mayBeAsked(first) ||
          !mayBeAsked(last) ||
          edges.some((edge) => [edge.first, edge.last].some((each) => each >= first && each <= last)),
      );
    if (bad) wrong.push(written);
  }
  expect(wrong).toEqual([]);
  expect(swept).toBeGreaterThan(50_000);
}, 60_000);

test('runs say briefly what was covered', () => {
  expect(
    runsOf([5, 3, 4, 9].map((octet) => (parseIp('10.0.0.0') as number) + octet)).map((run) => run.map(showIp)),
  ).toEqual([
    ['10.0.0.3', '10.0.0.5'],
    ['10.0.0.9', '10.0.0.9'],
  ]);
});

test('runs are merged where they touch, and asked about', () => {
  expect(
    mergeRuns([
      [8, 9],
      [1, 3],
      [4, 5],
      [2, 2],
    ]),
  ).toEqual([
    [1, 5],
    [8, 9],
  ]);
  const within = inRuns([
    [8, 9],
    [1, 3],
  ]);
  expect([0, 1, 3, 4, 7, 8, 9, 10].filter(within)).toEqual([1, 3, 8, 9]);
  expect(inRuns([])(1)).toBe(false);
});
