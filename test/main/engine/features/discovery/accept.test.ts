/** Findings settled in groups, through the front door: dry run, refusals row by row, one batch, undo, and two windows. */
import { refusalOf } from '../../../../support/engine.ts';
import { macOf, office, pc, type Office } from '../../../../support/found.ts';

let o: Office;
afterEach(() => o.close());
const commits = (): unknown => o.engine.db.value('SELECT count(*) FROM _commits');
const codes = (rows: readonly { ip: string; refused: { code: string } | null }[]): string[] =>
  rows.map(({ ip, refused }) => `.${ip.split('.')[3]} ${refused?.code ?? 'ready'}`);

test('a preview says what would be written and writes nothing', async () => {
  o = await office({ hosts: [pc(5), pc(9), pc(20), pc(21)] });
  await o.sweep();
  const { sweep, findings } = await o.call.discovery.findings({});
  const rows = findings.filter(({ verdict }) => verdict === 'new_mac').map(({ key }) => ({ key }));
  const before = commits();
  const shown = await o.call.discovery.preview({
    sweep_id: sweep?.id ?? '',
    action: 'bind',
    rows,
    all: { person_id: o.person, location_id: o.room },
  });
  expect(commits()).toBe(before);
  expect((await o.call.ipam.list({})).total).toBe(2);
  expect(shown.counts).toEqual({ ready: 2, refused: 0 });
  expect(shown.rows[0]).toMatchObject({ ip: '10.20.30.20', verdict: 'new_mac', refused: null });
  expect(shown.rows[0]?.changes).toEqual([
    { field: 'bindings.ip', before: null, after: '10.20.30.20' },
    { field: 'bindings.mac', before: null, after: '00-1B-21-00-00-14' },
    { field: 'bindings.person_id', before: null, after: '王芳' },
    { field: 'bindings.location_id', before: null, after: '财务室' },
  ]);
});

test('a group is bound as one batch and undone as one', async () => {
  o = await office({ hosts: [pc(5), pc(9), pc(20), pc(21), pc(22)] });
  await o.sweep();
  const order = await o.order([20, 21, 22], { action: 'bind', all: { person_id: o.person } });
  const done = await o.call.discovery.accept(order);
  expect(done).toMatchObject({ counts: { ready: 3, refused: 0 }, refused: [] });
  expect(await o.open()).toEqual([]);
  await o.call.system.undo({ batch: done.batch ?? '' });
  expect(await o.open()).toEqual(['new_mac .20', 'new_mac .21', 'new_mac .22']);
});

test('each row may have its own person; who has none is refused by itself', async () => {
  o = await office({ hosts: [pc(5), pc(9), pc(20), pc(21)] });
  const other = await o.call.people.create({ name: '李强', identity: 'staff', letter: 'signed', status: 'active' });
  await o.sweep();
  const order = await o.order([20, 21], { action: 'bind' });
  const [first] = order.rows;
  const done = await o.call.discovery.accept({ ...order, rows: [{ ...first!, person_id: other.id }, order.rows[1]!] });
  expect(done.counts).toEqual({ ready: 1, refused: 1 });
  expect(codes(done.refused)).toEqual(['.21 finding_needs_person']);
  expect(await o.open()).toEqual(['new_mac .21']);
  expect((await o.fact(20)).holder?.person).toBe('李强');
});

test('what does not fit, and what the law of its feature refuses, is said row by row; nothing of it stays', async () => {
  o = await office({ hosts: [pc(5, { mac: macOf(77) }), pc(9), pc(20), pc(200)] });
  await o.sweep();
  const order = await o.order([5, 9, 20, 200], { action: 'bind', all: { person_id: o.person } });
  const preview = await o.call.discovery.preview(order);
  expect(codes(preview.rows)).toEqual([
    '.5 finding_not_for',
    '.9 finding_not_for',
    '.20 ready',
    '.200 finding_not_for',
  ]);
  const done = await o.call.discovery.accept(order);
  expect(done.counts).toEqual({ ready: 1, refused: 3 });
  expect(o.engine.db.value('SELECT code FROM _refused ORDER BY number DESC LIMIT 1')).toBe('finding_rows');
});

