/** A hub that was restored from last week's backup, and nobody told anybody: everything any laptop still holds comes back (sync.md 2.9). */
import { fetchAnew } from '../../../../main/engine/sync/adopt.ts';
import { records } from '../../../../shared/records.ts';
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

jest.setTimeout(60_000);

describeIf(hasPostgres, noPostgres)('a hub restored from a backup', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let a: TestEngine;
  let b: TestEngine;
  let c: TestEngine;
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster.stop(), 60_000);
  beforeEach(async () => {
    hub = await cluster.hub();
    a = await laptopOf(hub, 'L03', '李明');
    b = await laptopOf(hub, 'L04', '张伟');
    c = await laptopOf(hub, 'L05', '王磊');
  });
  afterEach(async () => {
    for (const laptop of [a, b, c]) laptop.close();
    await hub.close();
  });

  const make = async (laptop: TestEngine, tag: string): Promise<string> =>
    (await laptop.call.assets.create({ ...pc, tag })).id;
  const tags = async (laptop: TestEngine): Promise<(string | null)[]> =>
    (await laptop.call.assets.list({})).rows.map(({ tag }) => tag).toSorted();
  /** Every synced row, as text that can be compared. */
  const picture = ({ engine }: TestEngine): string[] =>
    records.flatMap(({ table, fields }) =>
      engine.db
        .all(
          `SELECT id, rv, deleted_at IS NOT NULL AS gone, ${Object.keys(fields).join(', ')} FROM ${table} ORDER BY id`,
        )
        .map((row) => `${table} ${JSON.stringify(row)}`),
    );
  const epochs = async (): Promise<number> =>
    (await hub.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM sync.epoch')).rows[0]?.n ?? 0;
  /** Twice round, so that everybody has what the last one brought. */
  const level = async (...laptops: TestEngine[]): Promise<void> => {
    for (const laptop of [...laptops, ...laptops]) await syncNow(laptop);
    for (const laptop of laptops) {
      expect(picture(laptop)).toEqual(picture(laptops[0] as TestEngine));
      expect(await laptop.call.sync.status({})).toMatchObject({ unsynced: 0, last_error: null });
      expect(await laptop.call.audit.verify()).toMatchObject({ ok: true });
    }
    const { rows } = await hub.pool.query<{ seq: number }>('SELECT seq FROM sync.commit ORDER BY seq');
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
  };

  test('gets back what it lost from the first laptop that comes, others’ work too, under the same numbers', async () => {
    const id = await make(a, 'A-1');
    await level(a, b, c);
    const backup = await hub.backup();
    await make(b, 'B-1');
    await a.call.assets.update({ id, changes: { brand: '联想' } });
    await syncNow(b);
    await level(a, c);
    const before = picture(a);
    await make(b, 'B-2');
    await syncNow(b);
    await make(c, 'C-1');

    await hub.restoreTo(backup);
    // A has B's first machine and its own edit; only B has B-2; C has something that was never sent.
    await syncNow(a);
    expect(picture(a)).toEqual(before);
    expect(await epochs()).toBe(2);
    await level(b, c, a);
    expect(await tags(c)).toEqual(['A-1', 'B-1', 'B-2', 'C-1']);
    expect((await c.call.assets.get({ id })).asset.brand).toBe('联想');
    expect(await epochs()).toBe(2);
    expect((await a.call.sync.log({})).find(({ code }) => code === 'rejoined')).toMatchObject({ params: { n: 2 } });
    expect((await c.call.sync.conflicts({})).total).toBe(0);
  });

  test('that took other work before: both are kept, and what clashes waits for a person', async () => {
    const id = await make(a, 'A-1');
    await level(a, b, c);
    const backup = await hub.backup();
    await a.call.assets.update({ id, changes: { serial: 'SN-A' } });
    await make(a, 'A-2');
    await syncNow(a);
    await hub.restoreTo(backup);

    // B never saw A's work, and writes over the same field before A comes back.
    await b.call.assets.update({ id, changes: { serial: 'SN-B' } });
    await make(b, 'B-1');
    await syncNow(b);
    await make(a, 'A-3');
    await level(a, b, c);
    expect(await tags(b)).toEqual(['A-1', 'A-2', 'A-3', 'B-1']);
    const { cards } = await a.call.sync.conflicts({});
    expect(cards).toHaveLength(1);
    expect((await a.call.assets.get({ id })).asset.serial).toBe('SN-B');
    await a.call.sync.resolve({ id: cards[0]?.id ?? '', how: 'take_mine' });
    await level(a, b, c);
    expect((await b.call.assets.get({ id })).asset.serial).toBe('SN-A');
  });

  test('does not lose the confirmed work of a laptop that had not yet received its page', async () => {
    await level(a, b, c);
    const backup = await hub.backup();
    await make(a, 'A-1');
    await syncNow(a);
    // As if the answer was cut after the verdict: the cursor is still before the own commit.
    a.engine.db.prepare("UPDATE _commits SET state = 'sent'").run();
    a.engine.db
      .prepare(
        "UPDATE _settings SET value = json_set(value, '$.cursor.rv', 0, '$.chain', json_extract(value, '$.origin')) WHERE key = 'sync'",
      )
      .run();
    await hub.restoreTo(backup);
    await make(a, 'A-2');
    await level(a, b);
    expect(await tags(b)).toEqual(['A-1', 'A-2']);
  });

  test('restored twice, each time to before the last restoration, still finds its way', async () => {
    await make(a, 'A-1');
    await level(a, b, c);
    const backup = await hub.backup();
    for (const tag of ['A-2', 'A-3']) {
      await make(a, tag);
      await level(a, b, c);
      await hub.restoreTo(backup);
    }
    await level(b, c, a);
    expect(await tags(c)).toEqual(['A-1', 'A-2', 'A-3']);
  });

  test('a laptop that joined after the backup joins again with a new code and brings its work', async () => {
    await level(a, b, c);
    const backup = await hub.backup();
    const d = await laptopOf(hub, 'L06', '孙丽');
    try {
      await make(d, 'D-1');
      await level(a, d);
      await make(d, 'D-2');
      await hub.restoreTo(backup);
      expect((await refusalOf(syncNow(d))).code).toBe('device_refused');
      // A brings D's first machine back, before D is known again.
      await syncNow(a);
      await d.call.sync.enrol({ address: hub.url, code: await hub.newCode() });
      await level(d, a, b, c);
      expect(await tags(b)).toEqual(['D-1', 'D-2']);
    } finally {
      d.close();
    }
  });

  test('an image that nobody holds any more goes from the screen of nobody’s laptop: rows are never made up', async () => {
    const other = await cluster.hub();
    const stranger = await laptopOf(other, 'L09', '外来');
    try {
      await make(stranger, 'S-1');
      await syncNow(stranger);
      // Pointed at another store, with another store's past: refused, nothing sent, nothing lost.
      stranger.engine.db
        .prepare(
          "UPDATE _settings SET value = json_set(value, '$.address', ?, '$.token', (SELECT '')) WHERE key = 'sync'",
        )
        .run(hub.url);
      expect((await refusalOf(syncNow(stranger))).code).toBe('device_refused');
      expect((await refusalOf(stranger.call.sync.enrol({ address: hub.url, code: await hub.newCode() }))).code).toBe(
        'other_hub',
      );
      expect(await tags(stranger)).toEqual(['S-1']);
    } finally {
      stranger.close();
      await other.close();
    }
  });

  /** As after an upgrade or a change of areas: the cursor is at the start, the log is whole. */
  const beginAnew = (laptop: TestEngine): void => fetchAnew(laptop.engine.db);

  test('while a laptop was about to fetch everything anew, it still gives back what was confirmed to it', async () => {
    await make(a, 'before');
    await level(a, b);
    const backup = await hub.backup();
    await make(a, 'mine');
    await make(b, 'theirs');
    await level(a, b);
    beginAnew(a);
    await hub.restoreTo(backup);
    await syncNow(a);
    expect(await tags(a)).toEqual(['before', 'mine', 'theirs']);
    await make(a, 'after');
    await level(a, b);
    expect(await tags(b)).toEqual(['after', 'before', 'mine', 'theirs']);
  });

  test('restored again before a laptop had fetched everything of the first time: its own work is there in the end', async () => {
    await make(a, 'before');
    await level(a, b);
    const first = await hub.backup();
    await make(a, 'mine');
    await level(a, b);
    await hub.restoreTo(first);
    // Somebody works in between, so that numbers are others and everything is fetched anew.
    await make(c, 'between');
    await syncNow(c);
    const second = await hub.backup();
    await syncNow(a);
    beginAnew(a);
    a.engine.db.prepare("UPDATE _commits SET seq = NULL WHERE state = 'applied' AND actor = '李明@L03'").run();
    await hub.restoreTo(second);
    await syncNow(a);
    await level(a, b, c);
    expect(await tags(c)).toEqual(['before', 'between', 'mine']);
  });
});
