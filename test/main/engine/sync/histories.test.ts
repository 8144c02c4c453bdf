/**
 * Random histories of three notebooks and a hub over a line that fails (sync.md section 3): whatever happens, in the end all are
 * equal, nothing a user saw as saved is lost, and nothing was done twice. A failing history is printed with its seed.
 * LANBOOK_SYNC_RUNS raises the number of histories, LANBOOK_SYNC_SEED repeats one.
 */
import fc from 'fast-check';
import type { Ports } from '../../../../main/engine/engine.ts';
import { assets } from '../../../../shared/features/assets.ts';
import { effectOf } from '../../../../main/engine/sync/outbox.ts';
import { readState } from '../../../../main/engine/sync/state.ts';
import type { Op } from '../../../../shared/commit.ts';
import type { Result } from '../../../../shared/sync/frames.ts';
import { records } from '../../../../shared/records.ts';
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

const RUNS = Number(process.env['LANBOOK_SYNC_RUNS'] ?? 12);
const SEED = Number(process.env['LANBOOK_SYNC_SEED'] ?? 20_261_122);
const LAPTOPS = 3;

type Fields = Partial<Record<'name' | 'brand' | 'serial' | 'remark' | 'location_id' | 'tag', string | null>>;
type Step =
  | { do: 'create'; tag: number; room: number }
  | { do: 'edit'; asset: number; fields: Fields }
  | { do: 'remove'; asset: number }
  | { do: 'room' }
  | { do: 'removeRoom'; room: number }
  | { do: 'resolve'; pick: number; how: 'keep_theirs' | 'take_mine' }
  | { do: 'sync'; fault: 'none' | 'lost' | 'cut' | 'typing'; at: number }
  | { do: 'clock'; ms: number };

const pick = fc.nat(30);
const word = fc.constantFrom('甲', '乙', '丙', null);
const fields = fc.record(
  {
    name: fc.constantFrom('机一', '机二', '机三'),
    brand: word,
    serial: word,
    remark: fc.constantFrom('一\n二\n三', '一改\n二\n三', '一\n二\n三改', '', null),
    tag: fc.constantFrom('T1', 'T2', null),
  },
  { requiredKeys: [] },
);
const step: fc.Arbitrary<{ who: number; step: Step }> = fc.record({
  who: fc.nat(LAPTOPS - 1),
  step: fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('create' as const), tag: fc.nat(6), room: pick }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('edit' as const), asset: pick, fields }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), asset: pick }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('room' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('removeRoom' as const), room: pick }) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('resolve' as const),
        pick,
        how: fc.constantFrom('keep_theirs' as const, 'take_mine' as const),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('sync' as const),
        fault: fc.constantFrom('none' as const, 'typing' as const, 'lost' as const, 'cut' as const),
        at: fc.nat(4000),
      }),
    },
    // Wrong by years, in both directions.
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('clock' as const), ms: fc.integer({ min: -3e11, max: 3e11 }) }),
    },
  ),
});

const disaster = fc.constantFrom('backup' as const, 'restore' as const);
type Turn = { who: number; step: Step } | 'backup' | 'restore';

interface Counts {
  applied: number;
  held: number;
  /** Restorations that a laptop noticed because something was lost. */
  restored: number;
}

interface Laptop {
  readonly engine: TestEngine;
  fault: { kind: 'lost' | 'cut' | 'typing'; at: number } | null;
  cursor: number;
  epoch: string;
}

async function newLaptop(hub: TestHub, index: number): Promise<Laptop> {
  const faulty: Ports['fetch'] = async (input, init) => {
    const answer = await fetch(input, init);
    const fault = laptop.fault;
    laptop.fault = null;
    if (!fault) return answer;
    if (fault.kind === 'typing') {
      // The user goes on working while the answer travels; the answer to that work is lost.
      laptop.fault = { kind: 'lost', at: 0 };
      await play(laptop, { do: 'edit', asset: fault.at, fields: { serial: `键入${fault.at}`, brand: '丁' } });
      return answer;
    }
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (fault.kind === 'lost') throw new TypeError('lost');
    return new Response(answer.status === 204 ? null : bytes.slice(0, fault.at % (bytes.length + 1)), {
      status: answer.status,
      headers: answer.headers,
    });
  };
  const laptop: Laptop = { engine: undefined as unknown as TestEngine, fault: null, cursor: 0, epoch: '' };
  return Object.assign(laptop, {
    engine: await laptopOf(hub, `L0${index + 1}`, `技术员${index + 1}`, { ports: { fetch: faulty } }),
  });
}

/** A refusal is a fair answer to a random command; anything else is a bug. */
const tried = async (work: Promise<unknown>): Promise<void> =>
  void (await work.then(
    () => null,
    (error: unknown) => refusalOf(Promise.reject(error)),
  ));

