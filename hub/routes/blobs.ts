/** Bytes of attachments, in pieces. They have limits of their own: a photo is hundreds of small requests, and no round waits behind them. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { MAX_FILE_BYTES } from '../../shared/features/attachments.ts';
import { blobAnswer, BYTES } from '../../shared/sync/blob.ts';
import { dropUnused, MAX_PIECE, offsetOf, readPiece, takePiece, type Piece } from '../blobs.ts';
import { withClient } from '../db.ts';
import { Failure } from '../failure.ts';
import type { Doc } from '../openapi.ts';
import { rightsOf } from '../rights.ts';
import { seesFile } from '../scope.ts';
import { parsed, type Desk } from './routes.ts';

const DAY_MS = 86_400_000;
/** Not at once: a hub that is started again and again has better things to do. */
const FIRST_SWEEP_MS = 10 * 60_000;

const params = z.strictObject({ sha: z.string().regex(/^[0-9a-f]{64}$/) });
const RANGE = /^bytes=(\d{1,15})-(\d{1,15})$/;
const CONTENT_RANGE = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/;

const docs = {
  offset: {
    tag: 'blobs',
    summary: 'How much of a file is here; only of one that an attachment names',
    answer: blobAnswer,
  },
  put: {
    tag: 'blobs',
    summary:
      'One piece (Content-Range, at most 256 KiB) at the offset; the last one is answered when the hash of the whole was right',
    body: 'bytes',
    answer: blobAnswer,
  },
  get: { tag: 'blobs', summary: 'One piece (Range, at most 256 KiB) of a file that is here whole', answer: 'bytes' },
} satisfies Record<string, Doc>;

const shaOf = (request: FastifyRequest): string => parsed(params, request.params).sha;

/** The header says which part of the whole the body is; what does not fit together is refused before anything is stored. */
function pieceOf(request: FastifyRequest): Piece {
  const { body } = request;
  const [, first, last, total] = (CONTENT_RANGE.exec(request.headers['content-range'] ?? '') ?? []).map(Number);
  if (!Buffer.isBuffer(body) || first === undefined || last === undefined || total === undefined)
    throw new Failure(400, 'BAD_REQUEST');
  if (body.length === 0 || last - first + 1 !== body.length || last >= total || total > MAX_FILE_BYTES)
    throw new Failure(400, 'BAD_REQUEST');
  return { sha256: shaOf(request), at: first, of: total, bytes: body };
}

function rangeOf(request: FastifyRequest): { at: number; most: number } {
  const { range } = request.headers;
  if (range === undefined) return { at: 0, most: MAX_PIECE };
  const [, first, last] = (RANGE.exec(range) ?? []).map(Number);
  if (first === undefined || last === undefined || last < first) throw new Failure(416, 'BLOB_RANGE');
  return { at: first, most: Math.min(MAX_PIECE, last - first + 1) };
}

export function blobRoutes(app: FastifyInstance, { pool, now, asDevice }: Desk): void {
  const config = (doc: Doc): { doc: Doc; limit: 'blobs' } => ({ doc, limit: 'blobs' });
  app.addContentTypeParser(BYTES, { parseAs: 'buffer', bodyLimit: MAX_PIECE }, (_request, body, done) =>
    done(null, body),
  );
  app.get('/v1/blob/:sha/offset', { config: config(docs.offset) }, async (request) => {
    const sha = shaOf(request);
    return asDevice(request, (client, device) => offsetOf(client, device, sha));
  });
  app.put('/v1/blob/:sha', { config: config(docs.put), bodyLimit: MAX_PIECE }, async (request) => {
    const piece = pieceOf(request);
    return asDevice(request, (client, device) => takePiece(client, device, piece, now()));
  });
  app.get('/v1/blob/:sha', { config: config(docs.get) }, async (request, reply) => {
    const sha = shaOf(request);
    const { at, most } = rangeOf(request);
    const { bytes, total } = await asDevice(request, async (client, device) => {
      const { part } = await rightsOf(client, device);
      if (part !== null && !(await seesFile(client, part, sha))) throw new Failure(404, 'BLOB_UNKNOWN');
      return readPiece(client, sha, at, most);
    });
    return reply
      .code(206)
      .header('content-range', `bytes ${at}-${at + bytes.length - 1}/${total}`)
      .header('x-content-type-options', 'nosniff')
      .type(BYTES)
      .send(bytes);
  });

  const sweep = (): void =>
    void withClient(pool, (client) => dropUnused(client, now())).catch((error: unknown) => app.log.error(error));
  const first = setTimeout(sweep, FIRST_SWEEP_MS);
  const daily = setInterval(sweep, DAY_MS);
  first.unref();
  daily.unref();
  app.addHook('preClose', async () => {
    clearTimeout(first);
    clearInterval(daily);
  });
}
