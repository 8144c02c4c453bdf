/** A conflict settled: who is there, and ticket and binding log closed together, from whatever state the ticket is in. */
import type { Step } from '../../../../../shared/features/tickets.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../../support/engine.ts';
import { macOf, office, type Office } from '../../../../support/office.ts';

const IP = '10.20.30.2';
let t: TestEngine;
let s: Office;
let holder: string;
beforeEach(async () => {
  t = await testEngine();
  s = await office(t);
  const port = { switch_name: 'SW2', switch_port: 'GE0/0/5' };
  holder = (await t.call.ipam.bind({ subnet_id: s.subnet, mac: macOf(1), person_id: await s.person('王芳'), ...port }))
    .id;
});
afterEach(() => t.close());

const readdress = async () => (await t.call.ipam.move({ id: holder, to: {}, reason: 'IP 冲突，改址' })).id;
const ticket = () => t.call.tickets.open({ symptom: 'IP 冲突', ip: IP, location_id: s.office });

test('the holder stands with card, port and the next free address', async () => {
  const { sides, ticket: known } = await t.call.opening.clash({ ip: IP });
  expect(known).toBeNull();
  expect(sides).toEqual([
    expect.objectContaining({
      mac: macOf(1),
      person: '王芳',
      switch_name: 'SW2',
      switch_port: 'GE0/0/5',
      read: false,
      next: '10.20.30.3',
    }),
  ]);
  expect((await t.call.opening.clash({ ip: '10.20.30.99' })).sides).toEqual([]);
});

test('it is not over while nobody left the address', async () => {
  expect(await refusalOf(t.call.opening.closeClash({ ip: IP, id: holder }))).toMatchObject({ code: 'clash_goes_on' });
});

test.each(['open', 'accepted', 'working', 'paused', 'to_confirm'] as const)(
  'a ticket that is %s is closed with it',
  async (state) => {
    const { id, number } = await ticket();
    const step = (taken: Step) => t.call.tickets.advance({ id, ...taken });
    if (state === 'accepted') await step({ step: 'accept' });
    if (state === 'working' || state === 'paused' || state === 'to_confirm') await step({ step: 'work' });
    if (state === 'paused') await step({ step: 'pause', reason: 'user' });
    if (state === 'to_confirm') await step({ step: 'finish', cause: 'human', action: '换了地址' });
    const moved = await readdress();
    const done = await t.call.opening.closeClash({ ip: IP, id: moved });
    expect(done.number).toBe(number);
    const row = (await t.call.tickets.get({ id })).ticket;
    expect([row.state, row.action]).toEqual([
      'closed',
      state === 'to_confirm' ? '换了地址' : 'IP 冲突，由 10.20.30.2 改为 10.20.30.3',
    ]);
    expect((await t.call.ipam.get({ id: moved })).binding.reason).toBe(
      `IP 冲突，由 10.20.30.2 改为 10.20.30.3（工单 ${number}）`,
    );
  },
);

test('without a ticket one is opened and closed, so that the fault is counted', async () => {
  const done = await t.call.opening.closeClash({ ip: IP, id: await readdress() });
  expect((await t.call.tickets.get({ id: done.ticket_id })).ticket).toMatchObject({
    state: 'closed',
    category: 'ip_conflict',
    ip: IP,
  });
});
