import { saveReading } from '../../../../../main/engine/features/switches/store.ts';
import type { DiscoveryEvent } from '../../../../../shared/features/discovery.ts';
import { bindings } from '../../../../../shared/features/ipam.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../../support/engine.ts';
import { fakeWire, type FakeHost } from '../../../../support/fake-wire.ts';
import { access, core, pcMac } from '../../../../support/readings.ts';
import { texts } from '../../../../support/sheets.ts';
import { angryCsv, angryTxt, nmapXml } from '../../../../support/scans.ts';

// Every file is read by a process of its own
jest.setTimeout(60_000);

const mac = (octet: number): string => `001B210000${octet.toString(16).toUpperCase().padStart(2, '0')}`;
const pc = (octet: number, card = octet, more: Partial<FakeHost> = {}): FakeHost => ({
  ip: `10.20.30.${octet}`,
  mac: mac(card),
  echo: true,
  ...more,
});
const network: { hosts: FakeHost[] } = { hosts: [] };
let t: TestEngine;
const call = (): TestEngine['call']['discovery']['history'] => t.call.discovery.history;
beforeEach(async () => {
  network.hosts = [];
  t = await testEngine({ ports: { wire: () => fakeWire(network) } });
});
afterEach(() => t.close());

/** A sweep that finds these hosts; returns its id. */
async function sweep(hosts: FakeHost[], cidrs: string[] = ['10.20.30.0/24']): Promise<string> {
  network.hosts = hosts;
  let id = '';
  for await (const event of (await t.call.discovery.sweep({ cidrs, rtt: false })) as AsyncIterable<DiscoveryEvent>)
    if (event.kind === 'started') id = event.sweep_id;
  return id;
}
async function upload(name: string, content: string): Promise<string> {
  const { id } = await t.call.transfer.upload({ name, data: Buffer.from(content).toString('base64') });
  return id;
}
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('stored sweeps', () => {
  test('newest first, by pages, with their term; one kept for good has none', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 3; n++) {
      ids.unshift(await sweep([pc(5)], ['10.20.30.0/29']));
      t.clock.set(HOUR);
    }
    const first = await call().sweeps({ limit: 2 });
    expect(first.total).toBe(3);
    expect(first.sweeps.map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect(first.sweeps[0]).toMatchObject({ source: 'sweep', found: 1, ending: 'finished', until: '2027-11-03' });
    const last = first.sweeps.at(-1)!;
    const second = await call().sweeps({ limit: 2, before: { started_at: last.started_at, id: last.id } });
    expect(second.sweeps.map(({ id }) => id)).toEqual(ids.slice(2));
    await call().keep({ id: ids[0]!, kept: true });
    expect((await call().sweeps({ limit: 1 })).sweeps[0]).toMatchObject({ kept: true, until: null });
    expect(await refusalOf(call().drop({ id: ids[0]! }))).toMatchObject({ code: 'sweep_is_evidence' });
  });

  test('two of them compared through the front door', async () => {
    const before = await sweep([pc(5), pc(6), pc(7)]);
    t.clock.set(DAY);
    const after = await sweep([pc(5), pc(66, 6), pc(8)]);
    const { counts, changes, common } = await call().compare({ before, after });
    expect(counts).toEqual({ moved: 1, changed: 0, appeared: 1, gone: 1, unchanged: 2 });
    expect(common).toBe(254);
    expect(changes.map(({ kind, ip }) => `${kind} ${ip}`)).toEqual([
      'gone 10.20.30.7',
      'appeared 10.20.30.8',
      'moved 10.20.30.66',
    ]);
    const nobody = '019a0000-0000-7000-8000-000000000000';
    expect(await refusalOf(call().compare({ before, after: nobody }))).toMatchObject({ code: 'sweep_unknown' });
  });
});

