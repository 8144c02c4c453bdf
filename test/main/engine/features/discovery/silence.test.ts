/** Who is called silent, and when: never after one look, never by one way of asking. */
import { networkOf } from '../../../../../main/engine/features/discovery/run.ts';
import { saveReading } from '../../../../../main/engine/features/switches/store.ts';
import { macOf, office, pc, type Office } from '../../../../support/found.ts';
import { core } from '../../../../support/readings.ts';

let o: Office;
afterEach(() => o.close());
const waysAsked = (octet: number): string[] =>
  o.engine.db
    .all<{ way: string }>('SELECT DISTINCT way FROM _second_looks WHERE ip = ? ORDER BY way', `10.20.30.${octet}`)
    .map(({ way }) => way);

test('a PC that is off is not seen this time; after three sweeps on end, asked in two ways, it is silent', async () => {
  o = await office({ hosts: [pc(5)] });
  for (const misses of [1, 2]) {
    await o.sweep();
    expect(await o.fact(9)).toMatchObject({ verdict: 'unseen', misses, host: null });
    expect(waysAsked(9)).toEqual(['arp']);
  }
  await o.sweep();
  expect(await o.fact(9)).toMatchObject({ verdict: 'silent', misses: 3 });
  expect(waysAsked(9)).toEqual(['arp', 'icmp']);
});

test('seen again, the count begins anew', async () => {
  o = await office({ hosts: [pc(5)] });
  await o.sweep();
  await o.sweep();
  o.network.hosts = [pc(5), pc(9)];
  await o.sweep();
  o.network.hosts = [pc(5)];
  await o.sweep();
  expect(await o.fact(9)).toMatchObject({ verdict: 'unseen', misses: 1 });
  expect((await o.fact(9)).last_seen_at).not.toBeNull();
});

test('who answers the second question is there after all', async () => {
  o = await office({ hosts: [pc(5)] });
  await o.sweep();
  await o.sweep();
  // too slow for the table, not for an echo
  o.network.hosts = [pc(5), pc(9, { answersAfter: 1e9, echo: true })];
  await o.sweep();
  expect(await o.fact(9)).toMatchObject({ verdict: 'known', host: { proof: 'icmp', mac: null } });
});

test('closed in the middle of the second look, the sweep ends without a word and is found broken off', async () => {
  o = await office({ hosts: [pc(5)] });
  for (let n = 0; n < 2; n += 1) await o.sweep();
  o.clock.set(60_000);
  const { wire } = networkOf(o.engine);
  const ping = jest.spyOn(wire, 'ping').mockImplementation(async () => {
    o.engine.close();
    return { rtt_ms: 1, loss_percent: 0, ttl: 64 };
  });
  const events: string[] = [];
  for await (const event of await o.call.discovery.sweep({ cidrs: ['10.20.30.0/24'], rtt: false, identify: 'none' }))
    events.push(event.kind);
  expect(ping).toHaveBeenCalledTimes(1);
  expect(events.at(-1)).not.toBe('done');
  o.reopen();
  expect((await o.call.discovery.sweeps({}))[0]).toMatchObject({ ending: 'running', covered: 254 });
});

test('without a ping program the second way is TCP', async () => {
  o = await office({ hosts: [pc(5)], pingMissing: true });
  for (let n = 0; n < 3; n += 1) await o.sweep();
  expect(waysAsked(9)).toEqual(['arp', 'tcp']);
  expect((await o.fact(9)).verdict).toBe('silent');
});

test('after how many is a setting', async () => {
  o = await office({ hosts: [pc(5)] });
  expect(await o.call.discovery.silence()).toEqual({ after: 3 });
  await o.call.discovery.setSilence({ after: 1 });
  await o.sweep();
  expect((await o.fact(9)).verdict).toBe('silent');
  await o.call.discovery.setSilence({ after: 5 });
  expect((await o.fact(9)).verdict).toBe('unseen');
});

test('a silent one may be set aside, and stays so while it is silent', async () => {
  o = await office({ hosts: [pc(5)] });
  for (let n = 0; n < 3; n += 1) await o.sweep();
  const order = await o.order([9], { action: 'ignore', until: '2026-10-08', reason: '借调外校' });
  expect((await o.call.discovery.accept(order)).counts.ready).toBe(1);
  await o.sweep();
  expect(await o.open()).toEqual([]);
  expect((await o.fact(9)).ignored?.reason).toBe('借调外校');
});

test('what two notebooks set aside is one, for putting it off and for taking it back', async () => {
  o = await office({ hosts: [pc(5)] });
  for (let n = 0; n < 3; n += 1) await o.sweep();
  const { key } = await o.fact(9);
  o.engine.db
    .prepare(
      "INSERT INTO ignored_findings (id, finding, ip, until, reason) VALUES (?, ?, '10.20.30.9', ?, '别人忽略的')",
    )
    .run('of-l05', key, '2026-12-31');
  const aside = { key, ip: '10.20.30.9', mac: null, reason: '借调外校' };
  await o.call.discovery.ignore({ ...aside, until: '2026-10-08' });
  expect((await o.fact(9)).ignored).toMatchObject({ until: '2026-10-08', reason: '借调外校' });
  o.engine.db
    .prepare(
      "INSERT INTO ignored_findings (id, finding, ip, until, reason) VALUES (?, ?, '10.20.30.9', ?, '后来同步的')",
    )
    .run('of-l07', key, '2026-12-31');
  const { id } = (await o.fact(9)).ignored ?? {};
  await o.call.discovery.notice({ id: id ?? '' });
  expect((await o.fact(9)).ignored).toBeNull();
});

test('a router that saw another card at the same time makes it a conflict, and says who said so', async () => {
  o = await office({ hosts: [pc(11), pc(12, { mac: '00E04C000002' })] }, [{ octet: 11 }]);
  await o.sweep();
  saveReading(o.engine.db, o.engine.clock.now(), 'c', core());
  expect(await o.fact(11)).toMatchObject({ verdict: 'conflict', macs: ['001B2100000B', '00E04C000001'] });
  expect((await o.fact(11)).evidence).toContainEqual(
    expect.objectContaining({ source: 'router', device: '核心', mac: '00E04C000001' }),
  );
  // the same card, seen by both
  expect(await o.fact(12)).toMatchObject({ verdict: 'new_mac', macs: [] });
  expect((await o.fact(12)).evidence.map(({ source }) => source)).toEqual(['sweep', 'router']);
  o.clock.set(3_600_000);
  await o.sweep();
  expect((await o.fact(11)).verdict).toBe('known');
  expect((await o.fact(11)).mac).toBe(macOf(11));
});

test('naming rules are kept, refused when they cannot be read, and taken back', async () => {
  o = await office({ hosts: [pc(5, { told: { netbios: { name: 'PC-5' } } })] }, [{ octet: 5 }]);
  await o.sweep();
  expect((await o.fact(5)).verdict).toBe('known');
  const { id, batch } = await o.call.discovery.createNamingRule({ label: '机房', pattern: 'JF-##' });
  expect(await o.fact(5)).toMatchObject({ verdict: 'misnamed', naming: { rule_id: id, label: '机房' } });
  await o.call.discovery.updateNamingRule({ id, changes: { pattern: 'PC-#' } });
  expect((await o.fact(5)).verdict).toBe('known');
  await expect(o.call.discovery.createNamingRule({ label: '坏', pattern: 'A{b' })).rejects.toMatchObject({
    data: { code: 'pattern_brace' },
  });
  await o.call.discovery.removeNamingRule({ id });
  expect((await o.call.discovery.namingRules()).rules).toEqual([]);
  expect(batch).not.toBe('');
});
