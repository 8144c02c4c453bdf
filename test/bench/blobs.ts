/**
 * What a photo on its way costs a ticket (M13 of sync.md): rounds of one change over a line of 1 Mbit/s, without and with photos of 4 MB in flight.
 * Real hub, real PostgreSQL, TLS, a shaping proxy on loopback.
 */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { clientOf, type EngineClient } from '../../main/engine/serve.ts';
import { startEngine, type Engine } from '../../main/engine/start.ts';
import { transferBlobs } from '../../main/engine/sync/blobs.ts';
import { attach, pngOf } from '../support/pictures.ts';
import { slowLine } from '../support/slow-line.ts';
import { percentile, type BenchRow } from './row.ts';
import { startRig, timed } from './sync-rig.ts';

const BITS = 1_000_000;
const ROUNDS = 20;
const PHOTO = 4_000_000;
const PHOTOS = 6;
/** Between a change and its round. The app waits 3 s (auto.ts); less is harder. */
const QUIET_MS = 1000;
const pc = { name: '台式机', category: 'desktop', status: 'in_use' } as const;

async function sync(client: EngineClient): Promise<void> {
  for await (const event of await client.sync.run()) void event;
}

interface Figures {
  readonly p50: number;
  readonly p95: number;
}
interface Pair {
  readonly bare: Figures;
  readonly busy: Figures;
}
/** Rounds in ms, with a photo in flight and without, by turns: a machine that is busy for a while is so for both. */
async function rounds(engine: Engine, client: EngineClient, id: string, quiet: number): Promise<Pair> {
  const bare: number[] = [];
  const busy: number[] = [];
  for (let i = 0; i < ROUNDS * 2; i += 1) {
    const halt = new AbortController();
    const isBusy = i % 2 === 1;
    const carried = isBusy ? transferBlobs(engine, halt.signal).catch(() => undefined) : null;
    // time enough for the photo to fill the line
    await delay(800);
    await client.assets.update({ id, changes: { remark: `第 ${i} 次，${quiet}，${performance.now()}` } });
    await delay(quiet);
    (isBusy ? busy : bare).push(await timed(() => sync(client)));
    halt.abort();
    await carried;
  }
  const of = (times: readonly number[]): Figures => ({ p50: percentile(times, 0.5), p95: percentile(times, 0.95) });
  return { bare: of(bare), busy: of(busy) };
}

export async function blobBench(): Promise<BenchRow[]> {
  const rig = await startRig();
  const line = await slowLine(rig.url, BITS);
  const engine = startEngine({ dataDir: join(rig.dir, 'photographer') });
  try {
    const client = clientOf(engine);
    await client.system.setup({ unit: '临江市第三中学', technician: '李明', machine: 'L09', language: 'zh-CN' });
    await client.sync.enrol({ address: line.url, code: await rig.newCode() });
    const { id } = await client.assets.create({ ...pc, tag: 'A-1' });
    await sync(client);
    for (let i = 0; i < PHOTOS; i += 1) await attach({ call: client }, 'assets', id, `机柜${i}.png`, pngOf(PHOTO));
    await sync(client);
    const waited = await rounds(engine, client, id, QUIET_MS);
    const atOnce = await rounds(engine, client, id, 0);
    const alone = await throughput(client, line, engine, id);
    return [
      ...rowsOf(
        'round of one change at 1 Mbit/s (M13)',
        waited,
        'sent after the pause of the app, in which the photo stands back',
      ),
      ...rowsOf(
        'the same, sent at once',
        atOnce,
        'the piece under way is given up; what lies on the way still takes its time',
      ),
      {
        name: 'photo alone on the line',
        value: alone * 100,
        unit: '% of 1 Mbit/s',
        note: 'pieces of 150 ms with their headers',
      },
    ];
  } finally {
    engine.close();
    await line.close();
    await rig.close();
  }
}

const rowsOf = (name: string, { bare, busy }: Pair, note: string): BenchRow[] =>
  (['p50', 'p95'] as const).map((at) => ({
    name: `${name} with a photo of 4 MB in flight, ${at}`,
    value: busy[at],
    unit: 'ms',
    ratio: busy[at] / bare[at],
    note: `${bare[at].toFixed(0)} ms without one; goal 1.10; ${note}`,
  }));

/** Share of the line that bytes of photos get when nobody else wants it. */
async function throughput(
  client: EngineClient,
  line: { up: () => number },
  engine: Engine,
  id: string,
): Promise<number> {
  await attach({ call: client }, 'assets', id, '最后一张.png', pngOf(PHOTO));
  await sync(client);
  const halt = new AbortController();
  const carried = transferBlobs(engine, halt.signal).catch(() => undefined);
  await delay(3000);
  const before = line.up();
  await delay(8000);
  const bits = (line.up() - before) * 8;
  halt.abort();
  await carried;
  return bits / 8 / BITS;
}
