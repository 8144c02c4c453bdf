/** Cells copied from Excel, WPS or a chat, as rows of a batch: columns by their headers, else by what they hold. */
import { openFields, type OpenField, type OpenRow } from '../../../../shared/features/opening.ts';
import { narrow, narrowKey } from '../../../../shared/features/transfer/cells.ts';
import { fieldOfHeader, plainHeader } from '../../../../shared/features/transfer/headers.ts';
import { parseIp } from '../../../../shared/ip.ts';
import { parseMac } from '../../../../shared/mac.ts';
import type { ReadDb } from '../../db.ts';
import { guessDelimiter, splitText } from '../../sheets/csv-read.ts';
import { SheetProblem } from '../../sheets/types.ts';
import { personsOf, placeParts, placesOf } from '../transfer/lookups.ts';

export interface ReadPaste {
  rows: OpenRow[];
  header: boolean;
  unknown: string[];
  blank: number;
}
type Columns = (OpenField | null)[];

/** Headers that the registers of people and assets do not have. */
const OWN: Readonly<Record<string, OpenField>> = Object.fromEntries(
  (
    [
      ['outlet', '信息点 信息点编号 信息点号 面板 面板号 墙插 网口编号 端口标签 outlet socket'],
      ['switch_name', '交换机 交换机名称 接入交换机 上联交换机 switch switchname'],
      ['switch_port', '端口 端口号 交换机端口 交换机端口号 接口 port switchport'],
    ] as const
  ).flatMap(([field, words]) => words.split(' ').map((word) => [plainHeader(word), field])),
);
const fromPeople: Readonly<Record<string, OpenField>> = {
  name: 'name',
  department: 'department',
  phone: 'phone',
  location_id: 'room',
};
const fromAssets: Readonly<Record<string, OpenField>> = { ip: 'ip', mac: 'mac', hostname: 'hostname' };

function headerField(written: string): OpenField | null {
  const own = OWN[plainHeader(written)];
  if (own) return own;
  const person = fromPeople[fieldOfHeader('people', written) ?? ''];
  return person ?? fromAssets[fieldOfHeader('assets', written) ?? ''] ?? null;
}

/** What stands in the columns of a paste without a header, where their cells do not say. */
const ORDER: readonly OpenField[] = [
  'name',
  'department',
  'room',
  'phone',
  'outlet',
  'switch_name',
  'switch_port',
  'hostname',
];
const PHONE = /^(?:\+?86[- ]?)?1\d{10}$|^0\d{2,3}[- ]?\d{7,8}$|^\d{7,8}$/;

function split(text: string): string[][] {
  const delimiter = guessDelimiter(text);
  if (!text.includes(delimiter)) return text.split(/\r\n|\n|\r/).map((line) => line.trim().split(/[\s\u3000]+/));
  try {
    return splitText(text, delimiter);
  } catch (error) {
    if (!(error instanceof SheetProblem)) throw error;
    // A quote that nobody closed: the lines as they are, so that none is lost.
    return text.split(/\r\n|\n|\r/).map((line) => line.split(delimiter));
  }
}

export function readPaste(db: ReadDb, text: string): ReadPaste {
  const all = split(text).map((cells) => cells.map((cell) => narrow(cell)));
  const lines = all
    .map((cells, at) => ({ cells, row: at + 1 }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  // A title may stand above the header.
  const headerAt = lines
    .slice(0, 10)
    .findIndex(({ cells }) => new Set(cells.map(headerField).filter(Boolean)).size >= 2);
  const header = headerAt >= 0;
  const body = header ? lines.slice(headerAt + 1) : lines;
  const titles = header ? (lines[headerAt]?.cells ?? []) : [];
  const columns = header
    ? once(titles.map(headerField))
    : guess(
        db,
        body.map(({ cells }) => cells),
      );
  return {
    rows: body.map(({ cells, row }) => ({ ...rowOf(cells, columns), row })),
    header,
    unknown: titles.filter(
      (title, at) =>
        title !== '' &&
        columns[at] === null &&
        fieldOfHeader('people', title) !== 'ignored' &&
        body.some(({ cells }) => (cells[at] ?? '') !== ''),
    ),
    blank: Math.max(0, all.length - lines.length),
  };
}

function rowOf(cells: readonly string[], columns: Columns): Omit<OpenRow, 'row'> {
  const values = Object.fromEntries(openFields.map((field) => [field, ''])) as Record<OpenField, string>;
  columns.forEach((field, at) => {
    if (field !== null) values[field] = (cells[at] ?? '').slice(0, 200);
  });
  return { ...values, person: null };
}

/** A second column of the same field is left out. */
function once(fields: Columns): Columns {
  const taken = new Set<OpenField>();
  return fields.map((field) => {
    if (field === null || taken.has(field)) return null;
    taken.add(field);
    return field;
  });
}

function guess(db: ReadDb, rows: readonly (readonly string[])[]): Columns {
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  const persons = personsOf(db);
  const places = placesOf(db);
  const column = (at: number): string[] => rows.map((cells) => cells[at] ?? '').filter((cell) => cell !== '');
  const columns: Columns = Array.from({ length: width }, () => null);
  const isFree = (at: number): boolean => columns[at] === null && column(at).length > 0;
  /** The column most of whose cells are so. */
  const take = (field: OpenField, is: (cell: string) => boolean, least = 0.5): void => {
    const shares = columns.map((_, at) => (isFree(at) ? column(at).filter(is).length / column(at).length : 0));
    const best = shares.indexOf(Math.max(0, ...shares));
    if (best >= 0 && (shares[best] ?? 0) >= least && (shares[best] ?? 0) > 0) columns[best] = field;
  };
  take('mac', (cell) => parseMac(cell) !== null);
  take('ip', (cell) => parseIp(narrowKey(cell)) !== null);
  take('phone', (cell) => PHONE.test(cell));
  take('name', (cell) => persons.named(cell).length > 0, 0.2);
  take(
    'room',
    (cell) => {
      const found = places.find(placeParts(cell));
      return found !== null;
    },
    0.3,
  );
  // A running number in front says nothing.
  const first = column(0);
  const counted = isFree(0) && first.length > 1 && first.every((cell, at) => cell === String(at + 1));
  const left = ORDER.filter((field) => !columns.includes(field));
  for (let at = counted ? 1 : 0; at < width; at += 1) if (isFree(at)) columns[at] = left.shift() ?? null;
  return columns;
}
