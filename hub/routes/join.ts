/** Joining: the hub proves its key with the code, then takes the laptop in. */
import type { FastifyInstance } from 'fastify';
import { enrolAnswer, enrolRequest } from '../../shared/sync/frames.ts';
import { proofAnswer, proofRequest } from '../../shared/sync/proof.ts';
import { proveCode, typedCode } from '../codes.ts';
import { withClient } from '../db.ts';
import { enrol } from '../devices.ts';
import { Failure } from '../failure.ts';
import { pinOf } from '../identity.ts';
import type { Doc } from '../openapi.ts';
import { parsed, type Desk } from './routes.ts';

const docs = {
  prove: {
    tag: 'join',
    summary: 'The hub proves that it holds the code of this name',
    body: proofRequest,
    answer: proofAnswer,
    open: true,
  },
  enrol: { tag: 'join', summary: 'Takes a laptop in', body: enrolRequest, answer: enrolAnswer, open: true },
} satisfies Record<string, Doc>;

export function joinRoutes(app: FastifyInstance, { pool, now, identity, countGuess }: Desk): void {
  if (identity) {
    const pin = pinOf(identity.cert);
    app.post('/v1/proof', { bodyLimit: 1024, config: { doc: docs.prove } }, async (request) => {
      countGuess(request);
      const { name, nonce } = parsed(proofRequest, request.body);
      const proof = await withClient(pool, (client) => proveCode(client, name, nonce, pin));
      if (proof instanceof Failure) throw proof;
      return { proof };
    });
  }
  app.post('/v1/enrol', { bodyLimit: 4096, config: { doc: docs.enrol } }, async (request) => {
    countGuess(request);
    const asked = parsed(enrolRequest, request.body);
    return withClient(pool, (client) => enrol(client, asked, typedCode(asked.code), request.ip, now()));
  });
}
