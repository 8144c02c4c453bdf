/** Addresses: subnets, their parts, and bindings. The commands are in `ipam/`; here they meet the contract. */
import { addressRanges, bindings, subnets } from '../../../shared/features/ipam.ts';
import { COOLDOWN_DAYS, freeFrom, type BindingMove } from '../../../shared/features/ipam/states.ts';
import { within } from '../../../shared/features/ipam/tenure.ts';
import { DAY_MS, momentOf } from '../../../shared/day.ts';
import { maskOf, parseIp, showIp } from '../../../shared/ip.ts';
import { isRandomMac, isUnicastMac, parseMac } from '../../../shared/mac.ts';
import { refuse, type Refusal } from '../../../shared/refusal.ts';
import type { ReadDb } from '../db.ts';
import type { WriteDb } from '../door.ts';
import type { Engine } from '../engine.ts';
import { historyOf } from '../history.ts';
import { listRecords, refsOf } from '../list.ts';
import { readRow } from '../read-row.ts';
import { refText } from '../titles.ts';
import { os } from '../rpc.ts';
import { isOutOfReach } from '../sync/state.ts';
import { makerOf } from './applications.ts';
import { lacksPaper } from './applications/standing.ts';
import { openApplication } from './applications/steps.ts';
import { deskOf } from './papers/desk.ts';
import { bind, moveBinding, moveState, reissue, updateBinding, type Binding, type Now } from './ipam/bindings.ts';
import { breachesOf } from './ipam/breaches.ts';
import { answerIp, answerMac, nextIp } from './ipam/law.ts';
import { mapOf, usageAndNext } from './ipam/map.ts';
import { allSubnets, byAddress, cidrOf, needSubnet, rangesOf, subnetOf } from './ipam/plan.ts';
import { createRange, createSubnet, removeSubnet, updateRange, updateSubnet } from './ipam/subnets.ts';
import { suggest } from './ipam/suggest.ts';
import { timelineOf } from './ipam/tenures.ts';

const nowOf = (engine: Engine): Now => ({
  now: Math.trunc(engine.clock.now()),
  today: engine.today(),
  away: isOutOfReach(engine),
  unsigned: deskOf(engine).t('applications.unsignedReason'),
});

/** Runs a command on a binding and returns it with its batch. */
function change(
  engine: Engine,
  command: string,
  reason: string | null,
  work: (tx: WriteDb, at: Now) => Binding,
): Binding & { batch: string } {
  const { result, batch } = engine.commit(command, (tx) => work(tx, nowOf(engine)), reason);
  return { ...result, batch };
}
const move = (
  engine: Engine,
  kind: BindingMove,
  input: { id: string; reason?: string; mac?: string },
): Binding & { batch: string } =>
  change(engine, `ipam.${kind}`, input.reason ?? null, (tx, at) =>
    moveState(tx, input.id, kind, { ...at, reason: input.reason ?? null, mac: input.mac }),
  );

/** Opened before the paperwork: said in the log, too. */
const unsignedReason = (
  engine: Engine,
  { person_id, application_id }: { person_id: string; application_id?: string | null },
): string | null =>
  !application_id && lacksPaper(engine.db, person_id, engine.today())
    ? deskOf(engine).t('applications.unsignedReason')
    : null;

const adviceOf = (refusal: Refusal | null): { code: string; params: Record<string, string | number> } | null =>
  refusal && { code: refusal.code, params: refusal.params };

function checkIp(
  db: ReadDb,
  input: { ip?: string | null; subnet_id?: string | null },
  wish: Parameters<typeof answerIp>[3],
  today: string,
) {
  const address = parseIp(input.ip ?? '');
  if (address === null)
    return { refused: adviceOf(refuse('invalid', { field: 'bindings.ip', problem: 'ip' })), asks: null, lowest: null };
  const ip = showIp(address);
  const subnet = input.subnet_id ? needSubnet(db, input.subnet_id) : subnetOf(db, ip);
  if (!subnet) return { refused: adviceOf(refuse('ip_unknown_subnet', { ip })), asks: null, lowest: null };
  const answer = answerIp(db, subnet, ip, wish, today);
  return { ...answer, refused: adviceOf(answer.refused) };
}

