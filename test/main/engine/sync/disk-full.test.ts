/** The laptop's disk fills up while bytes come from the store: one sentence, nothing half taken over, and it goes on once there is room. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasBlob } from '../../../../main/engine/blobs/files.ts';
import { nodePorts, type Ports } from '../../../../main/engine/engine.ts';
import { transferBlobs } from '../../../../main/engine/sync/blobs.ts';
import { hubOf } from '../../../../main/engine/sync/session.ts';
import { readState } from '../../../../main/engine/sync/state.ts';
import { SCHEMA } from '../../../../shared/commit.ts';
import { assets } from '../../../../shared/features/assets.ts';
import { IMAGE_ROWS } from '../../../../shared/sync/image.ts';
import { refusalOf, type TestEngine } from '../../../support/engine.ts';
import {
  hasPostgres,
  laptopOf,
  noPostgres,
  startCluster,
  syncNow,
  type Cluster,
  type TestHub,
} from '../../../support/hub.ts';
import { attach, bytesOf, png, pngOf } from '../../../support/pictures.ts';
import { describeIf } from '../../../support/skip.ts';

jest.setTimeout(120_000);
const pc = { name: '台式机', category: 'desktop', status: 'in_use' } as const;
const canMount = process.getuid?.() === 0 && spawnSync('unshare', ['--mount', 'true']).status === 0;

describeIf(
  canMount && hasPostgres,
  canMount ? noPostgres : 'A full disk is tried on a small tmpfs, which only root can mount; run npm test as root.',
)('a disk that fills up', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let mounted: string;
  let a: TestEngine;
  let b: TestEngine;
  /** Told of every request of B before it goes. */
  let before: (url: string) => void;
  const fetch: Ports['fetch'] = (url, init) => {
    before(url);
    return nodePorts.fetch(url, init);
  };
  beforeAll(async () => {
    cluster = await startCluster();
  });
  afterAll(() => cluster.stop());
  beforeEach(async () => {
    before = () => undefined;
    mounted = mkdtempSync(join(tmpdir(), 'lanbook-tmpfs-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', mounted]);
    hub = await cluster.hub();
    a = await laptopOf(hub, 'L03', '李明');
    b = await laptopOf(hub, 'L04', '张伟', { root: mounted, ports: { fetch } });
  });
  afterEach(async () => {
    a.close();
    b.close();
    await hub.close();
    execFileSync('umount', [mounted]);
    rmSync(mounted, { recursive: true, force: true });
  });
  const filler = (): string => join(mounted, 'filler');
  /** Leaves this many bytes. */
  const fill = (left: number): void => {
    try {
      for (;;) appendFileSync(filler(), Buffer.alloc(65_536));
    } catch (error) {
      expect((error as { code?: string }).code).toBe('ENOSPC');
    }
    truncateSync(filler(), Math.max(0, statSync(filler()).size - left));
  };
  /** The store makes its image when it is first asked for one, in a process of its own. */
  const untilImage = async (): Promise<void> => {
    const state = readState(a.engine.db);
    if (!state) throw new Error('not joined');
    for (let tries = 0; tries < 300; tries += 1) {
      if (await hubOf(a.engine, state).image(SCHEMA)) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error('no image was built');
  };
  const carry = ({ engine }: TestEngine): ReturnType<typeof transferBlobs> =>
    transferBlobs(engine, new AbortController().signal);

  test('in the middle of a photo: what came stays, what waits to be sent waits, and both go on', async () => {
    const { id } = await a.call.assets.create({ ...pc, tag: 'A-1' });
    const photo = pngOf(2_000_000);
    const { attachment } = await attach(a, 'assets', id, '机柜.png', photo);
    await syncNow(a);
    await carry(a);
    await syncNow(b);
    await attach(b, 'assets', id, '配线架.png', png());
    await syncNow(b);
    // Somebody waits for it: it goes first.
    await refusalOf(bytesOf(b, attachment.id));
    fill(700_000);
    await expect(carry(b)).rejects.toMatchObject({ code: 'disk_full' });
    expect(hasBlob(b.dir, attachment.sha256)).toBe(false);
    expect(await b.call.attachments.space()).toMatchObject({ unsent: 1 });
    const came = statSync(join(b.dir, 'blobs', 'down', attachment.sha256)).size;
    expect(came).toBeGreaterThan(0);
    expect(came).toBeLessThan(photo.length);
    rmSync(filler());
    const asked: string[] = [];
    before = (url) => void asked.push(url);
    expect(await carry(b)).toEqual({ sent: 1, fetched: 1 });
    expect((await bytesOf(b, attachment.id)).equals(photo)).toBe(true);
    expect(await b.call.attachments.space()).toMatchObject({ unsent: 0 });
    expect(await b.call.audit.verify()).toMatchObject({ ok: true });
  });

  test('in the middle of the first sync by image: nothing of it is taken over or left, and the next one has everything', async () => {
    a.engine.command('transfer.commit', (tx) => {
      for (let i = 0; i < IMAGE_ROWS + 50; i += 1)
        tx.insert(assets, { ...pc, tag: `ZC-${i}`, serial: createHash('sha256').update(String(i)).digest('base64') });
    });
    await syncNow(a);
    await b.call.locations.create({ kind: 'room', name: '101' });
    await untilImage();
    before = (url) => {
      if (url.includes('/v1/image/')) fill(64 * 1024);
    };
    expect(await refusalOf(syncNow(b))).toMatchObject({ code: 'disk_full' });
    expect(existsSync(join(b.dir, 'first-sync'))).toBe(false);
    expect((await b.call.assets.list({})).total).toBe(0);
    rmSync(filler());
    before = () => undefined;
    await syncNow(b);
    expect((await b.call.sync.log({})).map(({ code }) => code)).toContain('image');
    expect((await b.call.assets.list({})).total).toBe(IMAGE_ROWS + 50);
    expect((await b.call.locations.tree()).map(({ name }) => name)).toEqual(['101']);
    expect(await b.call.audit.verify()).toMatchObject({ ok: true });
  });
});
