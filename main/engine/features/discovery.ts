/** Discovery: sweeps, what they found against the register, and what somebody set aside. */
import { parseIp, showIp } from '../../../shared/ip.ts';
import { refuse } from '../../../shared/refusal.ts';
import type { Engine } from '../engine.ts';
import { os } from '../rpc.ts';
import { compare, noCounts, type Comparison } from './discovery/compare.ts';
import { findingsRouter } from './discovery/findings.ts';
import { historyRouter } from './discovery/history.ts';
import { lastSweep } from './discovery/past.ts';
import { lookUp, networkOf, startSweep } from './discovery/run.ts';
import { notice, setAside } from './discovery/settle.ts';
import { findSweep, listSweeps, summaryOf } from './discovery/store.ts';
import { doubtOf, scopeOf, suggestedLinks } from './discovery/suggest.ts';
import { vendorsRouter } from './discovery/vendors.ts';
import { subnetOf } from './ipam/plan.ts';

/** Rows in one piece of an answer: a few milliseconds of work for the window. */
const PIECE = 100;
/** The sweep of that id, or the last one, against the register of today. */
function compared(engine: Engine, id: string | undefined, withIgnored: boolean): Comparison {
  const sweep = id === undefined ? lastSweep(engine.db) : findSweep(engine.db, id);
  if (sweep) return compare(engine.db, sweep, engine.today(), withIgnored);
  if (id !== undefined) throw refuse('sweep_unknown');
  return { sweep: null, counts: noCounts(), findings: [] };
}

export const discoveryRouter = os.discovery.router({
  interfaces: os.discovery.interfaces.handler(async ({ context: { engine } }) => {
    const { wire } = networkOf(engine);
    const links = wire.links();
    const suggested = new Set(suggestedLinks(links, await wire.routes().catch(() => [])));
    return links.map((link) => ({
      ...link,
      scope: scopeOf(link),
      suggested: suggested.has(link),
      doubt: doubtOf(link),
      subnet: subnetOf(engine.db, link.address)?.name ?? null,
    }));
  }),
  sweep: os.discovery.sweep.handler(({ input, context: { engine }, signal }) => startSweep(engine, input, signal)),
  stop: os.discovery.stop.handler(({ context: { engine } }) => {
    const { running } = networkOf(engine);
    running?.abort();
    return { stopped: running !== null };
  }),
  sweeps: os.discovery.sweeps.handler(({ input, context: { engine } }) =>
    listSweeps(engine.db, input.limit).map(summaryOf),
  ),
  findings: os.discovery.findings.handler(({ input, context: { engine } }) =>
    compared(engine, input.sweep_id, input.ignored),
  ),
  compared: os.discovery.compared.handler(async function* ({ input, context: { engine } }) {
    const { sweep, findings } = compared(engine, input.sweep_id, true);
    yield { sweep, findings: findings.slice(0, PIECE) };
    for (let at = PIECE; at < findings.length; at += PIECE) yield { sweep, findings: findings.slice(at, at + PIECE) };
  }),
  ignore: os.discovery.ignore.handler(({ input, context: { engine } }) => {
    const { result, batch } = engine.commit('discovery.ignore', (tx) => setAside(tx, input));
    return { id: result.id, batch };
  }),
  ...findingsRouter,
  history: historyRouter,
  vendors: vendorsRouter,
  notice: os.discovery.notice.handler(({ input, context: { engine } }) => ({
    batch: engine.commit('discovery.notice', (tx) => notice(tx, input.id)).batch,
  })),
  lookUp: os.discovery.lookUp.handler(async ({ input, context: { engine } }) => {
    const address = parseIp(input.ip);
    if (address === null) throw refuse('scope_nonsense', { written: input.ip });
    const ip = showIp(address);
    const mac = await lookUp(engine, address, ip);
    return { ip, mac, vendor: mac === null ? null : networkOf(engine).wire.vendorOf(mac) };
  }),
});
