/**
 * Sync, the side of the hub that takes in (goals M3 to M6 and the upward half of M12 in sync.md section 5). Real hub in a process of its own, real
 * PostgreSQL, TLS over loopback; every figure beside the physical floor of the same run: the same rows into bare SQLite, and by COPY into PostgreSQL.
 */
import { v7 } from 'uuid';
import pg from 'pg';
import { copyInto } from '../../hub/copy.ts';
import type { Client } from '../../hub/db.ts';
import { lookAt, type Seen } from '../../main/engine/sync/trust.ts';
import type { Op } from '../../shared/commit.ts';
import { assets } from '../../shared/features/assets.ts';
import type { Result } from '../../shared/sync/frames.ts';
import { LightLaptop, SharedPages } from '../support/light.ts';
import { percentile, type BenchRow } from './row.ts';
import { draft, ROWS, sqliteFloor, startRig, timed, type BenchLaptop, type Rig } from './sync-rig.ts';

/** Measured once on a machine of this kind with the same rows (sync.md section 5), s or ms. */
const PEERS = { push: 14_000, edits: 114, noop: 36 };

/** The same by COPY into a typed table of PostgreSQL with the indexes of the store. */
async function copyFloor(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE TABLE public.floor (LIKE app.assets INCLUDING ALL)');
  const names = Object.keys(assets.fields);
  const lines = Array.from({ length: ROWS }, (_, i) => {
    const values: Record<string, unknown> = { ...draft(i) };
    const value = (name: string): string | number | null => (values[name] ?? null) as string | number | null;
    return [v7(), ...names.map(value), 1, '{}'];
  });
  const columns = ['id', ...names.map((name) => `"${name}"`), 'rv', 'fv'];
  const ms = await timed(() => copyInto(client as unknown as Client, 'public.floor', columns, lines));
  await client.query('DROP TABLE public.floor');
  await client.end();
  return ms;
}

interface Pushed {
  /** Until the hub's verdict on the last commit was kept. */
  readonly settled: number;
  /** Until the laptop was level with the hub again. */
  readonly level: number;
  readonly requests: number;
  readonly up: number;
}

async function push(laptop: BenchLaptop): Promise<Pushed> {
  const before = { ...laptop.traffic };
  const start = performance.now();
  let [settled, requests, up] = [0, 0, 0];
  await laptop.sync(({ phase }) => {
    if (phase !== 'settle') return;
    settled = performance.now() - start;
    requests = laptop.traffic.requests - before.requests;
    up = laptop.traffic.up - before.up;
  });
  return { settled, level: performance.now() - start, requests, up };
}

async function noop(rig: Rig, seen: Seen): Promise<{ times: number[]; up: number }> {
  const laptop = new LightLaptop(rig.url, seen);
  await laptop.enrol(await rig.newCode(), 'L90');
  await laptop.pull();
  const times: number[] = [];
  for (let i = 0; i < 300; i += 1) {
    const body = laptop.request([]);
    times.push(await timed(() => laptop.round(body)));
  }
  const up = laptop.request([]).length;
  await laptop.close();
  return { times: times.slice(50), up };
}

const LAPTOPS = 200;
const EDITS = 100;
const SHARED = 10_000;

const edit = (id: string, n: number): Op => {
  const [field, before, after] = [
    ['brand', '联想', `惠普${n % 5}`],
    ['remark', null, `第${n}次查看`],
    ['serial', null, `SN-${n}`],
    ['department', '教务处', `总务处${n % 3}`],
  ][n % 4] as [string, string | null, string];
  return { op: 'patch', table: 'assets', id, base: null, fields: { [field]: { before, after } } };
};

interface Storm {
  readonly pushed: number;
  readonly converged: number;
  readonly held: number;
  readonly applied: number;
}

