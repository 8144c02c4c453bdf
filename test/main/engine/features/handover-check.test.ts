/** What the receiver checks: tools, envelopes, ports, the network itself; and what holds the leaving slip. */
import { assets } from '../../../../shared/features/assets.ts';
import { switchPorts } from '../../../../shared/features/cabling.ts';
import { bindings } from '../../../../shared/features/ipam.ts';
import { locations } from '../../../../shared/features/locations.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../support/engine.ts';
import { fakeWire, type FakeHost } from '../../../support/fake-wire.ts';
import { makeSchool, type School } from '../../../support/school.ts';

let t: TestEngine;
let school: School;
const hosts: FakeHost[] = [];
beforeEach(async () => {
  hosts.length = 0;
  t = await testEngine({ ports: { wire: () => fakeWire({ hosts }) } });
  school = makeSchool(t.engine);
});
afterEach(() => t.close());

const start = async (more: { start_on?: string; giver?: string } = {}) =>
  (
    await t.call.handover.create({
      location_id: school.building,
      giver: '李明',
      receiver: '张玉',
      supervisor: '赵主任',
      ...more,
    })
  ).handover;
const itemsOf = async (id: string, part: string) =>
  (await t.call.handover.get({ id })).items.filter((item) => item.part === part);
const tickAll = async (id: string): Promise<void> => {
  const { items } = await t.call.handover.get({ id });
  await t.call.handover.tick({
    items: items.filter(({ result }) => result === 'pending').map((item) => item.id),
    result: 'match',
  });
};
/** Ports 1 to 4 of the first switch; the third is damaged. */
function makePorts(): { asset: string; ports: string[] } {
  const asset = t.engine.db.value<string>("SELECT id FROM assets WHERE name = '接入交换机1'") ?? '';
  const ports = t.engine.command('test.ports', (tx) =>
    [1, 2, 3, 4].map(
      (position) =>
        tx.insert(switchPorts, {
          asset_id: asset,
          name: `G0/0/${position}`,
          position,
          state: position === 3 ? 'damaged' : 'good',
        }).id,
    ),
  );
  return { asset, ports };
}

test('tools, keys and envelopes of the area and on the name of the giver are gathered; never a password', async () => {
  const tool = await t.call.custody.tools.create({
    kind: 'tool',
    name: '压线钳',
    quantity: 2,
    condition: 'good',
    location_id: school.closet,
  });
  const key = await t.call.custody.tools.create({ kind: 'key', name: '弱电间钥匙', quantity: 1, condition: 'good' });
  await t.call.custody.tools.create({ kind: 'tool', name: '别处的梯子', quantity: 1, condition: 'good' });
  await t.call.custody.tools.issue({ ids: [key.id], holder: '李明' });
  await t.call.custody.envelopes.create({
    number: 'MF-01',
    system: '核心交换机',
    account: 'admin',
    sealed: true,
    holder: '李明',
  });
  const { id } = await start();
  expect((await itemsOf(id, 'D')).map(({ label, book }) => [label, book])).toEqual([
    [`${tool.number} 压线钳`, '2 件'],
    [`${key.number} 弱电间钥匙`, '1 件'],
  ]);
  expect((await itemsOf(id, 'E')).map(({ label, book, detail }) => [label, book, detail])).toEqual([
    ['核心交换机 admin', 'MF-01', '已密封 · 保管人 李明'],
  ]);
  expect((await itemsOf(id, 'A')).map(({ subject, version, carrier }) => [subject, version, carrier])).toContainEqual([
    'F-01',
    '2026-09-29 版',
    'both',
  ]);
});

test('what is lent out and an address that is only reserved stand among the unfinished', async () => {
  t.engine.command('test.open', (tx) => {
    const asset = tx.value<string>("SELECT id FROM assets WHERE name = '服务器2'") ?? '';
    tx.patch(assets, asset, { status: 'lent' });
    tx.patch(bindings, tx.value<string>("SELECT id FROM bindings WHERE ip = '10.20.30.12'") ?? '', {
      state: 'reserved',
    });
  });
  const { id } = await start();
  expect((await itemsOf(id, 'F')).map(({ label }) => label)).toEqual([
    expect.stringContaining('水晶头松动'),
    '借出未还：XX-2024-0002 服务器2',
    expect.stringContaining('10.20.30.12'),
  ]);
});

