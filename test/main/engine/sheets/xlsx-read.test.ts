import { daySerial, serialText } from '../../../../main/engine/sheets/numbers.ts';
import { readHere, sheetXml, texts, workbook, zipOf } from '../../../support/sheets.ts';

const styles = `<numFmts><numFmt numFmtId="200" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="201" formatCode="000000"/>
  <numFmt numFmtId="202" formatCode="[Red]#,##0.00;[Blue]&quot;day&quot;0"/><numFmt numFmtId="203" formatCode="yyyy/m/d h:mm"/></numFmts>
  <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="200"/><xf numFmtId="201"/><xf numFmtId="202"/><xf numFmtId="31"/><xf numFmtId="203"/><xf numFmtId="1"/></cellXfs>`;
const number = (value: string | number, style = 0): string => `<c s="${style}"><v>${value}</v></c>`;
const one = async (cells: string, more: object = {}): Promise<{ text: readonly string[]; type: string }> => {
  const table = await readHere(
    await workbook({ sheets: { 表: sheetXml(`<row r="1">${cells}</row>`) }, styles, ...more }),
  );
  if (typeof table === 'string') throw new Error(table);
  return { text: table.rows[0]!.text, type: table.rows[0]!.type };
};

describe('cells', () => {
  test('dates come from calendar fields: built-in, own, Chinese built-in, with a time, and in the 1904 calendar', async () => {
    expect(await one([1, 2, 5].map((style) => number(46272, style)).join('') + number(46272.6875, 6))).toStrictEqual({
      text: ['2026-09-07', '2026-09-07', '2026-09-07', '2026-09-07 16:30'],
      type: 'dddd',
    });
    expect(await one(number(46272 - 1462, 1), { date1904: true })).toStrictEqual({ text: ['2026-09-07'], type: 'd' });
  });

  test('every day of 400 years goes to a serial and back', () => {
    for (let serial = 61; serial < 61 + 146_097; serial += 1)
      expect(daySerial(serialText(serial, 'day', false)!)).toBe(serial);
    expect([1, 59, 61].map((serial) => serialText(serial, 'day', false))).toStrictEqual([
      '1900-01-01',
      '1900-02-28',
      '1900-03-01',
    ]);
    expect(daySerial('2026-02-30')).toBeNull();
  });

  test('a number whose digits are hidden or lost is told apart', async () => {
    expect(
      await one(['6.37702E+15', '123456789012', '12345678901', '0.30000000000000004'].map((v) => number(v)).join('')),
    ).toStrictEqual({
      text: ['6377020000000000', '123456789012', '12345678901', '0.3'],
      type: 'eenn',
    });
    // The whole-number format shows 12 digits in full; nothing brings back the 16th
    expect(await one(number('123456789012', 7) + number('1234567890123456', 7))).toMatchObject({ type: 'ne' });
    expect(await one(number('42', 3) + number('1234.5', 4))).toStrictEqual({ text: ['000042', '1234.5'], type: 'nn' });
  });

  test('formulas give their cached value and are counted; errors and truth values stay what they are', async () => {
    const cells = `<c><f>A1&amp;"x"</f><v/></c><c t="str"><f>B1</f><v>=1+1</v></c><c s="1"><f>TODAY()</f><v>46272</v></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c><c t="b"><v>1</v></c>`;
    expect(await one(cells)).toStrictEqual({ text: ['', '=1+1', '2026-09-07', '#DIV/0!', 'TRUE'], type: '-SDXb' });
    expect(await readHere(await workbook({ sheets: { 表: sheetXml(`<row>${cells}</row>`) }, styles }))).toMatchObject({
      formulas: 4,
    });
  });

  test('rich text is joined without its phonetic guide, escapes are decoded, hostile characters removed', async () => {
    const strings = `<si><r><t>教学</t></r><r><rPr/><t xml:space="preserve">楼 </t></r><rPh sb="0" eb="1"><t>キョウ</t></rPh></si><si><t>a_x000A_b_x005F_x000A_\u202e&#x200B;</t></si>`;
    const cells = `<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>`;
    expect((await one(cells, { strings })).text).toStrictEqual(['教学楼 ', 'a\nb_x000A_', '甲乙']);
  });

  test('namespace prefixes, missing references and gaps are read; merges are told', async () => {
    const prefixed =
      '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    expect(await texts(await workbook({ sheets: { 表: prefixed } }))).toStrictEqual([['1']]);
    const gaps = sheetXml(
      '<row r="3"><c r="C3"><v>1</v></c></row><row><c><v>2</v></c></row>',
      '<mergeCells><mergeCell ref="A3:B5"/></mergeCells>',
    );
    expect(await readHere(await workbook({ sheets: { 表: gaps } }))).toMatchObject({
      rows: [
        { row: 3, text: ['', '', '1'], type: '--n' },
        { row: 4, text: ['2'] },
      ],
      merges: [[3, 1, 5, 2]],
    });
  });

  test('the sheet asked for, or the first one with anything in it', async () => {
    const bytes = await workbook({
      sheets: {
        空: sheetXml(''),
        台账: sheetXml('<row><c><v>1</v></c></row>'),
        其他: sheetXml('<row><c><v>2</v></c></row>'),
      },
    });
    expect(await readHere(bytes)).toMatchObject({
      sheet: 1,
      sheets: [{ name: '空' }, { name: '台账' }, { name: '其他' }],
    });
    expect(await readHere(bytes, { sheet: '其他' })).toMatchObject({ sheet: 2, rows: [{ text: ['2'] }] });
    expect(await readHere(bytes, { sheet: '没有' })).toBe('sheet_no_such_sheet');
  });
});