test('the comparison as a workbook holds the rows that the screen shows, and nothing that calculates', async () => {
  const before = await sweep([pc(5), pc(6)]);
  t.clock.set(DAY);
  const after = await sweep([pc(5), pc(7, 7, { name: '=cmd' })]);
  const pieces: Buffer[] = [];
  let name = '';
  for await (const event of await call().sheet({ before, after, only: 'appeared' }))
    if (event.is === 'bytes') pieces.push(Buffer.from(event.data, 'base64'));
    else if (event.is === 'file') ({ name } = event);
  expect(name).toBe('扫描对比-202609291620-202609301620.xlsx');
  const cells = await texts(Buffer.concat(pieces));
  expect(cells[0]?.[0]).toBe('扫描对比');
  expect(cells.at(-1)?.slice(0, 4)).toEqual(['新出现', '10.20.30.7', '00-1B-21-00-00-07', '=cmd']);
  expect(cells.flat()).not.toContain('10.20.30.6');
});

test('a second look at one host, or a file, does not take the place of the last sweep of a subnet', async () => {
  await sweep([pc(5)], ['10.20.30.5']);
  expect((await t.call.discovery.findings({})).sweep?.cidrs).toEqual(['10.20.30.5/32']);
  const subnet = await sweep([pc(5), pc(6)]);
  t.clock.set(HOUR);
  await sweep([pc(5)], ['10.20.30.5']);
  await call().importScan({ upload: await upload('a.csv', angryCsv('en')) });
  expect((await t.call.discovery.findings({})).sweep?.id).toBe(subnet);
});

