/**
 * A laptop that joined and then says what no honest one says: nothing of it may stop the pages of its colleagues, be answered with a failure of the
 * hub, or get round a limit (security.md T7).
 */
import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import { RESOLVE } from '../../shared/sync/admit.ts';
import type { Op } from '../../shared/commit.ts';
import type { Result } from '../../shared/sync/frames.ts';
import {
  hasPostgres,
  laptopOf,
  noPostgres,
  startCluster,
  syncNow,
  type Cluster,
  type TestHub,
} from '../support/hub.ts';
import { Incarnation, LightLaptop } from '../support/light.ts';
import { describeIf } from '../support/skip.ts';

type Clock = ReturnType<NonNullable<ConstructorParameters<typeof Incarnation>[1]>>;

const asset = (values: Record<string, string | number>, id = v7()): Op => ({
  op: 'insert',
  table: 'assets',
  id,
  values: { name: '机', category: 'desktop', status: 'in_use', ...values },
});
const slice = (values: Record<string, string | number>, id = v7()): Op => ({
  op: 'insert',
  table: 'leases',
  id,
  values: {
    kind: 'tag',
    pool: 'T-',
    first: 1,
    last: 10,
    machine: 'L90',
    technician: '甲',
    days: 14,
    expires_at: 1_800_000_000_000,
    ...values,
  },
});