/** Laptops that come home at once, each with edits of the same rows, and then fetch what the others did. */
async function storm(rig: Rig, seen: Seen): Promise<Storm> {
  const first = new LightLaptop(rig.url, seen);
  await first.enrol(await rig.newCode(), 'M000');
  const ids = Array.from({ length: SHARED }, () => v7());
  for (let i = 0; i < SHARED; i += 2000) {
    const commits = Array.from({ length: 4 }, (_, k) =>
      first.own.commit(
        'transfer.commit',
        ids.slice(i + k * 500, i + k * 500 + 500).map((id, j) => {
          const { tag: _, serial: __, remark: ___, ...values } = draft(i + k * 500 + j);
          return { op: 'insert' as const, table: 'assets', id, values };
        }),
      ),
    );
    await first.round(first.request(commits));
  }
  await first.pull();
  const laptops: LightLaptop[] = [];
  const pages = new SharedPages();
  for (let i = 0; i < LAPTOPS; i += 1) {
    const laptop = new LightLaptop(rig.url, seen, { pages });
    await laptop.enrol(await rig.newCode(), `M${i + 1}`);
    // All were level before they went out: one of them shows where that is.
    Object.assign(laptop, { cursor: first.cursor, chain: first.chain });
    laptops.push(laptop);
  }
  let at = 1;
  const next = (): number => (at = (at * 48_271) % 2_147_483_647);
  const bodies = laptops.map((laptop) =>
    laptop.request(
      Array.from({ length: EDITS }, () =>
        laptop.own.commit('assets.update', [edit(ids[next() % SHARED] ?? '', next())]),
      ),
    ),
  );
  // Their connections are open: joining took longer than the hub keeps a silent one.
  for (const laptop of laptops) await laptop.round(laptop.request([]));
  const start = performance.now();
  const heard = await Promise.all(laptops.map((laptop, i) => laptop.round(bodies[i] ?? new Uint8Array())));
  const pushed = performance.now() - start;
  await Promise.all(laptops.map((laptop) => laptop.pull()));
  const converged = performance.now() - start;
  if (new Set(laptops.map(({ chain }) => chain)).size !== 1) throw new Error('the laptops did not converge');
  const outcomes = heard.flatMap(({ results }) => results.map((text) => (JSON.parse(text) as Result).outcome));
  if (outcomes.length !== LAPTOPS * EDITS) throw new Error('a commit has no verdict');
  await Promise.all([first, ...laptops].map((laptop) => laptop.close()));
  const count = (wanted: string): number => outcomes.filter((outcome) => outcome === wanted).length;
  return { pushed, converged, held: count('held'), applied: count('applied') };
}

async function pushBench(rig: Rig): Promise<BenchRow[]> {
  const seen = await lookAt(rig.url);
  const base = await sqliteFloor(rig.dir);
  const copy = await copyFloor(rig.databaseUrl);
  const laptop = await rig.laptop('L01');
  laptop.engine.command('transfer.commit', (tx) => {
    for (let i = 0; i < ROWS; i += 1) tx.insert(assets, draft(i));
  });
  const first = await push(laptop);
  const { rows } = await laptop.client.assets.list({ limit: 100 });
  for (const { id } of rows) await laptop.client.assets.update({ id, changes: { brand: '惠普' } });
  const edits = await push(laptop);
  const idle = await noop(rig, seen);
  const ofFloor = (name: string, value: number, note: string): BenchRow => ({
    name,
    value,
    unit: 'ms',
    ratio: value / copy,
    note: `of COPY alone; ${note}`,
  });
  const kb = (bytes: number): string => `${(bytes / 1000).toFixed(0)} kB`;
  return [
    { name: `floor: ${ROWS} rows into bare SQLite with 3 indexes`, value: base, unit: 'ms' },
    { name: `floor: the same by COPY into PostgreSQL, typed, with indexes`, value: copy, unit: 'ms' },
    ofFloor(
      `M3 first push of ${ROWS} rows until the last verdict is kept`,
      first.settled,
      `${first.requests} requests, ${kb(first.up)}; PouchDB ${PEERS.push} ms`,
    ),
    ofFloor('M3 the same until the laptop is level with the hub again', first.level, 'its rows come back confirmed'),
    { name: 'M12 first push, sent', value: first.up / 1e6, unit: 'MB', note: 'bodies; aim 6.2' },
    {
      name: 'M4 push of 100 edits by a whole laptop',
      value: edits.settled,
      unit: 'ms',
      ratio: edits.settled / PEERS.edits,
      note: `of PouchDB; ${edits.requests} request, ${kb(edits.up)} up`,
    },
    {
      name: 'M5 nothing new, p50',
      value: percentile(idle.times, 0.5),
      unit: 'ms',
      ratio: percentile(idle.times, 0.5) / PEERS.noop,
      note: `of PouchDB; 1 request, body ${idle.up} bytes up, none down`,
    },
    { name: 'M5 nothing new, p99', value: percentile(idle.times, 0.99), unit: 'ms' },
  ];
}

async function stormBench(rig: Rig): Promise<BenchRow[]> {
  const seen = await lookAt(rig.url);
  const before = await rig.usage();
  const { pushed, converged, held, applied } = await storm(rig, seen);
  const after = await rig.usage();
  const name = `M6 storm of ${LAPTOPS} laptops with ${EDITS} edits each`;
  return [
    {
      name: `${name}, all pushed`,
      value: pushed / 1000,
      unit: 's',
      note: `${applied} applied, ${held} held for a person; aim 8 s`,
    },
    { name: `${name}, all level`, value: converged / 1000, unit: 's', note: 'aim 12 s' },
    { name: `${name}, most memory of the hub`, value: after.peak_mb, unit: 'MB', note: 'aim 256 MB' },
    { name: `${name}, processor time of the hub`, value: (after.cpu_ms - before.cpu_ms) / 1000, unit: 's' },
  ];
}

/** Measures; needs no root and no network beyond this computer. */
export async function syncBench(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  // The storm's memory is its own: every part has a hub that did nothing before.
  for (const part of [pushBench, stormBench]) {
    const rig = await startRig();
    try {
      rows.push(...(await part(rig)));
    } finally {
      await rig.close();
    }
  }
  return rows;
}

if (import.meta.main) console.table(await syncBench());
