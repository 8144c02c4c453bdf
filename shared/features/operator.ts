/** The store seen by its operator: a centre admin's laptop asks the hub, nothing of it is kept here. */
import { z } from 'zod';
import { eventIterator } from '@orpc/contract';
import { call } from '../call.ts';
import { taken } from '../sync/stick.ts';
import {
  codeAnswer,
  codeRequest,
  decideAnswer,
  decideRequest,
  doneAnswer,
  eventsAnswer,
  grantRequest,
  quarantineAnswer,
  revokeRequest,
  storeDevices,
  storeReport,
} from '../sync/operator.ts';

/** The answer for the colleague, in pieces, and last what came of the file. */
const carryEvent = z.discriminatedUnion('is', [
  z.object({ is: z.literal('bytes'), data: z.string() }),
  z.object({ is: z.literal('taken'), taken }),
]);

export const operatorContract = {
  store: call.output(storeReport),
  devices: call.output(storeDevices),
  /** With the address a laptop types beside it. */
  code: call.input(codeRequest).output(codeAnswer.extend({ address: z.string() })),
  grant: call.input(grantRequest).output(doneAnswer),
  revoke: call.input(revokeRequest).output(doneAnswer),
  /** With what the records are called, by id. */
  quarantine: call
    .input(z.object({ offset: z.int().min(0).default(0) }))
    .output(quarantineAnswer.extend({ names: z.record(z.string(), z.string()) })),
  decide: call.input(decideRequest).output(decideAnswer),
  /** A colleague's file of a USB stick, brought with `sync.bringBundle`, into the store. */
  carry: call.input(z.object({ id: z.uuid() })).output(eventIterator(carryEvent)),
  events: call.input(z.object({ before: z.int().min(1).optional() })).output(eventsAnswer),
};