async function play(laptop: Laptop, action: Step): Promise<void> {
  const { call, engine, clock } = laptop.engine;
  const one = <T>(rows: readonly T[], index: number): T | undefined => rows[index % Math.max(1, rows.length)];
  const asset = async (index: number): Promise<string> =>
    one((await call.assets.list({})).rows, index)?.id ?? '00000000-0000-4000-8000-000000000000';
  const room = async (index: number): Promise<string | null> =>
    one((await call.locations.list({})).rows, index)?.id ?? null;
  switch (action.do) {
    case 'create':
      return tried(
        call.assets.create({
          name: '机',
          category: 'desktop',
          status: 'in_use',
          tag: action.tag > 4 ? null : `T${action.tag}`,
          location_id: await room(action.room),
        }),
      );
    case 'edit': {
      const id = await asset(action.asset);
      await tried(call.assets.update({ id, changes: action.fields }));
      return;
    }
    case 'remove':
      return tried(call.assets.remove({ id: await asset(action.asset), reason: '报废' }));
    case 'room':
      return tried(call.locations.create({ kind: 'room', name: '房间' }));
    case 'removeRoom':
      return tried(call.locations.remove({ id: (await room(action.room)) ?? '' }));
    case 'resolve': {
      const card = one((await call.sync.conflicts({})).cards, action.pick);
      return card ? tried(call.sync.resolve({ id: card.id, how: action.how })) : undefined;
    }
    case 'clock':
      return clock.set(Math.max(action.ms, 86_400_000 - clock.now()));
    case 'sync': {
      if (action.fault !== 'none') laptop.fault = { kind: action.fault, at: action.at };
      await tried(syncNow(laptop.engine));
      const state = readState(engine.db);
      // Only a store that was restored sends a laptop back to the beginning.
      if (state?.epoch === laptop.epoch) expect(state.cursor.rv).toBeGreaterThanOrEqual(laptop.cursor);
      laptop.epoch = state?.epoch ?? '';
      laptop.cursor = state?.cursor.rv ?? 0;
      seesOwnEdits(laptop);
    }
  }
}

/** Until the hub has decided, the last own value of every field stands on the screen of its author. */
function seesOwnEdits({ engine: { engine } }: Laptop): void {
  const wanted = new Map<string, unknown>();
  for (const { body } of engine.db.all<{ body: string }>(
    "SELECT o.body FROM _ops o JOIN _commits c ON c.ord = o.commit_ord WHERE c.state = 'pending' AND o.tbl = 'assets' ORDER BY o.ord",
  )) {
    const op = JSON.parse(body) as Op;
    const values =
      op.op === 'patch'
        ? Object.entries(op.fields).map(([name, { after }]) => [name, after])
        : 'values' in op
          ? Object.entries(op.values)
          : [];
    for (const [name, value] of values)
      if (assets.fields[name as keyof typeof assets.fields]?.class === 'C')
        wanted.set(`${op.id} ${String(name)}`, value);
  }
  for (const [key, value] of wanted) {
    const [id = '', name = ''] = key.split(' ');
    const row = engine.db.get(`SELECT ${name} AS value FROM assets WHERE id = ? AND deleted_at IS NULL`, id);
    if (row) expect(row['value']).toBe(value);
  }
}

/** Every synced row of a notebook, as text that can be compared. */
function picture({ engine: { engine } }: Laptop): string[] {
  return records.flatMap(({ table, fields: declared }) =>
    engine.db
      .all(
        `SELECT id, rv, deleted_at IS NOT NULL AS gone, ${Object.keys(declared).join(', ')} FROM ${table} ORDER BY id`,
      )
      .map((row) => `${table} ${JSON.stringify(row)}`),
  );
}

async function hubPicture(hub: TestHub): Promise<string[]> {
  const lines: string[] = [];
  for (const { table, fields: declared } of records) {
    const columns = Object.entries(declared).map(([name, field]) =>
      field.kind === 'flag' ? `"${name}"::int AS "${name}"` : `"${name}"`,
    );
    const { rows } = await hub.pool.query(
      `SELECT id, rv, (deleted_rv IS NOT NULL)::int AS gone, ${columns.join(', ')} FROM app.${table} ORDER BY id::text`,
    );
    for (const row of rows) lines.push(`${table} ${JSON.stringify(row)}`);
  }
  return lines;
}

/** Nothing acknowledged is lost: each own commit was decided, and each of its operations was done or waits in exactly one conflict. */
function nothingLost({ engine: { engine } }: Laptop): void {
  for (const { state, result } of engine.db.all<{ state: string; result: string | null }>(
    'SELECT state, result FROM _commits',
  )) {
    expect(['applied', 'held', 'rejected']).toContain(state);
    for (const { conflict } of (JSON.parse(result ?? '') as Result).held)
      expect(engine.db.value('SELECT count(*) FROM conflicts WHERE id = ?', conflict)).toBe(1);
  }
  expect(engine.db.value('SELECT count(*) FROM _shadow')).toBe(0);
  expect(engine.db.value("SELECT count(*) FROM conflicts WHERE tbl = 'conflicts'")).toBe(0);
}

/**
 * The log alone tells the whole story: done again in the hub's order it gives the rows, and no change of a field that must not be
 * guessed was done over a value its author had not seen (no silent loss, sync.md M15).
 */
