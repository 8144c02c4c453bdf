/** What the loser of each rule between rows sees, and the ways out that are offered (sync.md 2.7), over two whole notebooks and a hub. */
import type { ConflictCard } from '../../../../shared/features/sync.ts';
import type { resolutions } from '../../../../shared/features/sync.ts';
import {
  hasPostgres,
  laptopOf,
  noPostgres,
  startCluster,
  syncNow,
  type Cluster,
  type TestHub,
} from '../../../support/hub.ts';
import { refusalOf, type TestEngine } from '../../../support/engine.ts';
import { describeIf } from '../../../support/skip.ts';

const pc = { name: '台式机', category: 'desktop', status: 'in_use' } as const;
const wang = { name: '王芳', identity: 'teacher', letter: 'signed', status: 'active' } as const;

describeIf(hasPostgres, noPostgres)('the loser sees who holds what, and how to go on', () => {
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

  const only = async (laptop: TestEngine): Promise<ConflictCard> => {
    const { cards, total } = await laptop.call.sync.conflicts({});
    expect(total).toBe(1);
    return cards[0] as ConflictCard;
  };
  const settle = (card: ConflictCard, how: (typeof resolutions)[number], values?: Record<string, string>) =>
    b.call.sync.resolve({ id: card.id, how, values });
  const level = async (): Promise<void> => {
    await syncNow(b);
    await syncNow(a);
    await syncNow(b);
  };
  /** A place, a person and a subnet that both know. */
  const school = async () => {
    const room = await a.call.locations.create({ kind: 'room', name: '财务室' });
    const person = await a.call.people.create({ ...wang, location_id: room.id });
    const subnet = await a.call.ipam.createSubnet({ cidr: '10.20.30.0/24', name: '办公', purpose: 'office' });
    await level();
    const bind = (laptop: TestEngine, ip: string, mac: string) =>
      laptop.call.ipam.bind({
        subnet_id: subnet.id,
        ip,
        mac,
        person_id: person.id,
        location_id: room.id,
        reason: '指定',
      });
    return { room, person, subnet, bind };
  };

  test('an address: who has it, since when, where; the next free one is named before it is taken', async () => {
    const { bind } = await school();
    await bind(a, '10.20.30.1', '3c5282000001');
    await syncNow(a);
    a.clock.set(3 * 3_600_000);
    const mine = await bind(b, '10.20.30.1', '3c5282000002');
    expect(await syncNow(b)).toMatchObject({ held: 1 });
    const card = await only(b);
    expect(card).toMatchObject({
      kind: 'unique',
      rule: 'binding_ip',
      theirs: { actor: '李明@L03' },
      holder: { title: '10.20.30.1', place: '财务室', person: '王芳', since: a.clock.now() - 3 * 3_600_000 },
      seen: null,
      next_ip: '10.20.30.2',
    });
    expect(card.raised_at).toBeGreaterThan(Date.now() - 60_000);
    await settle(card, 'edit', { ip: card.next_ip ?? '' });
    await level();
    expect((await a.call.ipam.get({ id: mine.id })).binding).toMatchObject({ ip: '10.20.30.2', mac: '3C5282000002' });
    expect((await a.call.sync.conflicts({})).total).toBe(0);
  });

  test('what was seen on the wire is shown with whose card it was, and decides nothing', async () => {
    const { bind } = await school();
    await bind(a, '10.20.30.1', '3c5282000001');
    await syncNow(a);
    await bind(b, '10.20.30.1', '3c5282000002');
    await syncNow(b);
    const seen = b.clock.now() - 600_000;
    b.engine.db
      .prepare(
        "INSERT INTO _sweeps (id, cidrs, effort, started_at, ending, covered, total, ping_missing) VALUES ('s', '[]', 'fast', ?, 'done', '[]', 1, 0)",
      )
      .run(seen);
    b.engine.db
      .prepare(
        "INSERT INTO _sightings (sweep_id, ip, mac, proof, seen_at) VALUES ('s', '10.20.30.1', '3C5282000002', 'arp', ?)",
      )
      .run(seen);
    expect((await only(b)).seen).toEqual({ at: seen, ip: '10.20.30.1', mac: '3C5282000002', whose: 'mine' });
  });

  test('a take-over is asked for, and the holder sees who asks and why, and hands it over', async () => {
    const { bind } = await school();
    const theirs = await bind(a, '10.20.30.1', '3c5282000001');
    await syncNow(a);
    const mine = await bind(b, '10.20.30.1', '3c5282000002');
    await syncNow(b);
    await b.call.sync.ask({ id: (await only(b)).id, note: '门禁已经写死这个地址' });
    await level();
    const card = await only(a);
    expect(card).toMatchObject({ asked: { by: '张伟@L04', note: '门禁已经写死这个地址' }, own: false });
    expect((await a.call.sync.conflicts({ filter: { mine: true } })).total).toBe(1);
    await a.call.sync.resolve({ id: card.id, how: 'take_mine' });
    await syncNow(a);
    await syncNow(b);
    expect((await b.call.ipam.get({ id: mine.id })).binding.state).toBe('active');
    expect((await b.call.ipam.get({ id: theirs.id })).binding.state).toBe('released');
  });

  test('one device bound twice at one address: mine goes into the record there is', async () => {
    const { bind } = await school();
    const theirs = await bind(a, '10.20.30.1', '3c5282000001');
    await a.call.ipam.update({ id: theirs.id, changes: { hostname: 'CW-01' } });
    await syncNow(a);
    const { subnet, person } = { subnet: theirs.subnet_id, person: theirs.person_id };
    await b.call.ipam.bind({
      subnet_id: subnet,
      ip: '10.20.30.1',
      mac: '3c5282000001',
      person_id: person,
      outlet: 'A-12',
      hostname: 'PC',
      reason: '指定',
    });
    await syncNow(b);
    await settle(await only(b), 'apply_to');
    await level();
    for (const laptop of [a, b])
      expect((await laptop.call.ipam.list({})).rows).toMatchObject([
        { id: theirs.id, outlet: 'A-12', hostname: 'CW-01' },
      ]);
  });

  test('a card that is shared on purpose is on both bindings, and clashes no more', async () => {
    const { bind } = await school();
    await bind(a, '10.20.30.1', '3c5282000001');
    await syncNow(a);
    const mine = await bind(b, '10.20.30.2', '3c5282000001');
    await syncNow(b);
    const card = await only(b);
    expect([card.kind, card.rule, card.holder?.title]).toEqual(['unique', 'binding_mac', '10.20.30.1']);
    await settle(card, 'shared');
    await level();
    expect((await a.call.ipam.get({ id: mine.id })).binding).toMatchObject({ shared_ok: true, state: 'active' });
    expect((await a.call.ipam.breaches()).rows).toEqual([]);
    // A third is refused at the desk as before.
    expect((await refusalOf(bind(a, '10.20.30.3', '3c5282000001'))).code).toBe('mac_in_use');
  });

  test('a tag in other letters is the same tag; the two are one device, and what I bound goes with it', async () => {
    const { room, person, subnet } = await school();
    const theirs = await a.call.assets.create({ ...pc, tag: 'ZC-001', brand: '联想' });
    await syncNow(a);
    const mine = await b.call.assets.create({ ...pc, tag: 'zc-001', serial: 'S-7', brand: '惠普' });
    await b.call.ipam.bind({
      subnet_id: subnet.id,
      ip: '10.20.30.1',
      mac: '3c5282000001',
      person_id: person.id,
      location_id: room.id,
      asset_id: mine.id,
      reason: '指定',
    });
    expect(await syncNow(b)).toMatchObject({ held: 2 });
    const card = (await b.call.sync.conflicts({ filter: { kind: 'unique' } })).cards[0] as ConflictCard;
    expect([card.rule, card.holder?.id]).toEqual(['asset_tag', theirs.id]);
    await settle(card, 'merge_assets');
    await level();
    for (const laptop of [a, b]) {
      expect((await laptop.call.assets.list({})).rows).toMatchObject([
        { id: theirs.id, tag: 'ZC-001', brand: '联想', serial: 'S-7' },
      ]);
      expect((await laptop.call.ipam.list({})).rows).toMatchObject([{ asset_id: theirs.id }]);
      expect((await laptop.call.sync.conflicts({})).total).toBe(0);
    }
  });

  test('what was done later to the record that gives way neither removes the other nor overwrites it', async () => {
    const { bind } = await school();
    const theirs = await a.call.assets.create({ ...pc, tag: 'ZC-001', brand: '联想' });
    const held = await bind(a, '10.20.30.1', '3c5282000001');
    await syncNow(a);
    const mine = await b.call.assets.create({ ...pc, tag: 'ZC-001', serial: 'S-7' });
    await b.call.assets.update({ id: mine.id, changes: { brand: '戴尔', serial: 'S-8' } });
    await b.call.assets.remove({ id: mine.id, reason: '重复登记' });
    const bound = await bind(b, '10.20.30.1', '3c5282000001');
    await b.call.ipam.release({ id: bound.id, reason: '搬走了' });
    await syncNow(b);
    const { cards } = await b.call.sync.conflicts({});
    // None is called by the beginning of its id.
    expect(new Set(cards.map(({ title }) => title))).toEqual(new Set(['ZC-001 · 台式机', '10.20.30.1']));
    const card = (rule: string): ConflictCard => cards.find((each) => each.rule === rule) as ConflictCard;
    await settle(card('asset_tag'), 'merge_assets');
    await settle(card('binding_ip'), 'apply_to');
    await level();
    for (const laptop of [a, b]) {
      expect((await laptop.call.assets.list({})).rows).toMatchObject([
        { id: theirs.id, tag: 'ZC-001', brand: '联想', serial: 'S-8' },
      ]);
      expect((await laptop.call.ipam.get({ id: held.id })).binding).toMatchObject({ state: 'active' });
      expect((await laptop.call.sync.conflicts({})).total).toBe(0);
    }
    expect((await b.call.sync.log({})).map(({ params }) => params['title'])).toContain('10.20.30.1');
  });

  test('merging two assets moves everything along, and an edit that comes later for the one is offered to the other', async () => {
    const { room, person, subnet } = await school();
    const keep = await a.call.assets.create({ ...pc, tag: 'ZC-001' });
    const drop = await a.call.assets.create({ ...pc, tag: 'ZC-002', serial: 'S-9' });
    const bound = await a.call.ipam.bind({
      subnet_id: subnet.id,
      ip: '10.20.30.1',
      mac: '3c5282000001',
      person_id: person.id,
      location_id: room.id,
      asset_id: drop.id,
      reason: '指定',
    });
    const ticket = await a.call.tickets.open({ asset_id: drop.id, reporter: '张三', symptom: '黑屏' });
    await level();
    await b.call.assets.update({ id: drop.id, changes: { hostname: 'CW-01' } });
    await b.call.tickets.open({ asset_id: drop.id, reporter: '张三', symptom: '又黑屏' });
    const pair = await a.call.assets.pair({ ids: [keep.id, drop.id] });
    expect(pair.pointed).toEqual([
      [],
      expect.arrayContaining([
        { table: 'bindings', n: 1 },
        { table: 'tickets', n: 1 },
      ]),
    ]);
    const { batch } = await a.call.assets.merge({ keep: keep.id, drop: drop.id, take: ['tag', 'serial', 'ip', 'mac'] });
    expect(await syncNow(a)).toMatchObject({ held: 0, rejected: 0 });
    expect(await syncNow(b)).toMatchObject({ held: 2 });
    const { cards } = await b.call.sync.conflicts({});
    expect(cards.map(({ kind, heir }) => [kind, heir?.id]).toSorted()).toEqual([
      ['deleted', keep.id],
      ['parent', keep.id],
    ]);
    for (const card of cards) await settle(card, 'apply_to');
    await level();
    for (const laptop of [a, b]) {
      expect((await laptop.call.assets.list({})).rows).toMatchObject([
        { id: keep.id, tag: 'ZC-002', serial: 'S-9', hostname: 'CW-01', mac: '3C5282000001' },
      ]);
      expect((await laptop.call.ipam.get({ id: bound.id })).binding.asset_id).toBe(keep.id);
      expect((await laptop.call.tickets.get({ id: ticket.id })).ticket.asset_id).toBe(keep.id);
      expect(
        laptop.engine.db.value('SELECT count(*) FROM tickets WHERE asset_id = ? AND deleted_at IS NULL', keep.id),
      ).toBe(2);
    }
    await a.call.system.undo({ batch });
    expect(await syncNow(a)).toMatchObject({ held: 0, rejected: 0 });
    await syncNow(b);
    for (const laptop of [a, b]) {
      expect((await laptop.call.assets.get({ id: drop.id })).asset).toMatchObject({
        tag: 'ZC-002',
        merged_into_id: null,
      });
      expect((await laptop.call.assets.get({ id: keep.id })).asset).toMatchObject({ tag: 'ZC-001', serial: null });
      expect((await laptop.call.ipam.get({ id: bound.id })).binding.asset_id).toBe(drop.id);
    }
  });

  test('a merge of which one part cannot be done is not done at all', async () => {
    const keep = await a.call.assets.create({ ...pc, tag: 'ZC-001' });
    const drop = await a.call.assets.create({ ...pc, tag: 'ZC-002' });
    await level();
    await a.call.assets.update({ id: drop.id, changes: { brand: '联想' } });
    await syncNow(a);
    await b.call.assets.merge({ keep: keep.id, drop: drop.id, take: ['tag'] });
    expect(await syncNow(b)).toMatchObject({ applied: 0, held: 1 });
    await syncNow(a);
    for (const laptop of [a, b])
      expect((await laptop.call.assets.list({})).rows.map(({ tag }) => tag).toSorted()).toEqual(['ZC-001', 'ZC-002']);
    const card = await only(b);
    expect([card.kind, card.command]).toEqual(['changed', 'assets.merge']);
    await settle(card, 'take_mine');
    await level();
    for (const laptop of [a, b])
      expect((await laptop.call.assets.list({})).rows).toMatchObject([{ id: keep.id, tag: 'ZC-002' }]);
  });

  test('a ticket that was closed meanwhile: the step waits with both times, and is done after opening it again', async () => {
    const { id } = await a.call.tickets.open({ reporter: '张三', symptom: '网络不通' });
    await a.call.tickets.advance({ id, step: 'work', remark: '换水晶头' });
    await level();
    await a.call.tickets.advance({ id, step: 'finish', cause: 'wear' });
    await a.call.tickets.advance({ id, step: 'close' });
    await syncNow(a);
    await b.call.tickets.advance({ id, step: 'pause', reason: 'parts' });
    expect(await syncNow(b)).toMatchObject({ held: 1 });
    const card = await only(b);
    expect(card).toMatchObject({ kind: 'step', way: 'reopen', theirs: { actor: '李明@L03' } });
    expect(card.fields[0]).toEqual({ field: 'state', base: 'working', mine: 'paused', theirs: 'closed' });
    await settle(card, 'take_mine', { remark: '配件没到' });
    expect(await syncNow(b)).toMatchObject({ applied: 1, held: 0, rejected: 0 });
    await level();
    for (const laptop of [a, b]) {
      const { ticket, events } = await laptop.call.tickets.get({ id });
      expect(ticket).toMatchObject({ state: 'paused', closed_at: null, pause_reason: 'parts' });
      expect(events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['close', 'reopen', 'pause']));
      expect(events.find(({ kind }) => kind === 'reopen')?.remark).toBe('配件没到');
    }
  });

  test("a hold is laid on top of a colleague's step, and noted; a state no step leads to is held", async () => {
    const { id } = await a.call.tickets.open({ reporter: '张三', symptom: '网络不通' });
    await a.call.tickets.advance({ id, step: 'accept' });
    await level();
    await a.call.tickets.advance({ id, step: 'work', remark: '查线' });
    await syncNow(a);
    await b.call.tickets.advance({ id, step: 'pause', reason: 'parts' });
    expect(await syncNow(b)).toMatchObject({ applied: 1, held: 0 });
    await level();
    for (const laptop of [a, b]) {
      expect((await laptop.call.tickets.get({ id })).ticket).toMatchObject({ state: 'paused', pause_reason: 'parts' });
      const { cards } = await laptop.call.sync.conflicts({ state: 'noted', filter: { kind: 'step' } });
      expect(cards).toHaveLength(1);
    }
    const { tickets } = await import('../../../../shared/features/tickets.ts');
    b.engine.command('tickets.update', (tx) => tx.patch(tickets, id, { state: 'closed' }));
    expect(await syncNow(b)).toMatchObject({ applied: 0, held: 1 });
    expect((await only(b)).kind).toBe('step');
  });

  test('an approval is for what was looked at: changed since it is void, and nobody approves their own change', async () => {
    const { id } = await a.call.tickets.open({ reporter: '张三', symptom: '核心交换机加 VLAN 30', kind: 'change' });
    await level();
    expect((await refusalOf(b.call.tickets.advance({ id, step: 'work' }))).code).toBe('ticket_needs_approval');
    const sign = (laptop: TestEngine, signer: string) =>
      laptop.call.approvals.record({ what: 'change', id, verdict: 'approved', signer, signed_on: '2026-09-29' });
    expect((await refusalOf(sign(a, '李明'))).code).toBe('own_approval');
    await sign(b, '陈主任');
    expect((await b.call.approvals.of({ what: 'change', id })).state).toBe('approved');
    await a.call.tickets.update({ id, changes: { symptom: '核心交换机加 VLAN 30 和 40' } });
    await syncNow(a);
    expect(await syncNow(b)).toMatchObject({ applied: 0, held: 1 });
    expect(await only(b)).toMatchObject({
      kind: 'approval',
      rule: 'changed',
      fields: [{ field: 'symptom', mine: '核心交换机加 VLAN 30', theirs: '核心交换机加 VLAN 30 和 40' }],
    });
    await settle(await only(b), 'keep_theirs');
    await sign(b, '陈主任');
    await level();
    expect((await a.call.approvals.of({ what: 'change', id })).state).toBe('approved');
    await a.call.tickets.advance({ id, step: 'work', remark: '按方案配置' });
    // Changed after it was in force: void, and shown as such with what changed.
    await b.call.tickets.update({ id, changes: { symptom: '改成 VLAN 50' } });
    await level();
    expect(await a.call.approvals.of({ what: 'change', id })).toMatchObject({ state: 'void', changed: ['symptom'] });
    // The last author's own name on a stale screen is caught by the store.
    await level();
    const { approvals, contentOf } = await import('../../../../shared/features/approvals.ts');
    const { ticket } = await b.call.tickets.get({ id });
    b.engine.command('approvals.record', (tx) =>
      tx.append(approvals, {
        tbl: 'tickets',
        row_id: id,
        what: 'change',
        content: contentOf('change', ticket),
        content_sha256: '0'.repeat(64),
        verdict: 'approved',
        signer: '张伟',
        signed_on: '2026-09-29',
        approver: '张伟@L04',
        at: 1,
      }),
    );
    expect(await syncNow(b)).toMatchObject({ held: 1 });
    expect((await only(b)).rule).toBe('own_approval');
  });

  test('300 rows that clashed are settled in one go, those that cannot be are counted and stay', async () => {
    const tags = Array.from({ length: 30 }, (_, i) => `T-${i}`);
    const { assets } = await import('../../../../shared/features/assets.ts');
    for (const [laptop, brand] of [
      [a, '联想'],
      [b, '惠普'],
    ] as const)
      laptop.engine.command('transfer.commit', (tx) => tags.forEach((tag) => tx.insert(assets, { ...pc, tag, brand })));
    await b.call.tickets.open({ reporter: '张三', symptom: '打印机卡纸' });
    await syncNow(a);
    expect(await syncNow(b)).toMatchObject({ held: 30 });
    const filter = { kind: 'unique', rule: 'asset_tag', table: 'assets', author: '张伟@L04' } as const;
    const { total, facets } = await b.call.sync.conflicts({ filter, limit: 1 });
    expect([total, facets.kinds, facets.mine, facets.overdue]).toEqual([
      30,
      [{ kind: 'unique', rule: 'asset_tag', n: 30 }],
      30,
      0,
    ]);
    // One of them was made anew by hand meanwhile.
    const first = (await b.call.sync.conflicts({ filter, limit: 1 })).cards[0] as ConflictCard;
    b.engine.command('assets.create', (tx) => tx.readd(assets, first.row_id, { ...pc, tag: 'X-1' }));
    const last = (await b.call.sync.conflicts({ filter, limit: 1, offset: 29 })).cards[0];
    const mineTag = last?.fields.find(({ field }) => field === 'tag')?.mine;
    const events = [];
    for await (const event of await b.call.sync.settleMany({ filter, how: 'take_mine' })) events.push(event);
    expect(events.at(-1)).toEqual({ done: 30, total: 30, settled: 29, refused: { conflict_moved: 1 } });
    expect(events.length).toBeGreaterThan(1);
    await level();
    for (const laptop of [a, b]) {
      expect((await laptop.call.sync.conflicts({})).cards.map(({ row_id }) => row_id)).toEqual([first.row_id]);
      const { rows } = await laptop.call.assets.list({
        filter: [{ field: 'tag', op: 'in', value: [String(mineTag)] }],
      });
      expect(rows.map(({ brand }) => brand)).toEqual(['惠普']);
    }
  });

  test('a laptop whose clock was three hours ahead: the time is the estimate, and how far it was off is told', async () => {
    const { id } = await a.call.assets.create({ ...pc, tag: 'A-1', serial: 'S-0' });
    await level();
    await a.call.assets.update({ id, changes: { serial: 'S-A' } });
    await syncNow(a);
    await b.call.assets.update({ id, changes: { serial: 'S-B' } });
    await syncNow(b);
    const { mine, theirs, overdue } = await only(b);
    // Both test clocks stand in September; the hub's is the machine's own.
    expect(mine.off_ms).toBe(b.clock.now() - mine.at);
    expect(theirs?.off_ms).toBe(a.clock.now() - (theirs?.at ?? 0));
    expect(theirs?.unc_ms).toBeGreaterThan(0);
    expect(overdue).toBe(false);
    b.clock.set(400 * 86_400_000);
    expect((await only(b)).overdue).toBe(true);
    expect((await b.call.sync.conflicts({ filter: { overdue: true } })).total).toBe(1);
  });

  test('twins of an older store, one tag in two cases, are shown and merged; the rest of them may be edited meanwhile', async () => {
    const { assets } = await import('../../../../shared/features/assets.ts');
    // As a store of before took them in: the index of then, and no question asked.
    await hub.pool.query('DROP INDEX app.asset_tag');
    const one = await a.call.assets.create({ ...pc, tag: 'ZC-001' });
    await syncNow(a);
    const other = b.engine.command('assets.create', (tx) => tx.insert(assets, { ...pc, tag: 'twin' }));
    await syncNow(b);
    await hub.pool.query("UPDATE app.assets SET tag = 'zc-001' WHERE tag = 'twin'");
    b.engine.db.prepare("UPDATE assets SET tag = 'zc-001' WHERE tag = 'twin'").run();
    await hub.stopServer();
    await hub.restart();
    expect(await syncNow(b)).toMatchObject({ rejected: 0 });
    expect(await b.call.assets.twins()).toEqual([{ ids: [one.id, other.id], tags: ['ZC-001', 'zc-001'] }]);
    await b.call.assets.update({ id: other.id, changes: { brand: '联想' } });
    expect(await syncNow(b)).toMatchObject({ applied: 1, held: 0 });
    await b.call.assets.merge({ keep: one.id, drop: other.id, take: ['brand'] });
    expect(await syncNow(b)).toMatchObject({ applied: 1, held: 0 });
    await syncNow(a);
    for (const laptop of [a, b]) {
      expect(await laptop.call.assets.twins()).toEqual([]);
      expect((await laptop.call.assets.list({})).rows).toMatchObject([{ id: one.id, tag: 'ZC-001', brand: '联想' }]);
    }
  });

  test('the migration to tags in any case leaves twins where they are, and lets in no third', async () => {
    const { conflictWays } = await import('../../../../hub/migrations/009_conflict_ways.ts');
    const block = /DO \$\$[\s\S]*?END \$\$;/.exec(conflictWays)?.[0] ?? '';
    await a.call.assets.create({ ...pc, tag: 'ZC-001' });
    await a.call.assets.create({ ...pc, tag: 'ZC-002' });
    await syncNow(a);
    await hub.pool.query(
      'DROP INDEX app.asset_tag; CREATE UNIQUE INDEX asset_tag ON app.assets (tag) WHERE deleted_rv IS NULL',
    );
    await hub.pool.query("UPDATE app.assets SET tag = 'zc-001' WHERE tag = 'ZC-002'");
    await hub.pool.query(block);
    const { rows } = await hub.pool.query("SELECT indexdef FROM pg_indexes WHERE indexname = 'asset_tag'");
    expect(rows).toEqual([{ indexdef: expect.stringMatching(/lower.*NOT \(id = /) as string }]);
    await b.call.assets.create({ ...pc, tag: 'Zc-001' });
    expect(await syncNow(b)).toMatchObject({ held: 1 });
    expect((await only(b)).rule).toBe('asset_tag');
  });
});
