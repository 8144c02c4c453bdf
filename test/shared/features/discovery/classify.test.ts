import fc from 'fast-check';
import { nextPorts, type Asked } from '../../../../shared/features/discovery/ask-ports.ts';
import { classify, leanings, sentTtl, type Clues } from '../../../../shared/features/discovery/classify.ts';
import { clues as clueNames, deviceKinds, nameSources } from '../../../../shared/features/discovery/identity.ts';
import { portPoints } from '../../../../shared/features/discovery/kind-rules.ts';
import { cluesOf, profiles } from '../../../support/profiles.ts';

test('there are devices enough to speak of', () => {
  expect(profiles.length).toBeGreaterThanOrEqual(80);
  expect(new Set(profiles.map(({ kind }) => kind))).toEqual(new Set([...deviceKinds, null]));
});

test.each(profiles.map((profile) => [profile.what, profile.kind, profile] as const))('%s: %s', (_, kind, profile) => {
  const clues = cluesOf(profile);
  const verdict = classify(clues);
  expect([verdict.kind, leanings(clues).slice(0, 2)]).toEqual([kind, expect.anything()]);
  // what decided is something the host really told
  const told = [
    clues.vendor,
    clues.title,
    clues.snmp,
    String(clues.ttl),
    '',
    ...clues.ports.map(String),
    ...clues.services,
    ...clues.names.map(({ name }) => name),
  ];
  for (const { clue, value } of verdict.evidence) {
    expect(told).toContain(value);
    expect(clueNames).toContain(clue);
  }
  expect(verdict.evidence.length > 0).toBe(verdict.kind !== null);
});

test('the weightiest clue is named first', () => {
  const { evidence } = classify(cluesOf({ what: '', kind: null, vendor: 'HP Inc.', ttl: 64, ports: [80, 9100] }));
  expect(evidence).toEqual([
    { clue: 'port', value: '9100' },
    { clue: 'vendor', value: 'HP Inc.' },
  ]);
});

test('three print services are one clue said three times, and do not outshout a file server', () => {
  const services = ['_ipp._tcp', '_printer._tcp', '_pdl-datastream._tcp', '_scanner._tcp'];
  const [printer] = leanings(cluesOf({ what: '', kind: null, services }));
  expect(printer).toEqual({ kind: 'printer', points: 7 });
});

test.each([
  [64, 64],
  [63, 64],
  [128, 128],
  [120, 128],
  [255, 255],
  [250, 255],
  [1, 64],
])('an echo that arrives with %i was sent with %i', (arrived, sent) => {
  expect(sentTtl(arrived)).toBe(sent);
});

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    ...profiles.flatMap(({ vendor, title, services = [] }) => [vendor, title, ...services]).filter((x) => x != null),
  ),
);
const anyClues: fc.Arbitrary<Clues> = fc.record({
  vendor: fc.option(word),
  random: fc.boolean(),
  ports: fc.uniqueArray(fc.oneof(fc.constantFrom(...Object.keys(portPoints).map(Number)), fc.nat(65_535)), {
    maxLength: 12,
  }),
  ttl: fc.option(fc.integer({ min: 1, max: 255 })),
  services: fc.array(word, { maxLength: 6 }),
  title: fc.option(word),
  names: fc.array(fc.record({ source: fc.constantFrom(...nameSources), name: word }), { maxLength: 4 }),
  snmp: fc.option(word),
});

test('whatever is told: the order of telling does not matter, and a kind always leads clearly', () => {
  fc.assert(
    fc.property(anyClues, (clues) => {
      const verdict = classify(clues);
      const turned = {
        ...clues,
        ports: clues.ports.toReversed(),
        services: clues.services.toReversed(),
        names: clues.names.toReversed(),
      };
      expect(classify(turned).kind).toBe(verdict.kind);
      const [best, next] = leanings(clues);
      expect(verdict.kind !== null).toBe((best?.points ?? 0) >= 5 && (best?.points ?? 0) - (next?.points ?? 0) >= 2);
      expect(verdict.evidence.length).toBeLessThanOrEqual(6);
    }),
    { numRuns: 3000 },
  );
});

test('a text of any length is weighed at once', () => {
  const began = performance.now();
  for (const piece of ['a-', '-_.', '(', 'ds-2', ' ap', '0'])
    classify({ ...cluesOf({ what: '', kind: null }), title: piece.repeat(50_000), services: [piece.repeat(50_000)] });
  expect(performance.now() - began).toBeLessThan(1000);
});

/** Asks on until the planner is done, as the identifier does. */
function play(clues: Clues, open: readonly number[], refuses = true): { asked: Asked[]; clues: Clues } {
  const asked: Asked[] = [];
  let known = { ...clues, ports: [] as number[] };
  for (;;) {
    const next = nextPorts(known, asked);
    if (next.length === 0) return { asked, clues: known };
    for (const port of next) {
      asked.push({ port, answered: refuses || open.includes(port) });
      if (open.includes(port)) known = { ...known, ports: [...known.ports, port] };
    }
  }
}

test('ports: never twice, never many, and always to an end', () => {
  fc.assert(
    fc.property(
      anyClues,
      fc.array(fc.constantFrom(...Object.keys(portPoints).map(Number), 80, 443)),
      fc.boolean(),
      (clues, open, refuses) => {
        const { asked } = play(clues, open, refuses);
        expect(new Set(asked.map(({ port }) => port)).size).toBe(asked.length);
        expect(asked.length).toBeLessThanOrEqual(refuses || open.length > 0 ? 16 : 6);
      },
    ),
    { numRuns: 1000 },
  );
});

test.each([
  ['a host that drops everything', {}, [], false, 6],
  ['a maker of telephones', { vendor: 'Fanvil Technology Co., Ltd.' }, [80], true, 2],
  ['a camera by its maker', { vendor: 'Zhejiang Dahua Technology Co., Ltd.' }, [80, 554, 37777], true, 4],
  ['a phone that made up its MAC', { random: true }, [], true, 4],
])('%s is asked at most so often', (_, told, open, refuses, most) => {
  expect(play(cluesOf({ what: '', kind: null, ...told }), open, refuses).asked.length).toBeLessThanOrEqual(most);
});

test('a Windows computer is asked what would make it a server', () => {
  const { asked, clues } = play(cluesOf({ what: '', kind: null, ttl: 128, services: ['NetBIOS'] }), [135, 445, 1433]);
  expect(asked.map(({ port }) => port)).toEqual(expect.arrayContaining([445, 1433, 88]));
  expect(classify(clues).kind).not.toBe('pc');
});
