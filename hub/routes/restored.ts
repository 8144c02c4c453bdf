/** What a laptop asks of a hub that was restored from a backup (sync.md 2.9). */
import type { FastifyInstance } from 'fastify';
import { commonRequest, offerRequest, rejoinRequest } from '../../shared/sync/rejoin.ts';
import { commonOf, rejoin, takeBack } from '../rejoin.ts';
import { parsed, type Desk } from './routes.ts';

const OFFER_BYTES = 4 * 1024 * 1024;

export function restoredRoutes(app: FastifyInstance, { now, asDevice }: Desk): void {
  app.post('/v1/common', async (request) => {
    const asked = parsed(commonRequest, request.body);
    return asDevice(request, async (client) => ({ seq: await commonOf(client, asked) }));
  });
  app.post('/v1/offer', { bodyLimit: OFFER_BYTES }, async (request) => {
    const asked = parsed(offerRequest, request.body);
    return asDevice(request, (client, device) => takeBack(client, device, asked, request.ip, now()));
  });
  app.post('/v1/rejoin', async (request) => {
    const asked = parsed(rejoinRequest, request.body);
    return asDevice(request, (client, device) => rejoin(client, device, asked));
  });
}
