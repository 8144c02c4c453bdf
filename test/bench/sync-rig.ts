/** What the sync benchmarks share: a real hub as its own process on a real PostgreSQL behind TLS, laptops whose traffic is counted, and the rows. */
import Database from 'better-sqlite3';
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodePorts } from '../../main/engine/engine.ts';
import { clientOf, type EngineClient } from '../../main/engine/serve.ts';
import { startEngine, type Engine } from '../../main/engine/start.ts';
import { assets } from '../../shared/features/assets.ts';
import type { SyncEvent } from '../../shared/features/sync.ts';
import type { DraftOf } from '../../shared/record.ts';
import type { Ask, HubUsage } from './hub-process.ts';

export const ROWS = 50_000;

export const draft = (i: number): DraftOf<typeof assets> => ({
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

/** What went over the line: requests, and the bytes of their bodies. */
export interface Traffic {
  requests: number;
  up: number;
  down: number;
}
export interface BenchLaptop {
  readonly engine: Engine;
  readonly client: EngineClient;
  readonly traffic: Traffic;
  /** Syncs to the end; `on` hears every event. */
  sync(on?: (event: SyncEvent) => void): Promise<void>;
}
export interface Rig {
  readonly dir: string;
  readonly url: string;
  readonly databaseUrl: string;
  newCode(): Promise<string>;
  usage(): Promise<HubUsage>;
  laptop(machine: string): Promise<BenchLaptop>;
  close(): Promise<void>;
}

/** Milliseconds. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The same values into a table of the same columns with its three hottest indexes, nothing else. */
export async function sqliteFloor(dir: string, rows = ROWS): Promise<number> {
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
      for (let i = 0; i < rows; i += 1) {
        const values: Record<string, unknown> = { ...draft(i) };
        insert.run(`id-${i}`, ...names.map((name) => values[name] ?? null));
      }
    })(),
  );
  db.close();
  return ms;
}

/** Needs no root and no network beyond this computer. `flags` are given to the hub's Node. */
export async function startRig(flags: readonly string[] = []): Promise<Rig> {
  const dir = mkdtempSync(join(tmpdir(), 'lanbook-bench-'));
  const hub = fork(join(import.meta.dirname, 'hub-process.ts'), [dir], { execArgv: [...flags] });
  const heard = (): Promise<unknown> =>
    new Promise((done, failed) => {
      const ended = (code: number | null): void => failed(new Error(`the hub ended with ${code}`));
      hub.once('exit', ended);
      hub.once('message', ({ value }: { value: unknown }) => {
        hub.off('exit', ended);
        done(value);
      });
    });
  const { url, databaseUrl } = (await heard()) as { url: string; databaseUrl: string };
  let turn: Promise<unknown> = Promise.resolve();
  const ask = async <T>(question: Ask): Promise<T> => {
    turn = turn.then(() => {
      const answer = heard();
      hub.send(question);
      return answer;
    });
    return (await turn) as T;
  };
  const engines: Engine[] = [];
  return {
    dir,
    url,
    databaseUrl,
    newCode: () => ask<string>('code'),
    usage: () => ask<HubUsage>('usage'),
    async laptop(machine) {
      const laptop = await newLaptop(join(dir, machine), machine, url, await ask<string>('code'));
      engines.push(laptop.engine);
      return laptop;
    },
    async close() {
      for (const engine of engines) engine.close();
      await ask('close');
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function newLaptop(dataDir: string, machine: string, address: string, code: string): Promise<BenchLaptop> {
  const traffic: Traffic = { requests: 0, up: 0, down: 0 };
  const counted: typeof nodePorts.fetch = async (to, init) => {
    traffic.requests += 1;
    traffic.up += init.body instanceof Uint8Array ? init.body.byteLength : String(init.body ?? '').length;
    const answer = await nodePorts.fetch(to, init);
    if (!answer.body) return answer;
    const count = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, out) {
        traffic.down += chunk.byteLength;
        out.enqueue(chunk);
      },
    });
    return new Response(answer.body.pipeThrough(count), { status: answer.status, headers: [...answer.headers] });
  };
  const engine = startEngine({ dataDir, ports: { fetch: counted } });
  const client = clientOf(engine);
  await client.system.setup({ unit: '测试', technician: machine, machine, language: 'zh-CN' });
  await client.sync.enrol({ address, code });
  return {
    engine,
    client,
    traffic,
    async sync(on) {
      for await (const event of await client.sync.run()) on?.(event);
    },
  };
}
