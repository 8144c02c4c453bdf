/** The one catalogue of interface text: zh-CN and en-US side by side, so that neither can be forgotten. */
import { access } from './messages/access.ts';
import { accessPapers } from './messages/access-papers.ts';
import { addresses } from './messages/addresses.ts';
import { applications } from './messages/applications.ts';
import { assets } from './messages/assets.ts';
import { attachments } from './messages/attachments.ts';
import { backup } from './messages/backup.ts';
import { cli } from './messages/cli.ts';
import { cabling } from './messages/cabling.ts';
import { cablingFields } from './messages/cabling-fields.ts';
import { cablingRefusals } from './messages/cabling-refusals.ts';
import { calendar } from './messages/calendar.ts';
import { common } from './messages/common.ts';
import { consolePaste } from './messages/console.ts';
import { custody } from './messages/custody.ts';
import { conflictWays } from './messages/conflicts.ts';
import { discovery } from './messages/discovery.ts';
import { documents } from './messages/documents.ts';
import { duty } from './messages/duty.ts';
import { findings } from './messages/findings.ts';
import { frame } from './messages/frame.ts';
import { handover } from './messages/handover.ts';
import { host } from './messages/host.ts';
import { hosts } from './messages/hosts.ts';
import { ipam } from './messages/ipam.ts';
import { kindMessages } from './messages/kinds.ts';
import { leases } from './messages/leases.ts';
import { letters } from './messages/letters.ts';
import { locations } from './messages/locations.ts';
import { makers } from './messages/makers.ts';
import { menu } from './messages/menu.ts';
import { opening } from './messages/opening.ts';
import { operator } from './messages/operator.ts';
import { packs } from './messages/packs.ts';
import { papers } from './messages/papers.ts';
import { people } from './messages/people.ts';
import { problems } from './messages/problems.ts';
import { refusals } from './messages/refusals.ts';
import { ranges } from './messages/ranges.ts';
import { register } from './messages/register.ts';
import { repairs } from './messages/repairs.ts';
import { repairFields } from './messages/repair-fields.ts';
import { reports } from './messages/reports.ts';
import { roles } from './messages/roles.ts';
import { stick } from './messages/stick.ts';
import { sweepHistory } from './messages/sweep-history.ts';
import { sweepReasons } from './messages/sweep-reasons.ts';
import { snmp } from './messages/snmp.ts';
import { submissions } from './messages/submissions.ts';
import { switches } from './messages/switches.ts';
import { sync } from './messages/sync.ts';
import { syncLog } from './messages/sync-log.ts';
import { system } from './messages/system.ts';
import { tickets } from './messages/tickets.ts';
import { importIssues } from './messages/import-issues.ts';
import { topology } from './messages/topology.ts';
import { transfer } from './messages/transfer.ts';
import { upkeep } from './messages/upkeep.ts';
import { vendors } from './messages/vendors.ts';
import { watch } from './messages/watch.ts';

export const catalogue = {
  ...access,
  ...common,
  ...conflictWays,
  ...frame,
  ...register,
  ...reports,
  ...cli,
  ...refusals,
  ...roles,
  ...repairFields,
  ...repairs,
  ...problems,
  ...host,
  ...menu,
  ...assets,
  ...attachments,
  ...people,
  ...locations,
  ...leases,
  ...ranges,
  ...ipam,
  ...addresses,
  ...tickets,
  ...cabling,
  ...cablingFields,
  ...cablingRefusals,
  ...calendar,
  ...discovery,
  ...vendors,
  ...makers,
  ...findings,
  ...kindMessages,
  ...sweepHistory,
  ...sweepReasons,
  ...hosts,
  ...documents,
  ...backup,
  ...opening,
  ...operator,
  ...packs,
  ...papers,
  ...handover,
  ...consolePaste,
  ...custody,
  ...submissions,
  ...switches,
  ...snmp,
  ...stick,
  ...sync,
  ...syncLog,
  ...system,
  ...importIssues,
  ...topology,
  ...transfer,
  ...watch,
  ...duty,
  ...applications,
  ...letters,
  ...upkeep,
  ...accessPapers,
} as const;

export type MessageKey = keyof typeof catalogue;
export type Language = 'zh-CN' | 'en-US';
export const languages: readonly Language[] = ['zh-CN', 'en-US'];
