/**
 * Laptops and stores of different versions (sync.md 2.12, M14, I17): laptop N-2 to N+1 against store N-1 to N+1, random work, then everybody is
 * upgraded: all are equal, no field that somebody did not know was erased, no commit was left behind.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hub } from '../../../../hub/hub.ts';
import { SCHEMA } from '../../../../shared/commit.ts';
import type { RecordType } from '../../../../shared/record.ts';
import type { SyncSummary } from '../../../../shared/features/sync.ts';
import { TestClock } from '../../../support/engine.ts';
import { hasPostgres, noPostgres, startCluster, type Cluster, type TestHub } from '../../../support/hub.ts';
import { describeIf } from '../../../support/skip.ts';
import { dice, versionOf, type Version } from '../../../support/versions.ts';

const SEED = Number(process.env['LANBOOK_SYNC_SEED'] ?? 20_261_122);
const NO_LIMITS = { device: 1e9, address: 1e9, enrol: 1e9 };
/** The versions are called after N, the store's of the day. */
const N = SCHEMA + 2;

interface Laptop {
  readonly dir: string;
  readonly clock: TestClock;
  readonly machine: string;
  version: Version;
  at: ReturnType<Version['open']>;
}

jest.setTimeout(120_000);

describeIf(hasPostgres, noPostgres)('laptops and stores of different versions', () => {
  let cluster: Cluster;
  const versions = new Map<number, Version>();
  const open: (() => Promise<void> | void)[] = [];
  const version = (schema: number): Version => versions.get(schema) as Version;
  beforeAll(async () => {
    cluster = await startCluster();
    for (const schema of [N - 2, N - 1, N, N + 1]) versions.set(schema, await versionOf(schema));
  });
  afterEach(async () => {
    for (const close of open.splice(0).toReversed()) await close();
  });
  afterAll(() => cluster.stop());

  class Store {
    #hub: Hub | null = null;
    readonly #base: TestHub;
    constructor(base: TestHub) {
      this.#base = base;
      open.push(() => this.stop());
    }
    get hub(): Hub {
      if (!this.#hub) throw new Error('stopped');
      return this.#hub;
    }
    async stop(): Promise<void> {
      await this.#hub?.close();
      this.#hub = null;
    }
    async run(schema: number): Promise<void> {
      await this.stop();
      const port = Number(new URL(this.#base.url).port);
      const { databaseUrl } = this.#base;
      this.#hub = await version(schema).startHub({ databaseUrl, host: '127.0.0.1', port, limits: NO_LIMITS });
    }
  }
  async function storeOf(schema: number): Promise<Store> {
    const base = await cluster.hub();
    await base.stopServer();
    const store = new Store(base);
    await store.run(schema);
    return store;
  }
  async function laptopOf(store: Store, schema: number, machine: string): Promise<Laptop> {
    const dir = mkdtempSync(join(tmpdir(), 'lanbook-versions-'));
    const clock = new TestClock(Date.parse('2026-09-29T16:20+08:00'));
    const at = version(schema).open(dir, { clock });
    const laptop: Laptop = { dir, clock, machine, version: version(schema), at };
    open.push(() => {
      laptop.at.engine.close();
      rmSync(dir, { recursive: true, force: true });
    });
    await at.call.system.setup({ unit: '临江市第三中学', technician: `老师${machine}`, machine, language: 'zh-CN' });
    await at.call.sync.enrol({ address: store.hub.url, code: await store.hub.newCode() });
    return laptop;
  }
  function upgrade(laptop: Laptop, schema: number): void {
    laptop.at.engine.close();
    laptop.version = version(schema);
    laptop.at = laptop.version.open(laptop.dir, { clock: laptop.clock });
  }
  async function sync(laptop: Laptop): Promise<SyncSummary> {
    let summary: SyncSummary | undefined;
    for await (const event of await laptop.at.call.sync.run()) summary = event.summary ?? summary;
    return summary as SyncSummary;
  }
  const refusal = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => '',
      (error: { data?: { code: string } }) => error.data?.code ?? String(error),
    );

  type Values = Record<string, string | number | boolean | null>;
  const type = (laptop: Laptop, table: string): RecordType => laptop.version.recordOf(table) as RecordType;
  const insert = (laptop: Laptop, table: string, values: Values): string =>
    laptop.at.engine.command(`${table}.create`, (tx) => tx.insert(type(laptop, table), values as never).id);
  const patch = (laptop: Laptop, table: string, id: string, values: Values): void => {
    laptop.at.engine.command(`${table}.update`, (tx) => tx.patch(type(laptop, table), id, values as never));
  };
  const row = (laptop: Laptop, table: string, id: string): Values | undefined =>
    laptop.at.engine.db.get<Values>(`SELECT * FROM ${table} WHERE id = ?`, id);
  const person = (laptop: Laptop, name: string, more: Values = {}): string =>
    insert(laptop, 'people', { name, identity: 'teacher', letter: 'signed', status: 'active', ...more });

  /** Everything that is synced, as this laptop has it. */
  const contents = (laptop: Laptop): Record<string, unknown[]> =>
    Object.fromEntries(
      laptop.version.records.map(({ table, fields }) => [
        table,
        laptop.at.engine.db.all(
          `SELECT id, rv, deleted_at, extra, ${Object.keys(fields).join(', ')} FROM ${table} ORDER BY id`,
        ),
      ]),
    );
  const states = (laptop: Laptop): Record<string, number> =>
    Object.fromEntries(
      laptop.at.engine.db
        .all<{ state: string; n: number }>('SELECT state, count(*) AS n FROM _commits GROUP BY state')
        .map(({ state, n }) => [state, n]),
    );

  const pairs = [N - 1, N, N + 1].flatMap((hub) => [N - 2, N - 1, N, N + 1].map((laptop) => [laptop, hub] as const));
  test.each(pairs)(
    'laptop %i with store %i: nothing is erased, nothing stays behind',
    async (laptopVersion, hubVersion) => {
      const roll = dice(SEED + laptopVersion * 10 + hubVersion);
      const store = await storeOf(hubVersion);
      // A colleague of the store's own version, and the laptop in question.
      const one = await laptopOf(store, hubVersion, 'L01');
      const two = await laptopOf(store, laptopVersion, 'L02');
      const isTold = laptopVersion >= hubVersion - 2;
      const people: string[] = [];
      const gadgets: string[] = [];
      /** The last value anybody gave a newer field: each has one author, so that nothing else may have changed it. */
      const given = new Map<string, [table: string, id: string, field: string, value: string]>();
      for (let step = 0; step < 60; step += 1) {
        const laptop = roll(2) === 0 ? one : two;
        const { schema } = laptop.version;
        const known = people.filter((id) => row(laptop, 'people', id) !== undefined);
        const id = known[roll(Math.max(1, known.length))];
        const newer = ['pet', 'mood'].filter((field) => type(laptop, 'people').fields[field]);
        const what = roll(8);
        if (!id || what === 0) people.push(person(laptop, `人${step}`));
        else if (what <= 2) patch(laptop, 'people', id, { remark: `备注${laptop.machine}${step}` });
        else if (what === 3 && newer.length > 0) {
          const field = newer[roll(newer.length)] as string;
          const key = `${id} ${field}`;
          const before = given.get(key);
          const free = !before || row(laptop, 'people', id)?.[field] === before[3];
          if (free && laptop === two) {
            patch(laptop, 'people', id, { [field]: `值${step}` });
            given.set(key, ['people', id, field, `值${step}`]);
          } else if (free && !before) {
            const made = person(laptop, `新${step}`, { [field]: `值${step}` });
            people.push(made);
            given.set(`${made} ${field}`, ['people', made, field, `值${step}`]);
          }
        } else if (what === 4 && schema >= N)
          gadgets.push(insert(laptop, 'gadgets', { name: `物${step}`, person_id: id }));
        else if (what >= 6) {
          const said = await refusal(sync(laptop));
          expect(said).toBe(isTold || laptop === one ? '' : 'laptop_older');
        }
        laptop.clock.set(1000);
      }
      await refusal(sync(one));
      await refusal(sync(two));
      // What an old store understands has gone, the rest is told as waiting.
      const { unsynced, waiting } = await two.at.call.sync.status({});
      if (isTold) expect(unsynced).toBe(waiting);
      if (laptopVersion <= hubVersion) expect(waiting).toBe(0);

      await store.run(N + 1);
      for (const laptop of [one, two]) upgrade(laptop, N + 1);
      for (let round = 0; round < 3; round += 1) for (const laptop of [one, two]) await sync(laptop);
      expect(contents(two)).toEqual(contents(one));
      for (const laptop of [one, two]) {
        expect(Object.keys(states(laptop)).filter((state) => !['applied', 'held'].includes(state))).toEqual([]);
        expect((await laptop.at.call.sync.status({})).waiting).toBe(0);
        expect(laptop.at.engine.db.value('SELECT count(*) FROM _foreign')).toBe(0);
      }
      for (const [table, id, field, value] of given.values()) expect(row(one, table, id)?.[field]).toBe(value);
      for (const id of gadgets) expect(row(one, 'gadgets', id)).toBeDefined();
      expect(gadgets.length + people.length).toBeGreaterThan(0);
    },
  );

  test('a store of an older version gets what it understands; the rest goes by itself after its upgrade', async () => {
    const store = await storeOf(N - 1);
    const laptop = await laptopOf(store, N, 'L01');
    const first = person(laptop, '甲');
    const gadget = insert(laptop, 'gadgets', { name: '物', person_id: first });
    patch(laptop, 'people', first, { remark: '在后' });
    patch(laptop, 'gadgets', gadget, { name: '物二' });
    const second = person(laptop, '乙');
    // Nothing was numbered yet that would have to move later: what is left closes up, and goes on.
    const { sent } = await sync(laptop);
    expect(sent).toBe(3);
    expect(await laptop.at.call.sync.status({})).toMatchObject({ unsynced: 2, waiting: 2, last_error: null });
    expect(row(laptop, 'people', second)?.['rv']).not.toBeNull();
    expect(row(laptop, 'gadgets', gadget)).toMatchObject({ name: '物二', rv: null });
    // Work goes on, also over what waits.
    person(laptop, '丙');
    patch(laptop, 'gadgets', gadget, { name: '物三' });
    expect((await sync(laptop)).sent).toBe(1);
    expect((await laptop.at.call.sync.status({})).waiting).toBe(3);
    const log = await laptop.at.call.sync.log({});
    expect(log.filter(({ code }) => code === 'store_older')).toHaveLength(1);

    await store.run(N);
    expect((await sync(laptop)).sent).toBe(3);
    await sync(laptop);
    expect(await laptop.at.call.sync.status({})).toMatchObject({ unsynced: 0, waiting: 0 });
    expect(states(laptop)).toEqual({ applied: 7 });
    const colleague = await laptopOf(store, N, 'L02');
    await sync(colleague);
    expect(row(colleague, 'gadgets', gadget)).toMatchObject({ name: '物三' });
    expect(contents(colleague)).toEqual(contents(laptop));
  });

  test('what is built on a waiting change waits with it: its record, its references, the number it gives up', async () => {
    const store = await storeOf(N - 1);
    const laptop = await laptopOf(store, N, 'L01');
    const asset = (name: string, more: Values = {}): string =>
      insert(laptop, 'assets', { name, category: 'desktop', status: 'in_use', ...more });
    const old = asset('旧机', { tag: 'T-1' });
    await sync(laptop);
    patch(laptop, 'assets', old, { tag: null, colour: '红' });
    asset('新机', { tag: 'T-1' });
    patch(laptop, 'assets', old, { remark: '以后' });
    asset('别机', { tag: 'T-2' });
    expect((await sync(laptop)).sent).toBe(1);
    expect((await laptop.at.call.sync.status({})).waiting).toBe(3);
    await store.run(N);
    expect(await sync(laptop)).toMatchObject({ sent: 3, held: 0, rejected: 0 });
  });

  test('an older store may be closed to the hello of a newer laptop: it is spoken to in its own version', async () => {
    const store = await storeOf(N);
    const laptop = await laptopOf(store, N, 'L01');
    const colleague = await laptopOf(store, N, 'L02');
    const { engine } = laptop.at;
    const state = engine.db.value<string>("SELECT value FROM _settings WHERE key = 'sync'") as string;
    // As after two answers of HUB_OLDER from a store of the version before.
    engine.db
      .prepare("UPDATE _settings SET value = ? WHERE key = 'sync'")
      .run(JSON.stringify({ ...JSON.parse(state), hubSchema: N - 1, spoken: N - 1 }));
    const id = insert(colleague, 'gadgets', { name: '物' });
    await sync(colleague);
    await sync(laptop);
    // The store turned out to be as new: what it left out for the older version was fetched in the same run.
    expect(row(laptop, 'gadgets', id)).toMatchObject({ name: '物' });
  });

  test('rows of tables this laptop does not know are kept, and are its own after the upgrade', async () => {
    const store = await storeOf(N);
    const colleague = await laptopOf(store, N, 'L01');
    const laptop = await laptopOf(store, N - 2, 'L02');
    const id = person(colleague, '甲', { pet: '猫' });
    const gadget = insert(colleague, 'gadgets', { name: '物', person_id: id });
    await sync(colleague);
    // A store that does not know how old a laptop is tells it everything.
    const { db } = laptop.at.engine;
    const taken = laptop.at.engine.ports.fetch;
    Object.assign(laptop.at.engine.ports, {
      fetch: (url: string, init: RequestInit) => taken(url.replace(`schema=${N - 2}`, `schema=${N}`), init as never),
    });
    const before = JSON.parse(db.value<string>("SELECT value FROM _settings WHERE key = 'sync'") as string) as object;
    db.prepare("UPDATE _settings SET value = ? WHERE key = 'sync'").run(JSON.stringify({ ...before, spoken: N }));
    await sync(laptop);
    expect(row(laptop, 'people', id)).toMatchObject({ name: '甲', extra: JSON.stringify({ pet: '猫' }) });
    expect(db.value('SELECT count(*) FROM _foreign')).toBe(1);
    // Its own edits leave them alone.
    patch(laptop, 'people', id, { remark: '看过' });
    await sync(laptop);
    expect(row(laptop, 'people', id)).toMatchObject({ remark: '看过', extra: JSON.stringify({ pet: '猫' }) });
    upgrade(laptop, N);
    expect(row(laptop, 'people', id)).toMatchObject({ remark: '看过', pet: '猫', extra: null });
    expect(row(laptop, 'gadgets', gadget)).toMatchObject({ name: '物', person_id: id });
    await sync(laptop);
    await sync(colleague);
    expect(contents(laptop)).toEqual(contents(colleague));
  });

  test('a laptop too old to be told anything still hands in its work, and says so in one sentence', async () => {
    const store = await storeOf(N - 1);
    const laptop = await laptopOf(store, N - 2, 'L01');
    const id = person(laptop, '甲');
    await sync(laptop);
    await store.run(N + 1);
    patch(laptop, 'people', id, { remark: '现场' });
    expect(await refusal(sync(laptop))).toBe('laptop_older');
    expect(states(laptop)).toEqual({ applied: 1, sent: 1 });
    const colleague = await laptopOf(store, N + 1, 'L02');
    await sync(colleague);
    expect(row(colleague, 'people', id)).toMatchObject({ remark: '现场' });
    upgrade(laptop, N + 1);
    await sync(laptop);
    expect(contents(laptop)).toEqual(contents(colleague));
  });
});
