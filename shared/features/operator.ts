/** The store seen by its operator: a centre admin's laptop asks the hub, nothing of it is kept here. */
import { z } from 'zod';
import { call } from '../call.ts';
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

export const operatorContract = {
  store: call.output(storeReport),
  devices: call.output(storeDevices),
  /** With the address a laptop types beside it. */
  code: call.input(codeRequest).output(codeAnswer.extend({ address: z.string() })),
  grant: call.input(grantRequest).output(doneAnswer),
  revoke: call.input(revokeRequest).output(doneAnswer),
  quarantine: call.input(z.object({ offset: z.int().min(0).default(0) })).output(quarantineAnswer),
  decide: call.input(decideRequest).output(decideAnswer),
  events: call.input(z.object({ before: z.int().min(1).optional() })).output(eventsAnswer),
};
