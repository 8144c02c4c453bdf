import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calendarOf, daysFromTo, isWorkday } from '../../../shared/calendar.ts';
import { readNotice } from '../../../shared/calendar/notice.ts';
import { isRefusal } from '../../../shared/refusal.ts';

// The notices of 2025 and 2026 as published (domain.md §5 S1, S2), spacing and brackets as pasted from a web page.
const notice2026 = `国务院办公厅关于2026年部分节假日安排的通知
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。`;
const notice2025 = `一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。`;

const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (isRefusal(error)) return error.code;
    throw error;
  }
  return 'none';
};

test.each([
  [2026, notice2026, null],
  [2025, notice2025, 2025],
])('the text of the notice of %i gives the very days that are shipped', (year, text, given) => {
  const notice = readNotice(text, given);
  expect(notice.year).toBe(year);
  const imported = calendarOf(notice.days.map((day) => ({ ...day, source: 'notice' as const })));
  const differ = daysFromTo(`${year}-01-01`, `${year}-12-31`).filter(
    (day) => isWorkday(imported, day) !== isWorkday(calendarOf(), day),
  );
  expect(differ).toEqual([]);
  const shippedMarks = [...calendarOf().marks.values()].filter(({ day }) => day.startsWith(String(year)));
  expect(notice.days.map(({ day, kind }) => [day, kind])).toEqual(
    shippedMarks.map(({ day, kind }) => [day, kind]).toSorted(([a = ''], [b = '']) => a.localeCompare(b)),
  );
});

test('holidays keep their names', () => {
  const { days } = readNotice(notice2026);
  expect(days.find(({ day }) => day === '2026-02-28')).toEqual({ day: '2026-02-28', kind: 'work', name: '春节' });
  expect(readNotice(notice2025, 2025).days.find(({ day }) => day === '2025-10-06')?.name).toBe('国庆节、中秋节');
});

test('the three JSON shapes in use are read alike', () => {
  const chinese = readNotice(
    readFileSync(join(import.meta.dirname, '../../../node_modules/chinese-days/dist/years/2026.json'), 'utf8'),
  );
  const marks = chinese.days.map(({ day, kind }) => ({ day, kind }));
  expect(marks).toEqual(readNotice(notice2026).days.map(({ day, kind }) => ({ day, kind })));
  const cn = readNotice(
    JSON.stringify({
      year: 2026,
      days: chinese.days.map(({ day, kind, name }) => ({ name, date: day, isOffDay: kind === 'off' })),
    }),
  );
  expect(cn.days).toEqual(chinese.days);
  expect(readNotice(JSON.stringify(chinese)).days).toEqual(chinese.days);
});

test.each([
  ['nothing of the kind', '明天下午开会', 2027, 'notice_unreadable'],
  ['broken JSON', '{"holidays": ', 2027, 'notice_unreadable'],
  ['JSON of something else', '{"a": 1}', 2027, 'notice_unreadable'],
  ['no year anywhere', '一、元旦：1月1日放假。', null, 'notice_year'],
  ['the weekdays of another year', notice2025, 2026, 'notice_weekday'],
  ['a count that does not fit', '元旦：1月1日至3日放假，共4天。', 2027, 'notice_count'],
  ['a day that does not exist', '春节：2月29日至30日放假。', 2027, 'notice_day'],
  ['two years at once', `{"holidays": {"2026-01-01": "元旦", "2027-01-01": "元旦"}}`, null, 'notice_two_years'],
])('refuses %s', (_what, text, year, expected) => {
  expect(code(() => readNotice(text, year))).toBe(expected);
});
