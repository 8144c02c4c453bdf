/** Histories of 2 to 12 notebooks and a hub with bad lines, bad clocks and power cuts (sync.md section 3). See test/sim/histories.ts. */
import { hasPostgres, noPostgres } from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';
import { playMany, runsOr, SEED } from './histories.ts';
import { openSchool, type School } from './school.ts';
import { badDays } from './steps.ts';

const RUNS = runsOr(225);

describeIf(hasPostgres, noPostgres)('bad days', () => {
  let school: School;
  beforeAll(async () => {
    school = await openSchool();
  }, 120_000);
  afterAll(() => school.close(), 60_000);

  test('end equal, with nothing lost and nothing doubled', async () => {
    const totals = await playMany(school, badDays, RUNS, SEED);
    // Histories in which nothing clashes would prove nothing.
    expect(totals.held).toBeGreaterThan(RUNS);
    expect(totals.applied).toBeGreaterThan(totals.held);
  }, 86_400_000);
});
