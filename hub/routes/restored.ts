/** What a laptop asks of a hub that was restored from a backup (sync.md 2.9). */
import type { FastifyInstance } from 'fastify';
import {
  commonAnswer,
  commonRequest,
  offerAnswer,
  offerRequest,
  rejoinAnswer,
  rejoinRequest,
} from '../../shared/sync/rejoin.ts';
import type { Doc } from '../openapi.ts';
import { commonOf, rejoin, takeBack } from '../rejoin.ts';
import { parsed, type Desk } from './routes.ts';

const OFFER_BYTES = 4 * 1024 * 1024;

const docs = {
  common: {
    tag: 'restored',
    summary: "The last commit of a laptop's chain that this store has too",
    body: commonRequest,
    answer: commonAnswer,
  },
  offer: { tag: 'restored', summary: 'Commits that this store lost', body: offerRequest, answer: offerAnswer },
  rejoin: { tag: 'restored', summary: 'The laptop goes on in this epoch', body: rejoinRequest, answer: rejoinAnswer },
} satisfies Record<string, Doc>;

export function restoredRoutes(app: FastifyInstance, { now, asDevice }: Desk): void {
  app.post('/v1/common', { config: { doc: docs.common } }, async (request) => {
    const asked = parsed(commonRequest, request.body);
    return asDevice(request, async (client) => ({ seq: await commonOf(client, asked) }));
  });
  app.post('/v1/offer', { bodyLimit: OFFER_BYTES, config: { doc: docs.offer } }, async (request) => {
    const asked = parsed(offerRequest, request.body);
    return asDevice(request, (client, device) => takeBack(client, device, asked, request.ip, now()));
  });
  app.post('/v1/rejoin', { config: { doc: docs.rejoin } }, async (request) => {
    const asked = parsed(rejoinRequest, request.body);
    return asDevice(request, (client, device) => rejoin(client, device, asked));
  });
}
