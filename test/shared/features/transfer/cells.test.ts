import fc from 'fast-check';
import { readCell, type CellContext } from '../../../../shared/features/transfer/cells.ts';
import { isDay } from '../../../../shared/day.ts';

const plain: CellContext = { isKey: false, dates: 'ask', words: undefined, legal: '' };
const day = (text: string, dates: CellContext['dates'] = 'ask', type = 's') =>
  readCell({ kind: 'day' }, text, type, { ...plain, dates });
const key = (text: string, type = 's') => readCell({ kind: 'text' }, text, type, { ...plain, isKey: true });

/** Texts that look like dates, most of them wrong in some part. */
const written = fc
  .tuple(
    fc.integer({ min: 0, max: 2400 }),
    fc.integer({ min: 0, max: 40 }),
    fc.integer({ min: 0, max: 40 }),
    fc.constantFrom('-', '/', '.', '年'),
  )
  .map(([a, b, c, sign]) => [a, b, c].join(sign));

describe('dates', () => {
  test.each([
    '2026-09-07',
    '2026/9/7',
    '2026.9.7',
    '2026年9月7日',
    '2026年09月07日',
    '20260907',
    '２０２６－９－７',
    '2026-09-07 16:30',
    '2026/9/7 8:05:00',
  ])('%s is the 7th of September', (text) => expect(day(text)).toStrictEqual({ value: '2026-09-07' }));

  test('day and month are asked about only where both readings are dates', () => {
    expect(day('03/04/2026')).toMatchObject({
      value: null,
      issue: { code: 'day_ambiguous', params: { one: '2026-04-03', other: '2026-03-04' } },
    });
    expect(day('03/04/2026', 'dmy').value).toBe('2026-04-03');
    expect(day('03/04/2026', 'mdy').value).toBe('2026-03-04');
    expect(day('25/04/2026').value).toBe('2026-04-25');
    expect(day('04/25/2026').value).toBe('2026-04-25');
    expect(day('04/04/2026').value).toBe('2026-04-04');
  });

  test('a month alone is taken as its first with a word; nonsense is refused', () => {
    expect(day('2021年3月')).toMatchObject({ value: '2021-03-01', issue: { code: 'month_only' } });
    for (const text of ['2026-02-30', '2026-13-01', '26-9-7', '去年', '1899-12-31', '25/25/2026'])
      expect(day(text).issue?.code).toBe('bad_day');
  });

  test('a serial without its format is the day it stood for', () =>
    expect(day('46272', 'ask', 'n').value).toBe('2026-09-07'));

  test('whatever is typed, the answer is a real date or a reason', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), written), (text) => {
        const { value, issue } = day(text);
        return value === null ? issue !== undefined || text.trim() === '' : isDay(String(value));
      }),
    );
  });
});

describe('identifiers', () => {
  test('digits that a spreadsheet damaged are never taken', () => {
    for (const text of ['6.37702E+15', '1E+11', '１.２e+10']) expect(key(text).issue?.code).toBe('scientific');
    expect(key('6377020000000000', 'e').issue?.code).toBe('scientific');
    expect(key('E+15').value).toBe('E+15');
  });
  test('full-width digits, letters and signs become plain; names keep their Chinese punctuation', () => {
    expect(key('　ＺＣ－００１ ').value).toBe('ZC-001');
    expect(readCell({ kind: 'text' }, ' 笔记本（旧）Ｔ１４', 's', plain).value).toBe('笔记本（旧）T14');
  });
  test('MAC addresses in every style, none of them zero, broadcast or short', () => {
    const mac = (text: string, type = 's') => readCell({ kind: 'mac' }, text, type, plain);
    for (const text of [
      'aa:bb:cc:dd:ee:02',
      'AA-BB-CC-DD-EE-02',
      'aabb-ccdd-ee02',
      'aabb.ccdd.ee02',
      'ＡＡ：ＢＢ：ＣＣ：ＤＤ：ＥＥ：０２',
    ])
      expect(mac(text).value).toBe('AABBCCDDEE02');
    for (const text of ['00-00-00-00-00-00', 'FF-FF-FF-FF-FF-FF', '01-00-5E-00-00-01', 'AABBCCDDEE', '无线'])
      expect(mac(text).issue?.code).toBe('bad_mac');
    expect(mac('1122334455', 'n').issue).toStrictEqual({
      code: 'zeros_lost',
      params: { text: '1122334455', meant: '001122334455' },
    });
    expect(mac('1E+11').issue?.code).toBe('scientific');
  });
});

describe('numbers', () => {
  const money = (text: string) => readCell({ kind: 'money' }, text, 's', plain);
  test('money in cents, however it is written', () => {
    for (const text of ['4500', '4,500.00', '￥4,500', '4500元', '4500.00 元整', '４５００'])
      expect(money(text).value).toBe(450_000);
    expect(money('0.1').value).toBe(10);
    for (const text of ['-1', '四千五', '1.2.3', '99999999999999999999'])
      expect(money(text).issue?.code).toBe('bad_number');
  });
  test('whole numbers stay whole', () => {
    const count = (text: string) => readCell({ kind: 'int', min: 0, max: 99 }, text, 's', plain);
    expect(count('12台').value).toBe(12);
    for (const text of ['1.5', '100', '-1', 'x']) expect(count(text).issue?.code).toBe('bad_number');
  });
  test('every amount of cents survives being written with two decimals', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), (cents) => money((cents / 100).toFixed(2)).value === cents),
    );
  });
});

test('error values, blanks and lengths', () => {
  expect(readCell({ kind: 'text' }, '#N/A', 'X', plain).issue?.code).toBe('cell_error');
  expect(readCell({ kind: 'text' }, '#N/A', 's', plain).value).toBe('#N/A');
  expect(readCell({ kind: 'text' }, '　 ', 's', plain)).toStrictEqual({ value: null });
  expect(readCell({ kind: 'text', max: 3 }, '四个字长', 's', plain).issue).toStrictEqual({
    code: 'too_long',
    params: { max: 3, length: 4 },
  });
});
