/** The round, pages alone, and what is new: the daily calls. */
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { cursor, head, newsAnswer } from '../../shared/sync/frames.ts';
import { FRAMES } from '../../shared/sync/wire.ts';
import { Failure } from '../failure.ts';
import { withClient } from '../db.ts';
import type { Doc } from '../openapi.ts';
import { checkPast, headFrame, readHead } from '../pages.ts';
import { bringsCommits, pagesAfter, syncRound } from '../round.ts';
import { rightsOf } from '../rights.ts';
import { Turns } from '../turns.ts';
import { parsed, type Desk } from './routes.ts';

/** How long a question for news is held: below the time a request may take. */
const WAIT_MS = 25_000;
/** How long a stream of pages may take: on a bad line 2 MB need minutes, and each page that arrives is kept. */
const STREAM_MS = 600_000;
/** Bytes of pages that are read before the laptop has taken those before. */
const AHEAD = 128 * 1024;
const newsQuery = z.strictObject({
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
  /** The part of the store the laptop has (HEAD): another one is news at once. */
  scope: z.string().max(100).optional(),
});
const pagesQuery = z.strictObject({
  after: z.string().regex(/^\d{1,15}\.\d{1,10}$/),
  epoch: z.uuid(),
  chain: z.string().max(64),
  incarnation: z.uuid(),
  /** Laptops of the first schema do not say it. */
  schema: z.coerce.number().int().min(1).max(1_000_000).default(1),
});

const docs = {
  news: {
    tag: 'sync',
    summary: 'The head as soon as it is above a number; 204 when that takes longer than 25 s',
    query: newsQuery,
    answer: newsAnswer,
  },
  round: {
    tag: 'sync',
    summary: 'HELLO and commits; verdicts, pages and head come back; 204 when there is nothing to say',
    body: 'frames',
    answer: 'frames',
  },
  pages: { tag: 'sync', summary: 'Pages after a cursor', query: pagesQuery, answer: 'frames' },
  head: { tag: 'sync', summary: 'Where the store stands', answer: head },
} satisfies Record<string, Doc>;

export function syncRoutes(app: FastifyInstance, { pool, now, news, pages, asDevice }: Desk): void {
  app.get('/v1/news', { config: { doc: docs.news } }, async (request, reply) => {
    const { after, scope } = parsed(newsQuery, request.query);
    const { token } = await asDevice(request, rightsOf);
    if (scope !== undefined && scope !== token) return { seq: after };
    // The connection to the database is given back before the wait.
    const seq = await news.above(after, WAIT_MS);
    return seq === null ? reply.code(204).send() : { seq };
  });
  const turns = new Turns();
  app.post('/v1/sync', { config: { doc: docs.round } }, async (request, reply) => {
    const { body } = request;
    if (!Buffer.isBuffer(body)) throw new Failure(415, 'BAD_FRAMES');
    const round = (): Promise<Uint8Array | null> =>
      asDevice(request, (client, device) => syncRound(client, device, body, now, pages, () => turns.waiting > 0));
    // A turn before a connection: whoever waits for the one holds nothing of the other.
    const answer = await (bringsCommits(body) ? turns.run(round, () => request.socket.destroyed) : round());
    news.nudge();
    return answer === null ? reply.code(204).send() : reply.type(FRAMES).send(answer);
  });
  app.get('/v1/pages', { config: { doc: docs.pages }, handlerTimeout: STREAM_MS }, async (request, reply) => {
    const { after, epoch, chain, incarnation, schema } = parsed(pagesQuery, request.query);
    const [rv, ord] = after.split('.').map(Number);
    const from = parsed(cursor, { rv, ord });
    const device = await asDevice(request, async (client, who) => {
      await checkPast(client, { epoch, cursor: from, chain });
      return who;
    });
    const frames = pagesAfter((work) => withClient(pool, work), pages, from, { device, incarnation, schema }, now());
    return reply.type(FRAMES).send(Readable.from(frames, { objectMode: false, highWaterMark: AHEAD }));
  });
  app.get('/v1/head', { config: { doc: docs.head } }, async (request) =>
    asDevice(request, async (client, device) =>
      headFrame(await readHead(client), now(), false, await rightsOf(client, device)),
    ),
  );
}
