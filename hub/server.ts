/** The hub's HTTP side: the calls of `routes/`, every limit and timeout that Fastify leaves off by itself switched on (security.md H6), and errors that tell nothing but a code (H12). */
import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type pg from 'pg';
import { hubError } from '../shared/sync/frames.ts';
import { FRAMES, WireError } from '../shared/sync/wire.ts';
import { isCrowded, isFull, isOutage, sqlState } from './db.ts';
import { Failure } from './failure.ts';
import type { Identity } from './identity.ts';
import { limiter } from './limits.ts';
import { describeRoutes } from './openapi.ts';
import { blobRoutes } from './routes/blobs.ts';
import { carryRoutes } from './routes/carry.ts';
import { digestRoutes } from './routes/digest.ts';
import { healthRoutes } from './routes/health.ts';
import { imageRoutes } from './routes/image.ts';
import { joinRoutes } from './routes/join.ts';
import { operatorRoutes } from './routes/operator.ts';
import { restoredRoutes } from './routes/restored.ts';
import { count, deskOf } from './routes/routes.ts';
import { sessionRoutes } from './routes/session.ts';
import { syncRoutes } from './routes/sync.ts';
import { namedDevice } from './sessions.ts';

export interface ServerOptions {
  readonly pool: pg.Pool;
  readonly now: () => number;
  /** Requests a minute: per device, per address, and enrolments per address. */
  readonly limits?: { readonly device: number; readonly address: number; readonly enrol: number };
  /** The key laptops know this hub by; without it, plain HTTP for programs of this computer. */
  readonly identity?: Identity;
  /** Days a laptop may work without having reached this hub; 0 = as long as it likes. */
  readonly graceDays?: number;
  /** Opens `/metrics` to programs of other computers; without it, only to those of this one. */
  readonly metricsToken?: string | undefined;
  /** Where the log goes; nowhere in tests. */
  readonly log?: boolean;
}

/** Three weeks in the field and a week's holiday (sync.md 2.11). */
const GRACE_DAYS = 30;
// Joining asks twice: five laptops a minute behind one address, or five guesses (security.md H2).
const DEFAULT_LIMITS = { device: 120, address: 600, enrol: 10 };
const MINUTE = 60_000;
/** Who connects and says nothing holds a socket for as long; Node's own 120 s are long for that. */
const HANDSHAKE_MS = 20_000;
/** Small pieces on a slow line, large ones on a fast one: 20 MiB a second at most. */
const PIECES_A_MINUTE = 4800;
const MIB = 1024 * 1024;
/** About what PostgreSQL takes to start again after it was killed. */
const OUTAGE_S = 10;

export function buildServer({
  pool,
  now,
  limits = DEFAULT_LIMITS,
  identity,
  graceDays = GRACE_DAYS,
  metricsToken,
  log = false,
}: ServerOptions): FastifyInstance {
  const app: FastifyInstance = Fastify({
    ...(identity ? { https: { ...identity, minVersion: 'TLSv1.2', handshakeTimeout: HANDSHAKE_MS } } : {}),
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
  const perBlobs = limiter(PIECES_A_MINUTE, MINUTE);
  app.addHook('onRequest', async (request) => {
    const device = namedDevice(request.headers.authorization);
    // A photo is hundreds of small requests: they must not use up what rounds may ask for.
    if (request.routeOptions.config.limit === 'blobs') return count(perBlobs, device ?? request.ip, now());
    count(perAddress, request.ip, now());
    if (device !== null) count(perDevice, device, now());
  });
  app.setErrorHandler((error: FastifyError | Failure | Error, request, reply) => answerError(error, request, reply));
  app.setNotFoundHandler((_request, reply) => reply.code(404).send(hubError.parse({ code: 'NOT_FOUND' })));
  app.addContentTypeParser(FRAMES, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  describeRoutes(app);
  const guesses = limiter(limits.enrol, MINUTE);
  // A laptop needs one an hour, and a few more after failures of its line.
  const sessions = limiter(2 * limits.enrol, MINUTE);
  const desk = deskOf(app, { pool, now, identity, metricsToken, graceDays, guesses, sessions });
  for (const routes of [
    healthRoutes,
    joinRoutes,
    sessionRoutes,
    syncRoutes,
    imageRoutes,
    digestRoutes,
    restoredRoutes,
    blobRoutes,
    operatorRoutes,
    carryRoutes,
  ])
    routes(app, desk);
  return app;
}

function answerError(
  error: FastifyError | Failure | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  // A stream that fails before its first byte has said already that it is frames.
  reply.type('application/json');
  if (error instanceof Failure) {
    if (error.params['seconds'] !== undefined) reply.header('retry-after', error.params['seconds']);
    return reply.code(error.status).send(hubError.parse({ code: error.code, params: error.params }));
  }
  if (error instanceof WireError)
    return reply.code(400).send(hubError.parse({ code: error.fault === 'cut' ? 'CUT' : 'BAD_FRAMES' }));
  // A number or text that PostgreSQL cannot read (class 22): the asker's fault, whichever field it came in.
  if (sqlState(error).startsWith('22')) return reply.code(400).send(hubError.parse({ code: 'BAD_REQUEST' }));
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status < 500)
    return reply.code(status).send(hubError.parse({ code: status === 413 ? 'TOO_LARGE' : 'BAD_REQUEST' }));
  if (status === 503 || isCrowded(error))
    return reply.code(503).send(hubError.parse({ code: 'BUSY', id: request.id, params: { seconds: 10 } }));
  if (isOutage(error) || isFull(error)) {
    // The reason once per request and without its stack: an outage is many requests long.
    request.log.error({ reason: error.message }, isFull(error) ? 'no room left' : 'the database does not answer');
    reply.header('retry-after', OUTAGE_S);
    const code = isFull(error) ? 'STORE_FULL' : 'NO_DATABASE';
    return reply.code(503).send(hubError.parse({ code, id: request.id, params: { seconds: OUTAGE_S } }));
  }
  request.log.error(error);
  return reply.code(500).send(hubError.parse({ code: 'HUB_FAILED', id: request.id }));
}
