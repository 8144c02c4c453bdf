/** The central store as one object: a database made ready, and the server in front of it. */
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type pg from 'pg';
import { SCHEMA } from '../shared/commit.ts';
import { sha256 } from './codec.ts';
import type { Grant } from '../shared/sync/roles.ts';
import { makeCode } from './codes.ts';
import { openPool, prepareDatabase, withClient } from './db.ts';
import { buildServer, type ServerOptions } from './server.ts';

export interface HubOptions extends Pick<ServerOptions, 'graceDays' | 'limits' | 'log' | 'identity' | 'metricsToken'> {
  readonly databaseUrl: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly now?: () => number;
  readonly connections?: number;
}
export interface Hub {
  readonly url: string;
  readonly pool: pg.Pool;
  /** Without a grant: admin for the first laptop, technician for the others. */
  newCode(grant?: Grant): Promise<string>;
  close(): Promise<void>;
}

/** Opens a store's database and brings it up to date; a new one gets its epoch, the first link of the chain. */
export async function openStore(databaseUrl: string, connections: number): Promise<pg.Pool> {
  const pool = openPool(databaseUrl, connections);
  try {
    await prepareDatabase(pool);
    const epoch = randomUUID();
    await pool.query(
      'INSERT INTO sync.head (epoch, seq, chain, schema) VALUES ($1, 0, $2, $3) ON CONFLICT DO NOTHING',
      [epoch, sha256(epoch), SCHEMA],
    );
    await pool.query(
      'INSERT INTO sync.epoch (epoch, before, at, seq) SELECT epoch, NULL, now(), 0 FROM sync.head WHERE NOT EXISTS (SELECT 1 FROM sync.epoch)',
    );
    return pool;
  } catch (error) {
    await pool.end();
    throw error;
  }
}

export async function startHub({
  databaseUrl,
  host,
  port,
  now = Date.now,
  connections = 10,
  ...rest
}: HubOptions): Promise<Hub> {
  const pool = await openStore(databaseUrl, connections);
  const app = buildServer({ pool, now, ...rest });
  try {
    await app.listen({ host, port });
  } catch (error) {
    await pool.end();
    throw error;
  }
  const { address, port: actual, family } = app.server.address() as AddressInfo;
  return {
    url: `${rest.identity ? 'https' : 'http'}://${family === 'IPv6' ? `[${address}]` : address}:${actual}`,
    pool,
    newCode: (grant) => withClient(pool, (client) => makeCode(client, now(), grant)),
    close: async () => {
      await app.close();
      await pool.end();
    },
  };
}
