/** Subnets as a whole. The commands are in `addressing/`; here they meet the contract. */
import { bindings } from '../../../shared/features/ipam.ts';
import { rangeRequests } from '../../../shared/features/range-requests.ts';
import { showIp } from '../../../shared/ip.ts';
import { refuse } from '../../../shared/refusal.ts';
import type { Engine } from '../engine.ts';
import { listRecords, refsOf } from '../list.ts';
import { readRow } from '../read-row.ts';
import { os } from '../rpc.ts';
import { freezeAddressTable, printableSubnets } from './address-table/paper.ts';
import { addressSheets } from './address-table/sheet.ts';
import { requestLetter } from './addressing/letter.ts';
import { subnetOnDay } from './addressing/on-day.ts';
import { endCooling, LATEST, restingOf } from './addressing/pool.ts';
import { fittingRun, reserveRun } from './addressing/ranges.ts';
import { approveRequest, changeRequest, fileRequest, refuseRequest, removeRequest } from './addressing/requests.ts';
import { trendsOf } from './addressing/trends.ts';
import { lastSeenAt } from './discovery/store.ts';
import { allSubnets, cidrOf, needSubnet } from './ipam/plan.ts';
import { deskOf, printPaper } from './papers/desk.ts';

const nowOf = (engine: Engine): number => Math.trunc(engine.clock.now());

export const addressingRouter = os.addressing.router({
  print: os.addressing.print.handler(({ input, context: { engine } }) =>
    engine.command('addressing.print', (tx) => {
      const ids = input.subnet_ids.length > 0 ? input.subnet_ids : printableSubnets(tx);
      return freezeAddressTable(tx, engine, ids, input);
    }),
  ),
  sheet: os.addressing.sheet.handler(({ input, context: { engine }, signal }) => {
    const all = allSubnets(engine.db).map(({ id }) => id);
    if (all.length === 0) throw refuse('no_subnets');
    return addressSheets(engine, input.subnet_ids.length > 0 ? input.subnet_ids : all, signal);
  }),
  seen: os.addressing.seen.handler(({ input, context: { engine } }) => {
    const { first, last } = cidrOf(needSubnet(engine.db, input.subnet_id));
    const from = first + input.offset;
    const n = Math.max(0, Math.min(input.limit, last - from + 1));
    const wanted = Array.from({ length: n }, (_, index) => ({ ip: showIp(from + index), mac: null }));
    return Object.fromEntries(lastSeenAt(engine.db, wanted));
  }),
  trends: os.addressing.trends.handler(({ context: { engine } }) => trendsOf(engine.db, engine.today(), nowOf(engine))),
  released: os.addressing.released.handler(({ input, context: { engine } }) => {
    const sort = input.sort.length > 0 ? input.sort : [{ field: 'released_at', dir: 'desc' } as const];
    return listRecords(engine.db, bindings, { ...input, sort }, LATEST);
  }),
  resting: os.addressing.resting.handler(({ context: { engine } }) => restingOf(engine.db, engine.today())),
  endCooling: os.addressing.endCooling.handler(({ input, context: { engine } }) => {
    const { result, batch } = engine.commit(
      'addressing.endCooling',
      (tx) => endCooling(tx, input.id, engine.today()),
      input.reason,
    );
    return { ...result, batch };
  }),
  reserveRun: os.addressing.reserveRun.handler(({ input, context: { engine } }) => {
    const { result, batch } = engine.commit(
      'addressing.reserveRun',
      (tx) => reserveRun(tx, input, engine.today()),
      input.reason,
    );
    return { ...result, batch };
  }),
  listRequests: os.addressing.listRequests.handler(({ input, context: { engine } }) =>
    listRecords(engine.db, rangeRequests, {
      ...input,
      sort: input.sort.length > 0 ? input.sort : [{ field: 'number', dir: 'desc' }],
    }),
  ),
  getRequest: os.addressing.getRequest.handler(({ input, context: { engine } }) => {
    const request = readRow(engine.db, rangeRequests, input.id);
    return { request, refs: refsOf(engine.db, rangeRequests, [request]) };
  }),
  createRequest: os.addressing.createRequest.handler(({ input, context: { engine } }) =>
    engine.command('addressing.createRequest', (tx) => fileRequest(tx, engine, input)),
  ),
  updateRequest: os.addressing.updateRequest.handler(({ input, context: { engine } }) =>
    engine.command('addressing.updateRequest', (tx) => changeRequest(tx, input.id, input.changes)),
  ),
  removeRequest: os.addressing.removeRequest.handler(({ input, context: { engine } }) => {
    const { batch } = engine.commit('addressing.removeRequest', (tx) => removeRequest(tx, input.id), input.reason);
    return { id: input.id, batch };
  }),
  previewRequest: os.addressing.previewRequest.handler(({ input, context: { engine } }) => {
    const request = readRow(engine.db, rangeRequests, input.id);
    const { run, free } = fittingRun(engine.db, input.subnet_id, request.addresses, engine.today());
    return { first: showIp(run[0]), last: showIp(run[1]), free };
  }),
  approveRequest: os.addressing.approveRequest.handler(({ input, context: { engine } }) => {
    const { result, batch } = engine.commit('addressing.approveRequest', (tx) =>
      approveRequest(tx, engine, input.id, input.subnet_id),
    );
    const { request, first, last } = result;
    return { ...request, first, last, batch };
  }),
  refuseRequest: os.addressing.refuseRequest.handler(({ input, context: { engine } }) => {
    const { result, batch } = engine.commit(
      'addressing.refuseRequest',
      (tx) => refuseRequest(tx, engine, input.id, input.reason),
      input.reason,
    );
    return { ...result, batch };
  }),
  printRequest: os.addressing.printRequest.handler(({ input, context: { engine } }) =>
    engine.command('addressing.printRequest', (tx) => {
      const request = tx.need(rangeRequests, input.id);
      const desk = deskOf(engine);
      const paper = requestLetter(desk, tx, request);
      return printPaper(tx, engine, {
        form: 'DZ',
        code: 'DZ',
        title: `${desk.t('form.DZ')} ${request.department}`,
        number: request.number,
        paper,
      });
    }),
  ),
  onDay: os.addressing.onDay.handler(({ input, context: { engine } }) => ({
    day: input.day,
    rows: subnetOnDay(engine.db, needSubnet(engine.db, input.subnet_id), input.day, nowOf(engine)),
  })),
});
