/** Files of colleagues on USB sticks, brought by a centre admin's laptop: the same as the console's `bundle`. */
import type { FastifyInstance } from 'fastify';
import { BYTES } from '../../shared/sync/blob.ts';
import { MAX_CARRIED, TAKEN, type TakenReport } from '../../shared/sync/stick.ts';
import { takeBundle } from '../bundle.ts';
import { NotTaken } from '../bundle-fault.ts';
import { Failure } from '../failure.ts';
import type { Doc } from '../openapi.ts';
import { operatorOf } from '../operator.ts';
import type { Desk } from './routes.ts';

/** Weeks of work of one laptop, and the whole store in answer. */
const CARRY_MS = 600_000;
const doc = {
  tag: 'operator',
  summary: `Takes in what a laptop wrote on a USB stick, and gives the answer to carry back; what came of it is in the header ${TAKEN}`,
  body: 'bytes',
  answer: 'bytes',
} satisfies Doc;

export function carryRoutes(app: FastifyInstance, { now, identity, pages, news, asDevice }: Desk): void {
  // Without a key of its own nothing would prove an answer to be this store's.
  if (!identity) return;
  app.post(
    '/v1/operator/bundle',
    {
      bodyLimit: MAX_CARRIED,
      handlerTimeout: CARRY_MS,
      config: { doc },
      // Who asks is known before the first byte of the file is kept in memory.
      onRequest: async (request) => void (await asDevice(request, operatorOf)),
    },
    async (request, reply) => {
      const { body } = request;
      if (!Buffer.isBuffer(body)) throw new Failure(415, 'BAD_REQUEST');
      const { answer, ...report } = await asDevice(request, async (client, device) => {
        const by = await operatorOf(client, device);
        return takeBundle({ client, cache: pages, identity, now, by }, body).catch((error: unknown) => {
          throw error instanceof NotTaken ? new Failure(422, 'NOT_TAKEN', { why: error.why, ...error.params }) : error;
        });
      });
      news.nudge();
      const told = { ...report, name: answer?.name ?? null } satisfies TakenReport;
      return reply
        .header(TAKEN, encodeURIComponent(JSON.stringify(told)))
        .header('x-content-type-options', 'nosniff')
        .type(BYTES)
        .send(Buffer.from(answer?.bytes ?? []));
    },
  );
}
