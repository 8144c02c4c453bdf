/** What a laptop with areas gets of the store, and what goes again when places, rows or its areas change (sync.md 2.11). */
import { withClient } from '../../hub/db.ts';
import { readFeed } from '../../hub/feed.ts';
import { readHead } from '../../hub/pages.ts';
import { changeGrant, rightsOf } from '../../hub/rights.ts';
import { pageOf } from '../../hub/scope.ts';
import { hasBlob, hashOf } from '../../main/engine/blobs/files.ts';
import { transferBlobs } from '../../main/engine/sync/blobs.ts';
import { hubOf } from '../../main/engine/sync/session.ts';
import { readState } from '../../main/engine/sync/state.ts';
import { assets } from '../../shared/features/assets.ts';
import { bindings } from '../../shared/features/ipam.ts';
import { people } from '../../shared/features/people.ts';
import type { Role } from '../../shared/sync/roles.ts';
import { add, bytesOf, change, laptopAs, school, type School } from '../support/areas.ts';
import { refusalOf, type TestEngine } from '../support/engine.ts';
import { hasPostgres, noPostgres, startCluster, syncNow, type Cluster, type TestHub } from '../support/hub.ts';
import { attach, bytesOf as bytesOfPhoto, png } from '../support/pictures.ts';
import { describeIf } from '../support/skip.ts';

jest.setTimeout(60_000);

