/** Histories in which the hub and folders come back from backups, folders are copied, and laptops lose their access (sync.md 2.9). */
import { hasPostgres, noPostgres } from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';
import { playMany, runsOr, SEED } from './histories.ts';
import { openSchool, type School } from './school.ts';
import { copiedFolders, everything, restoredHubs } from './steps.ts';

const RUNS = runsOr(85);

describeIf(hasPostgres, noPostgres)('disasters', () => {
  let school: School;
  beforeAll(async () => {
    school = await openSchool();
  }, 120_000);
  afterAll(() => school.close(), 60_000);

  test('a hub put back to its backup again and again, and nobody is told: nothing is lost', async () => {
    const totals = await playMany(school, restoredHubs, RUNS, SEED);
    expect(totals.held).toBeGreaterThan(RUNS);
    expect(totals.restored).toBeGreaterThan(RUNS / 10);
  }, 86_400_000);

  test('folders that come back from a copy, or are used twice: nothing is doubled', async () => {
    const totals = await playMany(school, copiedFolders, RUNS, SEED);
    expect(totals.held).toBeGreaterThan(RUNS);
    expect(totals.forked).toBeGreaterThan(RUNS / 20);
  }, 86_400_000);

  test('all of it in one history', async () => {
    const totals = await playMany(school, everything, RUNS, SEED);
    expect(totals.held).toBeGreaterThan(RUNS);
    expect(totals.restored).toBeGreaterThan(RUNS / 10);
  }, 86_400_000);
});
