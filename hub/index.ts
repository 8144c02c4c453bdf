/**
 * `npm run hub`: starts the central store. Options: `--data DIR` (its own PostgreSQL's folder), `--host`, `--port`; with
 * DATABASE_URL it uses that PostgreSQL instead. `npm run hub -- code` prints one more enrolment code, also while a hub runs.
 */
import { parseArgs } from 'node:util';
import { makeCode } from './codes.ts';
import { withClient } from './db.ts';
import { openStore, startHub } from './hub.ts';
import { startPostgres, type Database } from './postgres.ts';

const DEFAULT_PORT = '8470';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: 'hub-data' },
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: DEFAULT_PORT },
  },
});

async function database(): Promise<Database> {
  const url = process.env['DATABASE_URL'];
  return url ? { url, started: false, stop: async () => undefined } : startPostgres(values.data);
}

/** An error of the operator's making is one line; everything else keeps its stack. */
function fail(error: unknown): never {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const taken = code === 'EADDRINUSE' ? `Port ${values.port} is in use. Choose another with --port.` : null;
  console.error(taken ?? (error instanceof Error ? error.message : error));
  process.exit(1);
}

async function printCode(): Promise<void> {
  const db = await database();
  const pool = await openStore(db.url, 1);
  console.log(`enrolment code: ${await withClient(pool, (client) => makeCode(client, Date.now()))}`);
  await pool.end();
  // A database that a running hub uses stays; one that was started for this code alone goes again.
  if (db.started) await db.stop();
}

async function serve(): Promise<void> {
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('--port takes a number from 0 to 65535.');
  const db = await database();
  const hub = await startHub({ databaseUrl: db.url, host: values.host, port, log: true });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    hub
      .close()
      .then(() => db.stop())
      .then(() => process.exit(0))
      .catch(fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  console.log(`Lanbook hub is ready: ${hub.url}  enrolment code: ${await hub.newCode()}`);
  if (values.host === '127.0.0.1')
    console.log('Only this computer can reach it. For other laptops start it with --host 0.0.0.0.');
}

process.on('unhandledRejection', fail);
if (positionals[0] === 'code') await printCode().catch(fail);
else if (positionals.length === 0) await serve().catch(fail);
else
  fail(
    new Error(
      `Unknown command "${positionals[0]}". There is: (nothing) to start the hub, or "code" for one more enrolment code.`,
    ),
  );
