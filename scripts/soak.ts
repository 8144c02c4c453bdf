/**
 * `npm run soak -- 10000`: plays that many random histories of each kind (test/sim) from a seed of its own, for a night. Without a
 * number 10,000. LANBOOK_SYNC_SEED repeats one; what fails is printed with its seed and made shorter for ten minutes.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const runs = Number(process.argv[2] ?? 10_000);
if (!Number.isInteger(runs) || runs < 1) {
  console.error('npm run soak -- NUMBER: how many histories of each kind, such as 10000');
  process.exit(1);
}
const seed = process.env['LANBOOK_SYNC_SEED'] ?? String(Math.trunc(Date.now() / 1000));
console.log(`Seed ${seed}, ${runs} histories of each kind.`);
const { status } = spawnSync(
  process.execPath,
  [
    join(import.meta.dirname, '../node_modules/jest/bin/jest.js'),
    '--maxWorkers=2',
    '--testTimeout=86400000',
    'test/sim',
  ],
  {
    stdio: 'inherit',
    env: { ...process.env, LANBOOK_SYNC_RUNS: String(runs), LANBOOK_SYNC_SEED: seed, LANBOOK_SYNC_SHRINK: '600' },
  },
);
process.exit(status ?? 1);
