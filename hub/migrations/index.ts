/** Every migration in order. Numbers only grow; a released one never changes. */
import { registers } from './001_registers.ts';
import { sync } from './002_sync.ts';
import { naming } from './003_naming.ts';
import { evidence } from './004_evidence.ts';
import { watch } from './005_watch.ts';
import { rejoin } from './006_rejoin.ts';
import { attachments } from './010_attachments.ts';

export const migrations: readonly { readonly number: number; readonly sql: string }[] = [
  { number: 1, sql: registers },
  { number: 2, sql: sync },
  { number: 3, sql: naming },
  { number: 4, sql: evidence },
  { number: 5, sql: watch },
  { number: 6, sql: rejoin },
  { number: 10, sql: attachments },
];
