/** Conflicts that one commit leaves together: what was built on a held row is settled with it, and asks only for what is its own. */
import { assets } from '../../../../shared/features/assets.ts';
import { bindings } from '../../../../shared/features/ipam.ts';
import { macOf, office, type Office } from '../../../support/office.ts';
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

describeIf(hasPostgres, noPostgres)('a held row and what was built on it in one commit', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let a: TestEngine;
  let b: TestEngine;
  let room: Office;
  let wang: string;
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster.stop(), 60_000);
  beforeEach(async () => {
    hub = await cluster.hub();
    a = await laptopOf(hub, 'L03', '李明');
    b = await laptopOf(hub, 'L04', '张伟');
    room = await office(a);
    wang = await room.person('王芳');
    await syncNow(a);
    await syncNow(b);
  });
  afterEach(() => {
    a.close();
    b.close();
  });

  /** An asset and its address in one import; the asset's tag is taken at the store. */
  const bring = async (ip: string): Promise<{ asset: string; binding: string }> => {
    await a.call.assets.create({ ...pc, tag: 'A-1' });
    await syncNow(a);
    let made = { asset: '', binding: '' };
    b.engine.commit('transfer.commit', (tx) => {
      const { id: asset } = tx.insert(assets, { ...pc, tag: 'A-1' });
      const { id: binding } = tx.insert(bindings, {
        subnet_id: room.subnet,
        ip,
        person_id: wang,
        location_id: room.office,
        asset_id: asset,
        state: 'active',
        opened_on: '2026-09-29',
        opened_at: b.engine.clock.now(),
        reason: '导入',
      });
      made = { asset, binding };
    });
    return made;
  };
  const cards = async () => (await b.call.sync.conflicts({})).cards;

  test('the address is not called orphaned: it stands under the asset and comes with it', async () => {
    const made = await bring('10.20.30.4');
    expect(await syncNow(b)).toMatchObject({ sent: 1, held: 2 });
    expect((await b.call.sync.status({})).conflicts).toBe(2);
    const [first, second] = await cards();
    expect(first).toMatchObject({ kind: 'unique', row_id: made.asset, dependants: 1, waits: false });
    expect(second).toMatchObject({ kind: 'dependent', row_id: made.binding, waits: true });
    const early = await refusalOf(b.call.sync.resolve({ id: second?.id ?? '', how: 'take_mine' }));
    expect(early.code).toBe('conflict_waits');
    await b.call.sync.resolve({ id: first?.id ?? '', how: 'edit', values: { tag: 'B-1' } });
    expect(await cards()).toEqual([]);
    expect(await syncNow(b)).toMatchObject({ applied: 1, held: 0, rejected: 0 });
    await syncNow(a);
    expect((await a.call.ipam.get({ id: made.binding })).binding).toMatchObject({ asset_id: made.asset });
  });

  test('when its address was given away meanwhile the asset still comes, and the address gets another', async () => {
    const made = await bring('10.20.30.4');
    await a.call.ipam.bind({
      subnet_id: room.subnet,
      ip: '10.20.30.4',
      mac: macOf(1),
      person_id: await room.person('赵敏'),
      location_id: room.office,
      reason: '指定',
    });
    await syncNow(a);
    await syncNow(b);
    const [first] = await cards();
    await b.call.sync.resolve({ id: first?.id ?? '', how: 'edit', values: { tag: 'B-1' } });
    const [left, ...none] = await cards();
    expect([left?.row_id, left?.waits, left?.editable, none]).toEqual([made.binding, false, ['ip'], []]);
    const id = left?.id ?? '';
    const refused = await refusalOf(b.call.sync.resolve({ id, how: 'take_mine' }));
    expect(refused).toMatchObject({
      code: 'conflict_taken',
      params: { value: '10.20.30.4', holder: '赵敏 · 3C-52-82-00-00-01' },
    });
    await b.call.sync.resolve({ id, how: 'edit', values: { ip: '10.20.30.5' } });
    expect(await syncNow(b)).toMatchObject({ applied: 2, held: 0, rejected: 0 });
    await syncNow(a);
    expect((await a.call.ipam.get({ id: made.binding })).binding).toMatchObject({ ip: '10.20.30.5' });
  });
});