test('nothing went through: no batch, no commit', async () => {
  o = await office({ hosts: [pc(5), pc(9), pc(20)] });
  await o.sweep();
  const order = await o.order([20], { action: 'bind' });
  const before = commits();
  expect(await o.call.discovery.accept(order)).toMatchObject({ batch: null, counts: { ready: 0, refused: 1 } });
  expect(commits()).toBe(before);
});

test('two windows: what the other one settled since the preview is left alone and named, the rest goes through', async () => {
  o = await office({ hosts: [pc(5), pc(9), pc(20), pc(21), pc(22)] });
  await o.sweep();
  const order = await o.order([20, 21, 22], { action: 'bind', all: { person_id: o.person } });
  await o.call.ipam.bind({ ip: '10.20.30.20', mac: macOf(20), person_id: o.person, reason: '电话申请' });
  const { key, ip, mac } = await o.fact(21);
  await o.call.discovery.ignore({ key, ip, mac, until: '2026-10-20', reason: '施工' });
  const done = await o.call.discovery.accept(order);
  expect(done.counts).toEqual({ ready: 1, refused: 2 });
  expect(codes(done.refused)).toEqual(['.20 finding_gone', '.21 finding_changed']);
  expect((await o.call.discovery.accept(order)).counts).toEqual({ ready: 0, refused: 3 });
});

test('the same row twice is settled once', async () => {
  o = await office({ hosts: [pc(5), pc(9), pc(20)] });
  await o.sweep();
  const order = await o.order([20], { action: 'bind', all: { person_id: o.person } });
  const done = await o.call.discovery.accept({ ...order, rows: [...order.rows, ...order.rows] });
  expect(done.counts).toEqual({ ready: 1, refused: 1 });
});

test('a reservation is opened by its first card', async () => {
  o = await office({ hosts: [pc(5)] }, [{ octet: 5, mac: null, state: 'reserved' }]);
  await o.sweep();
  const done = await o.call.discovery.accept(await o.order([5], { action: 'bind' }));
  expect(done.counts.ready).toBe(1);
  expect(await o.fact(5)).toMatchObject({ verdict: 'known', holder: { state: 'active', mac: macOf(5) } });
});

test('assets are registered in bulk, named and filed by what they are', async () => {
  const printer = { open: [9100], title: 'HP LaserJet M1136' };
  o = await office({
    hosts: [
      pc(5),
      pc(9),
      pc(20),
      pc(21),
      pc(22, { told: { netbios: { name: '李明的电脑' } } }),
      pc(23, { told: printer }),
    ],
  });
  await o.sweep();
  const order = await o.order([20, 21, 22, 23], { action: 'register', all: { location_id: o.room } });
  const [first, second, ...others] = order.rows;
  const rowsOf = [first!, { ...second!, name: '传达室电脑', category: 'desktop' as const }, ...others];
  const done = await o.call.discovery.accept({ ...order, rows: rowsOf });
  expect(done.counts).toEqual({ ready: 4, refused: 0 });
  const { rows } = await o.call.assets.list({ sort: [{ field: 'ip', dir: 'asc' }] });
  expect(rows.map(({ name, category, ip, tag, location_id }) => [name, category, ip, tag, location_id])).toEqual([
    ['未识别设备 10.20.30.20', 'other', '10.20.30.20', null, o.room],
    ['传达室电脑', 'desktop', '10.20.30.21', null, o.room],
    ['李明的电脑', 'desktop', '10.20.30.22', null, o.room],
    ['英特尔 打印机', 'printer', '10.20.30.23', null, o.room],
  ]);
  expect(await o.open()).toEqual(['unbound .20', 'unbound .21', 'unbound .22', 'unbound .23']);
  const again = await o.call.discovery.accept({ ...order, rows: order.rows.map(({ key }) => ({ key })) });
  expect(new Set(again.refused.map(({ refused }) => refused?.code))).toEqual(new Set(['finding_gone']));
  await o.call.system.undo({ batch: done.batch ?? '' });
  expect(await o.open()).toEqual(['new_mac .20', 'new_mac .21', 'new_mac .22', 'new_mac .23']);
});

