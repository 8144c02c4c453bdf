/** PostgreSQL as the hub speaks it: typed columns in and out as Lanbook's values, transactions that never span a request to elsewhere. */
import pg from 'pg';
import { migrations } from './migrations/index.ts';

export type Client = pg.PoolClient;

const OID = { bool: 16, int8: 20, date: 1082, timestamptz: 1184, inet: 869, macaddr: 829 } as const;

/** A bigint that a JavaScript number cannot hold would come back changed: it is an error instead. */
function toNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond 2^53`);
  return value;
}
/** `2026-09-29 08:20:00.123+00` to milliseconds; sessions run in UTC. */
const toMillis = (text: string): number => Date.parse(text.replace(' ', 'T').replace(/\+00$/, 'Z'));

const parsers: Record<number, (text: string) => unknown> = {
  [OID.int8]: toNumber,
  [OID.timestamptz]: toMillis,
  [OID.date]: (text) => text,
  [OID.inet]: (text) => text,
  [OID.macaddr]: (text) => text.replaceAll(':', '').toUpperCase(),
};

/** The package declares its type numbers as an enum of the known ones; PostgreSQL may send any. */
const builtIn = pg.types.getTypeParser as (oid: number, format?: 'text' | 'binary') => (text: string) => unknown;

export function openPool(connectionString: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    connectionTimeoutMillis: 10_000,
    application_name: 'lanbook-hub',
    options: '-c timezone=UTC -c datestyle=ISO -c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000',
    // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- PostgreSQL sends any oid, the enum lists its own
    types: {
      getTypeParser: ((oid: keyof typeof parsers, format?: 'text' | 'binary') =>
        parsers[oid] ?? builtIn(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  // An idle connection that PostgreSQL closes (a restart) is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined);
  // So is one that is lent: its query fails, and the request with it; the pool takes back no connection that is closed.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return pool;
}

/** Runs `work` on one connection of the pool, asked for once (sync.md L11). */
export async function withClient<T>(pool: pg.Pool, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken = false;
  try {
    return await work(client);
  } catch (error) {
    broken = isConnectionLoss(error);
    throw error;
  } finally {
    client.release(broken);
  }
}

export async function transaction<T>(client: Client, work: () => Promise<T>, mode = ''): Promise<T> {
  await client.query(`BEGIN ${mode}`);
  try {
    const value = await work();
    await client.query('COMMIT');
    return value;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** The SQLSTATE of a PostgreSQL error, '' for anything else. */
export const sqlState = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';
const isConnectionLoss = (error: unknown): boolean => /^(?:08|57P|ECONN|EPIPE)/.test(sqlState(error));

/** What the driver says where PostgreSQL itself could not say anything. */
const UNSAID = /^(?:Connection terminated|Client (?:has encountered a connection|was closed))/;
/** That PostgreSQL is away, starting, stopping, or takes nobody in (53300): nothing is wrong with what was asked. */
export const isOutage = (error: unknown): boolean =>
  isConnectionLoss(error) ||
  /^(?:53300|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/.test(sqlState(error)) ||
  (error instanceof Error && UNSAID.test(error.message));
/** That all connections were in use for longer than anybody waits for one. */
export const isCrowded = (error: unknown): boolean =>
  error instanceof Error && error.message === 'timeout exceeded when trying to connect';
/** That there is no room left where PostgreSQL or the hub keeps its files. */
export const isFull = (error: unknown): boolean => /^(?:53100|ENOSPC|EDQUOT)$/.test(sqlState(error));

/** Settings without which an acknowledged commit may vanish at power loss (security.md H11). */
const DURABLE = ['fsync', 'full_page_writes', 'synchronous_commit'];

/** Brings the schema to the newest version; several hubs may start at once. Refuses a PostgreSQL that does not keep its word. */
export async function prepareDatabase(pool: pg.Pool): Promise<void> {
  await withClient(pool, async (client) => {
    for (const name of DURABLE) {
      const { rows } = await client.query<Record<string, string>>(`SHOW ${name}`);
      if (rows[0]?.[name] !== 'on')
        throw new Error(
          `PostgreSQL runs with ${name} = ${rows[0]?.[name]}; it must be "on", or a power cut loses data.`,
        );
    }
    await transaction(client, async () => {
      // Any constant serves as the name of the lock: "lanb" in ASCII.
      await client.query('SELECT pg_advisory_xact_lock(1818324578)');
      await client.query(
        'CREATE TABLE IF NOT EXISTS public.lanbook_schema (number int PRIMARY KEY, at timestamptz NOT NULL DEFAULT now())',
      );
      const { rows } = await client.query<{ number: number }>(
        'SELECT coalesce(max(number), 0)::int AS number FROM public.lanbook_schema',
      );
      const current = rows[0]?.number ?? 0;
      const newest = migrations.at(-1)?.number ?? 0;
      if (current > newest)
        throw new Error(`This database is of a newer hub (${current} is above ${newest}). Upgrade the hub.`);
      for (const { number, sql } of migrations.filter((each) => each.number > current)) {
        await client.query(sql);
        await client.query('INSERT INTO public.lanbook_schema (number) VALUES ($1)', [number]);
      }
    });
  });
}
