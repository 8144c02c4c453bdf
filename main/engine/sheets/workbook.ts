/** The parts of an .xlsx beside its sheets: which sheets there are, number formats, shared strings. */
import { formatOf, type NumberFormat } from './numbers.ts';
import { readXml } from './xml.ts';
import { SheetProblem, type SheetInfo } from './types.ts';
import type { Archive } from './zip.ts';

export interface SheetPart extends SheetInfo {
  readonly part: string;
}
export interface Workbook {
  readonly sheets: readonly SheetPart[];
  readonly date1904: boolean;
  readonly formats: readonly NumberFormat[];
  readonly strings: readonly string[];
}

/** Paths in relationships are relative to the folder of their source, or absolute from the package root. */
const resolvePart = (folder: string, target: string): string => {
  if (target.startsWith('/')) return target.slice(1);
  const parts = `${folder}/${target}`.split('/');
  const out: string[] = [];
  for (const part of parts) {
    if (part === '..') out.pop();
    else if (part !== '.' && part !== '') out.push(part);
  }
  return out.join('/');
};

async function relations(
  archive: Archive,
  folder: string,
  file: string,
): Promise<Map<string, { type: string; part: string }>> {
  const found = new Map<string, { type: string; part: string }>();
  const name = `${folder ? `${folder}/` : ''}_rels/${file}.rels`;
  if (!archive.has(name)) return found;
  await readXml(archive.read(name), {
    open: (element, a) => {
      if (element !== 'Relationship' || a['TargetMode'] === 'External') return;
      found.set(a['Id'] ?? '', {
        type: (a['Type'] ?? '').split('/').pop() ?? '',
        part: resolvePart(folder, a['Target'] ?? ''),
      });
    },
  });
  return found;
}

/** Where the workbook part is: named by the package, or the place every producer uses. */
async function mainPart(archive: Archive): Promise<string> {
  for (const relation of (await relations(archive, '', '')).values())
    if (relation.type === 'officeDocument' && archive.has(relation.part)) return relation.part;
  if (archive.has('xl/workbook.xml')) return 'xl/workbook.xml';
  throw new SheetProblem('sheet_not_a_workbook');
}

export async function openWorkbook(archive: Archive): Promise<Workbook> {
  const main = await mainPart(archive);
  if (!main.endsWith('.xml') || main.startsWith('word/') || main.startsWith('ppt/'))
    throw new SheetProblem('sheet_not_a_workbook');
  const slash = main.lastIndexOf('/');
  const folder = main.slice(0, Math.max(0, slash));
  const relation = await relations(archive, folder, main.slice(slash + 1));
  const sheets: SheetPart[] = [];
  let date1904 = false;
  await readXml(archive.read(main), {
    open: (name, a) => {
      if (name === 'workbookPr') date1904 = a['date1904'] === '1' || a['date1904'] === 'true';
      if (name !== 'sheet') return;
      const id = Object.keys(a).find((key) => key.endsWith(':id'));
      const target = id === undefined ? undefined : relation.get(a[id] ?? '');
      if (target?.type !== 'worksheet' || !archive.has(target.part)) return;
      sheets.push({
        name: a['name'] ?? '',
        hidden: a['state'] !== undefined && a['state'] !== 'visible',
        part: target.part,
      });
    },
  });
  if (sheets.length === 0) throw new SheetProblem('sheet_not_a_workbook');
  const byType = (type: string): string | undefined =>
    [...relation.values()].find((r) => r.type === type && archive.has(r.part))?.part;
  return {
    sheets,
    date1904,
    formats: await readFormats(archive, byType('styles')),
    strings: await readStrings(archive, byType('sharedStrings')),
  };
}

async function readFormats(archive: Archive, part: string | undefined): Promise<NumberFormat[]> {
  if (part === undefined) return [];
  const codes = new Map<number, string>();
  const formats: NumberFormat[] = [];
  let inCells = false;
  await readXml(archive.read(part), {
    open: (name, a) => {
      if (name === 'numFmt') codes.set(Number(a['numFmtId']), a['formatCode'] ?? '');
      if (name === 'cellXfs') inCells = true;
      if (inCells && name === 'xf') {
        const id = Number(a['numFmtId'] ?? 0);
        formats.push(formatOf(id, codes.get(id)));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return formats;
}

async function readStrings(archive: Archive, part: string | undefined): Promise<string[]> {
  const strings: string[] = [];
  if (part === undefined) return strings;
  const collect = new TextRuns();
  await readXml(archive.read(part), {
    open: (name) => {
      if (name === 'si') collect.start();
      else collect.open(name);
    },
    close: (name) => {
      if (name === 'si') strings.push(collect.value());
      else collect.close(name);
    },
    text: (text) => collect.text(text),
  });
  return strings;
}

/** The runs of a string joined (`<t>`, `<r><t>`), without the phonetic ones (`<rPh>`); `_x000A_` escapes decoded. */
export class TextRuns {
  #parts = '';
  #inText = false;
  #phonetic = false;
  start(): void {
    this.#parts = '';
    this.#inText = false;
    this.#phonetic = false;
  }
  open(name: string): void {
    if (name === 'rPh') this.#phonetic = true;
    if (name === 't') this.#inText = !this.#phonetic;
  }
  close(name: string): void {
    if (name === 'rPh') this.#phonetic = false;
    if (name === 't') this.#inText = false;
  }
  text(text: string): void {
    if (this.#inText) this.#parts += text;
  }
  value(): string {
    return unescape(this.#parts);
  }
}

/** OOXML writes characters XML cannot hold as `_xHHHH_`, and a literal `_xHHHH_` as `_x005F_xHHHH_`. */
export const unescape = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
