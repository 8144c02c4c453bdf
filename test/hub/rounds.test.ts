/**
 * However a laptop cuts its commits into requests, the store is the same to the last byte: rows, feed, verdicts, chain (sync.md 2.4). Random
 * work of three laptops is pushed to one hub commit by commit and to another in large rounds.
 */
import fc from 'fast-check';
import { sha256 } from '../../hub/codec.ts';
import type { Op } from '../../shared/commit.ts';
import { records } from '../../shared/records.ts';
import type { Result, WireCommit } from '../../shared/sync/frames.ts';
import { hasPostgres, noPostgres, startCluster, type Cluster, type TestHub } from '../support/hub.ts';
import { Incarnation, LightLaptop } from '../support/light.ts';
import { describeIf } from '../support/skip.ts';

const RUNS = Number(process.env['LANBOOK_ROUND_RUNS'] ?? 4);
const SEED = Number(process.env['LANBOOK_ROUND_SEED'] ?? 20_261_122);
const NOW = Date.parse('2026-11-22T12:00:00Z');
const clock = (): { wall_ms: number; boot_id: string; mono_ms: number } => ({
  wall_ms: NOW,
  boot_id: 'same',
  mono_ms: 1e10,
});
const EPOCH = '00000000-0000-4000-8000-00000000e0c0';

const id = (kind: string, n: number): string => `00000000-0000-7000-8${kind}-${String(n).padStart(12, '0')}`;
const SUBNET = id('5ab', 0);
const few = fc.nat(7);
const word = fc.constantFrom('甲', '乙', '丙', null);
const tag = fc.constantFrom('T1', 'T2', 't2', 'T3', null);
const change = <T>(values: fc.Arbitrary<T>) => fc.record({ before: values, after: values });
const place = few.map((n) => (n > 5 ? null : id('10c', n)));

