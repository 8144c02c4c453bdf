/** Applications from paper to address, through their contract. */
import { applications } from '../../../../shared/features/applications.ts';
import { people } from '../../../../shared/features/people.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../support/engine.ts';
import { makeSchool, type School } from '../../../support/school.ts';

let t: TestEngine;
let school: School;
beforeEach(async () => {
  t = await testEngine();
  school = makeSchool(t.engine);
});
afterEach(() => t.close());

const personNamed = (name: string): string =>
  t.engine.db.value<string>('SELECT id FROM people WHERE name = ?', name) ?? '';
const [MAC, OTHER] = ['3C-52-82-77-00-01', '3C52-8277-0002'] as const;
const asks = { mac: MAC, device_kind: 'desktop', device: '办公电脑', purpose: '办公' } as const;

test('a registered applicant brings name, department, phone and room along; signed, it is opened with the address', async () => {
  const person_id = personNamed('李静');
  const made = await t.call.applications.create({ kind: 'binding', draft: { person_id, ...asks } });
  expect(made).toMatchObject({
    number: 'RW-202609-L03-0001',
    state: 'applied',
    name: '李静',
    department: '教务处',
    phone: '13800000001',
    location_id: school.rooms[1],
    mac: '3C5282770001',
    applied_on: '2026-09-29',
    until_on: null,
  });
  // not signed yet: no suggestion
  expect((await t.call.ipam.suggest({ person_id })).application_id).toBeNull();
  const signed = await t.call.applications.sign({ id: made.id, signed_by: '周主任', signed_on: '2026-09-28' });
  expect(signed).toMatchObject({ state: 'signed', signed_by: '周主任', signed_on: '2026-09-28' });
  const suggestion = await t.call.ipam.suggest({ person_id });
  expect(suggestion.application_id).toBe(made.id);
  expect(suggestion.refs[made.id]).toBe(made.number);
  const bound = await t.call.ipam.bind({
    person_id,
    mac: MAC,
    subnet_id: suggestion.subnet_id,
    application_id: made.id,
  });
  expect(bound).toMatchObject({ state: 'active', mac: '3C5282770001', reason: null });
  const got = await t.call.applications.get({ id: made.id });
  expect(got.application).toMatchObject({ state: 'opened', binding_id: bound.id, opened_on: '2026-09-29' });
  expect(got.refs[bound.id]).toBe(bound.ip);
  // one step back takes both
  await t.call.system.undo({ batch: bound.batch });
  expect((await t.call.applications.get({ id: made.id })).application).toMatchObject({
    state: 'signed',
    binding_id: null,
  });
});

test('without signature or letter opening goes on, and the reason stands on record and in the log', async () => {
  const person_id = personNamed('王芳');
  const { subnet_id, letter } = await t.call.ipam.suggest({ person_id });
  expect(letter).toBe('unsigned');
  const bound = await t.call.ipam.bind({ person_id, mac: MAC, subnet_id });
  expect(bound.reason).toBe('先开通后补手续（无已签申请和责任书）');
  const { entries } = await t.call.ipam.history({ id: bound.id });
  expect(entries[0]).toMatchObject({ command: 'ipam.bind', reason: '先开通后补手续（无已签申请和责任书）' });
  // what somebody says stands instead
  const said = await t.call.ipam.bind({ person_id, mac: OTHER, subnet_id, reason: '校长口头同意' });
  expect(said.reason).toBe('校长口头同意');
  // with a letter in force nothing needs to be said
  const other = await t.call.ipam.bind({ person_id: personNamed('李静'), mac: '3C5282770003', subnet_id });
  expect(other.reason).toBeNull();
});

test('a letter past its day is no letter, though it was never marked', async () => {
  const person_id = personNamed('李静');
  await t.call.people.update({ id: person_id, changes: { letter_until: '2026-09-28' } });
  expect((await t.call.ipam.suggest({ person_id })).letter).toBe('expired');
});

test('the form of somebody who is here for years asks for one year at a time', async () => {
  const { id, person_id } = (await t.call.ipam.list({ filter: [{ field: 'ip', op: 'equals', value: '10.20.30.10' }] }))
    .rows[0]!;
  await t.call.people.update({ id: person_id, changes: { valid_until: '2029-06-30' } });
  await t.call.applications.printFor({ binding_id: id });
  expect((await t.call.applications.list({})).rows[0]?.until_on).toBe('2027-09-30');
});

