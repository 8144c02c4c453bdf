/** For centre admins: who has access, what waits for a decision, how the store stands. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  codeAnswer,
  codeRequest,
  decideAnswer,
  decideRequest,
  doneAnswer,
  eventsAnswer,
  eventsQuery,
  grantRequest,
  quarantineAnswer,
  quarantineQuery,
  revokeRequest,
  storeDevices,
  storeReport,
} from '../../shared/sync/operator.ts';
import { CODE_LIFE_MS, makeCode } from '../codes.ts';
import type { Client } from '../db.ts';
import { revokeDevice } from '../devices.ts';
import { noteEvent } from '../events.ts';
import type { Doc } from '../openapi.ts';
import { decideQuarantine, operatorOf, readDevices, readEvents, readQuarantine, readReport } from '../operator.ts';
import { areaNames, changeGrant } from '../rights.ts';
import { parsed, type Desk } from './routes.ts';

const tag = 'operator';
const docs = {
  store: { tag, summary: 'How the store stands', answer: storeReport },
  devices: { tag, summary: 'Every laptop that ever joined', answer: storeDevices },
  code: { tag, summary: 'A one-time code with role and areas', body: codeRequest, answer: codeAnswer },
  grant: { tag, summary: 'Another role or other areas', body: grantRequest, answer: doneAnswer },
  revoke: { tag, summary: "Ends a laptop's access", body: revokeRequest, answer: doneAnswer },
  quarantine: { tag, summary: 'Commits that wait for a decision', query: quarantineQuery, answer: quarantineAnswer },
  decide: { tag, summary: 'Accepts or discards them', body: decideRequest, answer: decideAnswer },
  events: { tag, summary: 'What happened, newest first', query: eventsQuery, answer: eventsAnswer },
} satisfies Record<string, Doc>;

export function operatorRoutes(app: FastifyInstance, { now, asDevice }: Desk): void {
  /** The operator first, then the work. */
  const asOperator = <T>(
    request: FastifyRequest,
    work: (client: Client, by: { name: string; device: string }) => Promise<T>,
  ): Promise<T> =>
    asDevice(request, async (client, device) => work(client, { name: await operatorOf(client, device), device }));

  app.get('/v1/operator/store', { config: { doc: docs.store } }, (request) =>
    asOperator(request, (client) => readReport(client, now())),
  );
  app.get('/v1/operator/devices', { config: { doc: docs.devices } }, (request) =>
    asOperator(request, async (client) => ({ devices: await readDevices(client) })),
  );
  app.post('/v1/operator/code', { config: { doc: docs.code } }, async (request) => {
    const grant = parsed(codeRequest, request.body);
    return asOperator(request, async (client, { name, device }) => {
      const at = now();
      const code = await makeCode(client, at, grant);
      const detail = `${grant.role} ${(await areaNames(client, grant.areas))?.join(', ') ?? '*'}, by ${name}`;
      await noteEvent(client, { now: at, kind: 'code', device, address: request.ip, success: true, detail });
      return { code, expires_at: at + CODE_LIFE_MS };
    });
  });
  app.post('/v1/operator/grant', { config: { doc: docs.grant } }, async (request) => {
    const { machine, role, areas } = parsed(grantRequest, request.body);
    return asOperator(request, async (client, { name }) => ({
      done: (await changeGrant(client, machine, { role, areas }, now(), name)) !== null,
    }));
  });
  app.post('/v1/operator/revoke', { config: { doc: docs.revoke } }, async (request) => {
    const { machine } = parsed(revokeRequest, request.body);
    return asOperator(request, async (client, { name }) => ({
      done: (await revokeDevice(client, machine, now(), name)) !== null,
    }));
  });
  app.get('/v1/operator/quarantine', { config: { doc: docs.quarantine } }, async (request) => {
    const { offset } = parsed(quarantineQuery, request.query);
    return asOperator(request, (client) => readQuarantine(client, offset));
  });
  app.post('/v1/operator/quarantine', { config: { doc: docs.decide } }, async (request) => {
    const asked = parsed(decideRequest, request.body);
    return asOperator(request, (client, { name }) => decideQuarantine(client, asked, name, now()));
  });
  app.get('/v1/operator/events', { config: { doc: docs.events } }, async (request) => {
    const { before } = parsed(eventsQuery, request.query);
    return asOperator(request, async (client) => ({ events: await readEvents(client, before) }));
  });
}
