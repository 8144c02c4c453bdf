/** The hub's calls, described for other programs: each route says beside itself what it takes and gives, and this makes the OpenAPI page of it. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { hubError } from '../shared/sync/frames.ts';
import { FRAMES } from '../shared/sync/wire.ts';

/** `frames` = the binary messages of shared/sync/wire.ts; `null` = an answer without a body. */
type Shape = z.ZodType | 'frames' | 'bytes' | 'text' | null;

/** What a route says of itself, as `config: { doc }`. */
export interface Doc {
  readonly tag: 'join' | 'sync' | 'restored' | 'blobs' | 'operator' | 'health';
  readonly summary: string;
  readonly query?: z.ZodType;
  readonly body?: Shape;
  readonly answer: Shape;
  /** Anybody may call it; all others need a laptop's token. */
  readonly open?: true;
}
declare module 'fastify' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- fastify's own interface is extended
  interface FastifyContextConfig {
    doc?: Doc;
    /** Counted by limits of its own, not by those of the daily calls. */
    limit?: 'blobs';
  }
}

const tags: Record<Doc['tag'], string> = {
  join: 'Joining with a one-time code',
  sync: 'The daily round',
  restored: 'After this store was restored from a backup',
  blobs: 'Photos and scans',
  operator: 'For centre admins',
  health: 'For whoever watches the process',
};

const mime = { frames: FRAMES, bytes: 'application/octet-stream', text: 'text/plain' } as const;
const contentOf = (shape: Shape, io: 'input' | 'output'): object =>
  shape === null
    ? {}
    : typeof shape === 'string'
      ? {
          content: {
            [mime[shape]]: { schema: shape === 'text' ? { type: 'string' } : { type: 'string', format: 'binary' } },
          },
        }
      : { content: { 'application/json': { schema: z.toJSONSchema(shape, { io, unrepresentable: 'any' }) } } };

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly schema: unknown;
}
function queryOf(query: z.ZodType | undefined): Parameter[] {
  if (!query) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }));
}
const pathOf = (url: string): Parameter[] =>
  [...url.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));

const operationOf = (url: string, doc: Doc): object => ({
  tags: [doc.tag],
  summary: doc.summary,
  ...(doc.open ? { security: [] } : {}),
  parameters: [...pathOf(url), ...queryOf(doc.query)],
  ...(doc.body === undefined ? {} : { requestBody: { required: true, ...contentOf(doc.body, 'input') } }),
  responses: {
    [doc.answer === null ? 204 : 200]: { description: 'Done', ...contentOf(doc.answer, 'output') },
    default: {
      description: 'A code, what it is about, and an id to find it in the log',
      ...contentOf(hubError, 'output'),
    },
  },
});

/** The page comes whole from the hub, as there may be no internet. It styles its elements in place; scripts only from its files. */
const POLICY =
  "default-src 'self'; base-uri 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'; frame-ancestors 'none'";

/** Call before the first route. Serves the description at /openapi.json and a page over it at /docs. */
export function describeRoutes(app: FastifyInstance): void {
  const paths: Record<string, Record<string, object>> = {};
  app.addHook('onRoute', ({ url, method, config }) => {
    const doc = config?.doc;
    if (!doc && url.startsWith('/v1/')) throw new Error(`${url} does not describe itself: give it config: { doc }.`);
    if (!doc) return;
    const path = (paths[url.replaceAll(/:(\w+)/g, '{$1}')] ??= {});
    // fastify answers HEAD wherever there is a GET: nothing to tell.
    for (const each of [method].flat()) if (each !== 'HEAD') path[each.toLowerCase()] = operationOf(url, doc);
  });
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'Lanbook hub',
      version: '1',
      description:
        'The central store of Lanbook. Other programs read the views of schema `pub` in PostgreSQL; these calls are what laptops speak.',
    },
    components: { securitySchemes: { laptop: { type: 'http', scheme: 'bearer' } } },
    security: [{ laptop: [] }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
  } as const;
  // Taken when the plugin is loaded: all routes are known by then.
  app.register(swagger, () => ({ mode: 'static' as const, specification: { document: document as never } }));
  app.register(swaggerUi, { routePrefix: '/docs', staticCSP: POLICY, logLevel: 'warn' });
  app.get('/openapi.json', { logLevel: 'warn' }, () => document);
}
