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
import { assets } from '../../../../shared/features/assets.ts';

const pc = { name: '台式机', category: 'desktop', status: 'in_use' } as const;

describeIf(hasPostgres, noPostgres)('two notebooks and a hub', () => {
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

  test('what one writes the other reads, with its history and the search box', async () => {
    const asset = await a.call.assets.create({
      ...pc,
      tag: 'XX-2024-0017',
      mac: '3c52821a0001',
      ip: '10.20.30.4',
      purchased_on: '2024-09-01',
      price: 459_900,
    });
    expect(await syncNow(a)).toMatchObject({ sent: 1, applied: 1, held: 0 });
    expect(await syncNow(b)).toMatchObject({ sent: 0, received: 1 });
    const here = (await b.call.assets.get({ id: asset.id })).asset;
    expect(here).toEqual({ ...asset, rv: 1 });
    expect((await a.call.assets.get({ id: asset.id })).asset).toEqual(here);
    const { entries } = await b.call.assets.history({ id: asset.id });
    expect(entries.map(({ op, actor, confirmed }) => [op, actor, confirmed])).toEqual([['insert', '李明@L03', true]]);
    expect((await b.call.search.find({ text: '0017' })).map(({ id }) => id)).toEqual([asset.id]);
    expect((await a.call.sync.status({})).unsynced).toBe(0);
    expect(await a.call.audit.verify()).toMatchObject({ ok: true });
    expect(await b.call.audit.verify()).toMatchObject({ ok: true, checked: 1 });
  });

  test('two offline edits of different fields both survive', async () => {
    const { id } = await a.call.assets.create({ ...pc, tag: 'A-1', brand: '联想' });
    await syncNow(a);
    await syncNow(b);
    await a.call.assets.update({ id, changes: { serial: 'SN-7' } });
    await b.call.assets.update({ id, changes: { brand: '惠普' } });
    await syncNow(a);
    expect(await syncNow(b)).toMatchObject({ applied: 1, held: 0 });
    await syncNow(a);
    for (const laptop of [a, b])
      expect((await laptop.call.assets.get({ id })).asset).toMatchObject({ serial: 'SN-7', brand: '惠普' });
  });

  test('a same-field clash is held, shown on both with both values, and settled by one of them', async () => {
    const { id } = await a.call.assets.create({ ...pc, tag: 'A-1', serial: 'S-0' });
    await syncNow(a);
    await syncNow(b);
    await a.call.assets.update({ id, changes: { serial: 'S-A' } });
    await b.call.assets.update({ id, changes: { serial: 'S-B', brand: '惠普' } });
    await syncNow(a);
    expect(await syncNow(b)).toMatchObject({ applied: 0, held: 1 });
    await syncNow(a);
    // The store's value shows on both; the harmless half of the edit went through.
    for (const laptop of [a, b])
      expect((await laptop.call.assets.get({ id })).asset).toMatchObject({ serial: 'S-A', brand: '惠普' });
    for (const laptop of [a, b]) {
      const { cards } = await laptop.call.sync.conflicts({});
      expect(cards).toHaveLength(1);
      expect(cards[0]).toMatchObject({
        kind: 'field',
        table: 'assets',
        row_id: id,
        own: laptop === b,
        fields: [{ field: 'serial', base: 'S-0', mine: 'S-B', theirs: 'S-A' }],
        mine: { actor: '张伟@L04' },
        theirs: { actor: '李明@L03' },
      });
      expect(await laptop.call.sync.badges({ ids: [id] })).toEqual({ [id]: 'conflict' });
    }
    for (const laptop of [a, b]) {
      // Newest first; of the edit in conflict only what took effect.
      const { entries } = await laptop.call.assets.history({ id });
      expect(
        entries.map(({ actor, fields, undone }) => [
          actor,
          fields.map(({ field, after }) => `${field}=${String(after)}`).join(),
          undone,
        ]),
      ).toEqual([
        ['张伟@L04', 'brand=惠普', null],
        ['李明@L03', 'serial=S-A', null],
        ['李明@L03', expect.stringContaining('serial=S-0') as string, null],
      ]);
    }
    const [card] = (await b.call.sync.conflicts({})).cards;
    await b.call.sync.resolve({ id: card?.id ?? '', how: 'take_mine' });
    expect((await b.call.assets.get({ id })).asset.serial).toBe('S-B');
    await syncNow(b);
    await syncNow(a);
    for (const laptop of [a, b]) {
      expect((await laptop.call.assets.get({ id })).asset.serial).toBe('S-B');
      expect((await laptop.call.sync.conflicts({})).total).toBe(0);
      expect((await laptop.call.sync.conflicts({ state: 'resolved' })).cards[0]).toMatchObject({
        how: 'take_mine',
        resolved_by: '张伟@L04',
      });
    }
  });

  test('of two who settle the same conflict the first wins, and the second sees it', async () => {
    const { id } = await a.call.assets.create({ ...pc, tag: 'A-1', serial: 'S-0' });
    await syncNow(a);
    await syncNow(b);
    await a.call.assets.update({ id, changes: { serial: 'S-A' } });
    await b.call.assets.update({ id, changes: { serial: 'S-B' } });
    await syncNow(a);
    await syncNow(b);
    await syncNow(a);
    const conflict = (await a.call.sync.conflicts({})).cards[0]?.id ?? '';
    await a.call.sync.resolve({ id: conflict, how: 'keep_theirs' });
    await b.call.sync.resolve({ id: conflict, how: 'edit', values: { serial: 'S-C' } });
    await syncNow(a);
    expect(await syncNow(b)).toMatchObject({ rejected: 1 });
    expect((await b.call.assets.get({ id })).asset.serial).toBe('S-A');
    expect((await b.call.sync.conflicts({ state: 'resolved' })).cards[0]).toMatchObject({
      how: 'keep_theirs',
      resolved_by: '李明@L03',
    });
    expect((await b.call.sync.status({})).rejected).toBe(1);
    expect(await b.call.sync.rejections()).toMatchObject([
      { code: 'resolved_before', command: 'sync.resolve', title: 'A-1 · 台式机', by: '李明@L03' },
    ]);
    await b.call.sync.acknowledge();
    expect(await b.call.sync.rejections()).toEqual([]);
    expect((await b.call.sync.status({})).rejected).toBe(0);
    expect(await b.call.audit.verify()).toMatchObject({ ok: true });
  });

  test('notes of two people on different lines are merged, on the same line both are kept', async () => {
    const { id } = await a.call.assets.create({ ...pc, tag: 'A-1', remark: '第一行\n第二行\n第三行' });
    await syncNow(a);
    await syncNow(b);
    await a.call.assets.update({ id, changes: { remark: '第一行，甲改\n第二行\n第三行' } });
    await b.call.assets.update({ id, changes: { remark: '第一行\n第二行\n第三行，乙改' } });
    await syncNow(a);
    await syncNow(b);
    await syncNow(a);
    for (const laptop of [a, b])
      expect((await laptop.call.assets.get({ id })).asset.remark).toBe('第一行，甲改\n第二行\n第三行，乙改');
    await a.call.assets.update({ id, changes: { remark: '甲' } });
    await b.call.assets.update({ id, changes: { remark: '乙' } });
    await syncNow(a);
    await syncNow(b);
    await syncNow(a);
    for (const laptop of [a, b]) {
      expect((await laptop.call.assets.get({ id })).asset.remark).toBe('甲\n乙');
      expect((await laptop.call.sync.conflicts({ state: 'noted' })).cards[0]).toMatchObject({ kind: 'note' });
    }
  });

  test('a removal does not swallow a change it did not see, an edit does not bring a removed record back', async () => {
    const one = await a.call.people.create({ name: '王芳', identity: 'teacher', letter: 'signed', status: 'active' });
    const two = await a.call.people.create({ name: '赵强', identity: 'teacher', letter: 'signed', status: 'active' });
    await syncNow(a);
    await syncNow(b);
    await a.call.people.update({ id: one.id, changes: { phone: '138' } });
    await b.call.people.remove({ id: one.id });
    await a.call.people.remove({ id: two.id });
    await b.call.people.update({ id: two.id, changes: { phone: '139' } });
    await syncNow(a);
    expect(await syncNow(b)).toMatchObject({ held: 2 });
    await syncNow(a);
    for (const laptop of [a, b]) {
      expect((await laptop.call.people.list({})).rows.map(({ name, phone }) => [name, phone])).toEqual([
        ['王芳', '138'],
      ]);
      expect((await laptop.call.sync.conflicts({})).cards.map(({ kind }) => kind).toSorted()).toEqual([
        'changed',
        'deleted',
      ]);
    }
    const deleted = (await a.call.sync.conflicts({})).cards.find(({ kind }) => kind === 'deleted');
    await a.call.sync.resolve({ id: deleted?.id ?? '', how: 'take_mine' });
    await syncNow(a);
    await syncNow(b);
    for (const laptop of [a, b]) expect((await laptop.call.people.get({ id: two.id })).phone).toBe('139');
  });

  test('what is built on a removed parent is held with its parent', async () => {
    const room = await a.call.locations.create({ kind: 'room', name: '301' });
    await syncNow(a);
    await syncNow(b);
    await a.call.locations.remove({ id: room.id });
    const asset = await b.call.assets.create({ ...pc, tag: 'A-9', location_id: room.id });
    await b.call.assets.update({ id: asset.id, changes: { brand: '惠普' } });
    await syncNow(a);
    expect(await syncNow(b)).toMatchObject({ held: 2 });
    const { cards } = await b.call.sync.conflicts({});
    expect(cards.map(({ kind, dependants }) => [kind, dependants])).toEqual([
      ['parent', 1],
      ['dependent', 0],
    ]);
    expect((await b.call.assets.list({})).total).toBe(0);
    await b.call.sync.resolve({ id: cards[0]?.id ?? '', how: 'take_mine' });
    await syncNow(b);
    await syncNow(a);
    for (const laptop of [a, b]) {
      expect((await laptop.call.assets.get({ id: asset.id })).asset).toMatchObject({
        location_id: room.id,
        brand: '惠普',
      });
      expect((await laptop.call.sync.conflicts({})).total).toBe(0);
    }
  });

  test('the same address bound on two laptops: the second is held naming the holder, and either moves or takes over', async () => {
    const subnet = await a.call.ipam.createSubnet({ cidr: '10.20.30.0/24', name: '办公', purpose: 'office' });
    const wang = await a.call.people.create({ name: '王芳', identity: 'teacher', letter: 'signed', status: 'active' });
    const zhao = await a.call.people.create({ name: '赵强', identity: 'teacher', letter: 'signed', status: 'active' });
    await syncNow(a);
    await syncNow(b);
    await a.call.ipam.bind({
      subnet_id: subnet.id,
      ip: '10.20.30.4',
      mac: '3c52821a0001',
      person_id: wang.id,
      reason: '指定',
    });
    await b.call.ipam.bind({
      subnet_id: subnet.id,
      ip: '10.20.30.4',
      mac: '3c52821a0002',
      person_id: zhao.id,
      reason: '指定',
    });
    await syncNow(a);
    expect(await syncNow(b)).toMatchObject({ held: 1 });
    await syncNow(a);
    for (const laptop of [a, b]) {
      const { rows } = await laptop.call.ipam.list({});
      expect(rows.map(({ ip, mac, state }) => [ip, mac, state])).toEqual([['10.20.30.4', '3C52821A0001', 'active']]);
    }
    const [card] = (await b.call.sync.conflicts({})).cards;
    expect(card).toMatchObject({
      kind: 'unique',
      rule: 'binding_ip',
      editable: ['ip'],
      holder: { table: 'bindings', title: '10.20.30.4' },
      theirs: { actor: '李明@L03' },
    });
    expect(card?.holder?.subtitle).toContain('王芳');
    const taken = await refusalOf(
      b.call.sync.resolve({ id: card?.id ?? '', how: 'edit', values: { ip: '10.20.30.4' } }),
    );
    expect(taken.code).toBe('conflict_taken');
    await b.call.sync.resolve({ id: card?.id ?? '', how: 'edit', values: { ip: '10.20.30.5' } });
    await syncNow(b);
    await syncNow(a);
    expect((await a.call.ipam.list({})).rows.map(({ ip, person_id }) => [ip, person_id]).toSorted()).toEqual([
      ['10.20.30.4', wang.id],
      ['10.20.30.5', zhao.id],
    ]);

    await a.call.assets.create({ ...pc, tag: 'T-1', name: '甲机' });
    await b.call.assets.create({ ...pc, tag: 'T-1', name: '乙机' });
    await syncNow(a);
    await syncNow(b);
    const tag = (await b.call.sync.conflicts({})).cards[0];
    expect(tag).toMatchObject({ kind: 'unique', rule: 'asset_tag' });
    await b.call.sync.resolve({ id: tag?.id ?? '', how: 'take_mine' });
    await syncNow(b);
    await syncNow(a);
    expect((await a.call.assets.list({})).rows.map(({ name, tag: own }) => [name, own]).toSorted()).toEqual(
      [
        ['乙机', 'T-1'],
        ['甲机', null],
      ].toSorted(),
    );
  });

  test('one bad line of an import does not hold back the others', async () => {
    await a.call.assets.create({ ...pc, tag: 'T-3' });
    await syncNow(a);
    b.engine.command('transfer.commit', (tx) => {
      for (let i = 0; i < 20; i += 1) tx.insert(assets, { ...pc, tag: `T-${i}`, name: `导入${i}` });
    });
    expect(await syncNow(b)).toMatchObject({ held: 1 });
    await syncNow(a);
    for (const laptop of [a, b]) {
      expect((await laptop.call.assets.list({})).total).toBe(20);
      expect((await laptop.call.sync.conflicts({})).cards.map(({ title, kind }) => [title, kind])).toEqual([
        ['T-3 · 导入3', 'unique'],
      ]);
    }
  });
});
