/** An answer of a small round that ends at every byte, or has one of its bytes altered: no page of it is taken that was not whole. */
import type { Ports } from '../../main/engine/engine.ts';
import { hear, newTally } from '../../main/engine/sync/run.ts';
import { hubOf } from '../../main/engine/sync/session.ts';
import { readState } from '../../main/engine/sync/state.ts';
import { isRefusal } from '../../shared/refusal.ts';
import { FRAMES } from '../../shared/sync/wire.ts';
import { refusalOf } from '../support/engine.ts';
import { hasPostgres, noPostgres } from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';
import { i1Convergence, picture } from './invariants/convergence.ts';
import type { SimLaptop } from './laptop.ts';
import { openSchool, type School } from './school.ts';

type Bytes = Uint8Array<ArrayBuffer>;

describeIf(hasPostgres, noPostgres)('every byte of an answer', () => {
  let school: School;
  beforeAll(async () => {
    school = await openSchool();
  }, 120_000);
  afterAll(() => school.close(), 60_000);

  /** Takes a spoilt answer as a run does, and forgets it again: each begins at the same place. */
  async function hearSpoilt(mine: SimLaptop): Promise<{ code: string | null; after: string[]; moved: boolean }> {
    const { db } = mine.engine;
    const before = readState(db);
    if (!before) throw new Error('not joined');
    db.raw.exec('BEGIN');
    try {
      const frames = hubOf(mine.engine, before).round(new Uint8Array());
      let code: string | null = null;
      try {
        for await (const event of hear(mine.engine, frames, newTally())) void event;
      } catch (error) {
        if (!isRefusal(error)) throw error;
        code = error.code;
      }
      return { code, after: picture(mine), moved: readState(db)?.cursor.rv !== before.cursor.rv };
    } finally {
      db.raw.exec('ROLLBACK');
    }
  }

  /** Plays the same recorded answer to the same laptop, spoilt at one byte after the other. */
  async function spoilt(spoil: (bytes: Bytes, at: number) => Bytes): Promise<void> {
    const { laptops, store, close } = await school.scene(2);
    try {
      const [mine, other] = laptops as [SimLaptop, SimLaptop];
      await other.call.assets.create({ name: '同事的机', category: 'desktop', status: 'in_use' });
      await other.sync();
      await mine.call.assets.create({ name: '我的机', category: 'desktop', status: 'in_use' });
      // The hub's answer to this round, as bytes; the laptop does not get it yet.
      let whole: Bytes = new Uint8Array();
      const through: Ports['fetch'] = mine.line.fetch;
      const record: Ports['fetch'] = async (url, init) => {
        const answer = await through(url, init);
        if (!url.endsWith('/v1/sync') || answer.status !== 200) return answer;
        whole = new Uint8Array(await answer.arrayBuffer());
        throw new TypeError('lost');
      };
      Object.assign(mine.engine.ports, { fetch: record });
      await refusalOf(mine.sync());
      expect(whole.length).toBeGreaterThan(200);

      let heard = whole;
      const replay: Ports['fetch'] = (url, init) =>
        url.endsWith('/v1/sync')
          ? Promise.resolve(new Response(heard, { headers: { 'content-type': FRAMES } }))
          : through(url, init);
      Object.assign(mine.engine.ports, { fetch: replay });
      // Unspoilt it is taken: with nothing of it at all, and with all of it, are the two ends.
      const none = picture(mine);
      const all = await hearSpoilt(mine);
      expect([all.code, all.moved, all.after.filter((row) => row.includes('同事的机')).length]).toEqual([
        null,
        true,
        1,
      ]);
      let took = 0;
      for (let at = 0; at < whole.length; at += 1) {
        heard = spoil(whole, at);
        const { code, after, moved } = await hearSpoilt(mine);
        expect([at, code]).toEqual([at, 'hub_cut']);
        // A page that came whole before the spoilt byte may be in, with all of its rows; never half of one.
        const same = (rows: string[]): boolean =>
          after.length === rows.length && after.every((row, i) => row === rows[i]);
        expect([at, same(moved ? all.after : none)]).toEqual([at, true]);
        took += moved ? 1 : 0;
      }
      // The bytes of the head come after the page.
      expect(took).toBeGreaterThan(0);
      expect(took).toBeLessThan(whole.length / 2);
      Object.assign(mine.engine.ports, { fetch: through });
      await mine.sync();
      await other.sync();
      await i1Convergence(store.hub, laptops);
    } finally {
      await close();
    }
  }

  test('ends there', async () => spoilt((bytes, at) => bytes.slice(0, at)), 120_000);
  test(
    'is altered there',
    async () => spoilt((bytes, at) => bytes.with(at, (bytes[at] ?? 0) ^ (1 << (at % 8)))),
    120_000,
  );
});