describe('files that are not taken', () => {
  const plain = (): Promise<Buffer> => workbook({ sheets: { 表: sheetXml('<row><c><v>1</v></c></row>') } });

  test('bombs: a ratio, a lying directory, too many parts', async () => {
    const zeros = `<worksheet>${' '.repeat(12 * 1024 * 1024)}</worksheet>`;
    const bomb = await workbook({ sheets: { 表: zeros } });
    expect(bomb.length).toBeLessThan(50_000);
    expect(await readHere(bomb)).toBe('sheet_bomb');
    const liar = Buffer.from(bomb);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(Buffer.byteLength(zeros));
    for (let at = liar.indexOf(size); at >= 0; at = liar.indexOf(size, at + 1)) liar.writeUInt32LE(1000, at);
    expect(await readHere(liar)).toBe('sheet_broken');
    expect(await readHere(await zipOf(Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`f${i}`, '']))))).toBe(
      'sheet_bomb',
    );
  });

  test('a DTD, a path out of the archive, an encrypted part', async () => {
    const dtd =
      '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>';
    expect(await readHere(await workbook({ sheets: { 表: dtd } }))).toBe('sheet_unsafe');
    const escape = await workbook({ sheets: { 表: sheetXml('') }, extra: { 'xl/aa/evil.xml': 'x' } });
    for (let at = escape.indexOf('xl/aa/evil'); at >= 0; at = escape.indexOf('xl/aa/evil', at + 1))
      escape.write('xl/../evil', at);
    expect(await readHere(escape)).toBe('sheet_unsafe');
    const encrypted = await plain();
    for (let at = encrypted.indexOf('PK\u0001\u0002'); at >= 0; at = encrypted.indexOf('PK\u0001\u0002', at + 4))
      encrypted[at + 8]! |= 1;
    expect(await readHere(encrypted)).toBe('sheet_password');
  });

  test('cut short, turned inside out, not a workbook', async () => {
    const good = await plain();
    expect(await readHere(good.subarray(0, good.length - 40))).toBe('sheet_broken');
    expect(await readHere(good.subarray(0, 30))).toBe('sheet_broken');
    const damaged = Buffer.from(good);
    damaged.fill(0xff, 60, 120);
    expect(await readHere(damaged)).toBe('sheet_broken');
    expect(await readHere(await workbook({ sheets: { 表: '<worksheet><sheetData><row></sheetData>' } }))).toBe(
      'sheet_broken',
    );
    expect(await readHere(await zipOf({ 'word/document.xml': '<x/>' }))).toBe('sheet_not_a_workbook');
    expect(await readHere(await workbook({ sheets: { 表: sheetXml('<row/>') } }))).toBe('sheet_empty');
  });

  test('compound files: a password, old .xls, something else', async () => {
    const compound = (name: string): Buffer =>
      Buffer.concat([
        Buffer.from('d0cf11e0a1b11ae1', 'hex'),
        Buffer.alloc(1024),
        Buffer.from(name, 'utf16le'),
        Buffer.alloc(64),
      ]);
    expect(await readHere(compound('EncryptedPackage'))).toBe('sheet_password');
    expect(await readHere(compound('Workbook'))).toBe('sheet_old_xls');
    expect(await readHere(compound('WordDocument'))).toBe('sheet_not_a_workbook');
  });

  test('too many columns, an endless cell', async () => {
    expect(
      await readHere(await workbook({ sheets: { 表: sheetXml('<row r="1"><c r="IW1"><v>1</v></c></row>') } })),
    ).toBe('sheet_too_many_columns');
    expect(
      await readHere(
        await workbook({ sheets: { 表: sheetXml(`<row><c t="str"><v>${'啊'.repeat(40_000)}</v></c></row>`) } }),
      ),
    ).toBe('sheet_cell_too_long');
  });
});
