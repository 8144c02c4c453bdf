/** Ranges of departments, runs kept back, the pool of released addresses, and a subnet of another day, through the contract. */
import { refusalOf, testEngine, type TestEngine } from '../../../../support/engine.ts';

let t: TestEngine;
let subnet: string;
let wang: string;
let li: string;
const person = { identity: 'teacher', status: 'active', letter: 'signed' } as const;
beforeEach(async () => {
  t = await testEngine();
  subnet = (
    await t.call.ipam.createSubnet({
      cidr: '10.20.30.0/24',
      name: '教师办公',
      purpose: 'office',
      gateway: '10.20.30.1',
      cooldown_days: 7,
    })
  ).id;
  wang = (await t.call.people.create({ ...person, name: '王芳', department: '语文组' })).id;
  li = (await t.call.people.create({ ...person, name: '李静', department: '总务处' })).id;
});
afterEach(() => t.close());

const ask = (addresses: number) =>
  t.call.addressing.createRequest({
    department: '语文组',
    person_id: wang,
    purpose: '新建录播教室',
    addresses,
    from_on: '2026-10-01',
  });
const bind = (who: string, more: object = {}) =>
  t.call.ipam.bind({
    person_id: who,
    subnet_id: subnet,
    mac: `3C52821A${(serial += 1).toString().padStart(4, '0')}`,
    ...more,
  });
let serial = 1000;
const spans = async () =>
  (await t.call.ipam.ranges({ subnet_id: subnet })).map(
    ({ kind, first_ip, last_ip, department }) => `${kind} ${first_ip}-${last_ip}${department ? ` ${department}` : ''}`,
  );

describe('requests for a range', () => {
  test('the lowest run that fits becomes the range of the department; its people get it first, others do not', async () => {
    await bind(li);
    const request = await ask(8);
    expect([request.number, request.state, request.asked_on]).toEqual(['DZ-202609-L03-0001', 'open', '2026-09-29']);
    const preview = await t.call.addressing.previewRequest({ id: request.id, subnet_id: subnet });
    expect(preview).toEqual({ first: '10.20.30.3', last: '10.20.30.10', free: 252 });
    const done = await t.call.addressing.approveRequest({ id: request.id, subnet_id: subnet });
    expect([done.state, done.decided_by, done.first, done.last]).toEqual([
      'approved',
      '李明',
      '10.20.30.3',
      '10.20.30.10',
    ]);
    expect(await spans()).toEqual([
      'allocate 10.20.30.1-10.20.30.2',
      'allocate 10.20.30.3-10.20.30.10 语文组',
      'allocate 10.20.30.11-10.20.30.254',
    ]);
    expect((await bind(wang)).ip).toBe('10.20.30.3');
    expect((await bind(li)).ip).toBe('10.20.30.11');
    expect((await t.call.ipam.suggest({ person_id: wang, subnet_id: subnet })).ip).toBe('10.20.30.4');
    expect(await refusalOf(bind(li, { ip: '10.20.30.5' }))).toEqual({
      code: 'department_needs_reason',
      params: { ip: '10.20.30.5' },
    });
    expect((await bind(li, { ip: '10.20.30.5', reason: '借用' })).ip).toBe('10.20.30.5');
  });

  test('a full range of the department is followed by what everybody gets', async () => {
    const request = await ask(1);
    await t.call.addressing.approveRequest({ id: request.id, subnet_id: subnet });
    expect((await bind(wang)).ip).toBe('10.20.30.2');
    expect((await bind(wang)).ip).toBe('10.20.30.3');
  });

  test('too many are refused with how many there are, and the request stays open', async () => {
    await t.call.ipam.createRange({
      subnet_id: subnet,
      kind: 'dhcp',
      first_ip: '10.20.30.100',
      last_ip: '10.20.30.149',
    });
    await t.call.ipam.createRange({
      subnet_id: subnet,
      kind: 'allocate',
      first_ip: '10.20.30.2',
      last_ip: '10.20.30.99',
    });
    await bind(li, { ip: '10.20.30.50', reason: '旧址' });
    const request = await ask(60);
    const params = { cidr: '10.20.30.0/24', n: 60, free: 97, longest: 49 };
    expect(await refusalOf(t.call.addressing.previewRequest({ id: request.id, subnet_id: subnet }))).toEqual({
      code: 'request_no_room',
      params,
    });
    expect(await refusalOf(t.call.addressing.approveRequest({ id: request.id, subnet_id: subnet }))).toMatchObject({
      params,
    });
    expect((await t.call.addressing.getRequest({ id: request.id })).request.state).toBe('open');
  });

  test('a refusal keeps its reason; what is decided is decided, until it is undone', async () => {
    const request = await ask(4);
    const refused = await t.call.addressing.refuseRequest({ id: request.id, reason: '网段即将调整' });
    expect([refused.state, refused.reason]).toEqual(['refused', '网段即将调整']);
    const again = t.call.addressing.approveRequest({ id: request.id, subnet_id: subnet });
    expect((await refusalOf(again)).code).toBe('request_decided');
    await t.call.system.undo({ batch: refused.batch });
    const approved = await t.call.addressing.approveRequest({ id: request.id, subnet_id: subnet });
    await t.call.system.undo({ batch: approved.batch });
    expect(await spans()).toEqual([]);
    const letter = await t.call.addressing.printRequest({ id: request.id });
    expect([letter.number, letter.form]).toEqual([request.number, 'DZ']);
  });

  test('dates the wrong way round, and no addresses at all, are refused', async () => {
    const base = { department: '语文组', person_id: wang, purpose: '试用', from_on: '2026-10-08' };
    const call = t.call.addressing;
    expect((await refusalOf(call.createRequest({ ...base, addresses: 2, until_on: '2026-10-01' }))).code).toBe(
      'request_backwards',
    );
    expect((await refusalOf(call.createRequest({ ...base, addresses: 0 }))).code).toBe('invalid');
    expect((await call.listRequests({})).total).toBe(0);
  });
});