describeIf(hasPostgres, noPostgres)('a hostile laptop', () => {
  let cluster: Cluster;
  let hub: TestHub;
  beforeAll(async () => {
    cluster = await startCluster();
    hub = await cluster.hub();
  }, 60_000);
  afterAll(() => cluster.stop(), 60_000);

  let machine = 10;
  const join = async (clocks: { made?: Clock; sent?: Clock } = {}): Promise<LightLaptop> => {
    const { made, sent } = clocks;
    const own = new Incarnation(undefined, made && (() => made));
    const laptop = new LightLaptop(hub.url, null, { own, ...(sent ? { clock: () => sent } : {}) });
    machine += 1;
    await laptop.enrol(await hub.newCode(), `L${machine}`);
    return laptop;
  };
  const say = async (laptop: LightLaptop, command: string, ...ops: Op[]): Promise<Result> => {
    const { results } = await laptop.round(laptop.request([laptop.own.commit(command, ops)]));
    return JSON.parse(results[0] ?? '{}') as Result;
  };
  /** Whoever joins now can fetch everything that is there. */
  const isWhole = async (): Promise<void> => {
    const honest = await join();
    await honest.pull();
    const { rows } = await hub.pool.query<{ seq: number }>('SELECT seq FROM sync.head');
    expect(honest.cursor.rv).toBe(rows[0]?.seq);
    await honest.close();
  };

  test.each<[string, { made: Clock; sent: Clock }]>([
    [
      'far apart',
      { made: { wall_ms: -9e15, boot_id: 'x', mono_ms: 0 }, sent: { wall_ms: 9e15, boot_id: 'x', mono_ms: 0 } },
    ],
    [
      'running since for ever',
      { made: { wall_ms: 1, boot_id: 'x', mono_ms: -1e300 }, sent: { wall_ms: 1, boot_id: 'x', mono_ms: 1e300 } },
    ],
    [
      'of two starts',
      { made: { wall_ms: -9e15, boot_id: 'x', mono_ms: 0 }, sent: { wall_ms: 9e15, boot_id: 'y', mono_ms: 0 } },
    ],
  ])('with clocks %s stops nobody', async (_name, clocks) => {
    const laptop = await join(clocks);
    const tag = randomUUID();
    expect(await say(laptop, 'assets.create', asset({ tag }))).toMatchObject({ outcome: 'applied' });
    // Its conflict record is dated by the same clocks.
    expect(await say(laptop, 'assets.create', asset({ tag }))).toMatchObject({ outcome: 'held' });
    await isWhole();
    await laptop.close();
  });

  test('with a commit that would fill more than a page stops nobody', async () => {
    const laptop = await join();
    // Each quotation mark is four characters where it stands in a page.
    const long = laptop.own.commit('assets.create', ['"'.repeat(4_300_000) as unknown as Op]);
    await expect(laptop.round(laptop.request([long]))).rejects.toThrow(/400/);
    await isWhole();
    await laptop.close();
  });

  test.each<[string, unknown]>([
    ['no JSON object', 'x'],
    ['no operation', {}],
    ['a number for a table', { op: 'insert', table: 1, id: 'x', values: {} }],
  ])('whose commit holds %s leaves nothing that others could not write down', async (_name, body) => {
    const laptop = await join();
    await expect(say(laptop, 'assets.create', body as Op)).rejects.toThrow(/400/);
    await isWhole();
    await laptop.close();
  });

  test('that does what no version knows yet is told so, and others read it', async () => {
    const laptop = await join();
    const body = { op: 'mint', table: 'coins', id: 'x' };
    expect(await say(laptop, 'coins.mint', body as unknown as Op)).toMatchObject({ code: 'unknown_op' });
    const real = await laptopOf(hub, 'L98', '李明');
    await syncNow(real);
    expect(await real.call.audit.verify()).toMatchObject({ ok: true });
    real.close();
    await laptop.close();
  });

  test('is told once what is no value, whatever PostgreSQL calls it', async () => {
    const laptop = await join();
    const resolve = (id: string, after: string | number): Op => ({
      op: 'patch',
      table: 'conflicts',
      id,
      base: null,
      fields: { resolved_at: { before: null, after } },
    });
    for (const op of [resolve('nonsense', 1), resolve(v7(), 'never'), resolve(v7(), 8e15)])
      expect(await say(laptop, RESOLVE, op)).toMatchObject({ outcome: 'rejected', code: 'bad_value' });
    const noise = Array.from({ length: 400 }, () => randomUUID()).join('');
    expect(await say(laptop, 'assets.create', asset({ tag: noise }))).toMatchObject({
      outcome: 'rejected',
      code: 'bad_value',
    });
    await isWhole();
    await laptop.close();
  });

  test('takes neither a whole pool along nor numbers that were given to another since', async () => {
    const laptop = await join();
    const greedy: Record<string, number>[] = [{ days: 9e15 }, { days: 0 }, { last: 9e15 }, { first: 9, last: 1 }];
    for (const values of greedy)
      expect(await say(laptop, 'leases.take', slice(values))).toMatchObject({ outcome: 'held' });
    const id = v7();
    expect(await say(laptop, 'leases.take', slice({}, id))).toMatchObject({ outcome: 'applied' });
    const patch = (field: string, before: number | null, after: number | null): Op => ({
      op: 'patch',
      table: 'leases',
      id,
      base: null,
      fields: { [field]: { before, after } },
    });
    expect(await say(laptop, 'leases.take', patch('last', 10, 900))).toMatchObject({ code: 'forbidden' });
    const at = Date.parse('2026-11-22T12:00:00Z');
    expect(await say(laptop, 'leases.giveBack', patch('returned_at', null, at))).toMatchObject({ outcome: 'applied' });
    const other = await join();
    await other.pull();
    expect(await say(other, 'leases.take', slice({}))).toMatchObject({
      outcome: 'applied',
      stored: [{ field: 'expires_at' }],
    });
    expect(await say(laptop, 'system.undo', patch('returned_at', at, null))).toMatchObject({ outcome: 'held' });
    await laptop.close();
    await other.close();
  });

  test('counts as one that guesses, whatever name it gives', async () => {
    const code = await hub.newCode();
    const { status } = await fetch(`${hub.url}/v1/enrol`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, device: randomUUID(), machine: 'L99', technician: 'a\0b', origin: null }),
    });
    expect(status).toBe(400);
    const proof = await fetch(`${hub.url}/v1/proof`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: '\0', nonce: '0'.repeat(64) }),
    });
    expect(proof.status).toBeLessThan(500);
  });

  test('may stand nowhere', async () => {
    const laptop = await join();
    laptop.cursor = { rv: 1, ord: 9_999_999_999 };
    await expect(laptop.pull()).rejects.toThrow(/400/);
    await expect(laptop.round(laptop.request([]))).rejects.toThrow(/400/);
    await laptop.close();
  });
});