describeIf(hasPostgres, noPostgres)('areas', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let admin: TestEngine;
  let a: TestEngine;
  let b: TestEngine;
  let at: School;
  let pc: string;
  let labPc: string;
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster.stop(), 60_000);
  beforeEach(async () => {
    hub = await cluster.hub();
    admin = await laptopAs(hub, 'L01', { role: 'admin', areas: null });
    at = school(admin);
    pc = add(admin, 'assets', { tag: 'JX-1', name: '教师机甲', location_id: at.room });
    labPc = add(admin, 'assets', { tag: 'SY-1', name: '光谱分析仪乙', location_id: at.labRoom });
    await syncNow(admin);
    a = await laptopAs(hub, 'L02', { role: 'technician', areas: [at.teaching] });
    b = await laptopAs(hub, 'L03', { role: 'technician', areas: [at.lab] });
  });
  afterEach(async () => {
    for (const laptop of [admin, a, b]) laptop.close();
    await hub.close();
  });

  const level = async (...laptops: TestEngine[]): Promise<void> => {
    for (const laptop of [...laptops, ...laptops]) await syncNow(laptop);
  };
  const ids = ({ engine }: TestEngine, table: string): string[] =>
    engine.db
      .all<{ id: string }>(`SELECT id FROM ${table} WHERE deleted_at IS NULL`)
      .map(({ id }) => id)
      .toSorted();
  const tags = async (laptop: TestEngine): Promise<(string | null)[]> =>
    (await laptop.call.assets.list({})).rows.map(({ tag }) => tag).toSorted();
  const set = (machine: string, role: Role | undefined, areas?: string[] | null) =>
    withClient(hub.pool, (client) => changeGrant(client, machine, { role, areas }, Date.now()));
  const whole = async (laptop: TestEngine): Promise<void> => {
    expect(await laptop.call.audit.verify()).toMatchObject({ ok: true, broken: null });
    const { rows } = await hub.pool.query<{ seq: number; chain: string }>('SELECT seq, chain FROM sync.head');
    const state = JSON.parse(laptop.engine.db.value("SELECT value FROM _settings WHERE key = 'sync'") ?? '') as object;
    expect(state).toMatchObject({ chain: rows[0]?.chain, cursor: { rv: rows[0]?.seq } });
  };

  test('each sees its own building, what is everybody’s, and nothing of the other in its file', async () => {
    const loose = add(admin, 'assets', { tag: 'KC-1', name: '库存投影机' });
    await level(admin, a, b);
    expect(await tags(a)).toEqual(['JX-1', 'KC-1']);
    expect(await tags(b)).toEqual(['KC-1', 'SY-1']);
    expect(ids(a, 'locations')).toEqual(ids(admin, 'locations'));
    expect(ids(a, 'people')).toEqual(ids(admin, 'people'));
    expect(ids(a, 'assets')).toEqual([pc, loose].toSorted());
    expect(bytesOf(a)).toContain('教师机甲');
    expect(bytesOf(a)).not.toContain('光谱分析仪乙');
    expect(await a.call.search.find({ text: '光谱' })).toEqual([]);
    expect(await a.call.search.find({ text: '教师机' })).toHaveLength(1);
    await whole(a);
    await whole(b);
    // Of a colleague's commit in the other building nothing is told but that there was one.
    const hidden = a.engine.db.all('SELECT actor, command, at, batch FROM _commits WHERE hidden = 1');
    expect(hidden).toEqual([{ actor: '', command: '', at: 0, batch: '' }]);
    expect((await a.call.audit.list({})).rows.every(({ actor }) => actor !== '')).toBe(true);
  });

  test('networks, bindings, tickets and their work log go with their place', async () => {
    const campusNet = add(admin, 'subnets', { cidr: '10.0.0.0/24', name: '全校', location_id: at.campus });
    const teachingNet = add(admin, 'subnets', { cidr: '10.0.1.0/24', name: '教学', location_id: at.teaching });
    const labNet = add(admin, 'subnets', { cidr: '10.0.2.0/24', name: '实验', location_id: at.lab });
    const bind = (subnet_id: string, ip: string, location_id: string | null = null): string =>
      add(admin, 'bindings', { subnet_id, ip, location_id, person_id: at.person, state: 'active' });
    const shared = bind(campusNet, '10.0.0.5', at.labRoom);
    const near = bind(teachingNet, '10.0.1.5');
    const far = bind(labNet, '10.0.2.5');
    const visiting = bind(labNet, '10.0.2.6', at.room);
    const ticket = add(admin, 'tickets', { location_id: at.room });
    const labTicket = add(admin, 'tickets', { asset_id: labPc });
    const note = add(admin, 'ticket_events', { ticket_id: ticket });
    const labNote = add(admin, 'ticket_events', { ticket_id: labTicket });
    await level(admin, a, b);
    expect(ids(a, 'subnets')).toEqual([campusNet, teachingNet].toSorted());
    expect(ids(a, 'bindings')).toEqual([shared, near, visiting].toSorted());
    expect(ids(b, 'bindings')).toEqual([shared, far, visiting].toSorted());
    expect([ids(a, 'tickets'), ids(a, 'ticket_events')]).toEqual([[ticket], [note]]);
    expect([ids(b, 'tickets'), ids(b, 'ticket_events')]).toEqual([[labTicket], [labNote]]);
    // The asset moves: what hangs on it follows, though it did not change.
    change(admin, 'assets', labPc, { location_id: at.room });
    await level(admin, a, b);
    expect([ids(b, 'assets'), ids(b, 'tickets'), ids(b, 'ticket_events')]).toEqual([[], [], []]);
    expect(ids(a, 'ticket_events')).toEqual([note, labNote].toSorted());
    await whole(a);
    await whole(b);
  });

  test('a clash over one decision that reaches into the other building is for who sees the whole of it', async () => {
    await level(admin, a);
    const both = (laptop: TestEngine, suffix: string): void => {
      laptop.engine.command('assets.merge', (tx) => {
        tx.insert(people, { name: suffix, identity: 'staff', letter: 'signed', status: 'active' });
        tx.patch(assets, pc, { serial: `JX-${suffix}` });
        tx.patch(assets, labPc, { serial: `SY-${suffix}` });
      });
    };
    const second = await laptopAs(hub, 'L09', { role: 'admin', areas: null });
    await syncNow(second);
    both(admin, 'a1');
    both(second, 'b2');
    await level(admin, second, a);
    expect(await admin.call.sync.conflicts({})).toMatchObject({ total: 1 });
    expect(await a.call.sync.conflicts({})).toMatchObject({ total: 0 });
    for (const foreign of ['SY-a1', 'SY-b2']) expect(bytesOf(a)).not.toContain(foreign);
    second.close();
  });

  test('a key that a record of the other building holds is told with its holder, and nothing else of that record', async () => {
    change(admin, 'assets', labPc, { serial: 'GP-20331', brand: '海光' });
    await level(admin, a);
    await a.call.assets.create({
      name: '投影机丙',
      tag: 'SY-1',
      category: 'desktop',
      status: 'in_use',
      location_id: at.room,
    });
    await level(a, admin);
    const [told] = (await a.call.sync.conflicts({})).cards;
    expect(told).toMatchObject({ kind: 'unique', rule: 'asset_tag', theirs: { actor: '人L01@L01' } });
    expect(told?.fields).toEqual([{ field: 'tag', base: null, mine: 'SY-1', theirs: 'SY-1' }]);
    expect(bytesOf(a)).toContain('投影机丙');
    for (const foreign of ['光谱分析仪乙', 'GP-20331', '海光']) expect(bytesOf(a)).not.toContain(foreign);
    // Who sees both is told what tells them apart.
    const [seen] = (await admin.call.sync.conflicts({})).cards;
    expect(seen?.fields.map(({ theirs }) => theirs)).toEqual(expect.arrayContaining(['光谱分析仪乙', 'GP-20331']));
    await a.call.sync.resolve({ id: told?.id ?? '', how: 'edit', values: { tag: 'JX-2' } });
    await level(a, admin);
    expect(await admin.call.sync.conflicts({})).toMatchObject({ total: 0 });
    expect(await tags(a)).toEqual(['JX-1', 'JX-2']);
    await whole(a);
  });

  test('of a record that left the building, a conflict tells no value that came after', async () => {
    await level(admin, a);
    await a.call.assets.update({ id: pc, changes: { name: '教师机甲改' } });
    change(admin, 'assets', pc, { name: '机密机丁', location_id: at.labRoom });
    await level(admin, a);
    expect(await tags(a)).toEqual([]);
    expect(bytesOf(a)).not.toContain('机密机丁');
  });

  test('an asset that its own technician moves to another building goes from the laptop, and the log says so', async () => {
    await level(admin, a, b);
    await a.call.assets.update({ id: pc, changes: { location_id: at.labRoom } });
    expect(await tags(a)).toEqual(['JX-1']);
    await level(a, b);
    expect(await tags(a)).toEqual([]);
    expect(await tags(b)).toEqual(['JX-1', 'SY-1']);
    expect((await a.call.sync.log({})).filter(({ code }) => code === 'left')).toMatchObject([{ params: { n: 1 } }]);
    await whole(a);
  });

  test('a room that moves to another building takes everything in it along', async () => {
    const ticket = add(admin, 'tickets', { location_id: at.room });
    await level(admin, a, b);
    change(admin, 'locations', at.room, { parent_id: at.lab });
    await level(admin, a, b);
    expect([await tags(a), await tags(b)]).toEqual([[], ['JX-1', 'SY-1']]);
    expect([ids(a, 'tickets'), ids(b, 'tickets')]).toEqual([[], [ticket]]);
    await whole(a);
    await whole(b);
  });

  test('a subnet with a thousand addresses that moves comes page by page, and goes', async () => {
    const net = add(admin, 'subnets', { cidr: '10.9.0.0/16', location_id: at.labRoom });
    const holder = add(admin, 'people', {});
    admin.engine.command('ipam.bind', (tx) => {
      for (let i = 0; i < 1000; i += 1)
        tx.insert(bindings, {
          ip: `10.9.${1 + Math.floor(i / 250)}.${1 + (i % 250)}`,
          subnet_id: net,
          person_id: holder,
          state: 'active',
          opened_on: '2026-09-01',
          opened_at: 0,
        });
    });
    await level(admin, a, b);
    expect([ids(a, 'bindings').length, ids(b, 'bindings').length]).toEqual([0, 1000]);
    change(admin, 'subnets', net, { location_id: at.room });
    await syncNow(admin);
    const told = await withClient(hub.pool, async (client) => {
      const [device] = (await client.query<{ id: string }>("SELECT id FROM sync.device WHERE machine = 'L02'")).rows;
      const { part } = await rightsOf(client, device?.id ?? '');
      const from = readState(a.engine.db)?.cursor ?? { rv: 0, ord: 0 };
      const page = await readFeed(client, from, (await readHead(client)).seq);
      return part && pageOf(client, { ...page, last: true }, part);
    });
    // The moved subnet and nothing that hangs on it.
    expect(told?.rows.map(({ id }) => id)).toEqual([net]);
    await level(a, b);
    expect([ids(a, 'bindings').length, ids(b, 'bindings').length]).toEqual([1000, 0]);
    await whole(a);
    await whole(b);
  });

  test('a new room belongs to its building at once', async () => {
    await level(admin, a);
    const fresh = add(admin, 'locations', { kind: 'room', name: '102', parent_id: at.teaching });
    add(admin, 'assets', { tag: 'JX-2', location_id: fresh });
    await level(admin, a);
    expect(await tags(a)).toEqual(['JX-1', 'JX-2']);
  });

  test('areas that change at the console change the notebook: fetched, or forgotten down to the bytes', async () => {
    await level(admin, a, b);
    await set('L02', undefined, [at.lab]);
    await syncNow(a);
    expect(await tags(a)).toEqual(['SY-1']);
    expect(bytesOf(a)).not.toContain('教师机甲');
    expect(bytesOf(a)).toContain('光谱分析仪乙');
    await whole(a);
    await set('L02', undefined, []);
    await syncNow(a);
    expect(await tags(a)).toEqual([]);
    expect(bytesOf(a)).not.toContain('光谱分析仪乙');
    await whole(a);
    await set('L02', 'admin', null);
    await syncNow(a);
    expect(await tags(a)).toEqual(['JX-1', 'SY-1']);
    expect(ids(a, 'assets')).toEqual(ids(admin, 'assets'));
    expect(a.engine.db.value('SELECT count(*) FROM _commits WHERE hidden IS NOT NULL')).toBe(0);
    await whole(a);
    expect((await a.call.sync.log({})).map(({ code }) => code)).toContain('granted.admin');
  });

  test('what was not sent yet survives a change of areas: it is seen, held, and settled by who may', async () => {
    await level(admin, a, b);
    await a.call.assets.update({ id: pc, changes: { brand: '联想' } });
    await set('L02', undefined, [at.lab]);
    await syncNow(a);
    await level(admin, a);
    // The author has the conflict, the record itself is of the other building now.
    expect(await a.call.sync.conflicts({})).toMatchObject({ total: 1, cards: [{ kind: 'forbidden', own: true }] });
    expect(await tags(a)).toEqual(['SY-1']);
    const [card] = (await admin.call.sync.conflicts({})).cards;
    expect(card).toMatchObject({ kind: 'forbidden', fields: [{ field: 'brand', mine: '联想' }] });
    await admin.call.sync.resolve({ id: card?.id ?? '', how: 'take_mine' });
    await level(admin, a);
    expect((await admin.call.assets.get({ id: pc })).asset.brand).toBe('联想');
    expect(await a.call.sync.conflicts({})).toMatchObject({ total: 0 });
    await whole(a);
  });

  test('a laptop that was pulled over half way through goes on where it was', async () => {
    for (let i = 0; i < 30; i += 1) add(admin, 'assets', { location_id: i % 2 ? at.room : at.labRoom });
    await level(admin, a);
    await set('L02', undefined, [at.lab]);
    const run = (await a.call.sync.run())[Symbol.asyncIterator]();
    for (let step = await run.next(); !step.done && step.value.phase !== 'pull';) step = await run.next();
    await run.return?.();
    a.reopen();
    await syncNow(a);
    expect(ids(a, 'assets')).toHaveLength(16);
    await whole(a);
  });

  test('an idle laptop hears of a new role without asking twice', async () => {
    await level(admin, a);
    await set('L02', 'lead');
    const state = readState(a.engine.db);
    if (!state) throw new Error('not joined');
    const began = performance.now();
    expect(await hubOf(a.engine, state).wait(state.cursor.rv, state.scope)).toBe(state.cursor.rv);
    expect(performance.now() - began).toBeLessThan(5000);
    await syncNow(a);
    expect(await a.call.sync.status({})).toMatchObject({ role: 'lead', areas: ['教学楼'] });
  });

  test('a store that was restored gets back what each laptop holds, and nobody gets more than before', async () => {
    await level(admin, a, b);
    const backup = await hub.backup();
    const mine = add(a, 'assets', { tag: 'JX-9', name: '新教师机', location_id: at.room });
    const theirs = add(b, 'assets', { tag: 'SY-9', name: '新分析仪', location_id: at.labRoom });
    await level(a, b, a);
    await hub.restoreTo(backup);
    // Whoever comes first holds only its own part whole; the other laptop brings the rest.
    await level(a, b, a, admin);
    expect(ids(admin, 'assets')).toEqual([pc, labPc, mine, theirs].toSorted());
    expect([ids(a, 'assets'), ids(b, 'assets')]).toEqual([[pc, mine].toSorted(), [labPc, theirs].toSorted()]);
    for (const laptop of [admin, a, b]) {
      expect(await laptop.call.sync.status({})).toMatchObject({ unsynced: 0, conflicts: 0, last_error: null });
      await whole(laptop);
    }
  });

  test('photos go with what they hang on, and their bytes with them', async () => {
    const photo = png();
    const { attachment } = await attach(admin, 'assets', labPc, '铭牌.png', photo);
    const { id } = attachment;
    const carry = ({ engine }: TestEngine) => transferBlobs(engine, new AbortController().signal);
    await level(admin, a, b);
    for (const laptop of [admin, b]) await carry(laptop);
    expect([ids(a, 'attachments'), ids(b, 'attachments')]).toEqual([[], [id]]);
    expect((await bytesOfPhoto(b, id)).equals(photo)).toBe(true);
    // Whoever knows the hash of a file does not get it by that.
    const state = readState(a.engine.db);
    if (!state) throw new Error('not joined');
    await expect(hubOf(a.engine, state).getBlob(hashOf(photo), 0, 1000)).rejects.toThrow();
    expect(hasBlob(b.dir, hashOf(photo))).toBe(true);
    await set('L03', undefined, [at.teaching]);
    await syncNow(b);
    expect(ids(b, 'attachments')).toEqual([]);
    expect(hasBlob(b.dir, hashOf(photo))).toBe(false);
    await set('L03', undefined, [at.lab]);
    await syncNow(b);
    await carry(b);
    expect((await bytesOfPhoto(b, id)).equals(photo)).toBe(true);
  });

  test('outside the area the laptop refuses by itself, in one sentence', async () => {
    await level(admin, a);
    expect(
      await refusalOf(
        a.call.assets.create({ name: 'x', category: 'desktop', status: 'in_use', location_id: at.labRoom }),
      ),
    ).toMatchObject({
      code: 'outside_area',
    });
    await a.call.assets.create({ name: 'x', category: 'desktop', status: 'in_use', location_id: at.room });
    await a.call.locations.create({ kind: 'room', name: '103', parent_id: at.teaching });
    expect(await refusalOf(a.call.locations.create({ kind: 'room', name: '203', parent_id: at.lab }))).toMatchObject({
      code: 'outside_area',
    });
  });
});