test('a ticket for each; one that has one already gets no second; taken back while nobody did anything', async () => {
  o = await office({ hosts: [pc(5, { mac: macOf(77) }), pc(9), pc(20)] });
  await o.sweep();
  const done = await o.call.discovery.accept(await o.order([5, 20], { action: 'ticket' }));
  expect(done.tickets).toHaveLength(2);
  const list = await o.call.tickets.list({ sort: [{ field: 'ip', dir: 'asc' }] });
  expect(list.rows.map(({ ip, category, channel }) => [ip, category, channel])).toEqual([
    ['10.20.30.5', 'ip_conflict', 'scan'],
    ['10.20.30.20', 'other', 'scan'],
  ]);
  const again = await o.call.discovery.accept(await o.order([5], { action: 'ticket' }));
  expect(codes(again.refused)).toEqual(['.5 finding_has_ticket']);
  await o.call.system.undo({ batch: done.batch ?? '' });
  expect((await o.call.tickets.list({})).total).toBe(0);
  expect((await o.fact(5)).ticket).toBeNull();
});

test('tickets somebody worked on are not taken back', async () => {
  o = await office({ hosts: [pc(5), pc(9), pc(20), pc(21)] });
  await o.sweep();
  const done = await o.call.discovery.accept(await o.order([20, 21], { action: 'ticket' }));
  await o.call.tickets.advance({ id: done.tickets[0]?.id ?? '', step: 'note', remark: '已电话联系' });
  expect((await refusalOf(o.call.system.undo({ batch: done.batch ?? '' }))).code).toBe('undo_not_possible');
  expect((await o.call.tickets.list({})).total).toBe(2);
});

test('one ticket about a whole group names as many as fit and counts the rest', async () => {
  const octets = Array.from({ length: 60 }, (_, at) => 20 + at);
  o = await office({ hosts: [pc(5), pc(9), ...octets.map((octet) => pc(octet))] });
  await o.sweep();
  const order = await o.order(octets, { action: 'ticket', tickets: 'one', all: { location_id: o.room } });
  const done = await o.call.discovery.accept(order);
  expect(done.tickets).toHaveLength(1);
  expect(done.counts).toEqual({ ready: 60, refused: 0 });
  const [ticket] = (await o.call.tickets.list({})).rows;
  expect(ticket).toMatchObject({ location_id: o.room, ip: null });
  expect(ticket?.symptom).toMatch(/^扫描发现 60 项/);
  expect(ticket?.symptom).toMatch(/另有 \d+ 项/);
  expect(ticket?.symptom.length).toBeLessThanOrEqual(1000);
});

test('a group is set aside until a day, and asked about again after it', async () => {
  o = await office({ hosts: [pc(5), pc(9), pc(20), pc(21)] });
  await o.sweep();
  const order = await o.order([20, 21], { action: 'ignore', until: '2026-10-08', reason: '家长会临时设备' });
  const done = await o.call.discovery.accept(order);
  expect(done.counts.ready).toBe(2);
  await o.sweep();
  expect(await o.open()).toEqual([]);
  o.clock.set('2026-10-09T09:00+08:00');
  expect(await o.open()).toEqual(['new_mac .20', 'new_mac .21']);
  await o.call.system.undo({ batch: done.batch ?? '' });
});

test.each([
  [{ action: 'ignore', reason: '临时' }, 'finding_needs_day'],
  [{ action: 'ignore', until: '2026-09-01', reason: '临时' }, 'finding_needs_day'],
  [{ action: 'ignore', until: '2026-10-01' }, 'finding_needs_reason'],
] as const)('%j is refused with %s', async (order, code) => {
  o = await office({ hosts: [pc(5), pc(9), pc(20)] });
  await o.sweep();
  expect(codes((await o.call.discovery.preview(await o.order([20], order))).rows)).toEqual([`.20 ${code}`]);
});

