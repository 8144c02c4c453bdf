/** What the routes of the hub share: who asks is looked up before the work, limits are counted, and input is of a known shape. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type pg from 'pg';
import type { z } from 'zod';
import { withClient, type Client } from '../db.ts';
import { Failure } from '../failure.ts';
import type { Identity } from '../identity.ts';
import type { Limiter } from '../limits.ts';
import { newsOf, type News } from '../news.ts';
import { PageCache } from '../page-cache.ts';
import { deviceOf } from '../sessions.ts';

export interface Desk {
  readonly pool: pg.Pool;
  readonly now: () => number;
  readonly identity: Identity | undefined;
  /** Opens the numbers to programs of other computers. */
  readonly metricsToken: string | undefined;
  readonly news: News;
  /** Pages as all laptops get them. */
  readonly pages: PageCache;
  /** Days a laptop may work without having reached this hub; 0 = as long as it likes. */
  readonly graceDays: number;
  /** Requests for sessions, by address and device. */
  readonly sessions: Limiter;
  /** Counts a guess at a code; refuses when there were too many from this address. */
  readonly countGuess: (request: FastifyRequest) => void;
  /** One connection, the device first, then the work: every call but joining. */
  readonly asDevice: <T>(request: FastifyRequest, work: (client: Client, device: string) => Promise<T>) => Promise<T>;
}

interface Needs extends Pick<Desk, 'pool' | 'now' | 'identity' | 'metricsToken' | 'graceDays' | 'sessions'> {
  readonly guesses: Limiter;
}

export function deskOf(app: FastifyInstance, { guesses, ...given }: Needs): Desk {
  const { pool, now } = given;
  const news = newsOf(pool);
  app.addHook('preClose', async () => news.close());
  return {
    ...given,
    news,
    pages: new PageCache(),
    countGuess: (request) => count(guesses, request.ip, now()),
    asDevice: (request, work) =>
      withClient(pool, async (client) => work(client, await deviceOf(client, request.headers.authorization, now()))),
  };
}

/** Refuses with the seconds to wait when a key was used too often. */
export function count(limit: Limiter, key: string, now: number): void {
  const wait = limit.hit(key, now);
  if (wait !== null) throw new Failure(429, 'TOO_MANY', { seconds: wait });
}

export function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (!result.success) throw new Failure(400, 'BAD_REQUEST');
  return result.data;
}
