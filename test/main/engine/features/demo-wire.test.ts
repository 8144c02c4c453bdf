/** The odd things of the demo school's network are found, each as often as domain.md §4 says, and nobody else is suspected. */
import { testEngine } from '../../../support/engine.ts';

test('its last sweep finds six conflicts, nine strangers, five replugged, three clones, fourteen gone, eleven misnamed, one that moved', async () => {
  const { call, engine, close } = await testEngine();
  for await (const step of await call.system.demo({ scale: 1 })) void step;
  const { counts, sweep } = await call.discovery.findings({});
  expect(counts).toMatchObject({
    conflict: 6,
    new_mac: 9,
    port_moved: 5,
    mac_twice: 3,
    silent: 14,
    misnamed: 11,
    moved: 1,
    ip_taken: 0,
    unbound: 0,
    proxied: 0,
    dynamic: 150,
  });
  expect(sweep?.ending).toBe('finished');
  const found = (await call.discovery.findings({})).findings;
  // Of the names that break the rule four are Chinese.
  const names = found.flatMap(({ verdict, host }) => (verdict === 'misnamed' ? [host?.name ?? ''] : []));
  expect(names.filter((name) => /\p{Script=Han}/u.test(name))).toHaveLength(4);
  // Unseen for more than 30 days, by the last time anybody saw them.
  const silent = found.flatMap(({ verdict, ip }) => (verdict === 'silent' ? [ip] : []));
  const last = engine.db.all<{ at: number }>(
    `SELECT max(seen_at) AS at FROM _sightings WHERE ip IN (${silent.map(() => '?').join(', ')}) GROUP BY ip`,
    ...silent,
  );
  expect(last).toHaveLength(14);
  for (const { at } of last) expect(engine.clock.now() - at).toBeGreaterThan(30 * 86_400_000);
  expect(found.find(({ host }) => host?.kind === 'router')).toMatchObject({ ip: '192.168.1.1', verdict: 'new_mac' });
  close();
});
