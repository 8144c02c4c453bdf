/** Every migration in order. Numbers only grow; a released one never changes. */
import { registers } from './001_registers.ts';
import { sync } from './002_sync.ts';
import { naming } from './003_naming.ts';
import { evidence } from './004_evidence.ts';
import { watch } from './005_watch.ts';
import { rejoin } from './006_rejoin.ts';
import { keys } from './007_keys.ts';
import { roles } from './008_roles.ts';
import { conflictWays } from './009_conflict_ways.ts';
import { attachments } from './010_attachments.ts';
import { leases } from './013_leases.ts';
import { applications } from './014_applications.ts';
import { ranges } from './016_ranges.ts';
import { cabling } from './017_cabling.ts';
import { topology } from './018_topology.ts';
import { ticketsWhole } from './019_tickets.ts';
import { custody } from './021_custody.ts';
import { reports } from './020_reports.ts';

export const migrations: readonly { readonly number: number; readonly sql: string }[] = [
  { number: 1, sql: registers },
  { number: 2, sql: sync },
  { number: 3, sql: naming },
  { number: 4, sql: evidence },
  { number: 5, sql: watch },
  { number: 6, sql: rejoin },
  { number: 7, sql: keys },
  { number: 8, sql: roles },
  { number: 9, sql: conflictWays },
  { number: 10, sql: attachments },
  { number: 13, sql: leases },
  { number: 14, sql: applications },
  { number: 16, sql: ranges },
  { number: 17, sql: cabling },
  { number: 18, sql: topology },
  { number: 19, sql: ticketsWhole },
  { number: 20, sql: reports },
  { number: 21, sql: custody },
];