test('another card, another address: what was seen goes into the binding, with a reason', async () => {
  o = await office({ hosts: [pc(5, { mac: macOf(77) }), pc(40, { mac: macOf(9) })] });
  await o.sweep();
  expect(codes((await o.call.discovery.preview(await o.order([5], { action: 'card' }))).rows)).toEqual([
    '.5 finding_needs_reason',
  ]);
  const card = await o.order([5], { action: 'card', reason: '换了主板' });
  expect((await o.call.discovery.preview(card)).rows[0]?.changes).toEqual([
    { field: 'bindings.mac', before: '00-1B-21-00-00-05', after: '00-1B-21-00-00-4D' },
  ]);
  const carded = await o.call.discovery.accept(card);
  const move = await o.order([40], { action: 'move', reason: '换办公室' });
  expect((await o.call.discovery.preview(move)).rows[0]?.changes).toEqual([
    { field: 'bindings.ip', before: '10.20.30.9', after: '10.20.30.40' },
  ]);
  const moved = await o.call.discovery.accept(move);
  expect(await o.open()).toEqual([]);
  for (const { batch } of [moved, carded]) await o.call.system.undo({ batch: batch ?? '' });
  expect(await o.open()).toEqual(['ip_taken .5', 'moved .40']);
});

test('a host name that was seen goes into the binding', async () => {
  o = await office({ hosts: [pc(5, { name: 'SZ-王芳' }), pc(9)] });
  await o.sweep();
  const order = await o.order([5], { action: 'hostname' });
  expect((await o.call.discovery.preview(order)).rows[0]?.changes).toEqual([
    { field: 'bindings.hostname', before: null, after: 'SZ-王芳' },
  ]);
  await o.call.discovery.accept(order);
  expect((await o.fact(5)).holder?.hostname).toBe('SZ-王芳');
  expect(codes((await o.call.discovery.preview(await o.order([5], { action: 'hostname' }))).rows)).toEqual([
    '.5 finding_same',
  ]);
});

test('hundreds of rows are split by the door and undone as one', async () => {
  const octets = Array.from({ length: 190 }, (_, at) => 10 + at);
  o = await office({ hosts: octets.map((octet) => pc(octet)) }, []);
  await o.sweep();
  const registered = await o.call.discovery.accept(await o.order(octets, { action: 'register' }));
  const bound = await o.call.discovery.accept(await o.order(octets, { action: 'bind', all: { person_id: o.person } }));
  expect([registered.counts.ready, bound.counts.ready]).toEqual([190, 190]);
  expect((await o.call.discovery.findings({})).counts.known).toBe(191);
  expect(await o.call.system.undo({ batch: bound.batch ?? '' })).toMatchObject({ kept: 0 });
  expect((await o.call.discovery.findings({})).counts.unbound).toBe(190);
}, 30_000);

test('an unknown sweep is refused', async () => {
  o = await office({ hosts: [] });
  const order = { sweep_id: '0199a000-0000-7000-8000-000000000000', action: 'bind', rows: [{ key: 'x' }] } as const;
  expect((await refusalOf(o.call.discovery.preview({ ...order, rows: [...order.rows] }))).code).toBe('sweep_unknown');
});

test('one find, typed into its form, can be taken back as well; what the form has wrong is said of its field', async () => {
  o = await office({ hosts: [pc(5), pc(9), pc(20)] });
  await o.sweep();
  const asset = await o.call.discovery.register({
    name: '传达室电脑',
    category: 'desktop',
    status: 'in_use',
    mac: macOf(20),
  });
  const ticket = await o.call.discovery.report({ symptom: '请核对', ip: '10.20.30.20', channel: 'scan' });
  expect(await o.fact(20)).toMatchObject({ verdict: 'unbound', ticket: { number: ticket.number } });
  const twice = { name: '另一台', category: 'desktop', status: 'in_use', mac: macOf(20) } as const;
  expect((await refusalOf(o.call.discovery.register(twice))).code).toBe('asset_mac_in_use');
  const nameless = o.call.discovery.register({ ...twice, name: '' });
  expect(await refusalOf(nameless)).toMatchObject({ code: 'invalid', params: { field: 'assets.name' } });
  for (const { batch } of [ticket, asset]) await o.call.system.undo({ batch });
  expect(await o.fact(20)).toMatchObject({ verdict: 'new_mac', ticket: null });
});
