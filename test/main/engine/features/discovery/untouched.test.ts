/** Whatever a network shows, a sweep writes nothing into the register, and what was set aside stays so. */
import * as fc from 'fast-check';
import { macOf, office, pc } from '../../../../support/found.ts';

const REGISTER = ['bindings', 'assets', 'people', 'locations', 'subnets', 'address_ranges', 'tickets', 'naming_rules'];

const octet = fc.integer({ min: 2, max: 9 });
const host = fc
  .tuple(octet, octet, fc.constantFrom(null, 'SZ-1', 'PC-1'))
  .map(([at, card, name]) => pc(at, { mac: macOf(card), ...(name === null ? {} : { told: { netbios: { name } } }) }));
const sweeps = fc.array(fc.array(host, { maxLength: 6 }), { minLength: 1, maxLength: 3 });

test('after any sweeps the register is as people left it, and an ignored finding is ignored in each', async () => {
  const o = await office({ hosts: [] }, [
    { octet: 5 },
    { octet: 6, hostname: '手写的名字' },
    { octet: 7, mac: null, state: 'reserved' },
  ]);
  await o.call.discovery.createNamingRule({ label: '单位', pattern: 'SZ-*' });
  o.network.hosts = [pc(60)];
  await o.sweep();
  const order = await o.order([60], { action: 'ignore', until: '2027-01-01', reason: '长期测试机' });
  await o.call.discovery.accept(order);
  const state = (): string =>
    JSON.stringify(REGISTER.map((table) => o.engine.db.all(`SELECT * FROM ${table} ORDER BY id`)));
  const before = state();
  const commits = o.engine.db.value('SELECT count(*) FROM _commits');
  try {
    await fc.assert(
      fc.asyncProperty(sweeps, async (seen) => {
        for (const hosts of seen) {
          o.network.hosts = [...hosts, pc(60)];
          await o.sweep();
          const facts = await o.facts();
          expect(facts.find(({ ip }) => ip === '10.20.30.60')?.ignored?.reason).toBe('长期测试机');
          expect(new Set(facts.map(({ ip }) => ip)).size).toBe(facts.length);
        }
        expect(state()).toBe(before);
        expect(o.engine.db.value('SELECT count(*) FROM _commits')).toBe(commits);
      }),
      { numRuns: 12 },
    );
  } finally {
    o.close();
  }
}, 120_000);
