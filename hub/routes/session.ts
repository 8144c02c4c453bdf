/** How a laptop that joined gets in, with its key; and what it may still do when its access was ended. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  deviceKeyAnswer,
  deviceKeyRequest,
  handoverAnswer,
  handoverRequest,
  nonceAnswer,
  nonceRequest,
  sessionAnswer,
  sessionRequest,
} from '../../shared/sync/keys.ts';
import { transaction, withClient } from '../db.ts';
import { noteEvent } from '../events.ts';
import { takeHandover } from '../handover.ts';
import { pinOf } from '../identity.ts';
import { keepKey, provedKey } from '../keys.ts';
import { limiter } from '../limits.ts';
import type { Doc } from '../openapi.ts';
import { makeNonce, openSession, type Asking } from '../sessions.ts';
import { count, parsed, type Desk } from './routes.ts';

/** Of 200 commits each. */
const GIFTS_A_MINUTE = 200;
const MINUTE = 60_000;
const HANDOVER_BYTES = 4 * 1024 * 1024;

const docs = {
  nonce: {
    tag: 'join',
    summary: 'A number to sign, good for two minutes',
    body: nonceRequest,
    answer: nonceAnswer,
    open: true,
  },
  session: {
    tag: 'join',
    summary: "An hour's token for a signed number",
    body: sessionRequest,
    answer: sessionAnswer,
    open: true,
  },
  key: {
    tag: 'join',
    summary: 'The key of a laptop that joined before there were keys; its old token is void after',
    body: deviceKeyRequest,
    answer: deviceKeyAnswer,
  },
  handover: {
    tag: 'join',
    summary: 'Unsent commits of a laptop whose access was ended, for the operator to decide',
    body: handoverRequest,
    answer: handoverAnswer,
    open: true,
  },
} satisfies Record<string, Doc>;

export function sessionRoutes(
  app: FastifyInstance,
  { pool, now, identity, graceDays, sessions, asDevice }: Desk,
): void {
  const pin = identity ? pinOf(identity.cert) : null;
  const gifts = limiter(GIFTS_A_MINUTE, MINUTE);
  const asking = (request: FastifyRequest): Asking => ({ address: request.ip, now: now(), pin });

  app.post('/v1/session/nonce', { bodyLimit: 1024, config: { doc: docs.nonce } }, async (request) => {
    const { device } = parsed(nonceRequest, request.body);
    return { nonce: await withClient(pool, (client) => makeNonce(client, device, now())) };
  });
  app.post('/v1/session', { bodyLimit: 4096, config: { doc: docs.session } }, async (request) => {
    const asked = parsed(sessionRequest, request.body);
    // By address too: nobody keeps a colleague's laptop out by asking in its name.
    count(sessions, `${request.ip} ${asked.device}`, now());
    const session = await withClient(pool, (client) => openSession(client, asked, asking(request)));
    return { ...session, grace_days: graceDays };
  });
  app.post('/v1/device-key', { bodyLimit: 4096, config: { doc: docs.key } }, async (request) => {
    const { key } = parsed(deviceKeyRequest, request.body);
    return asDevice(request, async (client, device) => {
      await transaction(client, async () => {
        await keepKey(client, device, provedKey(device, key), now());
        const detail = 'the old token is void';
        await noteEvent(client, { now: now(), kind: 'device_key', device, address: request.ip, success: true, detail });
      });
      return { ok: true as const };
    });
  });
  app.post('/v1/handover', { bodyLimit: HANDOVER_BYTES, config: { doc: docs.handover } }, async (request) => {
    const asked = parsed(handoverRequest, request.body);
    count(gifts, `${request.ip} ${asked.device}`, now());
    return withClient(pool, (client) => takeHandover(client, asked, asking(request)));
  });
}
