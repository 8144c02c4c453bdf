/** An answer of a small round that ends at every byte, or has one of its bytes altered: no page of it is taken that was not whole. */
import type { Ports } from '../../main/engine/engine.ts';
import { readState } from '../../main/engine/sync/state.ts';
import { FRAMES } from '../../shared/sync/wire.ts';
import { refusalOf } from '../support/engine.ts';
import { hasPostgres, noPostgres } from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';
import { i1Convergence } from './invariants/convergence.ts';
import type { SimLaptop } from './laptop.ts';
import { openSchool, type School } from './school.ts';

describeIf(hasPostgres, noPostgres)('every byte of an answer', () => {
  let school: School;
  beforeAll(async () => {
    school = await openSchool();
  }, 120_000);
  afterAll(() => school.close(), 60_000);

  /** Plays the same recorded answer to the same laptop, spoilt at one byte after the other. */
  async function spoilt(
    spoil: (bytes: Uint8Array<ArrayBuffer>, at: number) => Uint8Array<ArrayBuffer>,
    step = 1,
  ): Promise<void> {
    const { laptops, store, close } = await school.scene(2);
    try {
      const [mine, other] = laptops as [SimLaptop, SimLaptop];
      await other.call.assets.create({ name: '同事的机', category: 'desktop', status: 'in_use' });
      await other.sync();
      await mine.call.assets.create({ name: '我的机', category: 'desktop', status: 'in_use' });
      // The hub's answer to this round, as bytes.
      let whole: Uint8Array<ArrayBuffer> | undefined;
      const through: Ports['fetch'] = mine.line.fetch;
      const record: Ports['fetch'] = async (url, init) => {
        const answer = await through(url, init);
        if (!url.endsWith('/v1/sync') || answer.status !== 200) return answer;
        whole = new Uint8Array(await answer.arrayBuffer());
        throw new TypeError('lost');
      };
      Object.assign(mine.engine.ports, { fetch: record });
      await refusalOf(mine.sync());
      const bytes = whole ?? new Uint8Array();
      expect(bytes.length).toBeGreaterThan(200);
      const before = readState(mine.engine.db)?.cursor;
      let at = 0;
      Object.assign(mine.engine.ports, {
        fetch: (async (url, init) =>
          url.endsWith('/v1/sync')
            ? new Response(spoil(bytes, at), { headers: { 'content-type': FRAMES } })
            : through(url, init)) satisfies Ports['fetch'],
      });
      for (at = 0; at < bytes.length; at += step) {
        const refused = await mine.sync().then(
          () => null,
          (error: unknown) => refusalOf(Promise.reject(error)),
        );
        expect([at, refused?.code]).toEqual([at, 'hub_cut']);
        const state = readState(mine.engine.db);
        // A page that came whole before the spoilt byte may be in, with its rows; never half of one.
        const rows = mine.engine.db.value<number>("SELECT count(*) FROM assets WHERE name = '同事的机'");
        expect([at, rows]).toEqual([at, state?.cursor.rv === before?.rv ? 0 : 1]);
        if (state?.cursor.rv !== before?.rv) break;
      }
      Object.assign(mine.engine.ports, { fetch: through });
      await mine.sync();
      await other.sync();
      await i1Convergence(store.hub, laptops);
    } finally {
      await close();
    }
  }

  test('ends there', async () => spoilt((bytes, at) => bytes.slice(0, at)), 120_000);
  test('is altered there', async () => spoilt((bytes, at) => bytes.with(at, (bytes[at] ?? 0) ^ 4), 7), 120_000);
});
