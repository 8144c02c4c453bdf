/** Numbers for whoever watches the hub (Prometheus text): calls and their times, the process, and how the store stands. */
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Of a round: 1 ms with nothing new, up to the 30 s after which it is given up. */
const SECONDS = [0.001, 0.005, 0.025, 0.1, 0.5, 2, 10, 30];

const STORE = `SELECT h.seq AS commits, extract(epoch FROM now() - (SELECT max(recv_at) FROM sync.commit))::float8 AS last_commit_age,
    (SELECT count(*)::int FROM sync.device WHERE revoked_at IS NULL) AS laptops,
    (SELECT count(*)::int FROM app.conflicts WHERE state = 'open' AND deleted_rv IS NULL) AS conflicts,
    pg_database_size(current_database())::float8 AS bytes FROM sync.head h`;
const gauges = {
  commits: ['lanbook_commits', 'Number of the last commit of the store'],
  last_commit_age: ['lanbook_last_commit_age_seconds', 'Time since a laptop last brought something'],
  laptops: ['lanbook_laptops', 'Laptops that have access'],
  conflicts: ['lanbook_conflicts_open', 'Conflicts that wait for a person'],
  bytes: ['lanbook_database_bytes', 'Size of the database'],
} as const;
type Numbers = Record<keyof typeof gauges, number | null>;

/** Returns what a scrape gets; the store is asked then, once for all its numbers. */
export function measure(app: FastifyInstance, pool: pg.Pool): () => Promise<{ type: string; text: string }> {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const calls = new Histogram({
    name: 'lanbook_http_seconds',
    help: 'Calls by route and status',
    labelNames: ['route', 'method', 'status'],
    buckets: SECONDS,
    registers: [register],
  });
  app.addHook('onResponse', async (request, reply) => {
    calls.observe(
      { route: request.routeOptions.url ?? 'none', method: request.method, status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
  });
  const store = new Map(
    Object.entries(gauges).map(([key, [name, help]]) => [key, new Gauge({ name, help, registers: [register] })]),
  );
  const up = new Gauge({ name: 'lanbook_database_up', help: '1 while PostgreSQL answers', registers: [register] });
  const connections = new Gauge({
    name: 'lanbook_database_connections',
    help: 'Connections of this process to PostgreSQL',
    labelNames: ['state'],
    registers: [register],
  });
  return async () => {
    const found = await pool.query<Numbers>(STORE).catch(() => null);
    up.set(found ? 1 : 0);
    for (const [key, value] of Object.entries(found?.rows[0] ?? {})) if (value !== null) store.get(key)?.set(value);
    connections.set({ state: 'idle' }, pool.idleCount);
    connections.set({ state: 'busy' }, pool.totalCount - pool.idleCount);
    connections.set({ state: 'waiting' }, pool.waitingCount);
    return { type: register.contentType, text: await register.metrics() };
  };
}
