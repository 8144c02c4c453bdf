/** Whether laptop and hub hold the same rows. */
import type { FastifyInstance } from 'fastify';
import { digestAnswer, digestQuery, partAnswer, partRequest } from '../../shared/sync/digest.ts';
import type { Client } from '../db.ts';
import { digestAt, partsAt } from '../digest.ts';
import type { Doc } from '../openapi.ts';
import { rightsOf } from '../rights.ts';
import { parsed, type Desk } from './routes.ts';

const docs = {
  digest: {
    tag: 'sync',
    summary: 'Checksums of all rows at a commit, for laptops of the whole store; 204 when the store is at another',
    query: digestQuery,
    answer: digestAnswer,
  },
  parts: {
    tag: 'sync',
    summary: 'The rows of some parts of a table; 204 when the store is at another commit',
    body: partRequest,
    answer: partAnswer,
  },
} satisfies Record<string, Doc>;

/** Who gets a part of the store has nothing to compare with the whole of it. */
const isWhole = async (client: Client, device: string): Promise<boolean> =>
  (await rightsOf(client, device)).part === null;

export function digestRoutes(app: FastifyInstance, { asDevice }: Desk): void {
  app.get('/v1/digest', { config: { doc: docs.digest } }, async (request, reply) => {
    const asked = parsed(digestQuery, request.query);
    const answer = await asDevice(request, async (client, device) =>
      (await isWhole(client, device)) ? digestAt(client, asked) : null,
    );
    return answer ?? reply.code(204).send();
  });
  app.post('/v1/parts', { config: { doc: docs.parts } }, async (request, reply) => {
    const asked = parsed(partRequest, request.body);
    const answer = await asDevice(request, async (client, device) =>
      (await isWhole(client, device)) ? partsAt(client, asked) : null,
    );
    return answer ?? reply.code(204).send();
  });
}