describe('a run kept back', () => {
  test('is left out of what is given out, and comes back by undo', async () => {
    const kept = await t.call.addressing.reserveRun({
      subnet_id: subnet,
      first_ip: '10.20.30.2',
      last_ip: '10.20.30.9',
      reason: '门禁',
    });
    expect([kept.kind, kept.label]).toEqual(['reserved', '门禁']);
    expect((await t.call.ipam.next({ subnet_id: subnet })).ip).toBe('10.20.30.10');
    const { counts } = await t.call.ipam.map({ subnet_id: subnet });
    expect([counts.kept, counts.free, counts.unplanned]).toEqual([8, 245, 0]);
    await t.call.system.undo({ batch: kept.batch });
    expect((await t.call.ipam.next({ subnet_id: subnet })).ip).toBe('10.20.30.2');
  });

  test.each([
    ['10.20.30.5', '10.20.30.12', 'run_not_free', { ip: '10.20.30.9' }],
    ['10.20.30.1', '10.20.30.4', 'run_not_free', { ip: '10.20.30.1' }],
    ['10.20.30.250', '10.20.31.4', 'range_outside', {}],
    ['10.20.30.20', '10.20.30.15', 'range_backwards', {}],
    ['10.20.30.98', '10.20.30.104', 'run_not_open', {}],
  ])('%s to %s is refused: %s', async (first_ip, last_ip, code, params) => {
    await t.call.ipam.createRange({
      subnet_id: subnet,
      kind: 'allocate',
      first_ip: '10.20.30.2',
      last_ip: '10.20.30.99',
    });
    await t.call.ipam.createRange({
      subnet_id: subnet,
      kind: 'dhcp',
      first_ip: '10.20.30.100',
      last_ip: '10.20.30.149',
    });
    await bind(li, { ip: '10.20.30.9', reason: '旧址' });
    const before = await spans();
    const refusal = await refusalOf(
      t.call.addressing.reserveRun({ subnet_id: subnet, first_ip, last_ip, reason: '门禁' }),
    );
    expect(refusal).toMatchObject({ code, params });
    expect(await spans()).toEqual(before);
  });
});