describe('one host', () => {
  test('what routers and switches told stands beside the sweeps, by device and port; uplinks do not', async () => {
    const at = t.clock.now();
    saveReading(t.engine.db, at, 'c1', core());
    saveReading(t.engine.db, at + 1, 'c1', access({ 5: [pcMac(1)], 6: [pcMac(2)] }));
    saveReading(t.engine.db, at + HOUR, 'c1', access({ 7: [pcMac(1)], 6: [pcMac(2)] }));
    const { intervals } = await call().sightings({ address: pcMac(1) });
    expect(intervals.map(({ source, device, port, ip }) => [source, device, port, ip])).toEqual([
      ['forwarding', '三楼接入', 'GigabitEthernet0/0/7', null],
      ['forwarding', '三楼接入', 'GigabitEthernet0/0/5', null],
      ['snmp_arp', '核心', null, '10.20.30.11'],
    ]);
    const page = await call().host({ address: pcMac(1) });
    expect(page.ports[0]).toMatchObject({ device: '三楼接入', port: 'GigabitEthernet0/0/7', kind: 'edge' });
    expect(page).toMatchObject({ ip: '10.20.30.11', now: null });
    const place = await call().sightings({ address: '10.20.30.12' });
    expect(place.intervals).toMatchObject([{ source: 'snmp_arp', mac: pcMac(2), times: 1 }]);
  });

  test('its sightings become intervals, whether asked by IP or by MAC; an absence of over a week parts them', async () => {
    for (let day = 0; day < 3; day++) {
      await sweep([pc(5)]);
      t.clock.set(DAY);
    }
    await sweep([pc(50, 5)]);
    t.clock.set(20 * DAY);
    await sweep([pc(50, 5), pc(5, 9)]);
    const card = await call().sightings({ address: '00-1b-21-00-00-05' });
    expect(card.next).toBeNull();
    expect(card.intervals.map(({ ip, times }) => `${ip} ${times}`)).toEqual([
      '10.20.30.50 1',
      '10.20.30.50 1',
      '10.20.30.5 3',
    ]);
    const place = await call().sightings({ address: '10.20.30.5' });
    expect(place.intervals.map((each) => `${each.mac} ${each.times}`)).toEqual([`${mac(9)} 1`, `${mac(5)} 3`]);
    expect((await call().sightings({ address: '10.20.30.99' })).intervals).toEqual([]);
    expect(await refusalOf(call().sightings({ address: '教学楼' }))).toMatchObject({ code: 'host_address' });
  });

  test('everything known of it on one page, and what is not known says so', async () => {
    const person = await t.call.people.create({ name: '王芳', identity: 'staff', letter: 'signed', status: 'active' });
    const subnet = await t.call.ipam.createSubnet({ cidr: '10.20.30.0/24', name: '行政办公', purpose: 'office' });
    t.engine.command('test.register', (tx) =>
      tx.insert(bindings, {
        ip: '10.20.30.5',
        mac: mac(5),
        person_id: person.id,
        subnet_id: subnet.id,
        opened_on: '2026-09-01',
        opened_at: Date.parse('2026-09-01T09:00+08:00'),
        state: 'active',
      }),
    );
    const first = t.clock.now();
    await sweep([pc(5)]);
    t.clock.set(DAY);
    await sweep([pc(5, 77), pc(55, 5)]);
    const page = await call().host({ address: '10.20.30.5' });
    expect(page).toMatchObject({
      ip: '10.20.30.5',
      mac: mac(77),
      askable: true,
      asked: { answered: true },
      first_seen_at: first,
      times: 2,
      subnet: { name: '行政办公' },
      bindings: [{ person: { title: '王芳' }, state: 'active' }],
      ports: [],
    });
    const card = await call().host({ address: mac(5) });
    expect(card).toMatchObject({ ip: '10.20.30.55', bindings: [{ ip: '10.20.30.5' }] });
    const verdictOf = async (address: string): Promise<string | undefined> =>
      (await call().finding({ address })).finding?.verdict;
    expect(await verdictOf('10.20.30.5')).toBe('ip_taken');
    expect(await verdictOf(mac(5))).toBe('moved');
    expect(await verdictOf('10.20.30.200')).toBeUndefined();
    const silent = await call().host({ address: '10.20.30.200' });
    expect(silent).toMatchObject({ now: null, asked: { answered: false }, bindings: [], mac: null });
    expect(await call().host({ address: '8.8.8.8' })).toMatchObject({ askable: false, asked: null, subnet: null });
  });

  test('a piece of an address or card that only sightings know is found', async () => {
    await sweep([pc(5), pc(6)]);
    expect((await call().find({ text: '30.6' })).map(({ ip }) => ip)).toEqual(['10.20.30.6']);
    expect((await call().find({ text: '21:00:00:05' })).map(({ ip }) => ip)).toEqual(['10.20.30.5']);
    expect(await call().find({ text: '王芳' })).toEqual([]);
  });

  test('ping asks private addresses only', async () => {
    network.hosts = [pc(5)];
    expect(await call().ping({ ip: '10.20.30.5' })).toEqual({ missing: false, rtt_ms: 2, loss_percent: 0 });
    expect(await call().ping({ ip: '10.20.30.6' })).toMatchObject({ rtt_ms: null, loss_percent: 100 });
    expect(await refusalOf(call().ping({ ip: '8.8.8.8' }))).toMatchObject({ code: 'scope_public' });
    // Windows would send it to everybody
    for (const ip of ['10.20.30.255', '10.20.30.0'])
      expect(await refusalOf(call().ping({ ip }))).toEqual({ code: 'scope_edges', params: { written: ip } });
  });
});

