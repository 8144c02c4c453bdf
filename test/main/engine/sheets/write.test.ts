import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzip } from '@cj-tech-master/excelts/archive';
import fc from 'fast-check';
import { gate } from '../../../../main/engine/sheets/row.ts';
import type { Order, SheetSpec, WriteRow } from '../../../../main/engine/sheets/types.ts';
import { describeIf } from '../../../support/skip.ts';
import { readHere, writeHere } from '../../../support/sheets.ts';

const spec: SheetSpec = {
  name: '综合楼/[1]',
  titles: ['临江市第三中学固定资产台账', '单位：信息中心'],
  columns: [
    { header: '资产编号', width: 16, kind: 'text' },
    { header: '购置日期', width: 12, kind: 'day' },
    { header: '单价', width: 12, kind: 'money' },
    { header: '数量', width: 6, kind: 'int' },
    { header: '使用状况', width: 10, kind: 'text', choices: ['在用', '闲置'] },
    { header: 'id', width: 4, kind: 'text', hidden: true },
  ],
  frozenColumns: 1,
  landscape: true,
  feet: ['制表人：'],
  footer: '&C第 &P 页 共 &N 页',
};
/** What a hostile or unlucky user types: formulas, full-width ones, commands, escapes, markup, long digits, lost zeros. */
const hostile = [
  '=1+1', '+86 138 0000 0000', '-3', '@SUM(A1)', '＝HYPERLINK("http://x")', "=cmd|'/c calc'!A1", '007', '123456789012345678', '6.37702E+15',
  '_x0041_', '<b>&"\'</b>', ']]>', "'quoted", '1-2', '00-1B-21-AA-0F-01', '二〇二六 🖥 𠮷', 'a\nb', 'TRUE', '#N/A', '2026-09-07',
]; // prettier-ignore
const rows: WriteRow[] = hostile.map((text, i) => ({
  cells: [text, '2026-09-07', 123_456, i, '在用', `id-${i}`],
  ...(i === 1 ? { mark: 'red' as const } : i === 2 ? { mark: 'gone' as const } : i === 3 ? { red: [2, 4] } : {}),
}));
const orders: Order[] = [
  { is: 'sheet', spec },
  { is: 'rows', rows: rows.slice(0, 5) },
  { is: 'rows', rows: rows.slice(5) },
];

async function partOf(bytes: Buffer, name: string): Promise<string> {
  const entry = await unzip(bytes).get(name);
  if (!entry) throw new Error(`no ${name}`);
  return new TextDecoder().decode(await entry.bytes());
}

describe('a written workbook', () => {
  test('reads back equal: text stays text, dates and money their values', async () => {
    const table = await readHere(await writeHere(orders));
    if (typeof table === 'string') throw new Error(table);
    expect(table.sheets).toStrictEqual([{ name: '综合楼  1', hidden: false }]);
    const data = table.rows.slice(3, -1);
    expect(data.map((row) => row.text[0])).toStrictEqual(hostile);
    expect(data.every((row) => /^sdnnss$/.test(row.type))).toBe(true);
    expect(data[7]!.text.slice(1)).toStrictEqual(['2026-09-07', '1234.56', '7', '在用', 'id-7']);
    expect(table.formulas).toBe(0);
  });

  test('holds no formula or link, is frozen, filtered, and repeats its header when printed', async () => {
    const bytes = await writeHere(orders);
    const xml = await partOf(bytes, 'xl/worksheets/sheet1.xml');
    expect(xml).not.toMatch(/<f>|<hyperlink/);
    expect(xml).toContain('xSplit="1" ySplit="3"');
    expect(xml).toContain('<autoFilter ref="A3:F23"');
    expect(xml).toContain('numberStoredAsText="1"');
    expect(xml).toMatch(/<dataValidation [^>]*sqref="E4:E523"/);
    expect(await partOf(bytes, 'xl/workbook.xml')).toMatch(/Print_Titles[^>]*>[^<]*\$A:\$A,[^<]*\$3:\$3/);
  });

  test('two sheets of one name, a name Excel forbids, an order without a sheet', async () => {
    const table = await readHere(
      await writeHere([
        { is: 'sheet', spec: { ...spec, name: "'?" } },
        { is: 'sheet', spec: { ...spec, name: 'sheet' } },
      ]),
    );
    expect(table).toMatchObject({ sheets: [{ name: 'Sheet' }, { name: 'sheet-2' }] });
  });
});

