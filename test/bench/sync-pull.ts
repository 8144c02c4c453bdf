/**
 * Sync, the side of the laptop that takes everything in (goals M1, M2, M7, M11 and the downward half of M12 in sync.md section 5): hub and laptop each
 * in a process of its own, real PostgreSQL, TLS over loopback. `LANBOOK_BENCH_ROWS=500000` measures M11 and takes many minutes.
 */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';
import { assets } from '../../shared/features/assets.ts';
import type { PullOrder, Pulled } from './laptop-process.ts';
import type { BenchRow } from './row.ts';
import { draft, sqliteFloor, startRig, type Rig } from './sync-rig.ts';

const ROWS = Number(process.env['LANBOOK_BENCH_ROWS'] ?? 50_000);
/** Rows of one action: an import of 500,000 would be one batch of a thousand commits, which nobody does. */
const BATCH = 50_000;
const MB = 1024 * 1024;

/** First pull of 50,000 rows, ms: PouchDB 14,100, WatermelonDB 2,080, measured once on a machine of this kind (sync.md section 5). */
const POUCH = 14_100;

let number = 50;
async function pull(rig: Rig, by: PullOrder['by'], cut: number | null = null): Promise<Pulled> {
  number += 1;
  const machine = `L${number}`;
  const order: PullOrder = { dir: join(rig.dir, machine), machine, url: rig.url, code: await rig.newCode(), by, cut };
  const child = fork(join(import.meta.dirname, 'laptop-process.ts'));
  child.send(order);
  const told = await new Promise<Pulled>((done, failed) => {
    child.once('message', (message) => done(message as Pulled));
    child.once('exit', (code) => failed(new Error(`the laptop ended with ${code}`)));
  });
  if (told.rows < ROWS) throw new Error(`${told.rows} rows came of ${ROWS}`);
  return told;
}

/** Pulls until the hub has an image; the first of them makes it build one. */
async function byImage(rig: Rig): Promise<Pulled> {
  for (let tries = 0; tries < 100; tries += 1) {
    const told = await pull(rig, 'image');
    if (told.image) return told;
    await new Promise((done) => setTimeout(done, 2000));
  }
  throw new Error('the hub built no image');
}

/** Share of what sync keeps at the hub: feed, incarnations and field versions beside the registers; the log of all work is told apart. */
async function hubShares(databaseUrl: string): Promise<{ sync: number; log: number }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ app: string; feed: string; log: string }>(
    `SELECT sum(pg_total_relation_size(c.oid)) FILTER (WHERE n.nspname = 'app') AS app,
       sum(pg_total_relation_size(c.oid)) FILTER (WHERE n.nspname = 'sync' AND c.relname <> 'commit') AS feed,
       sum(pg_total_relation_size(c.oid)) FILTER (WHERE n.nspname = 'sync' AND c.relname = 'commit') AS log
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname IN ('app', 'sync')`,
  );
  await client.end();
  const [app, feed, log] = [Number(rows[0]?.app), Number(rows[0]?.feed), Number(rows[0]?.log)];
  return { sync: feed / (app + feed + log), log: log / (app + feed + log) };
}

/** Measures; needs no root and no network beyond this computer. */
export async function syncPullBench(): Promise<BenchRow[]> {
  const rig = await startRig();
  try {
    const floor = await sqliteFloor(rig.dir, ROWS);
    const a = await rig.laptop('L01');
    for (let from = 0; from < ROWS; from += BATCH)
      a.engine.command('transfer.commit', (tx) => {
        for (let i = from; i < Math.min(ROWS, from + BATCH); i += 1) tx.insert(assets, draft(i));
      });
    await a.sync();
    await a.sync();
    const cold = await pull(rig, 'pages');
    const warm = await pull(rig, 'pages');
    const cut256 = await pull(rig, 'pages', 256 * 1024);
    const cut64 = await pull(rig, 'pages', 64 * 1024);
    await byImage(rig);
    const images = [await byImage(rig), await byImage(rig), await byImage(rig)].toSorted((x, y) => x.ms - y.ms);
    const image = images[1] ?? warm;
    const hub = await rig.usage();
    const shares = await hubShares(rig.databaseUrl);
    const against = (name: string, { ms }: Pulled, note: string): BenchRow => ({
      name,
      value: Math.round(ms),
      unit: 'ms',
      ratio: Math.round((ms / floor) * 100) / 100,
      note,
    });
    const peer = ROWS === 50_000 ? `PouchDB ${POUCH} ms` : '';
    const percent = (part: number, of: number): number => Math.round((1000 * part) / of) / 10;
    const plain = (name: string, value: number, unit: string, note = ''): BenchRow => ({ name, value, unit, note });
    return [
      plain(`floor: ${ROWS} rows into bare SQLite`, Math.round(floor), 'ms'),
      against(`first pull of ${ROWS} by image, checked (M1)`, image, `median of 3; ${peer}`),
      against(`first pull of ${ROWS} by pages, hub reads PostgreSQL (M2)`, cold, peer),
      against(`first pull of ${ROWS} by pages, kept at the hub (M2)`, warm, peer),
      plain(
        'peak memory of the laptop, image',
        Math.round(image.peak_mb),
        'MB',
        `${Math.round(image.start_mb)} before`,
      ),
      plain('peak memory of the laptop, pages', Math.round(warm.peak_mb), 'MB', `${Math.round(warm.start_mb)} before`),
      plain('peak memory of the hub', Math.round(hub.peak_mb), 'MB', 'with the push before'),
      plain('bytes of a pull by pages (M12)', Math.round((10 * warm.down) / MB) / 10, 'MB'),
      plain('bytes of a pull by image (M12)', Math.round((10 * image.down) / MB) / 10, 'MB'),
      plain(
        'line dying every 256 kB: bytes (M7)',
        Math.round((100 * cut256.down) / warm.down) / 100,
        'x clean',
        `${cut256.cuts} cuts`,
      ),
      plain('line dying every 256 kB: time (M7)', Math.round((100 * cut256.ms) / warm.ms) / 100, 'x clean'),
      plain(
        'line dying every 64 kB: bytes (M7)',
        Math.round((100 * cut64.down) / warm.down) / 100,
        'x clean',
        `${cut64.cuts} cuts`,
      ),
      plain(
        'sync data of the laptop’s file (M12)',
        percent(warm.sync_bytes, warm.file_bytes),
        '%',
        `and the log of all work ${percent(warm.log_bytes, warm.file_bytes)} %`,
      ),
      plain(
        'sync data of the hub (M12)',
        percent(shares.sync, 1),
        '%',
        `and the log of all work ${percent(shares.log, 1)} %`,
      ),
    ];
  } finally {
    await rig.close();
  }
}

if (import.meta.main) console.table(await syncPullBench());
