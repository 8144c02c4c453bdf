/** A data folder that was copied, or came back from a backup, finds its way and can sync on (main/engine/sync/fork.ts). */
import { cpSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Ports } from '../../../../main/engine/engine.ts';
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

describeIf(hasPostgres, noPostgres)('a copied folder', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let a: TestEngine;
  let b: TestEngine;
  /** How many requests still get through; then the line is dead. */
  let left = Infinity;
  const fetchSome: Ports['fetch'] = async (input, init) => {
    left -= 1;
    if (left < 0) throw new TypeError('no line');
    return fetch(input, init);
  };
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster.stop(), 60_000);
  beforeEach(async () => {
    left = Infinity;
    hub = await cluster.hub();
    a = await laptopOf(hub, 'L03', '李明', { ports: { fetch: fetchSome } });
    b = await laptopOf(hub, 'L04', '张伟');
  });
  afterEach(() => {
    a.close();
    b.close();
  });

  const snapshot = (): string => {
    const file = join(a.dir, 'copy.db');
    a.engine.db.raw.prepare('VACUUM INTO ?').run(file);
    return file;
  };
  /** The folder is what it was at the snapshot; the lock of the old engine is gone with it. */
  const goBackTo = (file: string): void => {
    a.engine.close();
    for (const end of ['', '-wal', '-shm']) rmSync(join(a.dir, `lanbook.db${end}`), { force: true });
    renameSync(file, join(a.dir, 'lanbook.db'));
    a.reopen();
  };
  const equalAt = async (tags: readonly string[]): Promise<void> => {
    await syncNow(b);
    for (const laptop of [a, b]) {
      expect((await laptop.call.assets.list({})).rows.map(({ tag }) => tag).toSorted()).toEqual([...tags].toSorted());
      expect(await laptop.call.audit.verify()).toMatchObject({ ok: true });
    }
    expect(await a.call.sync.status({})).toMatchObject({ unsynced: 0, last_error: null });
  };

  test('syncs on when it had worked under a new number before it learnt that the old ones were taken', async () => {
    await a.call.assets.create({ ...pc, tag: 'A-1' });
    await syncNow(a);
    const copy = snapshot();
    await a.call.assets.create({ ...pc, tag: 'twin' });
    await syncNow(a);
    goBackTo(copy);
    // What the hub has as "twin", with other content: two commits wait under numbers that are taken ...
    await a.call.assets.create({ ...pc, tag: 'A-2' });
    const { id } = await a.call.assets.create({ ...pc, tag: 'A-3' });
    // ... and one that builds on them under the incarnation that taking over a backup begins.
    a.engine.renewIncarnation();
    await a.call.assets.update({ id, changes: { brand: '联想' } });
    expect(await syncNow(a)).toMatchObject({ held: 0, rejected: 0 });
    await equalAt(['A-1', 'A-2', 'A-3', 'twin']);
    expect((await b.call.assets.get({ id })).asset.brand).toBe('联想');
    await a.call.assets.create({ ...pc, tag: 'A-4' });
    await syncNow(a);
    await equalAt(['A-1', 'A-2', 'A-3', 'A-4', 'twin']);
  });

  test('syncs on when the line drops in the middle of its healing and work goes on meanwhile', async () => {
    await a.call.assets.create({ ...pc, tag: 'A-1' });
    await syncNow(a);
    await a.call.assets.create({ ...pc, tag: 'A-2' });
    const copy = snapshot();
    await a.call.assets.update({ id: (await a.call.assets.list({})).rows[0]?.id ?? '', changes: { brand: '惠普' } });
    await a.call.assets.create({ ...pc, tag: 'twin' });
    await syncNow(a);
    goBackTo(copy);
    await a.call.assets.create({ ...pc, tag: 'A-3' });
    // The first answer says "this incarnation is taken", the second would say from which number on.
    left = 1;
    expect((await refusalOf(syncNow(a))).code).toBe('hub_unreachable');
    left = Infinity;
    await a.call.assets.create({ ...pc, tag: 'A-4' });
    await syncNow(a);
    await equalAt(['A-1', 'A-2', 'A-3', 'A-4', 'twin']);
  });

  test('two copies that both go on are two laptops for the hub', async () => {
    await a.call.assets.create({ ...pc, tag: 'A-1' });
    await syncNow(a);
    const copy = snapshot();
    const original = join(a.dir, 'original.db');
    cpSync(copy, original);
    await a.call.assets.create({ ...pc, tag: 'of the first' });
    await syncNow(a);
    goBackTo(copy);
    await a.call.assets.create({ ...pc, tag: 'of the second' });
    await syncNow(a);
    goBackTo(original);
    await a.call.assets.create({ ...pc, tag: 'of the third' });
    await a.call.assets.create({ ...pc, tag: 'of the third too' });
    await syncNow(a);
    await equalAt(['A-1', 'of the first', 'of the second', 'of the third', 'of the third too']);
  });
});