test('a switch as in the book in one press; port by port a difference gets a line of its own and a ticket', async () => {
  const { asset, ports } = makePorts();
  const { id } = await start();
  const of = async () => (await itemsOf(id, 'C')).find(({ subject }) => subject === `assets:${asset}`);
  const item = (await of())?.id ?? '';
  expect((await of())?.book).toBe('4 口，坏 1 口');
  expect(
    (await t.call.handover.ports({ item })).map(({ name, state, result }) => [name, state, result]),
  ).toContainEqual(['G0/0/3', 'damaged', null]);
  await t.call.handover.tickPort({ item, port: ports[0] ?? '', result: 'mismatch', note: '指示灯不亮' });
  await t.call.handover.tick({ items: [item], result: 'match' });
  expect(await of()).toMatchObject({ result: 'match', actual: '1 口有差异，其余相符' });
  const differs = (await itemsOf(id, 'C')).find(({ subject }) => subject === `switch_ports:${ports[0]}`);
  expect(differs).toMatchObject({ result: 'mismatch', book: '正常', note: '指示灯不亮' });
  const ticket = await t.call.handover.ticket({ item: differs?.id ?? '' });
  expect((await t.call.tickets.get({ id: ticket.id })).ticket).toMatchObject({
    asset_id: asset,
    location_id: school.closet,
    category: 'port_damaged',
    channel: 'round',
    symptom: expect.stringContaining('指示灯不亮'),
  });
  expect((await refusalOf(t.call.handover.ticket({ item: differs?.id ?? '' }))).code).toBe('handover_ticketed');
});

test('once every port is ticked, so is the switch; a port of another switch is refused', async () => {
  const { asset, ports } = makePorts();
  const { id } = await start();
  const items = await itemsOf(id, 'C');
  const item = items.find(({ subject }) => subject === `assets:${asset}`)?.id ?? '';
  const other = items.find(({ subject }) => subject !== `assets:${asset}`)?.id ?? '';
  expect((await refusalOf(t.call.handover.tickPort({ item: other, port: ports[0] ?? '', result: 'match' }))).code).toBe(
    'not_found',
  );
  for (const port of ports) await t.call.handover.tickPort({ item, port, result: 'match' });
  expect((await itemsOf(id, 'C')).find((each) => each.id === item)?.result).toBe('match');
});

test('a sweep proposes what is registered and silent, and what is seen and not registered; only what is chosen is noted', async () => {
  const { id } = await start();
  expect(await t.call.handover.live({ id })).toMatchObject({ cidrs: ['10.20.30.0/24'], sweep: null, proposals: [] });
  // five of the six registered PCs, and a stranger
  for (let n = 0; n < 5; n += 1) hosts.push({ ip: `10.20.30.${n + 10}`, mac: `3C52821A000${n}` });
  hosts.push({ ip: '10.20.30.77', mac: '001B21000077' });
  for await (const _ of await t.call.discovery.sweep({ cidrs: ['10.20.30.0/24'], rtt: false, identify: 'none' }));
  const { proposals, answered } = await t.call.handover.live({ id });
  expect(answered).toBe(6);
  expect(proposals.map(({ kind, ip }) => [kind, ip])).toEqual(
    expect.arrayContaining([
      ['unseen', '10.20.30.15'],
      ['unknown', '10.20.30.77'],
    ]),
  );
  const stranger = proposals.find(({ kind }) => kind === 'unknown')?.subject ?? '';
  expect(await t.call.handover.propose({ id, subjects: [stranger] })).toEqual({ added: 1 });
  expect(await t.call.handover.propose({ id, subjects: [stranger] })).toEqual({ added: 0 });
  expect((await itemsOf(id, 'C')).find(({ subject }) => subject === stranger)).toMatchObject({
    result: 'mismatch',
    book: '未登记',
    actual: '在线但未登记',
    checked_by: '李明@L03',
  });
  expect((await t.call.handover.live({ id })).proposals.find(({ subject }) => subject === stranger)?.noted).toBe(true);
});

