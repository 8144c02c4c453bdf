/** Tells by its first bytes what a file is, and reads it or refuses it with the sentence that helps. */
import { readCsv } from './csv-read.ts';
import { LIMITS, SheetProblem, type RawRow, type RawTable, type ReadOptions } from './types.ts';
import { readXlsx } from './xlsx-read.ts';

const startsWith = (bytes: Buffer, hex: string): boolean => bytes.subarray(0, hex.length / 2).toString('hex') === hex;
const utf16 = (name: string): Buffer => Buffer.from(name, 'utf16le');

export async function readTable(
  bytes: Buffer,
  options: ReadOptions,
  emit: (rows: RawRow[]) => void,
): Promise<Omit<RawTable, 'rows'>> {
  if (bytes.length === 0) throw new SheetProblem('sheet_empty');
  if (bytes.length > LIMITS.fileBytes) throw new SheetProblem('sheet_too_big', { max: LIMITS.fileBytes / 1024 / 1024 });
  if (startsWith(bytes, '504b0304')) return await readXlsx(bytes, options, emit);
  if (startsWith(bytes, 'd0cf11e0a1b11ae1')) throw compound(bytes);
  // An empty or spanned zip, PDF, RTF, PNG, JPEG, GIF, gzip, RAR, 7z
  if (
    /^(504b|25504446|7b5c7274|89504e47|ffd8ff|47494638|1f8b|526172|377abc)/.test(bytes.subarray(0, 4).toString('hex'))
  )
    throw new SheetProblem(startsWith(bytes, '504b') ? 'sheet_broken' : 'sheet_not_a_workbook');
  const head = bytes.subarray(0, 2048).toString('latin1').replace(/\0/g, '').toLowerCase();
  if (
    /<(?:html|table|!doctype|head|meta|style)\b|<\?mso-application|urn:schemas-microsoft-com:office:spreadsheet/.test(
      head,
    )
  )
    throw new SheetProblem('sheet_html');
  return readCsv(bytes, emit);
}

/** An OLE2 compound file: what it holds is told by the names in its directory ([MS-CFB] 2.6, [MS-OFFCRYPTO] 2.3.4). */
function compound(bytes: Buffer): SheetProblem {
  if (bytes.includes(utf16('EncryptedPackage'))) return new SheetProblem('sheet_password');
  if (bytes.includes(utf16('Workbook')) || bytes.includes(utf16('Book'))) return new SheetProblem('sheet_old_xls');
  return new SheetProblem('sheet_not_a_workbook');
}
