import * as fc from 'fast-check';
import { breakOf, createNamer, readPattern } from '../../../../shared/features/discovery/naming.ts';

const pieces = (pattern: string) => {
  const read = readPattern(pattern);
  if (!read.ok) throw new Error(`${pattern}: ${read.problem}`);
  return read.pieces;
};
const broken = (pattern: string, name: string) => breakOf(pieces(pattern), name);

test.each([
  ['SZ-*', 'sz-王芳'],
  ['SZ-*', 'SZ-'],
  ['SZ-@@*', 'SZ-王芳'],
  ['{语文|数学|英语}组-@*', '数学组-李明'],
  ['B###-PC##', 'b305-pc01'],
  ['*-{01|02}', 'jf-c201-02'],
  ['*机房*', 'C201机房-17'],
  ['ＳＺ－*', 'SZ-1'],
  ['{a|ab}c', 'abc'],
  ['{ab|a}bc', 'abc'],
  ['*', ''],
])('%s allows %s', (pattern, name) => expect(broken(pattern, name)).toBeNull());

test.each([
  ['SZ-*', 'PC-WANGFANG', 0, ['SZ-']],
  ['SZ-*', 'sz_1', 2, ['-']],
  ['SZ-@*', 'SZ-9', 3, ['@']],
  ['PC##', 'PC7', 3, ['#']],
  ['PC##', 'PC123', 4, []],
  ['{语文|数学}-*', '语言-1', 1, ['文']],
  ['{a|b}', 'c', 0, ['a', 'b']],
])('%s refuses %s after %i characters', (pattern, name, at, wanted) =>
  expect(broken(pattern, name)).toEqual({ at, wanted }),
);

test.each([
  ['', 'pattern_empty'],
  ['  ', 'pattern_empty'],
  ['SZ-{a|b', 'pattern_brace'],
  ['SZ-a}', 'pattern_brace'],
  ['{a||b}', 'pattern_brace'],
  ['{}', 'pattern_brace'],
  ['{a{b}', 'pattern_brace'],
])('"%s" is no pattern: %s', (pattern, problem) => expect(readPattern(pattern)).toEqual({ ok: false, problem }));

/** The same language as a regular expression, which may take for ever and cannot say where a name breaks. */
const asRegExp = (pattern: string): RegExp => {
  const sign: Record<string, string> = { '#': '\\p{Nd}', '@': '\\p{L}', '*': '.*' };
  const parts = pattern.match(/\{[^}]*\}|./gu) ?? [];
  const plain = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const body = parts.map((part) =>
    part.startsWith('{') ? `(?:${part.slice(1, -1).split('|').map(plain).join('|')})` : (sign[part] ?? plain(part)),
  );
  return new RegExp(`^${body.join('')}$`, 'isu');
};
test('allows what the same pattern as a regular expression allows', () => {
  const part = fc.constantFrom('#', '@', '*', 'a', 'b', '王', '-', '1', '{a|ab}', '{王|b1}');
  const letter = fc.constantFrom('a', 'B', '1', '-', '王');
  fc.assert(
    fc.property(
      fc.array(part, { minLength: 1, maxLength: 8 }),
      fc.array(letter, { maxLength: 10 }),
      (parts, letters) => {
        const name = letters.join('');
        const found = broken(parts.join(''), name);
        expect(found === null).toBe(asRegExp(parts.join('')).test(name));
        if (found) expect(found.at).toBeLessThanOrEqual(letters.length);
      },
    ),
    { numRuns: 2000 },
  );
});
test('a pattern that would hang a regular expression takes no time', () => {
  const began = performance.now();
  expect(broken('*a'.repeat(40), 'a'.repeat(39) + 'b'.repeat(200))).not.toBeNull();
  expect(performance.now() - began).toBeLessThan(100);
});

describe('several rules', () => {
  const rule = (id: string, pattern: string, more: { subnet_id?: string; kind?: 'pc' | 'printer' } = {}) => ({
    id,
    label: id,
    pattern,
    subnet_id: null,
    kind: null,
    ...more,
  });
  const host = (name: string, more: { subnet_id?: string; kind?: 'pc' | 'printer' } = {}) => ({
    name,
    subnet_id: null,
    kind: null,
    ...more,
  });
  test('none: every name is right', () => expect(createNamer([])(host('任意'))).toBeNull());
  test('any of the same weight will do; otherwise the nearest is named', () => {
    const namer = createNamer([rule('a', 'SZ-*'), rule('b', 'SC-##')]);
    expect(namer(host('sc-12'))).toBeNull();
    expect(namer(host('sc-1x'))).toMatchObject({ rule_id: 'b', at: 4, wanted: ['#'], name: 'sc-1x' });
  });
  test('one for the subnet or kind goes before one for all', () => {
    const namer = createNamer([
      rule('all', 'SZ-*'),
      rule('room', 'JF-##', { subnet_id: 's' }),
      rule('p', 'PR-*', { kind: 'printer' }),
    ]);
    expect(namer(host('JF-01', { subnet_id: 's' }))).toBeNull();
    expect(namer(host('SZ-01', { subnet_id: 's' }))).toMatchObject({ rule_id: 'room' });
    expect(namer(host('HP', { kind: 'printer' }))).toMatchObject({ rule_id: 'p' });
    expect(namer(host('HP', { kind: 'pc' }))).toMatchObject({ rule_id: 'all' });
  });
  test('a rule only for a kind says nothing of hosts whose kind is unknown', () =>
    expect(createNamer([rule('p', 'PR-*', { kind: 'printer' })])(host('HP'))).toBeNull());
});