describe('files of other scanners', () => {
  const names = (rows: readonly { why: string; n: number }[]): string[] => rows.map(({ why, n }) => `${why} ${n}`);

  test('a dry run first, then a sweep that is compared with the register and with other sweeps', async () => {
    t.clock.set('2026-11-23T09:00+08:00');
    const preview = await call().readScan({ upload: await upload('机房.xml', nmapXml) });
    expect(preview).toMatchObject({
      source: 'nmap',
      hosts: 2,
      covered: 16,
      with: { mac: 2, name: 0, ports: 2 },
      dropped: [],
      started_at: Date.parse('2026-11-22T19:51:41Z'),
    });
    expect((await call().sweeps({})).total).toBe(0);
    const { sweep: stored } = await call().importScan({ upload: preview.upload });
    expect(stored).toMatchObject({ source: 'nmap', label: '机房.xml', found: 2, covered: 16, ending: 'finished' });
    const { findings } = await t.call.discovery.findings({ sweep_id: stored.id });
    expect(findings.map(({ verdict, ip }) => `${verdict} ${ip}`)).toContain('new_mac 10.20.30.7');
    const own = await sweep([pc(7), pc(9)]);
    const { counts, common } = await call().compare({ before: stored.id, after: own });
    expect(common).toBe(15);
    expect(counts).toMatchObject({ changed: 1, gone: 0, appeared: 0 });
    const page = await call().host({ address: '10.20.30.9' });
    expect(page.first_seen_at).toBe(Date.parse('2026-11-22T19:51:55Z'));
  });

  test('the same file twice is refused kindly; taken out again, it may come back', async () => {
    const { sweep: stored } = await call().importScan({ upload: await upload('a.csv', angryCsv('zh')) });
    expect(stored).toMatchObject({ source: 'angry_ip', found: 3, started_at: t.clock.now() });
    const again = await upload('b.csv', angryCsv('zh'));
    expect(await refusalOf(call().readScan({ upload: again }))).toEqual({
      code: 'scan_known',
      params: { name: 'a.csv' },
    });
    expect(await call().drop({ id: stored.id })).toEqual({ dropped: 3 });
    expect((await call().readScan({ upload: again })).hosts).toBe(3);
  });

  test('public addresses are left out and counted, unless the address plan has their network', async () => {
    const csv = angryCsv('en').replaceAll('10.20.30.', '202.96.10.');
    const upload1 = await upload('campus.csv', csv);
    const before = await call().readScan({ upload: upload1 });
    expect([before.hosts, before.covered, names(before.dropped)]).toEqual([0, 0, ['dead 1', 'public 3']]);
    expect(await refusalOf(call().importScan({ upload: upload1 }))).toMatchObject({ code: 'scan_empty' });
    await t.call.ipam.createSubnet({ cidr: '202.96.10.0/24', name: '校园公网', purpose: 'office' });
    expect((await call().readScan({ upload: await upload('again.csv', csv) })).hosts).toBe(3);
  });

  test('the time may be given; one in the future is refused', async () => {
    const id = await upload('scan.txt', angryTxt('zh'));
    const preview = await call().readScan({ upload: id });
    expect(preview.started_at).toBe(Date.parse('2026-09-28T16:20+08:00'));
    expect(await refusalOf(call().importScan({ upload: id, started_at: t.clock.now() + DAY }))).toMatchObject({
      code: 'scan_future',
    });
    const at = Date.parse('2026-08-01T08:00+08:00');
    expect((await call().importScan({ upload: id, started_at: at })).sweep.started_at).toBe(at);
  });

  test('an entity, and a file that is no scan, are refused with nothing written', async () => {
    const bomb = nmapXml.replace('<!DOCTYPE nmaprun>', '<!DOCTYPE nmaprun [<!ENTITY a "b">]>');
    expect(await refusalOf(call().readScan({ upload: await upload('x.xml', bomb) }))).toMatchObject({
      code: 'scan_unsafe',
    });
    expect(await refusalOf(call().readScan({ upload: await upload('x.csv', '姓名,部门\n王芳,财务') }))).toMatchObject({
      code: 'scan_unknown',
    });
    expect((await call().sweeps({})).total).toBe(0);
  });
});