function checkMac(db: ReadDb, written: string, wish: { asset_id: string | null; self: string | null }) {
  const hex = parseMac(written);
  if (hex === null || !isUnicastMac(hex))
    return {
      hex: null,
      refused: adviceOf(refuse('invalid', { field: 'bindings.mac', problem: 'mac' })),
      random: false,
      asset_id: null,
    };
  const answer = answerMac(db, hex, wish);
  return { hex, refused: adviceOf(answer.refused), random: isRandomMac(hex), asset_id: answer.asset_id };
}

export const ipamRouter = os.ipam.router({
  listSubnets: os.ipam.listSubnets.handler(({ input, context: { engine } }) => {
    const byCidr = input.sort.length === 0 || input.sort[0]?.field === 'cidr';
    if (!byCidr) return listRecords(engine.db, subnets, input);
    // A unit has some dozens of subnets; as text, 10.20.100.0 would stand before 10.20.20.0.
    const all = listRecords(engine.db, subnets, { ...input, sort: [], offset: 0, limit: 1000 });
    const sorted = all.rows.toSorted(byAddress);
    if (input.sort[0]?.dir === 'desc') sorted.reverse();
    return { ...all, rows: sorted.slice(input.offset, input.offset + input.limit) };
  }),
  getSubnet: os.ipam.getSubnet.handler(({ input, context: { engine } }) => {
    const subnet = needSubnet(engine.db, input.id);
    const usage = usageAndNext(engine.db, subnet, engine.today());
    return { subnet, refs: refsOf(engine.db, subnets, [subnet]), mask: maskOf(cidrOf(subnet).prefix), usage };
  }),
  createSubnet: os.ipam.createSubnet.handler(({ input, context: { engine } }) =>
    engine.command('ipam.createSubnet', (tx) => createSubnet(tx, input)),
  ),
  updateSubnet: os.ipam.updateSubnet.handler(({ input, context: { engine } }) =>
    engine.command('ipam.updateSubnet', (tx) => updateSubnet(tx, input.id, input.changes)),
  ),
  removeSubnet: os.ipam.removeSubnet.handler(({ input, context: { engine } }) => {
    const { batch } = engine.commit('ipam.removeSubnet', (tx) => removeSubnet(tx, input.id), input.reason);
    return { id: input.id, batch };
  }),
  usage: os.ipam.usage.handler(({ context: { engine } }) =>
    allSubnets(engine.db).map((subnet) => ({
      subnet_id: subnet.id,
      ...usageAndNext(engine.db, subnet, engine.today()),
    })),
  ),
  ranges: os.ipam.ranges.handler(({ input, context: { engine } }) =>
    rangesOf(engine.db, needSubnet(engine.db, input.subnet_id).id),
  ),
  createRange: os.ipam.createRange.handler(({ input, context: { engine } }) =>
    engine.command('ipam.createRange', (tx) => createRange(tx, input)),
  ),
  updateRange: os.ipam.updateRange.handler(({ input, context: { engine } }) =>
    engine.command('ipam.updateRange', (tx) => updateRange(tx, input.id, input.changes)),
  ),
  removeRange: os.ipam.removeRange.handler(({ input, context: { engine } }) => {
    const { batch } = engine.commit('ipam.removeRange', (tx) => tx.remove(addressRanges, input.id));
    return { id: input.id, batch };
  }),
  map: os.ipam.map.handler(({ input, context: { engine } }) =>
    mapOf(engine.db, needSubnet(engine.db, input.subnet_id), input, engine.today()),
  ),
  next: os.ipam.next.handler(({ input, context: { engine } }) => ({
    ...nextIp(engine.db, needSubnet(engine.db, input.subnet_id), engine.today(), input.range_id),
    subnet_id: input.subnet_id,
  })),
  suggest: os.ipam.suggest.handler(({ input, context: { engine } }) => suggest(engine.db, input, engine.today())),
  check: os.ipam.check.handler(({ input, context: { engine } }) => {
    const { db } = engine;
    const about = { asset_id: input.asset_id ?? null, self: input.self ?? null };
    const mac = input.mac ? checkMac(db, input.mac, about) : null;
    const wish = { ...about, person_id: input.person_id ?? null, mac: mac?.hex ?? null };
    const refs: Record<string, string> = mac?.asset_id ? { [mac.asset_id]: refText(db, 'assets', mac.asset_id) } : {};
    return { ip: input.ip ? checkIp(db, input, wish, engine.today()) : null, mac, refs };
  }),
  list: os.ipam.list.handler(({ input, context: { engine } }) =>
    listRecords(engine.db, bindings, input.sort.length > 0 ? input : { ...input, sort: [{ field: 'ip', dir: 'asc' }] }),
  ),
  get: os.ipam.get.handler(({ input, context: { engine } }) => {
    const binding = readRow(engine.db, bindings, input.id);
    const subnet = engine.db.get<{ cooldown_days: number | null }>(
      'SELECT cooldown_days FROM subnets WHERE id = ?',
      binding.subnet_id,
    );
    const cooldown = subnet?.cooldown_days ?? COOLDOWN_DAYS;
    const freeOn =
      binding.state === 'released' && binding.released_at !== null
        ? freeFrom(binding.released_at, cooldown, binding.cooled_on)
        : null;
    return { binding, refs: refsOf(engine.db, bindings, [binding]), free_on: freeOn, cooldown_days: cooldown };
  }),
  bind: os.ipam.bind.handler(({ input, context: { engine } }) =>
    change(engine, 'ipam.bind', input.reason ?? unsignedReason(engine, input), (tx, at) => {
      const bound = bind(tx, input, at);
      if (input.application_id) openApplication(tx, input.application_id, bound, makerOf(engine));
      return bound;
    }),
  ),
  update: os.ipam.update.handler(({ input, context: { engine } }) =>
    change(engine, 'ipam.update', input.reason || null, (tx) =>
      updateBinding(tx, input.id, input.changes, input.reason || null),
    ),
  ),
  activate: os.ipam.activate.handler(({ input, context: { engine } }) => move(engine, 'activate', input)),
  suspend: os.ipam.suspend.handler(({ input, context: { engine } }) => move(engine, 'suspend', input)),
  resume: os.ipam.resume.handler(({ input, context: { engine } }) => move(engine, 'resume', input)),
  release: os.ipam.release.handler(({ input, context: { engine } }) => move(engine, 'release', input)),
  reissue: os.ipam.reissue.handler(({ input, context: { engine } }) =>
    change(engine, 'ipam.reissue', input.reason, (tx, at) => reissue(tx, input.id, input.reason, at)),
  ),
  move: os.ipam.move.handler(({ input, context: { engine } }) =>
    change(engine, 'ipam.move', input.reason, (tx, at) => moveBinding(tx, input.id, input.to, input.reason, at)),
  ),
  history: os.ipam.history.handler(({ input, context: { engine } }) => historyOf(engine.db, input.id)),
  at: os.ipam.at.handler(({ input, context: { engine } }) => {
    const mac = input.mac === undefined ? null : parseMac(input.mac);
    if (input.mac !== undefined && mac === null) throw refuse('invalid', { field: 'bindings.mac', problem: 'mac' });
    const timeline = timelineOf(engine.db, mac === null ? 'ip' : 'mac', mac ?? input.ip ?? '');
    const now = Math.trunc(engine.clock.now());
    const from = input.moment ?? (input.day === undefined ? now : momentOf(input.day));
    const answers = within(
      timeline,
      from,
      input.day === undefined || input.moment !== undefined ? from + 1 : from + DAY_MS,
    );
    return { answers, timeline: timeline.toReversed(), refs: refsOf(engine.db, bindings, timeline) };
  }),
  breaches: os.ipam.breaches.handler(({ context: { engine } }) => {
    const rows = breachesOf(engine.db);
    return {
      rows,
      refs: refsOf(
        engine.db,
        bindings,
        rows.flatMap((row) => row.bindings),
      ),
    };
  }),
});
