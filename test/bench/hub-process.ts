/**
 * The hub of a benchmark as a process of its own, as sites run it, with its own PostgreSQL and without limits. Answers its parent:
 * `code` (an enrolment code), `usage` (its memory and processor time so far), `close`.
 */
import { chmodSync } from 'node:fs';
import { startHub } from '../../hub/hub.ts';
import { identityIn } from '../../hub/identity.ts';
import { startPostgres } from '../../hub/postgres.ts';

const NO_LIMITS = { device: 1e9, address: 1e9, enrol: 1e9 };

export interface HubUsage {
  /** The most it ever held, MB. */
  readonly peak_mb: number;
  readonly cpu_ms: number;
}
export type Ask = 'code' | 'usage' | 'close';

const dir = process.argv[2] ?? '';
// As root PostgreSQL runs as another user, who must be able to pass through.
chmodSync(dir, 0o755);
const database = await startPostgres(dir);
const identity = await identityIn(dir);
const hub = await startHub({ databaseUrl: database.url, host: '127.0.0.1', port: 0, identity, limits: NO_LIMITS });

const usage = (): HubUsage => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { peak_mb: maxRSS / 1024, cpu_ms: (userCPUTime + systemCPUTime) / 1000 };
};

let closing: Promise<void> | undefined;
async function answer(ask: Ask): Promise<unknown> {
  if (ask === 'code') return hub.newCode();
  if (ask === 'usage') return usage();
  closing ??= hub.close().then(() => database.stop());
  await closing;
  return null;
}

process.on('message', (ask: Ask) => {
  void answer(ask).then((value) => {
    process.send?.({ value });
    if (ask === 'close') process.disconnect();
  });
});
// Also when the parent died: no hub and no PostgreSQL is left behind.
process.once('disconnect', () => void answer('close').then(() => process.exit(0)));
process.send?.({ value: { url: hub.url, databaseUrl: database.url } });