test('the form of an address that was opened before the paperwork waits for its signature and is complete with it', async () => {
  const { id } = (await t.call.ipam.list({ filter: [{ field: 'ip', op: 'equals', value: '10.20.30.10' }] })).rows[0]!;
  const printed = await t.call.applications.printFor({ binding_id: id });
  expect(printed).toMatchObject({ number: 'RW-202609-L03-0001', form: 'F-18' });
  const { paper } = await t.call.papers.get({ id: printed.id });
  const words = JSON.stringify(paper);
  for (const expected of ['王芳', '10.20.30.10', '3C-52-82-1A-00-00', '接入交换机1 / G0/0/1', 'RW-202609-L03-0001'])
    expect(words).toContain(expected);
  // the same again, not a second application
  expect((await t.call.applications.printFor({ binding_id: id })).id).toBe(printed.id);
  const { rows, total } = await t.call.applications.list({});
  expect([total, rows[0]?.state, rows[0]?.binding_id]).toEqual([1, 'applied', id]);
  const signed = await t.call.applications.sign({ id: rows[0]!.id, signed_by: '周主任' });
  expect(signed.state).toBe('opened');
});

test('somebody who is not registered: namesakes are shown, one is chosen, or a new person is registered in the flow', async () => {
  const made = await t.call.applications.create({
    kind: 'binding',
    draft: { name: '王芳', phone: '13911112222', ...asks },
  });
  const { namesakes, missing } = await t.call.applications.get({ id: made.id });
  expect(namesakes.map(({ name, department, place }) => [name, department, place])).toEqual([
    ['王芳', '教务处', '综合楼 / 2F / 财务室'],
  ]);
  expect(missing).toEqual(['department', 'location_id']);
  expect(await refusalOf(t.call.applications.sign({ id: made.id, signed_by: '周主任' }))).toEqual({
    code: 'application_missing',
    params: { fields: '部门/单位、房间' },
  });
  const draft = {
    name: '王芳',
    department: '财务室',
    identity: 'staff',
    letter: 'unsigned',
    status: 'active',
  } as const;
  const done = await t.call.applications.register({ id: made.id, person: { ...draft, location_id: school.rooms[0] } });
  expect(done).toMatchObject({
    name: '王芳',
    department: '财务室',
    phone: '13911112222',
    location_id: school.rooms[0],
  });
  expect(t.engine.db.value("SELECT count(*) FROM people WHERE name = '王芳'")).toBe(2);
  expect((await t.call.applications.get({ id: made.id })).namesakes).toEqual([]);
});

test('an address of somebody else, or of nobody registered, is not joined to the application', async () => {
  const made = await t.call.applications.create({ kind: 'binding', draft: { name: '新来的赵老师', ...asks } });
  const { subnet_id } = await t.call.ipam.suggest({ person_id: personNamed('李静') });
  const wish = { person_id: personNamed('李静'), mac: MAC, subnet_id, application_id: made.id };
  expect((await refusalOf(t.call.ipam.bind(wish))).code).toBe('application_unregistered');
  await t.call.applications.update({ id: made.id, changes: { person_id: personNamed('张伟') } });
  expect(await refusalOf(t.call.ipam.bind(wish))).toEqual({
    code: 'application_other_person',
    params: { number: made.number, name: '张伟' },
  });
  expect(t.engine.db.value('SELECT count(*) FROM bindings WHERE mac = ?', '3C5282770001')).toBe(0);
});

test.each([
  ['zeros', '00-00-00-00-00-00'],
  ['broadcast', 'FF:FF:FF:FF:FF:FF'],
  ['multicast', '01-00-5E-00-00-FB'],
  ['no MAC at all', '3C-52-82'],
])('a MAC of %s is refused at its field, and nothing is written', async (_what, mac) => {
  const refusal = await refusalOf(t.call.applications.create({ kind: 'binding', draft: { name: '赵老师', mac } }));
  expect(refusal).toEqual({ code: 'invalid', params: { field: 'applications.mac', problem: 'mac' } });
  expect((await t.call.applications.list({})).total).toBe(0);
});

test('a term over a year, one that runs backwards, nobody named: said in words of their own', async () => {
  const make = (draft: Parameters<typeof t.call.applications.create>[0]['draft']) =>
    t.call.applications.create({ kind: 'access', draft });
  expect(await refusalOf(make({ name: '赵工', from_on: '2026-10-01', until_on: '2027-10-03' }))).toEqual({
    code: 'application_term',
    params: { from: '2026-10-01', until: '2027-10-03' },
  });
  expect((await refusalOf(make({ name: '赵工', from_on: '2026-10-01', until_on: '2026-09-30' }))).code).toBe(
    'application_backwards',
  );
  expect((await refusalOf(make({ purpose: '远程维护' }))).code).toBe('application_who');
  expect((await make({ name: '赵工', from_on: '2026-10-01', until_on: '2027-10-01' })).number).toBe(
    'ZR-202609-L03-0001',
  );
});

