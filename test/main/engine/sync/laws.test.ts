/** Rules between rows: what one laptop may do alone the hub lets in, and what two laptops made together nobody falls into. */
import { locations } from '../../../../shared/features/locations.ts';
import { people } from '../../../../shared/features/people.ts';
import { assets } from '../../../../shared/features/assets.ts';
import {
  laptopOf,
  hasPostgres,
  noPostgres,
  startCluster,
  syncNow,
  type Cluster,
  type TestHub,
} from '../../../support/hub.ts';
import { describeIf } from '../../../support/skip.ts';
import { refusalOf, type TestEngine } from '../../../support/engine.ts';

const pc = { name: '台式机', category: 'desktop', status: 'in_use' } as const;
const wang = { name: '王芳', identity: 'teacher', letter: 'signed', status: 'active' } as const;

describeIf(hasPostgres, noPostgres)('the law of two notebooks and a hub', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let a: TestEngine;
  let b: TestEngine;
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster.stop(), 60_000);
  beforeEach(async () => {
    hub = await cluster.hub();
    a = await laptopOf(hub, 'L03', '李明');
    b = await laptopOf(hub, 'L04', '张伟');
  });
  afterEach(() => {
    a.close();
    b.close();
  });

  test('two moves that put two places into each other: the second waits, and the places stay where everybody sees them', async () => {
    const one = await a.call.locations.create({ kind: 'building', name: '甲楼' });
    const two = await a.call.locations.create({ kind: 'building', name: '乙楼' });
    const room = await a.call.locations.create({ kind: 'room', name: '101', parent_id: two.id });
    await syncNow(a);
    await syncNow(b);
    await a.call.locations.update({ id: one.id, changes: { parent_id: room.id } });
    await b.call.locations.update({ id: two.id, changes: { parent_id: one.id } });
    await syncNow(a);
    expect(await syncNow(b)).toMatchObject({ applied: 0, held: 1 });
    await syncNow(a);
    for (const laptop of [a, b])
      expect((await laptop.call.locations.tree()).map(({ path }) => path)).toEqual([
        '乙楼',
        '乙楼 / 101',
        '乙楼 / 101 / 甲楼',
      ]);
    const [card] = (await a.call.sync.conflicts({})).cards;
    expect(card).toMatchObject({ kind: 'rule', rule: 'loop', row_id: two.id });
    const refused = await refusalOf(a.call.sync.resolve({ id: card?.id ?? '', how: 'take_mine' }));
    expect(refused).toMatchObject({ code: 'location_loop', params: { name: '乙楼' } });
    await a.call.locations.update({ id: one.id, changes: { parent_id: null } });
    await a.call.sync.resolve({ id: card?.id ?? '', how: 'take_mine' });
    await syncNow(a);
    await syncNow(b);
    for (const laptop of [a, b])
      expect((await laptop.call.locations.tree()).map(({ path }) => path)).toEqual([
        '甲楼',
        '甲楼 / 乙楼',
        '甲楼 / 乙楼 / 101',
      ]);
  });

  test('a step that came too late waits with its line of the work log; a note of the same visit lands', async () => {
    const { id } = await a.call.tickets.open({ reporter: '张三', symptom: '网络不通' });
    await syncNow(a);
    await syncNow(b);
    await a.call.tickets.advance({ id, step: 'work', remark: '换水晶头' });
    await a.call.tickets.advance({ id, step: 'pause', reason: 'user' });
    await b.call.tickets.advance({ id, step: 'note', remark: '已到现场' });
    await b.call.tickets.advance({ id, step: 'cancel', remark: '用户撤回' });
    await syncNow(a);
    expect(await syncNow(b)).toMatchObject({ applied: 1, held: 1 });
    await syncNow(a);
    for (const laptop of [a, b]) {
      const { ticket, events } = await laptop.call.tickets.get({ id });
      expect([ticket.state, events.map(({ kind }) => kind).toSorted()]).toEqual([
        'paused',
        ['note', 'open', 'pause', 'work'],
      ]);
    }
    const [card] = (await a.call.sync.conflicts({})).cards;
    await a.call.sync.resolve({ id: card?.id ?? '', how: 'take_mine' });
    await syncNow(a);
    await syncNow(b);
    for (const laptop of [a, b]) {
      const { ticket, events } = await laptop.call.tickets.get({ id });
      expect(ticket.state).toBe('cancelled');
      expect(events.find(({ kind }) => kind === 'cancel')).toMatchObject({ actor: '张伟@L04', remark: '用户撤回' });
    }
  });

  test('a paper printed twice under its own number reaches the others in both versions', async () => {
    const ticket = await a.call.tickets.open({ reporter: '张三', symptom: '网络不通' });
    const first = await a.call.papers.ticket({ id: ticket.id });
    await a.call.tickets.advance({ id: ticket.id, step: 'accept' });
    const second = await a.call.papers.ticket({ id: ticket.id });
    expect([second.number, second.id === first.id]).toEqual([first.number, false]);
    expect(await syncNow(a)).toMatchObject({ held: 0, rejected: 0 });
    await syncNow(b);
    for (const laptop of [a, b])
      expect(
        laptop.engine.db
          .all<{ id: string }>('SELECT id FROM documents WHERE number = ? AND deleted_at IS NULL', first.number)
          .map(({ id }) => id)
          .toSorted(),
      ).toEqual([first.id, second.id].toSorted());
  });

  test('a subnet goes with its parts, and what only history points to may be removed', async () => {
    const subnet = await a.call.ipam.createSubnet({ cidr: '10.20.30.0/24', name: '办公', purpose: 'office' });
    await a.call.ipam.createRange({
      subnet_id: subnet.id,
      kind: 'dhcp',
      first_ip: '10.20.30.100',
      last_ip: '10.20.30.120',
    });
    const room = await a.call.locations.create({ kind: 'room', name: '101' });
    const person = await a.call.people.create(wang);
    const asset = await a.call.assets.create({ ...pc, tag: 'A-1' });
    const binding = await a.call.ipam.bind({
      subnet_id: subnet.id,
      ip: '10.20.30.4',
      mac: '3c52821a0001',
      person_id: person.id,
      asset_id: asset.id,
      location_id: room.id,
      reason: '指定',
    });
    await a.call.tickets.open({ person_id: person.id, location_id: room.id, asset_id: asset.id, symptom: '不能上网' });
    await syncNow(a);
    const removals = [
      ['person_holds_address', () => a.call.people.remove({ id: person.id })],
      ['asset_bound', () => a.call.assets.remove({ id: asset.id, reason: '报废' })],
      ['location_in_use', () => a.call.locations.remove({ id: room.id })],
      ['subnet_in_use', () => a.call.ipam.removeSubnet({ id: subnet.id, reason: '停用' })],
    ] as const;
    for (const [code, remove] of removals) expect((await refusalOf(remove())).code).toBe(code);
    await a.call.ipam.release({ id: binding.id, reason: '离职' });
    for (const [, remove] of removals) await remove();
    expect(await syncNow(a)).toMatchObject({ held: 0, rejected: 0 });
    await syncNow(b);
    for (const table of ['people', 'assets', 'locations', 'subnets', 'address_ranges'])
      expect([table, b.engine.db.value(`SELECT count(*) FROM ${table} WHERE deleted_at IS NULL`)]).toEqual([table, 0]);
  });

  test('an import that is taken back goes at the hub with the places and people it made', async () => {
    const { batch } = a.engine.commit('transfer.commit', (tx) => {
      const room = tx.insert(locations, { kind: 'room', name: '101' });
      const person = tx.insert(people, { ...wang, location_id: room.id });
      tx.insert(assets, { ...pc, tag: 'A-1', location_id: room.id, user_id: person.id });
    });
    await syncNow(a);
    await syncNow(b);
    await a.call.system.undo({ batch });
    expect(await syncNow(a)).toMatchObject({ applied: 1, held: 0 });
    await syncNow(b);
    for (const table of ['people', 'assets', 'locations'])
      expect([table, b.engine.db.value(`SELECT count(*) FROM ${table} WHERE deleted_at IS NULL`)]).toEqual([table, 0]);
  });

  test('what a colleague put into a place keeps the place, also when the import that made it is taken back', async () => {
    const { batch } = a.engine.commit('transfer.commit', (tx) => {
      const room = tx.insert(locations, { kind: 'room', name: '101' });
      tx.insert(assets, { ...pc, tag: 'A-1', location_id: room.id });
    });
    await syncNow(a);
    await syncNow(b);
    const [room] = await b.call.locations.tree();
    await b.call.assets.create({ ...pc, tag: 'B-1', location_id: room?.id ?? '' });
    await syncNow(b);
    await a.call.system.undo({ batch });
    expect(await syncNow(a)).toMatchObject({ held: 1 });
    expect((await a.call.sync.conflicts({})).cards.map(({ kind, table }) => [kind, table])).toEqual([
      ['children', 'locations'],
    ]);
    expect((await a.call.locations.tree()).map(({ name }) => name)).toEqual(['101']);
    expect((await a.call.assets.list({})).rows.map(({ tag }) => tag)).toEqual(['B-1']);
  });
});
