/** The calls of `discovery.history`. */
import { parseIp, showIp } from '../../../../shared/ip.ts';
import { isPrivate } from '../../../../shared/features/discovery/scope.ts';
import { refuse } from '../../../../shared/refusal.ts';
import { os } from '../../rpc.ts';
import { isEdge } from '../../wire/links.ts';
import { lineOf } from '../../wire/pool.ts';
import { toldByArp, toldByForwarding } from '../switches/sightings.ts';
import { differenceSheet } from './diff-sheet.ts';
import { findHosts } from './host-find.ts';
import { findingOf, hostPage } from './host.ts';
import { importScan, readScan } from './import.ts';
import { compareSweeps, dropImported, keepSweep, pageOfSweeps } from './past.ts';
import { confirmDate, purge, retentionState, setRetention } from './purge.ts';
import { networkOf } from './run.ts';
import { readAbout, timelineOf, type PointReader } from './timeline.ts';

const arp: PointReader = (db, about, before, limit) =>
  toldByArp(db, about, before, limit).map((told) => ({ ...told, source: 'snmp_arp', name: null }));
const forwarding: PointReader = (db, about, before, limit) =>
  about.mac === null
    ? []
    : toldByForwarding(db, about.mac, before, limit).map((told) => ({ ...told, source: 'forwarding', name: null }));

export const historyRouter = os.discovery.history.router({
  sweeps: os.discovery.history.sweeps.handler(({ input, context: { engine } }) => pageOfSweeps(engine.db, input)),
  keep: os.discovery.history.keep.handler(({ input, context: { engine } }) => {
    keepSweep(engine.db, input.id, input.kept);
    engine.changed(['_sweeps']);
    return { kept: input.kept };
  }),
  drop: os.discovery.history.drop.handler(({ input, context: { engine } }) => {
    const dropped = dropImported(engine.db, input.id);
    engine.changed(['_sweeps']);
    return { dropped };
  }),
  compare: os.discovery.history.compare.handler(({ input, context: { engine } }) =>
    compareSweeps(engine.db, input.before, input.after),
  ),
  sheet: os.discovery.history.sheet.handler(({ input, context: { engine }, signal }) =>
    differenceSheet(engine, input, signal),
  ),
  sightings: os.discovery.history.sightings.handler(({ input, context: { engine } }) =>
    timelineOf(engine.db, readAbout(input.address), input.before, [arp, forwarding]),
  ),
  host: os.discovery.history.host.handler(({ input, context: { engine } }) => hostPage(engine.db, input.address)),
  finding: os.discovery.history.finding.handler(({ input, context: { engine } }) =>
    findingOf(engine.db, input.address, engine.today()),
  ),
  find: os.discovery.history.find.handler(({ input, context: { engine } }) =>
    findHosts(engine.db, input.text, input.limit),
  ),
  ping: os.discovery.history.ping.handler(async ({ input, context: { engine }, signal }) => {
    const address = parseIp(input.ip);
    if (address === null || !isPrivate(address)) throw refuse('scope_public', { written: input.ip });
    const { wire } = networkOf(engine);
    const links = wire.links();
    if (links.length === 0) throw refuse('no_network');
    if (isEdge(links, address)) throw refuse('scope_edges', { written: showIp(address) });
    // in turn with everybody else who asks this network
    const line = lineOf(wire, signal ?? new AbortController().signal);
    const echo = await line.ask(() => wire.ping(showIp(address), input.count, signal));
    return { missing: echo === null, rtt_ms: echo?.rtt_ms ?? null, loss_percent: echo?.loss_percent ?? 100 };
  }),
  readScan: os.discovery.history.readScan.handler(({ input, context: { engine }, signal }) =>
    readScan(engine, input.upload, signal),
  ),
  importScan: os.discovery.history.importScan.handler(({ input, context: { engine }, signal }) =>
    importScan(engine, input, signal),
  ),
  retention: os.discovery.history.retention.handler(({ context: { engine } }) => retentionState(engine)),
  setRetention: os.discovery.history.setRetention.handler(({ input, context: { engine } }) =>
    setRetention(engine, input),
  ),
  confirmDate: os.discovery.history.confirmDate.handler(({ input, context: { engine } }) =>
    confirmDate(engine, input.today),
  ),
  purge: os.discovery.history.purge.handler(({ context: { engine }, signal }) => purge(engine, false, signal)),
});
