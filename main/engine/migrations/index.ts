/** Every migration in order. Numbers only grow; a released one never changes. */
import { initial } from './001_initial.ts';
import { discovery } from './010_discovery.ts';
import { sync } from './020_sync.ts';
import { papers } from './030_papers.ts';
import { calendarDays } from './050_tickets.ts';
import { identityMigration } from './060_identity.ts';
import { switches } from './062_switches.ts';
import { namingMigration } from './063_naming.ts';
import { historyMigration } from './064_history.ts';
import { watch } from './065_watch.ts';
import { rejoin } from './070_rejoin.ts';
import { signatures } from './071_signatures.ts';
import { areas } from './073_areas.ts';
import { conflictWays } from './074_conflicts.ts';
import { toIndex } from './076_to_index.ts';
import { attachmentsMigration } from './075_attachments.ts';
import { foreign } from './077_foreign.ts';
import { leases } from './078_leases.ts';
import { applicationsMigration } from './080_applications.ts';
import { ranges } from './082_ranges.ts';
import { cabling } from './083_cabling.ts';
import { topologyMigration } from './084_topology.ts';
import { ticketsWhole } from './085_tickets.ts';
import { custody } from './087_custody.ts';
import { switchNames } from './088_switch_names.ts';
import { reportsMigration } from './086_reports.ts';

export interface Migration {
  readonly number: number;
  readonly sql: string;
}

export const migrations: readonly Migration[] = [
  initial,
  discovery,
  sync,
  papers,
  calendarDays,
  identityMigration,
  switches,
  namingMigration,
  historyMigration,
  watch,
  rejoin,
  signatures,
  areas,
  conflictWays,
  attachmentsMigration,
  toIndex,
  foreign,
  leases,
  applicationsMigration,
  ranges,
  cabling,
  topologyMigration,
  ticketsWhole,
  reportsMigration,
  custody,
  switchNames,
];
