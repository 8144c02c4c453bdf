/** I22 and M10: the same history told with right clocks and with clocks wrong by years comes to the same, but for what only time decides. */
import { hasPostgres, noPostgres } from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';
import { records } from '../../shared/records.ts';
import { newTotals, playHistory } from './history.ts';
import { playMany, runsOr, SEED } from './histories.ts';
import type { Played } from './play.ts';
import { openSchool, type School } from './school.ts';
import { clockDays } from './steps.ts';

const RUNS = runsOr(40);

/**
 * Every field of class A or C at the hub under the label of its row. Left out: fields that hold a time, the number of a ticket (it is
 * made of the day), and conflicts, which tell when things were done.
 */
async function outcomes({ scene, ledger }: Played): Promise<string[]> {
  const lines: string[] = [];
  for (const { table, fields } of records.filter((each) => each.table !== 'conflicts')) {
    const hard = Object.entries(fields).filter(
      ([name, { kind, class: is }]) =>
        (is === 'A' || is === 'C') && kind !== 'instant' && kind !== 'day' && name !== 'number',
    );
    const { rows } = await scene.store.hub.pool.query<Record<string, unknown>>(
      `SELECT *, deleted_rv IS NOT NULL AS is_gone FROM app.${table}`,
    );
    for (const row of rows) {
      const values = hard.map(([name, { kind }]) => {
        const value = row[name] ?? null;
        return `${name}=${kind === 'ref' && value !== null ? ledger.labelOf(String(value)) : String(value)}`;
      });
      lines.push(`${table} ${ledger.labelOf(String(row['id']))} ${String(row['is_gone'])} ${values.join(' ')}`);
    }
  }
  return lines.toSorted();
}

describeIf(hasPostgres, noPostgres)('wrong clocks', () => {
  let school: School;
  beforeAll(async () => {
    school = await openSchool();
  }, 120_000);
  afterAll(() => school.close(), 60_000);

  test('refuse no work and change no outcome that must not be guessed', async () => {
    const totals = await playMany(school, clockDays, RUNS, SEED, async (_school, history, counted) => {
      const told: string[][] = [];
      const look = async (played: Played): Promise<void> => void told.push(await outcomes(played));
      await playHistory(school, history, counted, false, look);
      await playHistory(school, history, newTotals(), true, look);
      expect(told[0]).toEqual(told[1]);
    });
    expect(totals.held).toBeGreaterThan(RUNS);
  }, 86_400_000);
});
