/** Spreadsheet files made in tests: hand-written parts, so that what other programs write can be imitated exactly. */
import { zip } from '@cj-tech-master/excelts/archive';
import { serveSheets } from '../../main/engine/sheets/serve.ts';
import type { Answer, Order, RawTable, ReadOptions } from '../../main/engine/sheets/types.ts';

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** `rows` is the inside of `<sheetData>`. */
export const sheetXml = (rows: string, after = ''): string =>
  `<worksheet ${MAIN}><sheetData>${rows}</sheetData>${after}</worksheet>`;

export interface Parts {
  sheets: Record<string, string>;
  styles?: string;
  strings?: string;
  date1904?: boolean;
  extra?: Record<string, string | Uint8Array>;
}

export async function zipOf(parts: Record<string, string | Uint8Array>): Promise<Buffer> {
  const archive = zip();
  for (const [name, content] of Object.entries(parts)) archive.add(name, content);
  return Buffer.from(await archive.bytes());
}

export async function workbook(parts: Parts): Promise<Buffer> {
  const names = Object.keys(parts.sheets);
  const sheets = names.map((name, i) => `<sheet name="${name}" sheetId="${i + 1}" r:id="r${i + 1}"/>`).join('');
  const relations = names.map(
    (_, i) => `<Relationship Id="r${i + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`,
  );
  if (parts.styles) relations.push(`<Relationship Id="s" Type="${OFFICE}/styles" Target="styles.xml"/>`);
  if (parts.strings)
    relations.push(`<Relationship Id="t" Type="${OFFICE}/sharedStrings" Target="/xl/sharedStrings.xml"/>`);
  return await zipOf({
    '_rels/.rels': `<Relationships ${PACKAGE}><Relationship Id="m" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook ${MAIN} xmlns:r="${OFFICE}"><workbookPr${parts.date1904 ? ' date1904="1"' : ''}/><sheets>${sheets}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships ${PACKAGE}>${relations.join('')}</Relationships>`,
    ...Object.fromEntries(names.map((name, i) => [`xl/worksheets/sheet${i + 1}.xml`, parts.sheets[name]!])),
    ...(parts.styles ? { 'xl/styles.xml': `<styleSheet ${MAIN}>${parts.styles}</styleSheet>` } : {}),
    ...(parts.strings ? { 'xl/sharedStrings.xml': `<sst ${MAIN}>${parts.strings}</sst>` } : {}),
    ...parts.extra,
  });
}

/** Gives orders to the code of the spreadsheet process inside this one, and collects what it answers. */
export async function converse(orders: Order[]): Promise<Answer[]> {
  const answers: Answer[] = [];
  await new Promise<void>((resolve) => {
    const give = serveSheets((answer) => {
      answers.push(answer);
      if (['table', 'refused', 'crashed', 'finished'].includes(answer.is)) resolve();
    });
    orders.forEach(give);
  });
  return answers;
}

/** The table in a file, or the code it is refused with. */
export async function readHere(bytes: Uint8Array, options: ReadOptions = {}): Promise<RawTable | string> {
  const answers = await converse([{ is: 'read', bytes, options }]);
  const last = answers.at(-1)!;
  if (last.is === 'refused') return last.code;
  if (last.is !== 'table') throw new Error(JSON.stringify(last));
  return { ...last.table, rows: answers.flatMap((answer) => (answer.is === 'rows' ? answer.rows : [])) };
}

/** The texts of the rows, for short comparisons. */
export async function texts(bytes: Uint8Array, options: ReadOptions = {}): Promise<readonly (readonly string[])[]> {
  const table = await readHere(bytes, options);
  if (typeof table === 'string') throw new Error(table);
  return table.rows.map((row) => row.text);
}

export async function writeHere(orders: Order[]): Promise<Buffer> {
  const answers = await converse([{ is: 'book' }, ...orders, { is: 'finish' }]);
  const last = answers.at(-1)!;
  if (last.is !== 'finished') throw new Error(JSON.stringify(last));
  return Buffer.concat(answers.flatMap((answer) => (answer.is === 'bytes' ? [answer.bytes] : [])));
}