describe('terms of evidence', () => {
  const purge = async (): Promise<{ sweeps: number; readings: number } | null> => {
    let purged: { sweeps: number; readings: number } | null = null;
    for await (const event of await call().purge()) if (event.is === 'done') ({ purged } = event);
    return purged;
  };
  /** Days pass with the notebook open, so that the clock is known to go on. */
  const live = async (days: number): Promise<void> => {
    for (let day = 0; day < days; day++) {
      t.clock.set(DAY);
      await call().retention();
    }
  };

  test('nothing younger than 184 days goes, a term below that cannot be set', async () => {
    await sweep([pc(5)]);
    await call().retention();
    expect(
      await refusalOf(call().setRetention({ terms: { sweeps: 183, readings: 400 }, automatic: false })),
    ).toMatchObject({ code: 'invalid' });
    await call().setRetention({ terms: { sweeps: 184, readings: 184 }, automatic: false });
    await live(184);
    expect((await call().retention()).classes[0]).toMatchObject({ total: 1, due: 0 });
    expect(await purge()).toEqual({ sweeps: 0, readings: 0 });
    await live(1);
    expect((await call().retention()).classes[0]).toMatchObject({ total: 1, due: 1 });
    expect(await purge()).toEqual({ sweeps: 1, readings: 0 });
    expect((await call().sweeps({})).total).toBe(0);
    expect((await call().sightings({ address: '10.20.30.5' })).intervals).toEqual([]);
  });

  test('what went stands in the audit trail; what is kept for good stays', async () => {
    const kept = await sweep([pc(5)]);
    await call().keep({ id: kept, kept: true });
    t.clock.set(HOUR);
    await sweep([pc(6)]);
    await live(401);
    expect(await purge()).toEqual({ sweeps: 1, readings: 0 });
    expect((await call().sweeps({})).sweeps.map(({ id }) => id)).toEqual([kept]);
    const { rows } = await t.call.audit.list({});
    expect(rows[0]).toMatchObject({ command: 'evidence.purge', success: true, detail: '1 evidence_purges' });
    expect((await call().retention()).last).toEqual({ at: t.clock.now(), purged: 1 });
    // what came by sync was purged on another notebook
    t.engine.db
      .prepare(
        "INSERT INTO evidence_purges (id, class, before, purged, at, automatic) VALUES ('of-l05', 'sweeps', '2027-01-01', 70, ?, 1)",
      )
      .run(t.clock.now() + DAY);
    expect((await call().retention()).last).toEqual({ at: t.clock.now(), purged: 1 });
    expect((await t.call.audit.verify()).ok).toBe(true);
  });

  test.each([365 * DAY, -3650 * DAY, 2 * DAY])(
    'after a leap of the clock (%d ms) nothing goes until a person confirms the date',
    async (leap) => {
      await sweep([pc(5)]);
      await live(401);
      t.clock.set(leap);
      expect((await call().retention()).leapt).not.toBeNull();
      expect(await refusalOf(purge())).toMatchObject({ code: 'purge_clock' });
      expect((await call().sweeps({})).total).toBe(1);
      expect(await refusalOf(call().confirmDate({ today: '2020-01-01' }))).toMatchObject({ code: 'purge_date' });
      expect((await call().confirmDate({ today: t.engine.today() })).leapt).toBeNull();
      await purge();
      expect((await call().sweeps({})).total).toBe(leap > 0 ? 0 : 1);
    },
  );

  test('many small steps of the clock do not add up to a leap that goes unseen', async () => {
    await sweep([pc(5)]);
    await call().retention();
    for (let step = 0; step < 100; step++) {
      t.clock.set(HOUR);
      t.clock.set(-HOUR);
      expect((await call().retention()).leapt).toBeNull();
    }
    t.clock.set(-2 * DAY);
    expect((await call().retention()).leapt).not.toBeNull();
  });

  test('by itself only where that was switched on', async () => {
    const { purgeIfDue } = await import('../../../../../main/engine/features/discovery/purge.ts');
    await sweep([pc(5)]);
    await live(401);
    await purgeIfDue(t.engine);
    expect((await call().sweeps({})).total).toBe(1);
    await call().setRetention({ terms: { sweeps: 400, readings: 400 }, automatic: true });
    await purgeIfDue(t.engine);
    expect((await call().sweeps({})).total).toBe(0);
  });
});
