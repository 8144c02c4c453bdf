/** Passes what a centre admin asks on to the hub, which decides whether this laptop may. */
import { refuse } from '../../../shared/refusal.ts';
import type { z } from 'zod';
import {
  codeAnswer,
  decideAnswer,
  doneAnswer,
  eventsAnswer,
  quarantineAnswer,
  storeDevices,
  storeReport,
} from '../../../shared/sync/operator.ts';
import { MAX_CARRIED } from '../../../shared/sync/stick.ts';
import type { Engine } from '../engine.ts';
import { os } from '../rpc.ts';
import { broughtBundle, inPieces } from '../sync/bundle-pieces.ts';
import { namesOf } from '../sync/quarantine-names.ts';
import { hubOf } from '../sync/session.ts';
import { readState, type SyncState } from '../sync/state.ts';

function stateOf(engine: Engine): SyncState {
  const state = readState(engine.db);
  if (!state) throw refuse('not_enrolled');
  return state;
}

async function ask<T>(
  engine: Engine,
  path: string,
  shape: z.ZodType<T>,
  body?: unknown,
  signal?: AbortSignal,
): Promise<T> {
  const answer = await hubOf(engine, stateOf(engine)).say(`/v1/operator/${path}`, shape, body, signal);
  if (answer === null) throw refuse('hub_not_hub');
  return answer;
}

export const operatorRouter = os.operator.router({
  store: os.operator.store.handler(({ context: { engine }, signal }) =>
    ask(engine, 'store', storeReport, undefined, signal),
  ),
  devices: os.operator.devices.handler(({ context: { engine }, signal }) =>
    ask(engine, 'devices', storeDevices, undefined, signal),
  ),
  code: os.operator.code.handler(async ({ input, context: { engine } }) => ({
    ...(await ask(engine, 'code', codeAnswer, input)),
    address: stateOf(engine).address,
  })),
  grant: os.operator.grant.handler(({ input, context: { engine } }) => ask(engine, 'grant', doneAnswer, input)),
  revoke: os.operator.revoke.handler(({ input, context: { engine } }) => ask(engine, 'revoke', doneAnswer, input)),
  quarantine: os.operator.quarantine.handler(async ({ input, context: { engine }, signal }) => {
    const answer = await ask(engine, `quarantine?offset=${input.offset}`, quarantineAnswer, undefined, signal);
    return { ...answer, names: namesOf(engine.db, answer.items) };
  }),
  decide: os.operator.decide.handler(({ input, context: { engine } }) =>
    ask(engine, 'quarantine', decideAnswer, input),
  ),
  carry: os.operator.carry.handler(async function* ({ input, context: { engine }, signal }) {
    const file = broughtBundle(engine, input.id);
    if (file.length > MAX_CARRIED) throw refuse('stick_large');
    const { told, answer } = await hubOf(engine, stateOf(engine)).carry(Buffer.from(file), signal);
    if (told.name !== null) for (const data of inPieces(answer)) yield { is: 'bytes' as const, data };
    yield { is: 'taken' as const, taken: told };
  }),
  events: os.operator.events.handler(({ input, context: { engine }, signal }) =>
    ask(
      engine,
      input.before === undefined ? 'events' : `events?before=${input.before}`,
      eventsAnswer,
      undefined,
      signal,
    ),
  ),
});
