import { fromClipboard, tsv } from '../../../../renderer/ui/table/tsv.ts';

test('cells are parted by tabs and rows by lines, as Excel and WPS paste them', () => {
  expect(
    tsv([
      ['编号', '名称'],
      ['00012', '打印机'],
    ]),
  ).toBe('编号\t名称\r\n00012\t打印机');
});

test('only a cell that holds a tab, a line break or a quote is quoted', () => {
  expect(tsv([['一\t二', '一\n二', '5"屏', '平常']])).toBe('"一\t二"\t"一\n二"\t"5""屏"\t平常');
});

test.each([
  '=HYPERLINK("http://evil.test","x")',
  '+cmd|calc',
  '-2+3',
  '@SUM(A1)',
  '  =1+1',
  '　=1+1',
  '＝1+1',
  '＋1+1',
  '－1+1',
  '＠SUM(A1)',
  '\t=1+1',
  '\r=1+1',
  "'=1+1",
  "' =1",
])('%j is no formula once it is pasted, and comes back as it was', (hostile) => {
  const copied = tsv([['名称', hostile, '尾']]);
  expect(copied.split('\t').at(1)?.replace(/^"/, '')).toMatch(/^'/);
  expect(fromClipboard(copied)).toBe(['名称', plain(hostile), '尾'].join('\t'));
});

test.each(['-5', '+3.50', '-1,200.00', '-3%', '10.20.30.40', 'AA-BB-CC-DD-EE-FF', '00012', '—', "'n Sync", "it's"])(
  '%j is copied and pasted as it is',
  (text) => {
    expect(tsv([[text]])).toBe(text);
    expect(fromClipboard(text)).toBe(text);
  },
);

test('only the first sign of a cell counts, not one of a later line in it', () => {
  const text = tsv([["一\n'=二", '三']]);
  expect(text).toBe('"一\n\'=二"\t三');
  expect(fromClipboard(text)).toBe(text);
});

/** The cell as it stands in the text when nothing is put before it. */
const plain = (text: string): string => (/["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
