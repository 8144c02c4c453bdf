/** kill -9 of a laptop at named places (sync.md section 3, F1 to F8 and F11): nothing that was told as saved is lost, nothing is done twice. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { migrations } from '../../main/engine/migrations/index.ts';
import { readState } from '../../main/engine/sync/state.ts';
import { testEngine } from '../support/engine.ts';
import { hasPostgres, noPostgres } from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';
import { startEngine } from '../../main/engine/start.ts';
import { i10GaplessHead, i1Convergence } from './invariants/convergence.ts';
import { i3Decided, i6OwnOrder } from './invariants/durability.ts';
import { hubLog } from './invariants/log.ts';
import type { SimLaptop } from './laptop.ts';
import { chanceOf, start } from './processes.ts';
import { openSchool, type Scene, type School } from './school.ts';

/** How often each place is passed at most in one go, as the process passes it: a hit is drawn below that. */
const POINTS = { F1: 4, F2: 4, F3: 3, F4: 3, F5: 1, F6: 1, F7: 1, F8: 8 } as const;
const KILLS = Number(process.env['LANBOOK_SYNC_KILLS'] ?? 13);

describeIf(hasPostgres, noPostgres)('a laptop that is killed', () => {
  let school: School;
  let scene: Scene;
  beforeAll(async () => {
    school = await openSchool();
    scene = await school.scene(2);
  }, 120_000);
  afterAll(async () => {
    await scene.close();
    await school.close();
  }, 60_000);

  const saved = new Set<string>();
  /** Work of a colleague, so that there is something to pull and to rebase over. */
  async function colleague({ call }: SimLaptop, round: number): Promise<void> {
    const { rows } = await call.assets.list({});
    for (const row of rows.slice(0, 3)) await call.assets.update({ id: row.id, changes: { spec: `规格${round}` } });
    await call.assets.create({ name: `同事${round}`, category: 'desktop', status: 'in_use' });
  }
  /** What the folder holds right after it was opened again. */
  function whole({ engine: { db } }: SimLaptop, lines: readonly string[]): void {
    expect(db.raw.pragma('quick_check(1)', { simple: true })).toBe('ok');
    for (const line of lines) {
      const [word, first = '', second = ''] = line.split(' ');
      if (word === 'saved') saved.add(first);
      // At most the page in hand is fetched again.
      const cursor = readState(db)?.cursor;
      if (word === 'at' && cursor)
        expect(cursor.rv > Number(first) || (cursor.rv === Number(first) && cursor.ord >= Number(second))).toBe(true);
    }
    // Confirmed is what came back on a page: until then it must still be laid over an older image of its row.
    expect(
      db.value("SELECT count(*) FROM _commits WHERE state = 'applied' AND seq > ?", readState(db)?.cursor.rv ?? 0),
    ).toBe(0);
    const found = db.all<{ batch: string; n: number }>('SELECT batch, count(*) AS n FROM _commits GROUP BY batch');
    const counts = new Map(found.map(({ batch, n }) => [batch, n]));
    expect([...saved].filter((batch) => counts.get(batch) !== 1)).toEqual([]);
    // A row that no commit tells of.
    expect(
      db.all(
        "SELECT 1 FROM assets a WHERE NOT EXISTS (SELECT 1 FROM _ops o WHERE o.row_id = a.id AND o.op = 'insert')",
      ),
    ).toEqual([]);
    // A commit without its operations, or operations without their effect, are half a commit.
    expect(
      db.all('SELECT 1 FROM _commits c WHERE NOT EXISTS (SELECT 1 FROM _ops o WHERE o.commit_ord = c.ord)'),
    ).toEqual([]);
    expect(
      db.all(
        "SELECT 1 FROM _ops o WHERE op IN ('insert', 'append') AND tbl = 'assets' AND NOT EXISTS (SELECT 1 FROM assets a WHERE a.id = o.row_id)",
      ),
    ).toEqual([]);
  }

  test.each(Object.entries(POINTS))(
    'at %s',
    async (point, most) => {
      const [mine, other] = scene.laptops as [SimLaptop, SimLaptop];
      const chance = chanceOf(Number(point.slice(1)));
      let killed = 0;
      for (let round = 0; round < KILLS; round += 1) {
        await colleague(other, round);
        await other.sync();
        mine.engine.close();
        const { ended } = start(
          'laptop-process.ts',
          [mine.dir, String(chance(1000)), '5'],
          `${point}:${1 + chance(most)}`,
        );
        const { signal, lines, errors } = await ended;
        expect([signal === 'SIGKILL' || lines.at(-1) === 'done', errors]).toEqual([true, '']);
        killed += signal === 'SIGKILL' ? 1 : 0;
        mine.reopen();
        whole(mine, lines);
        await mine.sync();
        i3Decided(mine);
      }
      // Hits are drawn so that nearly each of them strikes.
      expect(killed).toBeGreaterThan(KILLS * 0.7);
      const { hub } = scene.store;
      await other.sync();
      await mine.sync();
      const commits = await hubLog(hub);
      await i1Convergence(hub, scene.laptops);
      await i10GaplessHead(hub);
      i6OwnOrder(commits);
      const stored = new Map<string, number>();
      for (const { batch } of commits) stored.set(batch, (stored.get(batch) ?? 0) + 1);
      expect([...saved].filter((batch) => stored.get(batch) !== 1)).toEqual([]);
      expect(await mine.call.audit.verify()).toMatchObject({ ok: true });
    },
    300_000,
  );

  test('at F11, between two migrations: the folder opens as if nothing had been begun', async () => {
    const chance = chanceOf(11);
    for (let round = 0; round < 6; round += 1) {
      const { dir, close } = await testEngine();
      close();
      // A notebook of an earlier version, as its migrations left it.
      const from = migrations[Math.floor(migrations.length / 2)]?.number ?? 0;
      const due = migrations.filter(({ number }) => number > from).length;
      startEngine({ dataDir: dir }).close();
      for (const end of ['', '-wal', '-shm']) rmSync(join(dir, `lanbook.db${end}`), { force: true });
      const old = new Database(join(dir, 'lanbook.db'));
      for (const { number, sql } of migrations) if (number <= from) old.exec(sql);
      old.pragma(`user_version=${from}`);
      old.close();
      const { signal } = await start('laptop-process.ts', [dir], `F11:${1 + chance(due)}`).ended;
      expect(signal).toBe('SIGKILL');
      const left = new Database(join(dir, 'lanbook.db'));
      expect([left.pragma('user_version', { simple: true }), left.pragma('quick_check(1)', { simple: true })]).toEqual([
        from,
        'ok',
      ]);
      left.close();
      const engine = startEngine({ dataDir: dir });
      expect(engine.db.raw.pragma('user_version', { simple: true })).toBe(migrations.at(-1)?.number);
      engine.close();
      rmSync(dir, { recursive: true, force: true });
    }
  }, 120_000);
});
