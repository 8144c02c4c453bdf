/** For whoever watches the process: is it there, can it work, and its numbers. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Failure } from '../failure.ts';
import { measure } from '../metrics.ts';
import { isLoopback } from '../options.ts';
import type { Desk } from './routes.ts';

const alive = z.object({ ok: z.literal(true) });
/** Longer than this and a supervisor should not send laptops here. */
const DATABASE_MS = 2000;

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Numbers tell how many laptops and conflicts there are: for programs of this computer, and whoever has the token of LANBOOK_METRICS_TOKEN. */
function mayRead(request: FastifyRequest, token: string | undefined): boolean {
  if (isLoopback(request.ip.replace(/^::ffff:/, ''))) return true;
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  return token !== undefined && given !== undefined && timingSafeEqual(digest(given), digest(token));
}

export function healthRoutes(app: FastifyInstance, { pool, metricsToken }: Desk): void {
  const scrape = measure(app, pool);
  app.get(
    '/health',
    { logLevel: 'warn', config: { doc: { tag: 'health', summary: 'The process runs', answer: alive, open: true } } },
    () => ({ ok: true }),
  );
  app.get(
    '/ready',
    {
      logLevel: 'warn',
      config: { doc: { tag: 'health', summary: 'It reaches its database within 2 s', answer: alive, open: true } },
    },
    async () => {
      const late = new Promise<never>((_, reject) =>
        setTimeout(() => reject(new Failure(503, 'NO_DATABASE')), DATABASE_MS).unref(),
      );
      await Promise.race([pool.query('SELECT 1'), late]);
      return { ok: true };
    },
  );
  app.get(
    '/metrics',
    {
      logLevel: 'warn',
      config: { doc: { tag: 'health', summary: 'Numbers as Prometheus reads them', answer: 'text', open: true } },
    },
    async (request, reply) => {
      if (!mayRead(request, metricsToken)) throw new Failure(403, 'FORBIDDEN');
      const { type, text } = await scrape();
      return reply.type(type).send(text);
    },
  );
}
