/**
 * kill -9 of a hub process at named places (sync.md section 3, F13 to F16, F19, F20) and at any moment; and PostgreSQL that ends all its
 * connections, as it does when it starts again, while the hub stays.
 */
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { refusalOf } from '../support/engine.ts';
import { hasPostgres, noPostgres } from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';
import { i10GaplessHead, i1Convergence, i2Idempotence } from './invariants/convergence.ts';
import { i3Decided, i3i4i19EachOnce, i6OwnOrder } from './invariants/durability.ts';
import { hubLog } from './invariants/log.ts';
import { Ledger } from './ledger.ts';
import type { SimLaptop } from './laptop.ts';
import { chanceOf, start } from './processes.ts';
import { openSchool, type Scene, type School } from './school.ts';

const KILLS = Number(process.env['LANBOOK_SYNC_KILLS'] ?? 16);

describeIf(hasPostgres, noPostgres)('a hub that is killed', () => {
  let school: School;
  let scene: Scene;
  let ledger: Ledger;
  beforeAll(async () => {
    school = await openSchool();
  }, 120_000);
  afterAll(() => school.close(), 60_000);
  beforeEach(async () => {
    scene = await school.scene(3);
    ledger = new Ledger(scene.laptops[0] as SimLaptop);
  }, 60_000);
  afterEach(() => scene.close(), 60_000);

  async function work(round: number): Promise<void> {
    for (const laptop of scene.laptops)
      await ledger.act(laptop, async () => {
        const { call } = laptop;
        const { rows } = await call.assets.list({});
        await call.assets.create({ name: `机${round}`, category: 'desktop', status: 'in_use' });
        for (const row of rows.slice(0, 2))
          await call.assets.update({
            id: row.id,
            changes: { model: `${laptop.machine}-${round}`, remark: `第${round}次` },
          });
      });
  }
  /** A hub process with this failpoint takes the laptops' rounds until it dies. Returns whether it did. */
  async function strike(failpoint: string | null, killAfter: number | null = null): Promise<boolean> {
    await scene.store.stop();
    const hub = start(
      'hub-process.ts',
      [school.databaseUrl('live'), String(scene.port), String(scene.time.ms)],
      failpoint,
    );
    await hub.spoke;
    const timer = killAfter === null ? undefined : globalThis.setTimeout(() => hub.child.kill('SIGKILL'), killAfter);
    const refused = await syncAll(['hub_unreachable', 'hub_cut']);
    clearTimeout(timer);
    // Who is dying already dies of what struck it.
    hub.child.kill('SIGTERM');
    const { errors, signal } = await hub.ended;
    expect(errors).toBe('');
    const died = signal === 'SIGKILL';
    if (!died) expect(refused).toEqual([]);
    await scene.store.restart();
    return died;
  }
  /** All laptops, one after the other; gives what they were told instead. */
  async function syncAll(may: readonly string[]): Promise<string[]> {
    const refused: string[] = [];
    for (const laptop of scene.laptops)
      await laptop.sync().catch(async (error: unknown) => {
        const { code } = await refusalOf(Promise.reject(error));
        expect(may).toContain(code);
        refused.push(code);
      });
    return refused;
  }
  async function reckon(): Promise<void> {
    const { hub } = scene.store;
    for (let round = 0; round < 2; round += 1) for (const laptop of scene.laptops) await laptop.sync();
    const commits = await hubLog(hub);
    await i1Convergence(hub, scene.laptops);
    for (const laptop of scene.laptops) i3Decided(laptop);
    await i3i4i19EachOnce(hub, ledger, commits);
    i6OwnOrder(commits);
    await i10GaplessHead(hub);
    await i2Idempotence(hub, scene.laptops);
  }

  test.each([
    ['F13', 'after the head moved', 3],
    ['F14', 'before COMMIT', 3],
    ['F15', 'after COMMIT, before the answer', 3],
    ['F16', 'between pages', 1],
  ])(
    'at %s, %s',
    async (point, _where, most) => {
      const chance = chanceOf(Number(point.slice(1)));
      let killed = 0;
      for (let round = 0; round < KILLS; round += 1) {
        await work(round);
        killed += (await strike(`${point}:${1 + chance(most)}`)) ? 1 : 0;
        await reckon();
      }
      // Each laptop has work in each round: every hit that is drawn strikes.
      expect(killed).toBe(KILLS);
    },
    300_000,
  );

  test.each([
    ['F19', 'while a new epoch begins'],
    ['F20', 'while laptops bring back what was lost'],
  ])(
    'at %s, %s',
    async (point) => {
      const chance = chanceOf(Number(point.slice(1)));
      for (let round = 0; round < Math.ceil(KILLS / 2); round += 1) {
        await scene.store.backup();
        await work(round);
        for (const laptop of scene.laptops) await laptop.sync();
        await scene.store.restore();
        ledger.hubRestores += 1;
        expect(await strike(`${point}:${point === 'F19' ? 1 : 1 + chance(3)}`)).toBe(true);
        await reckon();
      }
    },
    300_000,
  );

  test('at any moment', async () => {
    const chance = chanceOf(1);
    for (let round = 0; round < KILLS; round += 1) {
      await work(round);
      await strike(null, chance(120));
      await reckon();
    }
  }, 300_000);

  test('PostgreSQL ends its connections at any moment: the hub goes on by itself', async () => {
    const chance = chanceOf(2);
    const admin = new pg.Client({ connectionString: school.databaseUrl('postgres') });
    await admin.connect();
    let cut = 0;
    try {
      for (let round = 0; round < KILLS; round += 1) {
        await work(round);
        const cutting = setTimeout(chance(60)).then(() =>
          // Waits until they are gone: what ends a moment later would end the next try.
          admin.query("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = 'live'"),
        );
        const refused = await syncAll(['hub_no_database', 'hub_cut']);
        cut += (await cutting).rows.length;
        await setTimeout(50);
        // What was refused was refused because of it, and the next try gets through (reckon).
        expect(refused.length).toBeLessThan(scene.laptops.length);
        await reckon();
      }
    } finally {
      await admin.end();
    }
    expect(cut).toBeGreaterThan(0);
  }, 300_000);
});