const op: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant('insert' as const),
      table: fc.constant('assets'),
      id: few.map((n) => id('a55', n)),
      values: fc.record({
        name: fc.constant('机'),
        category: fc.constant('desktop'),
        status: fc.constant('in_use'),
        tag,
        location_id: place,
        // Half a character is no text: PostgreSQL would not take it.
        remark: fc.oneof(
          { weight: 12, arbitrary: fc.constantFrom('一\n二\n三', null) },
          { weight: 1, arbitrary: fc.constant('\ud800') },
        ),
      }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      op: fc.constant('patch' as const),
      table: fc.constant('assets'),
      id: few.map((n) => id('a55', n)),
      base: fc.constant(null),
      fields: fc.record(
        {
          tag: change(tag),
          brand: change(word),
          serial: change(word),
          remark: change(fc.constantFrom('一\n二\n三', '一改\n二\n三', '一\n二\n三改', null)),
          location_id: change(place),
        },
        { requiredKeys: [] },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      op: fc.constant('insert' as const),
      table: fc.constant('locations'),
      id: few.map((n) => id('10c', n)),
      values: fc.record({ kind: fc.constant('room'), name: fc.constant('房间'), parent_id: place }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant('patch' as const),
      table: fc.constant('locations'),
      id: few.map((n) => id('10c', n)),
      base: fc.constant(null),
      fields: fc.record({ parent_id: change(place) }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant('insert' as const),
      table: fc.constant('bindings'),
      id: few.map((n) => id('b1d', n)),
      values: fc.record({
        ip: fc.constantFrom('10.0.0.1', '10.0.0.2', '10.0.0.3'),
        mac: fc.constantFrom('AABBCCDDEE01', 'AABBCCDDEE02', null),
        subnet_id: fc.constant(SUBNET),
        state: fc.constantFrom('active', 'reserved'),
        opened_on: fc.constant('2026-09-01'),
        opened_at: fc.constant(NOW),
        asset_id: few.map((n) => (n > 4 ? null : id('a55', n))),
      }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constant('patch' as const),
      table: fc.constant('bindings'),
      id: few.map((n) => id('b1d', n)),
      base: fc.constant(null),
      fields: fc.record(
        {
          state: change(fc.constantFrom('active', 'reserved', 'released')),
          ip: change(fc.constantFrom('10.0.0.1', '10.0.0.2', '10.0.0.3')),
        },
        { requiredKeys: [] },
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      op: fc.constantFrom('remove' as const, 'restore' as const),
      table: fc.constantFrom('assets', 'locations', 'bindings'),
      id: fc.tuple(fc.constantFrom('a55', '10c', 'b1d'), few).map(([kind, n]) => id(kind, n)),
      base: fc.constantFrom(null, 5, 40, 1000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Op>(
      { op: 'insert', table: 'nowhere', id: id('a55', 1), values: {} },
      {
        op: 'patch',
        table: 'assets',
        id: id('a55', 1),
        base: null,
        fields: { price: { before: null, after: 'much' } },
      },
    ),
  },
);

interface Turn {
  readonly who: number;
  readonly commits: readonly {
    readonly command: string;
    readonly ops: readonly Op[];
    readonly resolves: number | null;
  }[];
}
const turn: fc.Arbitrary<Turn> = fc.record({
  who: fc.nat(2),
  commits: fc.array(
    fc.record({
      command: fc.constantFrom('assets.update', 'transfer.commit'),
      ops: fc.array(op, { minLength: 1, maxLength: 3 }),
      // Settles a conflict of an earlier turn instead.
      resolves: fc.oneof({ weight: 12, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.nat(500) }),
    }),
    { minLength: 1, maxLength: 60, size: 'max' },
  ),
});

interface Side {
  readonly hub: TestHub;
  readonly laptops: readonly LightLaptop[];
  readonly results: string[];
}

describeIf(hasPostgres, noPostgres)('rounds of any size', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster.stop(), 60_000);

  /** A hub that three laptops joined, with the same identities as the other one. */
  const side = async (lines: readonly Incarnation[]): Promise<Side> => {
    const hub = await cluster.hub({ now: () => NOW });
    await hub.pool.query('UPDATE sync.epoch SET epoch = $1', [EPOCH]);
    await hub.pool.query('UPDATE sync.head SET epoch = $1, chain = $2', [EPOCH, sha256(EPOCH)]);
    const laptops: LightLaptop[] = [];
    for (const [index, own] of lines.entries()) {
      const laptop = new LightLaptop(hub.url, null, { device: id('def', index), own, clock });
      await laptop.enrol(await hub.newCode(), `L0${index + 1}`);
      laptops.push(laptop);
    }
    return { hub, laptops, results: [] };
  };
  const push = async ({ laptops, results }: Side, who: number, commits: readonly WireCommit[]): Promise<void> => {
    const laptop = laptops[who];
    if (!laptop) throw new Error('no laptop');
    results.push(...(await laptop.round(laptop.request(commits))).results);
  };
  /** Every table that commits write, as text. */
  const storeOf = async ({ hub }: Side): Promise<string[]> => {
    const tables = [...records.map(({ table }) => `app.${table}`), 'sync.feed', 'sync.commit', 'sync.incarnation'];
    const lines: string[] = [];
    for (const table of [...tables, 'sync.waiting', 'sync.head']) {
      const { rows } = await hub.pool.query<{ line: string }>(
        `SELECT to_jsonb(t)::text AS line FROM ${table} t ORDER BY 1`,
      );
      for (const { line } of rows) lines.push(`${table} ${line}`);
    }
    return lines;
  };

  /** Pushes the same work to two hubs, commit by commit and in rounds, and compares. Returns the verdicts. */
  const compare = async (turns: readonly Turn[]): Promise<Result[]> => {
    const lines = [0, 1, 2].map((n) => new Incarnation(id('1bc', n), clock));
    const [single, rounds] = [await side(lines), await side(lines)];
    try {
      const open: string[] = [];
      const sent: WireCommit[] = [];
      for (const { who, commits: wanted } of [{ who: 0, commits: [base] }, ...turns]) {
        const commits = wanted.map(({ command, ops, resolves }) => {
          const conflict = resolves === null ? undefined : open[resolves % Math.max(1, open.length)];
          const how = (resolves ?? 0) % 2 ? 'take_mine' : 'keep_theirs';
          const made = conflict ? settling(conflict, how) : { command, ops };
          return (lines[who] as Incarnation).commit(made.command, made.ops);
        });
        if (who === 0) sent.push(...commits);
        const before = single.results.length;
        for (const commit of commits) await push(single, who, [commit]);
        await push(rounds, who, commits);
        for (const text of single.results.slice(before))
          open.push(...(JSON.parse(text) as Result).held.map(({ conflict }) => conflict));
      }
      expect(rounds.results).toEqual(single.results);
      const store = await storeOf(rounds);
      expect(store).toEqual(await storeOf(single));
      // Asked again, all in one request: the same words, and nothing changes.
      const again = { ...rounds, results: [] };
      await push(again, 0, sent);
      expect(again.results).toEqual(single.results.filter((text) => text.includes(id('1bc', 0))));
      expect(await storeOf(rounds)).toEqual(store);
      return single.results.map((text) => JSON.parse(text) as Result);
    } finally {
      for (const { hub, laptops } of [single, rounds]) {
        for (const laptop of laptops) await laptop.close();
        await hub.close();
      }
    }
  };

  test(
    'leave the same store, and give the same verdicts',
    async () => {
      const outcomes = new Map<string, number>();
      await fc.assert(
        fc.asyncProperty(fc.array(turn, { minLength: 3, maxLength: 8 }), async (turns) => {
          for (const { outcome, code } of await compare(turns))
            outcomes.set(code ?? outcome, (outcomes.get(code ?? outcome) ?? 0) + 1);
        }),
        { numRuns: RUNS, seed: SEED, endOnFailure: true },
      );
      // The property is worth something only over work that clashes.
      expect([...outcomes.keys()]).toEqual(expect.arrayContaining(['applied', 'held', 'bad_value', 'resolved_before']));
      expect(outcomes.get('applied')).toBeGreaterThan(50);
      expect(outcomes.get('held')).toBeGreaterThan(50);
    },
    RUNS * 60_000,
  );

  const one = (ops: Op[], command = 'assets.update'): Turn['commits'][number] => ({ command, ops, resolves: null });
  const asset = (n: number, values: Record<string, string>): Op => ({
    op: 'insert',
    table: 'assets',
    id: id('a55', n),
    values: { name: '机', category: 'desktop', status: 'in_use', ...values },
  });

  test('rows that are copied are what rows that are inserted are, whatever stands in them', async () => {
    const texts = ['C:\\新\t盘', '一\n二\r\n三', '\\N', '\\.', '', '"', "'", '{}', '😀'];
    const line = (n: number): Op =>
      asset(n, { remark: texts[n % texts.length] ?? '', tag: `X${n}`, ip: '10.1.0.9', mac: 'AABBCCDDEE09' });
    const commits = Array.from({ length: 12 }, (_, k) =>
      one(
        Array.from({ length: 40 }, (__, i) => line(k * 40 + i)),
        'transfer.commit',
      ),
    );
    const results = await compare([{ who: 0, commits }]);
    expect(results.every(({ outcome }) => outcome === 'applied')).toBe(true);
  }, 60_000);

  test('a tag that goes round between rows within one request stands in the way of none of its commits', async () => {
    const tag = (n: number, before: string | null, after: string | null): Turn['commits'][number] =>
      one([{ op: 'patch', table: 'assets', id: id('a55', n), base: null, fields: { tag: { before, after } } }]);
    const results = await compare([
      { who: 0, commits: [one([asset(0, { tag: 'T1' })]), one([asset(1, { tag: 'T2' })])] },
      { who: 0, commits: [tag(0, 'T1', null), tag(1, 'T2', 'T1'), tag(0, null, 'T2'), tag(1, 'T1', 'T3')] },
      { who: 0, commits: [tag(0, 'T2', null), tag(1, 'T3', 'T2'), tag(0, null, 'T3')] },
    ]);
    expect(results.every(({ outcome }) => outcome === 'applied')).toBe(true);
  }, 60_000);
});

/** What the random work builds on. */
const base = {
  command: 'transfer.commit',
  resolves: null,
  ops: [
    { op: 'insert', table: 'subnets', id: SUBNET, values: { name: '办公网', cidr: '10.0.0.0/24', purpose: 'office' } },
    ...[0, 1, 2].map((n) => ({
      op: 'insert' as const,
      table: 'locations',
      id: id('10c', n),
      values: { kind: 'room', name: '房间', parent_id: null },
    })),
  ] satisfies Op[] as Op[],
};

const settling = (conflict: string, how: string): { command: string; ops: Op[] } => ({
  command: 'sync.resolve',
  ops: [
    {
      op: 'patch',
      table: 'conflicts',
      id: conflict,
      base: null,
      fields: { state: { before: 'open', after: 'resolved' }, how: { before: null, after: how } },
    },
  ],
});