test('late: everything settled, the slip still waits until the centre lets it pass', async () => {
  const { id, due_on } = await start({ start_on: '2026-09-10' });
  expect(due_on).toBe('2026-09-17');
  await tickAll(id);
  expect(await refusalOf(t.call.handover.print({ id, paper: 'slip' }))).toEqual({
    code: 'handover_late',
    params: { n: 12, due: '2026-09-17' },
  });
  await t.call.handover.settle({ id });
  t.clock.set('2026-12-01T09:00+08:00');
  // late as of the day it ended, not of today
  expect(await t.call.handover.gate({ id })).toMatchObject({ late: 12, open: [], settled: true });
  await t.call.handover.excuse({ id, opinion: '设备检修耽误，同意延期' });
  expect((await refusalOf(t.call.handover.excuse({ id, opinion: '再次' }))).code).toBe('handover_not_late');
  expect((await t.call.handover.print({ id, paper: 'slip' })).form).toBe('F-25L');
  const list = await t.call.handover.print({ id });
  expect(JSON.stringify((await t.call.papers.get({ id: list.id })).paper)).toContain('设备检修耽误，同意延期');
});

test('in time, the slip waits for the end of the handover; the gate counts what is open and what is on the name', async () => {
  const { id } = await start({ giver: '李静' });
  const gate = await t.call.handover.gate({ id });
  expect(gate).toMatchObject({
    late: 0,
    settled: false,
    supervisor: true,
    namesakes: 1,
    bindings: 1,
    assets: 1,
    tools: 0,
  });
  expect(gate.open.map(({ part }) => part)).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G']);
  await tickAll(id);
  expect((await refusalOf(t.call.handover.print({ id, paper: 'slip' }))).code).toBe('handover_not_settled');
});

test('the centre files its copy, also after the end; a day that cannot be is refused', async () => {
  const { id } = await start();
  await tickAll(id);
  await t.call.handover.settle({ id });
  expect(await t.call.handover.file({ id, archive_number: 'JJ-2026-07', filed_on: '2026-09-29' })).toMatchObject({
    archive_number: 'JJ-2026-07',
  });
  for (const filed_on of ['2026-09-30', '2026-09-28'])
    expect((await refusalOf(t.call.handover.file({ id, archive_number: 'X', filed_on }))).code).toBe(
      'handover_filed_day',
    );
});

test('pages and carrier of a register; what is a file only is not printed as an annex', async () => {
  const { id } = await start();
  const titles = async (): Promise<string[]> => {
    const { id: document } = await t.call.handover.print({ id });
    return (await t.call.papers.get({ id: document })).paper.sections.map(({ title }) => title.slice(0, 3));
  };
  expect(await titles()).toContain('附表一');
  const users = (await itemsOf(id, 'A')).find(({ subject }) => subject === 'F-01');
  await t.call.handover.sheet({ item: users?.id ?? '', pages: 6, carrier: 'file' });
  expect(await titles()).not.toContain('附表一');
  expect((await itemsOf(id, 'A')).find(({ subject }) => subject === 'F-01')).toMatchObject({
    pages: 6,
    carrier: 'file',
  });
});

test('an area in which nothing is registered, and the same name with a blank in it, are refused', async () => {
  const shed = t.engine.command('test.shed', (tx) => tx.insert(locations, { kind: 'building', name: '旧仓库' }).id);
  expect(await refusalOf(t.call.handover.create({ location_id: shed, giver: '李明', receiver: '张玉' }))).toEqual({
    code: 'handover_empty',
    params: { area: '旧仓库' },
  });
  expect(
    (await refusalOf(t.call.handover.create({ location_id: school.building, giver: '李明', receiver: '李 明' }))).code,
  ).toBe('handover_same_person');
  expect((await t.call.handover.list({})).total).toBe(0);
});

test('an imported notice moves the due day when the lists are gathered again', async () => {
  const { id, due_on } = await start({ start_on: '2026-09-23' });
  expect(due_on).toBe('2026-09-30');
  await t.call.calendar.setDays({ from: '2026-09-30', to: '2026-09-30', kind: 'off', name: '校庆' });
  await t.call.handover.gather({ id });
  expect((await t.call.handover.get({ id })).handover.due_on).toBe('2026-10-08');
});
