import iconv from 'iconv-lite';
import { guessDelimiter } from '../../../../main/engine/sheets/csv-read.ts';
import { LIMITS } from '../../../../main/engine/sheets/types.ts';
import { readHere, texts } from '../../../support/sheets.ts';

const lines = ['资产编号,资产名称,备注', 'ZC-001,台式计算机,"一楼,东侧"', '007,交换机,'];
const expected = [
  ['资产编号', '资产名称', '备注'],
  ['ZC-001', '台式计算机', '一楼,东侧'],
  ['007', '交换机'],
];
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

const encodings: Record<string, (text: string) => Buffer> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with BOM': (text) => Buffer.from(`\ufeff${text}`),
  GB18030: (text) => iconv.encode(text, 'gb18030'),
  'UTF-16 LE with BOM': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16 BE with BOM': (text) => utf16be(`\ufeff${text}`),
  'UTF-16 LE without BOM': (text) => Buffer.from(text, 'utf16le'),
  'UTF-16 BE without BOM': utf16be,
};

describe('text files', () => {
  for (const [name, encode] of Object.entries(encodings))
    for (const [end, title] of [
      ['\n', 'LF'],
      ['\r\n', 'CRLF'],
      ['\r', 'CR alone'],
    ] as const)
      test(`${name}, ${title}`, async () => expect(await texts(encode(lines.join(end)))).toStrictEqual(expected));

  test.each([['\t'], [';'], ['，'], ['|']])('finds the delimiter %j', async (delimiter) => {
    const text = ['编号', 'A-1', 'A-2'].map((first) => [first, '甲', '乙'].join(delimiter)).join('\n');
    expect(guessDelimiter(text)).toBe(delimiter);
    expect((await texts(Buffer.from(text)))[1]).toStrictEqual(['A-1', '甲', '乙']);
  });

  test("a title line without commas does not mislead, and Excel's own sep= line is obeyed", async () => {
    expect(await texts(Buffer.from('临江三中固定资产台账；2026年\n编号,名称\n1,电脑'))).toStrictEqual([
      ['临江三中固定资产台账；2026年'],
      ['编号', '名称'],
      ['1', '电脑'],
    ]);
    expect(await texts(Buffer.from('sep=;\r\n编号;名称,型号\r\n'))).toStrictEqual([['编号', '名称,型号']]);
  });

  test('mixed line ends and quoted line ends keep their rows and row numbers', async () => {
    const table = await readHere(Buffer.from('a,b\r\n"x\ny",2\r\r\n3,4\n'));
    expect(table).toMatchObject({
      rows: [{ row: 1 }, { row: 2, text: ['x\ny', '2'], type: 'ss' }, { row: 4, text: ['3', '4'] }],
    });
  });

  test('control, bidi and zero-width characters do not get in', async () => {
    expect(await texts(Buffer.from('a\u202eb\u200bc\u0007d,\u001b[31mred\n'))).toStrictEqual([['abcd', '[31mred']]);
  });

  test('refusals', async () => {
    expect(await readHere(Buffer.alloc(0))).toBe('sheet_empty');
    expect(await readHere(Buffer.from('\ufeff\r\n  \r\n'))).toBe('sheet_empty');
    expect(await readHere(Buffer.from('a,"b\n1,2\n'))).toBe('sheet_csv_quote');
    expect(await readHere(Buffer.from('<html><table><tr><td>资产</td></tr></table>'))).toBe('sheet_html');
    expect(
      await readHere(Buffer.from('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>')),
    ).toBe('sheet_html');
    expect(await readHere(Buffer.from('89504e470d0a1a0a0000', 'hex'))).toBe('sheet_not_a_workbook');
    expect(await readHere(Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 7919) % 256)))).toBe(
      'sheet_not_a_workbook',
    );
    expect(await readHere(Buffer.from(`a,${'x'.repeat(LIMITS.cellChars + 1)}`))).toBe('sheet_cell_too_long');
    expect(await readHere(Buffer.from('1,'.repeat(LIMITS.columns + 1)))).toBe('sheet_too_many_columns');
    expect(await readHere(Buffer.from('1\n'.repeat(LIMITS.rows + 1)))).toBe('sheet_too_many_rows');
    expect(await readHere(Buffer.alloc(LIMITS.fileBytes + 1, 0x31))).toBe('sheet_too_big');
  });
});
