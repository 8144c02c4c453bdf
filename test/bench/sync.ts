/**
 * Sync of 50,000 assets, first push and first pull, beside the physical floor of the same run: the same rows inserted into a bare
 * SQLite table in one transaction. Real hub, real PostgreSQL, TLS over loopback.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { startHub } from '../../hub/hub.ts';
import { identityIn } from '../../hub/identity.ts';
import { startPostgres } from '../../hub/postgres.ts';
import { clientOf, type EngineClient } from '../../main/engine/serve.ts';
import { startEngine, type Engine } from '../../main/engine/start.ts';
import { assets } from '../../shared/features/assets.ts';
import type { DraftOf } from '../../shared/record.ts';
import type { BenchRow } from './row.ts';

const ROWS = 50_000;
const NO_LIMITS = { device: 1e9, address: 1e9, enrol: 1e9 };

const draft = (i: number): DraftOf<typeof assets> => ({
  tag: `XX-2024-${String(i).padStart(6, '0')}`,
  name: `台式机${i % 97}`,
  category: 'desktop',
  status: 'in_use',
  brand: '联想',
  model: `启天 M${i % 40}`,
  serial: `PF${i.toString(36).toUpperCase()}X${i * 7919}`,
  price: 459_900 + (i % 1000),
  purchased_on: '2024-09-01',
  department: '教务处',
  hostname: `PC-${i}`,
  remark: `第${i}台，放在${i % 6}楼`,
});

async function timed(work: () => Promise<unknown> | void): Promise<number> {
  const start = performance.now();
  await work();
  return Math.round(performance.now() - start);
}

/** The same values into a table of the same columns with its three hottest indexes, nothing else. */
async function floor(dir: string): Promise<number> {
  const db = new Database(join(dir, 'floor.db'));
  db.pragma('journal_mode=WAL');
  db.pragma('synchronous=FULL');
  const names = Object.keys(assets.fields);
  db.exec(
    `CREATE TABLE floor (id TEXT PRIMARY KEY, ${names.join(', ')}); CREATE INDEX f1 ON floor(tag); CREATE INDEX f2 ON floor(serial); CREATE INDEX f3 ON floor(name)`,
  );
  const insert = db.prepare(`INSERT INTO floor VALUES (?, ${names.map(() => '?').join(', ')})`);
  const ms = await timed(() =>
    db.transaction(() => {
      for (let i = 0; i < ROWS; i += 1) {
        const values: Record<string, unknown> = { ...draft(i) };
        insert.run(`id-${i}`, ...names.map((name) => values[name] ?? null));
      }
    })(),
  );
  db.close();
  return ms;
}

async function sync(client: EngineClient): Promise<void> {
  for await (const event of await client.sync.run()) void event;
}

/** Measures; needs no root and no network beyond this computer. */
export async function syncBench(): Promise<BenchRow[]> {
  const dir = mkdtempSync(join(tmpdir(), 'lanbook-bench-'));
  // As root PostgreSQL runs as another user, who must be able to pass through.
  chmodSync(dir, 0o755);
  const database = await startPostgres(join(dir, 'hub'));
  const identity = await identityIn(dir);
  const hub = await startHub({ databaseUrl: database.url, host: '127.0.0.1', port: 0, identity, limits: NO_LIMITS });
  const engines: Engine[] = [];
  const laptop = async (machine: string): Promise<[Engine, EngineClient]> => {
    const engine = startEngine({ dataDir: join(dir, machine) });
    engines.push(engine);
    const client = clientOf(engine);
    await client.system.setup({ unit: '测试', technician: machine, machine, language: 'zh-CN' });
    await client.sync.enrol({ address: hub.url, code: await hub.newCode() });
    return [engine, client];
  };
  try {
    const base = await floor(dir);
    const [a, callA] = await laptop('L01');
    const [, callB] = await laptop('L02');
    a.command('transfer.commit', (tx) => {
      for (let i = 0; i < ROWS; i += 1) tx.insert(assets, draft(i));
    });
    const push = await timed(() => sync(callA));
    const pull = await timed(() => sync(callB));
    const { rows } = await callA.assets.list({ limit: 100 });
    for (const { id } of rows) await callA.assets.update({ id, changes: { brand: '惠普' } });
    const edits = await timed(() => sync(callA));
    const news = await timed(() => sync(callB));
    const idle: number[] = [];
    for (let i = 0; i < 50; i += 1) idle.push(await timed(() => sync(callB)));
    const ms = (name: string, value: number): BenchRow => ({
      name,
      value,
      unit: 'ms',
      ratio: Math.round((value / base) * 100) / 100,
    });
    return [
      { name: `floor: ${ROWS} rows into bare SQLite`, value: base, unit: 'ms' },
      ms(`first push of ${ROWS} rows, merged and confirmed`, push),
      ms(`first pull of ${ROWS} rows with history and search index`, pull),
      ms('push of 100 edits', edits),
      ms('pull of 100 edits', news),
      { name: 'sync with nothing new, p50', value: idle.toSorted((x, y) => x - y)[25] ?? 0, unit: 'ms' },
    ];
  } finally {
    for (const engine of engines) engine.close();
    await hub.close();
    await database.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

if (import.meta.main) console.table(await syncBench());
