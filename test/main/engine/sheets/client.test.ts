/** The real process, forked as in use. */
import { readSheet, writeSheet, writeSheets } from '../../../../main/engine/sheets/client.ts';
import { spawnHelper, type HelperProcess } from '../../../../main/engine/spawn-helper.ts';
import { isRefusal } from '../../../../shared/refusal.ts';
import type { SheetSpec, WriteRow } from '../../../../main/engine/sheets/types.ts';
import { sheetXml, workbook } from '../../../support/sheets.ts';

const spawned: HelperProcess[] = [];
const ports = {
  spawnHelper: (name: 'sheets'): HelperProcess => {
    const helper = spawnHelper(name);
    spawned.push(helper);
    return helper;
  },
};
const ended = (helper: HelperProcess): Promise<unknown> => new Promise((resolve) => helper.onExit(resolve));
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => null,
    (caught: unknown) => caught,
  );
  return isRefusal(error) ? error.code : String(error);
};
const spec: SheetSpec = {
  name: '台账',
  columns: [
    { header: '编号', width: 10, kind: 'text' },
    { header: '日期', width: 10, kind: 'day' },
  ],
};

afterEach(async () => {
  await Promise.all(spawned.splice(0).map(ended));
});

test('writes and reads through a process of its own, which is gone afterwards', async () => {
  const rows = Array.from({ length: 5000 }, (_, i): WriteRow => ({ cells: [`ZC-${i}`, '2026-09-07'] }));
  const bytes = await writeSheet(ports, [{ spec, rows: [rows.slice(0, 2500), rows.slice(2500)] }]);
  const seen: number[] = [];
  const table = await readSheet(ports, bytes, {}, undefined, (n) => seen.push(n));
  expect(table.rows).toHaveLength(5001);
  expect(table.rows.at(-1)).toStrictEqual({ row: 5001, text: ['ZC-4999', '2026-09-07'], type: 'sd' });
  expect(seen.at(-1)).toBe(5001);
}, 30_000);

test('a refusal crosses with its code', async () => {
  expect(await codeOf(readSheet(ports, Buffer.from('PK\u0003\u0004nonsense')))).toBe('sheet_broken');
  expect(await codeOf(readSheet(ports, Buffer.alloc(0)))).toBe('sheet_empty');
}, 30_000);

test('the loop stays free while a large workbook is read', async () => {
  const strings = Array.from(
    { length: 900 },
    (_, i) => `<si><t>${String.fromCharCode(0x4e00 + i).repeat(1000)}</t></si>`,
  ).join('');
  const rows = Array.from(
    { length: 30_000 },
    (_, i) => `<row><c t="s"><v>${i % 900}</v></c><c><v>${i}</v></c></row>`,
  ).join('');
  const bytes = await workbook({ sheets: { 表: sheetXml(rows) }, strings });
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  const table = await readSheet(ports, bytes);
  clearInterval(timer);
  expect(table.rows).toHaveLength(30_000);
  // 15 batches of 2,000 rows came in; between any two of them the loop was free for others
  expect(turns).toBeGreaterThan(15);
}, 60_000);

test('stopping ends the process at once, also between batches', async () => {
  const stop = new AbortController();
  const endless = (function* (): Generator<WriteRow[]> {
    for (;;) yield Array.from({ length: 100 }, () => ({ cells: ['x'] }));
  })();
  const work = (async () => {
    let bytes = 0;
    for await (const chunk of writeSheets(ports, [{ spec, rows: endless }], stop.signal)) bytes += chunk.length;
    return bytes;
  })();
  setTimeout(() => stop.abort(new Error('stopped by the user')), 700);
  expect(await codeOf(work)).toBe('Error: stopped by the user');
}, 30_000);

test('a process that dies without a word is a refusal', async () => {
  const work = readSheet(ports, Buffer.from('a,b\n'.repeat(100_000)));
  spawned[0]!.kill();
  expect(await codeOf(work)).toBe('sheet_too_much');
}, 30_000);