function logTellsAll({ engine: { engine } }: Laptop): { applied: number; held: number } {
  const rows = new Map<string, Record<string, unknown>>();
  const counts = { applied: 0, held: 0 };
  const gone = new Set<string>();
  const lastChange = new Map<string, { seq: number; by: string }>();
  for (const commit of engine.db.all<{ ord: number; seq: number; by: string; result: string }>(
    'SELECT ord, seq, incarnation AS by, result FROM _commits ORDER BY seq',
  )) {
    const result = JSON.parse(commit.result) as Result;
    if (result.outcome !== 'rejected') counts[result.outcome] += 1;
    const bodies = engine.db.all<{ body: string }>(
      'SELECT body FROM _ops WHERE commit_ord = ? ORDER BY ord',
      commit.ord,
    );
    for (const [index, { body }] of bodies.entries()) {
      const op = effectOf(JSON.parse(body) as Op, index, result);
      if (op?.table !== 'assets') continue;
      const row = rows.get(op.id) ?? {};
      if ('values' in op) rows.set(op.id, { ...op.values });
      if (op.op === 'remove' && !gone.has(op.id)) {
        // Nobody else's change was taken away unseen.
        const last = lastChange.get(op.id);
        if (last && last.by !== commit.by) expect(last.seq).toBeLessThanOrEqual(op.base ?? 0);
        gone.add(op.id);
      }
      if (op.op === 'restore') gone.delete(op.id);
      if (op.op !== 'patch') continue;
      // A removed record comes back by a restoration only.
      expect(gone.has(op.id)).toBe(false);
      for (const [name, { before, after }] of Object.entries(op.fields)) {
        if (assets.fields[name as keyof typeof assets.fields]?.class === 'C')
          expect([before, after]).toContain(row[name] ?? null);
        if ((row[name] ?? null) !== after) lastChange.set(op.id, { seq: commit.seq, by: commit.by });
        row[name] = after;
      }
    }
  }
  for (const row of engine.db.all('SELECT * FROM assets')) {
    const told = rows.get(String(row['id'])) ?? {};
    for (const name of Object.keys(assets.fields)) expect([name, told[name] ?? null]).toEqual([name, row[name]]);
  }
  return counts;
}

describeIf(hasPostgres, noPostgres)('random histories', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster.stop(), 60_000);

  const newCounts = (): Counts => ({ applied: 0, held: 0, restored: 0 });
  /** Plays a history and holds all to account. `disaster`: the hub is put back to its last backup wherever the history says so. */
  async function run(steps: readonly Turn[], totals: Counts): Promise<void> {
    const hub = await cluster.hub({ connections: 1 });
    const laptops = await Promise.all(Array.from({ length: LAPTOPS }, (_, index) => newLaptop(hub, index)));
    let backup = '';
    try {
      for (const turn of steps)
        if (turn === 'backup') backup = await hub.backup();
        else if (turn !== 'restore') await play(laptops[turn.who] as Laptop, turn.step);
        else if (backup !== '') await hub.restoreTo(backup);
      for (const laptop of laptops) laptop.fault = null;
      for (let round = 0; round < 2; round += 1) for (const laptop of laptops) await syncNow(laptop.engine);
      const stored = await hubPicture(hub);
      for (const laptop of laptops) {
        expect(picture(laptop)).toEqual(stored);
        nothingLost(laptop);
        const { applied, held } = logTellsAll(laptop);
        totals.applied += applied;
        totals.held += held;
        expect(await laptop.engine.call.audit.verify()).toMatchObject({ ok: true });
      }
      const { rows } = await hub.pool.query<{ seq: number; incarnation: string; mut_no: number }>(
        'SELECT seq, incarnation, mut_no FROM sync.commit ORDER BY seq',
      );
      expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
      for (const group of Map.groupBy(rows, ({ incarnation }) => incarnation).values())
        expect(group.map(({ mut_no }) => mut_no)).toEqual(group.map((_, index) => index + 1));
      const made = laptops.reduce(
        (sum, laptop) =>
          sum +
          (laptop.engine.engine.db.value<number>(
            'SELECT count(*) FROM _commits WHERE incarnation = ?',
            laptop.engine.engine.incarnation,
          ) ?? 0),
        0,
      );
      expect(rows).toHaveLength(made);
      const epochs = await hub.pool.query("SELECT 1 FROM sync.event WHERE kind = 'restored'");
      totals.restored += epochs.rows.length;
    } finally {
      for (const laptop of laptops) laptop.engine.close();
      await hub.close();
    }
  }

  test('end equal, with nothing lost and nothing doubled', async () => {
    const totals = newCounts();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => run(steps, totals)),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
    // Histories in which nothing clashes would prove nothing.
    expect(totals.held).toBeGreaterThan(RUNS);
    expect(totals.applied).toBeGreaterThan(totals.held);
  }, 600_000);

  test('also when the hub is put back to a backup again and again, and nobody is told', async () => {
    const totals = newCounts();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof({ weight: 14, arbitrary: step }, { weight: 2, arbitrary: disaster }), {
          minLength: 20,
          maxLength: 60,
        }),
        (turns) => run(turns, totals),
      ),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
    expect(totals.held).toBeGreaterThan(0);
    expect(totals.restored).toBeGreaterThan(0);
  }, 600_000);
});
