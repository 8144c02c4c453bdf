/** The hub's HTTP side: four calls, every limit and timeout that Fastify leaves off by itself switched on (security.md H6), and errors that tell nothing but a code (H12). */
import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type pg from 'pg';
import { z } from 'zod';
import { enrolRequest, hubError } from '../shared/sync/frames.ts';
import { proofRequest } from '../shared/sync/proof.ts';
import { commonRequest, offerRequest, rejoinRequest } from '../shared/sync/rejoin.ts';
import { FRAMES, WireError } from '../shared/sync/wire.ts';
import { proveCode } from './codes.ts';
import { withClient, type Client } from './db.ts';
import { deviceOf, enrol, namedDevice } from './devices.ts';
import { Failure } from './failure.ts';
import { pinOf, type Identity } from './identity.ts';
import { limiter, type Limiter } from './limits.ts';
import { headFrame, checkPast, readHead } from './pages.ts';
import { commonOf, rejoin, takeBack } from './rejoin.ts';
import { newsOf } from './news.ts';
import { pagesAfter, syncRound } from './round.ts';

export interface ServerOptions {
  readonly pool: pg.Pool;
  readonly now: () => number;
  /** Requests a minute: per device, per address, and enrolments per address. */
  readonly limits?: { readonly device: number; readonly address: number; readonly enrol: number };
  /** The key laptops know this hub by; without it, plain HTTP for programs of this computer. */
  readonly identity?: Identity;
  /** Where the log goes; nowhere in tests. */
  readonly log?: boolean;
}

const DEFAULT_LIMITS = { device: 120, address: 600, enrol: 5 };
const MINUTE = 60_000;
const MIB = 1024 * 1024;

/** How long a question for news is held: below the time a request may take. */
const WAIT_MS = 25_000;
const newsQuery = z.strictObject({ after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER) });

const pagesQuery = z.strictObject({
  after: z.string().regex(/^\d{1,15}\.\d{1,10}$/),
  epoch: z.uuid(),
  chain: z.string().max(64),
  incarnation: z.uuid(),
});

export function buildServer({
  pool,
  now,
  limits = DEFAULT_LIMITS,
  identity,
  log = false,
}: ServerOptions): FastifyInstance {
  const app: FastifyInstance = Fastify({
    ...(identity ? { https: { ...identity, minVersion: 'TLSv1.2' } } : {}),
    bodyLimit: MIB + 65_536,
    requestTimeout: 30_000,
    // What a round had done by then is kept: the laptop asks again and gets the stored verdicts.
    handlerTimeout: 30_000,
    connectionTimeout: 60_000,
    keepAliveTimeout: 65_000,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    genReqId: () => randomUUID(),
    logger: log ? { level: 'info', stream: process.stderr } : false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 100 },
  });
  const perDevice = limiter(limits.device, MINUTE);
  const perAddress = limiter(limits.address, MINUTE);
  const perEnrolment = limiter(limits.enrol, MINUTE);
  const count = (limit: Limiter, key: string): void => {
    const wait = limit.hit(key, now());
    if (wait !== null) throw new Failure(429, 'TOO_MANY', { seconds: wait });
  };

  app.addHook('onRequest', async (request) => {
    count(perAddress, request.ip);
    const device = namedDevice(request.headers.authorization);
    if (device !== null) count(perDevice, device);
  });
  app.setErrorHandler((error: FastifyError | Failure | Error, request, reply) => answerError(error, request, reply));
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(hubError.parse({ code: 'NOT_FOUND' })));
  app.addContentTypeParser(FRAMES, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  /** Every call but enrolment: one connection, the device first, then the work. */
  const asDevice = <T>(request: FastifyRequest, work: (client: Client, device: string) => Promise<T>): Promise<T> =>
    withClient(pool, async (client) => work(client, await deviceOf(client, request.headers.authorization, now())));

  if (identity) {
    const pin = pinOf(identity.cert);
    app.post('/v1/proof', { bodyLimit: 1024 }, async (request) => {
      count(perEnrolment, request.ip);
      const { name, nonce } = parsed(proofRequest, request.body);
      const proof = await withClient(pool, (client) => proveCode(client, name, nonce, pin));
      if (proof instanceof Failure) throw proof;
      return { proof };
    });
  }
  app.post('/v1/enrol', { bodyLimit: 4096 }, async (request) => {
    count(perEnrolment, request.ip);
    const asked = parsed(enrolRequest, request.body);
    return withClient(pool, (client) => enrol(client, asked, request.ip, now()));
  });
  const news = newsOf(pool);
  app.addHook('preClose', async () => news.close());
  app.get('/v1/news', async (request, reply) => {
    const { after } = parsed(newsQuery, request.query);
    await asDevice(request, () => Promise.resolve());
    // The connection to the database is given back before the wait.
    const seq = await news.above(after, WAIT_MS);
    return seq === null ? reply.code(204).send() : { seq };
  });
  app.post('/v1/sync', async (request, reply) => {
    const { body } = request;
    if (!Buffer.isBuffer(body)) throw new Failure(415, 'BAD_FRAMES');
    const answer = await asDevice(request, (client, device) => syncRound(client, device, body, now));
    news.nudge();
    return answer === null ? reply.code(204).send() : reply.type(FRAMES).send(answer);
  });
  app.get('/v1/pages', async (request, reply) => {
    const { after, epoch, chain, incarnation } = parsed(pagesQuery, request.query);
    const [rv = 0, ord = 0] = after.split('.').map(Number);
    const answer = await asDevice(request, async (client) => {
      await checkPast(client, { epoch, cursor: { rv, ord }, chain });
      return pagesAfter(client, { rv, ord }, incarnation, now());
    });
    return reply.type(FRAMES).send(answer);
  });
  app.post('/v1/common', async (request) => {
    const asked = parsed(commonRequest, request.body);
    return asDevice(request, async (client) => ({ seq: await commonOf(client, asked) }));
  });
  app.post('/v1/offer', { bodyLimit: 4 * MIB }, async (request) => {
    const asked = parsed(offerRequest, request.body);
    return asDevice(request, (client, device) => takeBack(client, device, asked, request.ip, now()));
  });
  app.post('/v1/rejoin', async (request) => {
    const asked = parsed(rejoinRequest, request.body);
    return asDevice(request, (client, device) => rejoin(client, device, asked));
  });
  app.get('/v1/head', async (request) =>
    asDevice(request, async (client) => headFrame(await readHead(client), now(), false)),
  );
  return app;
}

function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (!result.success) throw new Failure(400, 'BAD_REQUEST');
  return result.data;
}

function answerError(
  error: FastifyError | Failure | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof Failure) {
    if (error.params['seconds'] !== undefined) reply.header('retry-after', error.params['seconds']);
    return reply.code(error.status).send(hubError.parse({ code: error.code, params: error.params }));
  }
  if (error instanceof WireError)
    return reply.code(400).send(hubError.parse({ code: error.fault === 'cut' ? 'CUT' : 'BAD_FRAMES' }));
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status < 500)
    return reply.code(status).send(hubError.parse({ code: status === 413 ? 'TOO_LARGE' : 'BAD_REQUEST' }));
  if (status === 503)
    return reply.code(503).send(hubError.parse({ code: 'BUSY', id: request.id, params: { seconds: 10 } }));
  request.log.error(error);
  return reply.code(500).send(hubError.parse({ code: 'HUB_FAILED', id: request.id }));
}
