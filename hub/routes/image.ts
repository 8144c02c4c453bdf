/** The image for a first sync: which one there is, and its bytes from wherever a laptop was cut off. */
import { createReadStream } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { imageAnswer } from '../../shared/sync/image.ts';
import { Failure } from '../failure.ts';
import { Images } from '../images.ts';
import type { Doc } from '../openapi.ts';
import { mayHaveImage } from '../view.ts';
import { parsed, type Desk } from './routes.ts';

/** On a line of 0.1 Mbit/s 20 MB need half an hour. */
const DOWNLOAD_MS = 3_600_000;
const askQuery = z.strictObject({ schema: z.coerce.number().int().min(1).max(1_000_000) });
const imageParams = z.object({ schema: z.coerce.number().int(), seq: z.coerce.number().int() });
const imageQuery = z.strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const range = /^bytes=(\d{1,15})-$/;

const docs = {
  ask: {
    tag: 'sync',
    summary: 'The newest image of the store; 204 when there is none for this laptop',
    query: askQuery,
    answer: imageAnswer,
  },
  image: { tag: 'sync', summary: 'An image, with Range to go on where it was cut', query: imageQuery, answer: 'bytes' },
} satisfies Record<string, Doc>;

export function imageRoutes(app: FastifyInstance, { pool, now, asDevice }: Desk): void {
  const images = new Images(pool, now);
  app.addHook('preClose', async () => images.close());
  app.get('/v1/image', { config: { doc: docs.ask } }, async (request, reply) => {
    const { schema } = parsed(askQuery, request.query);
    const image = await asDevice(request, async (client, device) =>
      (await mayHaveImage(client, device, schema)) ? images.newest(client) : null,
    );
    return image ?? reply.code(204).send();
  });
  app.get(
    '/v1/image/:schema/:seq',
    { config: { doc: docs.image }, handlerTimeout: DOWNLOAD_MS },
    async (request, reply) => {
      const { schema, seq } = parsed(imageParams, request.params);
      const { sha256 } = parsed(imageQuery, request.query);
      const allowed = await asDevice(request, (client, device) => mayHaveImage(client, device, schema));
      const image = allowed ? images.fileOf(schema, seq, sha256) : null;
      if (!image) throw new Failure(404, 'NOT_FOUND');
      const from = Number(range.exec(request.headers.range ?? '')?.[1] ?? 0);
      if (from >= image.bytes) throw new Failure(416, 'BAD_REQUEST');
      reply
        .code(from > 0 ? 206 : 200)
        .type('application/octet-stream')
        .header('accept-ranges', 'bytes')
        .header('content-length', image.bytes - from)
        .header('x-lanbook-sha256', sha256);
      if (from > 0) reply.header('content-range', `bytes ${from}-${image.bytes - 1}/${image.bytes}`);
      return reply.send(createReadStream(image.file, { start: from }));
    },
  );
}