test('any text comes back as the gate let it through: never a formula, never a number, never broken XML', async () => {
  const texts = fc.sample(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(...hostile).map((text) => `${text}\u0000\u202e`),
    ),
    400,
  );
  const shown = texts.map((text) => gate(text)).filter((text) => text.trim() !== '');
  const table = await readHere(
    await writeHere([
      { is: 'sheet', spec: { name: 's', columns: [{ header: 'h', width: 9, kind: 'text' }] } },
      { is: 'rows', rows: shown.map((text) => ({ cells: [text] })) },
    ]),
  );
  if (typeof table === 'string') throw new Error(table);
  expect(table.rows.slice(1).map((row) => row.text[0])).toStrictEqual(shown);
  expect(table.rows.every((row) => row.type === 's')).toBe(true);
});

const office = spawnSync('soffice', ['--version']).status === 0;
describeIf(office, 'LibreOffice is not installed: apt-get install libreoffice-calc.')(
  'LibreOffice opens what was written',
  () => {
    let dir: string;
    beforeAll(async () => {
      dir = mkdtempSync(join(tmpdir(), 'sheets-'));
      writeFileSync(join(dir, 'book.xlsx'), await writeHere(orders));
      const convert = (to: string): unknown =>
        execFileSync(
          'soffice',
          [
            '--headless',
            `-env:UserInstallation=file://${dir}/profile`,
            '--convert-to',
            to,
            '--outdir',
            dir,
            join(dir, 'book.xlsx'),
          ],
          { stdio: 'ignore' },
        );
      convert('csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false');
      convert('fods');
    }, 120_000);
    afterAll(() => rmSync(dir, { recursive: true, force: true }));

    test('the same values, as text', async () => {
      const table = await readHere(readFileSync(join(dir, 'book.csv')));
      if (typeof table === 'string') throw new Error(table);
      expect(table.rows.slice(3, -1).map((row) => row.text.slice(0, 4))).toStrictEqual(
        // LibreOffice leaves the escape that the format asks for in <v> as it is
        hostile.map((text, i) => [text.replace('_x0041_', '_x005F_x0041_'), '2026-09-07', '1234.56', String(i)]),
      );
    });

    test('no formula; red, grey struck through, a filter, and a header repeated in print', () => {
      const fods = readFileSync(join(dir, 'book.fods'), 'utf8');
      expect(fods).not.toContain('table:formula=');
      expect(fods).toContain('fo:color="#ff0000"');
      expect(fods).toMatch(/style:text-line-through-style="solid"/);
      expect(fods).toContain('table:display-filter-buttons="true"');
      expect(fods).toContain('table:table-header-rows');
    });

    test('what LibreOffice saves again reads back the same here', async () => {
      execFileSync(
        'soffice',
        [
          '--headless',
          `-env:UserInstallation=file://${dir}/profile`,
          '--convert-to',
          'xlsx',
          '--outdir',
          join(dir, 'again'),
          join(dir, 'book.xlsx'),
        ],
        { stdio: 'ignore' },
      );
      const again = await readHere(readFileSync(join(dir, 'again', 'book.xlsx')));
      const first = await readHere(readFileSync(join(dir, 'book.xlsx')));
      if (typeof again === 'string' || typeof first === 'string') throw new Error('refused');
      expect(again.rows.map(({ text, type }) => [text, type])).toStrictEqual(
        first.rows.map(({ text, type }) => [text, type]),
      );
    }, 60_000);
  },
);