describe('the pool of released addresses', () => {
  test('tells who had it, how long it rests, who has it now; the cool-down is ended with a reason', async () => {
    const a = await bind(wang);
    const b = await bind(li);
    for (const { id } of [a, b]) await t.call.ipam.release({ id, reason: '调走' });
    const pool = await t.call.addressing.released({});
    expect(pool.rows.map(({ ip }) => ip).toSorted()).toEqual(['10.20.30.2', '10.20.30.3']);
    const standing = async () =>
      Object.fromEntries(
        (await t.call.addressing.resting()).map(({ id, now, free_on }) => [
          id === a.id ? 'a' : id === b.id ? 'b' : id,
          `${now} ${free_on}`,
        ]),
      );
    expect(await standing()).toEqual({ a: 'cooling 2026-10-06', b: 'cooling 2026-10-06' });
    expect((await t.call.ipam.next({ subnet_id: subnet })).ip).toBe('10.20.30.4');
    await t.call.addressing.endCooling({ id: a.id, reason: '马上要用' });
    expect(await standing()).toEqual({ a: 'free 2026-09-29', b: 'cooling 2026-10-06' });
    expect((await t.call.ipam.next({ subnet_id: subnet })).ip).toBe('10.20.30.2');
    expect((await refusalOf(t.call.addressing.endCooling({ id: a.id, reason: '再来' }))).code).toBe('not_cooling');
    await t.call.ipam.reissue({ id: b.id, reason: '误停' });
    const held = (await t.call.addressing.resting()).find(({ id }) => id === b.id);
    expect(held).toMatchObject({ now: 'held', held_by: '李静' });
  });

  test('an address released twice stands once, with its last holder', async () => {
    const first = await bind(wang);
    await t.call.ipam.release({ id: first.id, reason: '调走' });
    await t.call.addressing.endCooling({ id: first.id, reason: '急用' });
    t.clock.set(60_000);
    const second = await bind(li);
    expect(second.ip).toBe(first.ip);
    await t.call.ipam.release({ id: second.id, reason: '调走' });
    const { rows } = await t.call.addressing.released({});
    expect(rows.map(({ id }) => id)).toEqual([second.id]);
  });

  test('the latest release alone says how long an address rests', async () => {
    const first = await bind(wang);
    await t.call.ipam.release({ id: first.id, reason: '调走' });
    t.clock.set(60_000);
    const again = await t.call.ipam.reissue({ id: first.id, reason: '误停' });
    t.clock.set(60_000);
    await t.call.ipam.release({ id: again.id, reason: '确已调走' });
    await t.call.addressing.endCooling({ id: again.id, reason: '急用' });
    expect((await t.call.ipam.next({ subnet_id: subnet })).ip).toBe(first.ip);
  });
});

test('a subnet as it was on a day, from the log: also what a binding was before it changed', async () => {
  const a = await bind(wang);
  t.clock.set(3 * 86_400_000);
  const b = await bind(li);
  await t.call.ipam.update({ id: a.id, changes: { person_id: li }, reason: '换人' });
  t.clock.set(3 * 86_400_000);
  await t.call.ipam.release({ id: b.id, reason: '调走' });
  const on = async (day: string) =>
    (await t.call.addressing.onDay({ subnet_id: subnet, day })).rows.map(
      ({ ip, change, was, now }) => `${ip} ${change} ${was?.person ?? '-'} ${now?.person ?? '-'}`,
    );
  expect(await on('2026-09-28')).toEqual(['10.20.30.2 given - 李静']);
  expect(await on('2026-09-30')).toEqual(['10.20.30.2 changed 王芳 李静']);
  expect(await on('2026-10-02')).toEqual(['10.20.30.2 same 李静 李静', '10.20.30.3 released 李静 -']);
  expect(await on('2026-10-05')).toEqual(['10.20.30.2 same 李静 李静']);
  expect((await refusalOf(t.call.addressing.onDay({ subnet_id: subnet, day: '2026-10-06' }))).code).toBe('day_to_come');
});

test('how full subnets are: the fullest first, its own threshold, and when it is full at this pace', async () => {
  await t.call.ipam.createSubnet({ cidr: '10.20.80.0/28', name: '打印', purpose: 'printer', warn_percent: 30 });
  const printers = (await t.call.ipam.listSubnets({})).rows.find(({ name }) => name === '打印')?.id ?? '';
  // One printer a week.
  for (let week = 0; week < 5; week += 1) {
    await bind(wang, { subnet_id: printers });
    t.clock.set(7 * 86_400_000);
  }
  const trends = await t.call.addressing.trends();
  expect(trends.map(({ usage, warns }) => [usage.used, usage.hosts, usage.percent, warns])).toEqual([
    [5, 14, 35, true],
    [1, 254, 0, false],
  ]);
  expect(trends[0]?.weeks.slice(-6)).toEqual([1, 2, 3, 4, 5, 5]);
  expect(trends[0]?.forecast).toEqual({ kind: 'in', weeks: 12, pace: 0.8 });
});
