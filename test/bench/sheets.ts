/** Spreadsheets at size: a workbook of 100,000 x 20 out, 50,000 rows in. Peers: LibreOffice making the same workbook, SQLite's bare insert. */
import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { importFile } from '../../main/cli/jobs.ts';
import type { EngineClient } from '../../main/engine/serve.ts';
import type { BenchRow } from './row.ts';

const run = promisify(execFile);
const OFFICE = '/usr/bin/soffice';
const IMPORT_ROWS = 50_000;

/** Peak resident memory of the helper process, MB: it is the one that could eat it. The engine's own peak is a row of its own. */
async function watched<T>(work: () => Promise<T>): Promise<{ result: T; ms: number; peak: number }> {
  let peak = 0;
  const look = (): void => {
    const children = readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter(Boolean);
    for (const pid of children)
      if (existsSync(`/proc/${pid}/status`))
        peak = Math.max(
          peak,
          Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024,
        );
  };
  const timer = process.platform === 'linux' ? setInterval(look, 50) : null;
  const began = performance.now();
  try {
    return { result: await work(), ms: performance.now() - began, peak };
  } finally {
    if (timer) clearInterval(timer);
  }
}

/** LibreOffice making a workbook of the same size from CSV; null where it is not installed. */
async function officeMs(dir: string): Promise<number | null> {
  if (!existsSync(OFFICE)) return null;
  const line = Array.from({ length: 20 }, (_, i) => `台式计算机${i}`).join(',');
  writeFileSync(join(dir, 'peer.csv'), Array.from({ length: 100_000 }, () => line).join('\n'));
  const began = performance.now();
  await run(
    OFFICE,
    [
      '--headless',
      '--convert-to',
      'xlsx',
      '--outdir',
      dir,
      join(dir, 'peer.csv'),
      `-env:UserInstallation=file://${dir}/office`,
    ],
    { timeout: 120_000 },
  );
  return performance.now() - began;
}

function bareInsertMs(dir: string): number {
  const db = new Database(join(dir, 'bare.db'));
  db.pragma('journal_mode=WAL');
  db.pragma('synchronous=FULL');
  db.exec(`CREATE TABLE t (id TEXT PRIMARY KEY, ${Array.from({ length: 29 }, (_, i) => `c${i} TEXT`).join(', ')})`);
  const insert = db.prepare(`INSERT INTO t VALUES (${Array.from({ length: 30 }, () => '?').join(', ')})`);
  const began = performance.now();
  db.transaction(() => {
    for (let i = 0; i < IMPORT_ROWS; i += 1)
      insert.run(`id-${i}`, ...Array.from({ length: 29 }, (_, c) => `值${i}-${c}`));
  })();
  const ms = performance.now() - began;
  db.close();
  return ms;
}

function importSheet(dir: string): string {
  const file = join(dir, 'import.csv');
  const lines = Array.from({ length: IMPORT_ROWS }, (_, i) =>
    [
      `ZJ-2026-${String(i).padStart(6, '0')}`,
      '台式计算机',
      '台式计算机',
      '联想',
      `启天M${i % 40}`,
      `SN${String(i).padStart(8, '0')}`,
      1,
      '4200.00',
      `2024-0${(i % 9) + 1}-15`,
      '在用',
      '七年级组',
      '公用经费',
    ].join(','),
  );
  writeFileSync(
    file,
    `\uFEFF资产编号,资产名称,类别,品牌,型号,序列号,数量,单价,购置日期,使用状况,使用部门,经费来源\n${lines.join('\n')}\n`,
  );
  return file;
}

/** Twenty columns of the register, as a technician's saved list would have them. */
const COLUMNS = [
  'tag',
  'name',
  'category',
  'brand',
  'model',
  'serial',
  'unit',
  'quantity',
  'price',
  'purchased_on',
  'supplier',
  'department',
  'user_id',
  'custodian_id',
  'location_id',
  'status',
  'warranty_until',
  'ip',
  'mac',
  'hostname',
];
async function exportTo(client: EngineClient, file: string, columns?: string[]): Promise<void> {
  const out = await open(file, 'w');
  for await (const event of await client.transfer.export({ form: 'F-03', columns }))
    if (event.is === 'bytes') await out.write(Buffer.from(event.data, 'base64'));
  await out.close();
}

/** `big` holds 100,000 assets; `empty` nothing. */
export async function sheetsBench(big: EngineClient, empty: EngineClient): Promise<BenchRow[]> {
  const dir = mkdtempSync(join(tmpdir(), 'lanbook-bench-'));
  const quiet = new AbortController().signal;
  try {
    const office = await officeMs(dir);
    const written = await watched(() => exportTo(big, join(dir, 'list.xlsx'), COLUMNS));
    const form = await watched(() => exportTo(big, join(dir, 'F-03.xlsx')));
    const bare = bareInsertMs(dir);
    const read = await watched(() => importFile(empty, importSheet(dir), {}, quiet));
    return [
      {
        name: 'export, 100,000 assets x 20 columns',
        value: written.ms / 1000,
        unit: 's',
        ...(office === null
          ? { note: 'no LibreOffice here to compare with' }
          : { ratio: written.ms / office, note: 'of LibreOffice writing 100,000 x 20' }),
      },
      { name: 'export, peak memory of the helper process', value: written.peak, unit: 'MB' },
      { name: 'export of the whole form F-03, 30 columns', value: form.ms / 1000, unit: 's' },
      {
        name: 'import 50,000 rows, dry run and commit',
        value: read.ms / 1000,
        unit: 's',
        ratio: read.ms / bare,
        note: 'of SQLite inserting bare rows',
      },
      { name: 'import 50,000 rows, peak memory of the helper process', value: read.peak, unit: 'MB' },
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
