/** `npm run bench [-- store|sheets|sweep|identify|compare|snmp|screen|sync|pull|photos]`: a table of figures, each beside a peer measured in the same run on the same machine. `sync` has the parts `pull` and `photos` in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { clientOf } from '../../main/engine/serve.ts';
import { startEngine } from '../../main/engine/start.ts';
import { blobBench } from './blobs.ts';
import { compareBench } from './compare.ts';
import { identifyBench } from './identify.ts';
import type { BenchRow } from './row.ts';
import { screenBench } from './screen.ts';
import { sheetsBench } from './sheets.ts';
import { snmpBench } from './snmp.ts';
import { startBench, storeBench } from './store.ts';
import { sweepBench } from './sweep.ts';
import { syncPullBench } from './sync-pull.ts';
import { syncBench } from './sync.ts';

const wanted = process.argv.slice(2);
const wants = (part: string): boolean => wanted.length === 0 || wanted.includes(part);
const setup = { unit: '临江市第三中学', technician: '李明', machine: 'L03', language: 'zh-CN' } as const;
/** Campuses of 699 assets that make 100,000. */
const SCALE = 144;

/** The demo school at 100,000 assets: measured on the way in, then what is asked of it. */
async function registers(root: string): Promise<BenchRow[]> {
  const dir = join(root, 'big');
  let engine = startEngine({ dataDir: dir });
  const client = clientOf(engine);
  await client.system.setup(setup);
  const began = performance.now();
  for await (const _ of await client.system.demo({ scale: SCALE })) void _;
  const rows: BenchRow[] = [
    {
      name: 'demo of 100,000 assets with people, addresses and tickets',
      value: (performance.now() - began) / 1000,
      unit: 's',
    },
  ];
  engine.close();
  if (wants('store')) rows.push(...startBench(dir));
  engine = startEngine({ dataDir: dir });
  try {
    if (wants('store')) rows.push(...(await storeBench(engine, clientOf(engine))));
    if (wants('sheets')) rows.push(...(await sheets(root, clientOf(engine))));
    rows.push({ name: 'peak memory of the engine process', value: process.resourceUsage().maxRSS / 1024, unit: 'MB' });
  } finally {
    engine.close();
  }
  return rows;
}

async function sheets(root: string, big: ReturnType<typeof clientOf>): Promise<BenchRow[]> {
  const empty = startEngine({ dataDir: join(root, 'empty') });
  try {
    const client = clientOf(empty);
    await client.system.setup(setup);
    return await sheetsBench(big, client);
  } finally {
    empty.close();
  }
}

function show(rows: readonly BenchRow[]): void {
  const number = (value: number): string =>
    value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
  console.log('| what | figure | ratio | against |\n| --- | ---: | ---: | --- |');
  for (const row of rows)
    console.log(
      `| ${row.name} | ${number(row.value)} ${row.unit} | ${row.ratio === undefined ? '' : number(row.ratio)} | ${row.note ?? ''} |`,
    );
}

const root = mkdtempSync(join(tmpdir(), 'lanbook-bench-'));
try {
  console.log(
    `${cpus()[0]?.model ?? 'unknown'} x ${cpus().length}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${process.platform}, Node ${process.version}\n`,
  );
  const rows: BenchRow[] = [];
  if (wants('store') || wants('sheets')) rows.push(...(await registers(root)));
  if (wants('sweep')) rows.push(...sweepBench());
  if (wants('identify')) rows.push(...(await identifyBench()));
  if (wants('compare')) rows.push(...(await compareBench()));
  if (wants('snmp')) rows.push(...(await snmpBench()));
  if (wants('screen')) rows.push(...(await screenBench()));
  if (wants('sync')) rows.push(...(await syncBench()));
  if (wants('sync') || wants('pull')) rows.push(...(await syncPullBench()));
  if (wants('sync') || wants('photos')) rows.push(...(await blobBench()));
  show(rows);
} finally {
  rmSync(root, { recursive: true, force: true });
}