test('outside access ends with its term: listed when it is over, taken back with its address', async () => {
  const made = await t.call.applications.create({
    kind: 'access',
    draft: {
      name: '赵工',
      department: '恒信科技',
      phone: '13912345678',
      access_kind: 'remote',
      purpose: '财务系统远程维护',
      target: '10.20.110.5:3389',
      from_on: '2026-09-20',
      until_on: '2026-10-10',
      has_antivirus: true,
    },
  });
  await t.call.applications.sign({ id: made.id, signed_by: '陈校长' });
  expect(await t.call.applications.grant({ id: made.id })).toMatchObject({ state: 'opened', opened_on: '2026-09-29' });
  expect((await t.call.upkeep.expiry()).counts.applications).toEqual({ expired: 0, soon: 1 });
  t.clock.set('2026-10-11T08:00+08:00');
  expect((await t.call.upkeep.expiry()).counts.applications).toEqual({ expired: 1, soon: 0 });
  expect((await t.call.applications.get({ id: made.id })).overdue).toBe(true);
  const { rows } = await t.call.upkeep.expiringApplications({ state: 'expired' });
  expect(rows.map(({ number }) => number)).toEqual([made.number]);
  // an address was opened for it all the same
  const held = t.engine.db.value<string>("SELECT id FROM bindings WHERE ip = '10.20.30.11'") ?? '';
  t.engine.command('test.join', (tx) => tx.patch(applications, made.id, { binding_id: held }));
  const done = await t.call.upkeep.clear({ id: made.id, reason: '有效期已到' });
  expect(done).toMatchObject({ state: 'cleared', cleared_on: '2026-10-11', reason: '有效期已到' });
  expect((await t.call.ipam.get({ id: held })).binding.state).toBe('released');
  expect((await t.call.upkeep.expiry()).counts.applications).toEqual({ expired: 0, soon: 0 });
  expect(await refusalOf(t.call.upkeep.clear({ id: made.id, reason: '再来' }))).toEqual({
    code: 'application_state',
    params: { number: made.number, state: '已清退' },
  });
});

test('rejected and withdrawn keep the reason and go no further', async () => {
  const one = await t.call.applications.create({ kind: 'binding', draft: { name: '赵老师', ...asks } });
  expect(await t.call.applications.reject({ id: one.id, reason: '已有两台电脑' })).toMatchObject({
    state: 'rejected',
    reason: '已有两台电脑',
  });
  const next = t.call.applications.sign({ id: one.id, signed_by: '周主任' });
  expect((await refusalOf(next)).params).toEqual({ number: one.number, state: '不批准' });
  const two = await t.call.applications.create({ kind: 'binding', draft: { name: '赵老师', ...asks } });
  expect((await t.call.applications.withdraw({ id: two.id, reason: '调走了' })).state).toBe('withdrawn');
});

test('printed from a person: one open application, whichever day it is asked for', async () => {
  const person_id = personNamed('陈敏');
  const first = await t.call.applications.printFor({ person_id });
  t.clock.set('2026-10-08T09:00+08:00');
  const again = await t.call.applications.printFor({ person_id });
  expect(again.number).toBe(first.number);
  const access = await t.call.applications.printFor({ person_id, kind: 'access' });
  expect([access.form, access.number]).toEqual(['F-17', 'ZR-202610-L03-0001']);
  for (const form of ['F-17', 'F-18'] as const) {
    const blank = await t.call.papers.blank({ form });
    expect([blank.form, blank.number, blank.copies]).toEqual([form, '', ['']]);
    expect(JSON.stringify(blank)).toContain(form === 'F-17' ? '分管领导' : '申请人承诺');
  }
});

test('a long number of an identity card is shown by its ends alone', async () => {
  const made = await t.call.applications.create({
    kind: 'binding',
    draft: { name: '赵老师', staff_number: '320102199003071234', ...asks },
  });
  const { paper } = await t.call.papers.get({ id: (await t.call.applications.print({ id: made.id })).id });
  expect(JSON.stringify(paper)).toContain('320***********1234');
  expect(JSON.stringify(paper)).not.toContain('19900307');
});

test('temporary and outside people need a sponsor and a last day', async () => {
  const base = { letter: 'unsigned', status: 'active' } as const;
  const guest = { ...base, name: '孙工', identity: 'outside' } as const;
  expect((await refusalOf(t.call.people.create(guest))).code).toBe('sponsor_needed');
  const sponsor_id = personNamed('李静');
  const named = { ...guest, sponsor_id, valid_until: '2026-12-31' };
  expect(await refusalOf(t.call.people.create(named))).toEqual({
    code: 'outside_unit_needed',
    params: { name: '孙工' },
  });
  const made = await t.call.people.create({ ...named, outside_unit: '恒信科技' });
  expect((await refusalOf(t.call.people.update({ id: made.id, changes: { sponsor_id: made.id } }))).code).toBe(
    'sponsor_self',
  );
  // somebody from before the rule: other things may be corrected
  const old = t.engine.command('test.old', (tx) => tx.insert(people, { ...base, name: '老赵', identity: 'temporary' }));
  expect(await t.call.people.update({ id: old.id, changes: { phone: '13900000000' } })).toMatchObject({
    phone: '13900000000',
  });
});
