/** Every call there is, joined from the features. Renderer, command line and both hosts speak only this. */
import { addressingContract } from './features/addressing.ts';
import { applicationsContract } from './features/applications.ts';
import { approvalsContract } from './features/approvals.ts';
import { assetsContract } from './features/assets.ts';
import { attachmentsContract } from './features/attachments.ts';
import { auditContract } from './features/audit.ts';
import { cablingContract } from './features/cabling/calls.ts';
import { calendarContract } from './features/calendar.ts';
import { consoleContract } from './features/console.ts';
import { custodyContract } from './features/custody.ts';
import { discoveryContract } from './features/discovery.ts';
import { historyContract } from './features/discovery/history.ts';
import { areasContract } from './features/duty-areas.ts';
import { dutyContract } from './features/duty.ts';
import { handoverContract } from './features/handover.ts';
import { ipamContract } from './features/ipam.ts';
import { knowledgeContract } from './features/knowledge.ts';
import { leasesContract } from './features/leases.ts';
import { lettersContract } from './features/letters.ts';
import { locationsContract } from './features/locations.ts';
import { openingContract } from './features/opening.ts';
import { operatorContract } from './features/operator.ts';
import { packsContract } from './features/packs.ts';
import { papersContract } from './features/papers.ts';
import { peopleContract } from './features/people.ts';
import { reportsContract } from './features/reports.ts';
import { searchContract } from './features/search.ts';
import { submissionsContract } from './features/submissions.ts';
import { switchesContract } from './features/switches.ts';
import { syncContract } from './features/sync.ts';
import { systemContract } from './features/system.ts';
import { ticketsContract } from './features/tickets.ts';
import { topologyContract } from './features/topology.ts';
import { transferContract } from './features/transfer.ts';
import { upkeepContract } from './features/upkeep.ts';
import { watchContract } from './features/watch.ts';

export const contract = {
  addressing: addressingContract,
  applications: applicationsContract,
  approvals: approvalsContract,
  areas: areasContract,
  assets: assetsContract,
  attachments: attachmentsContract,
  audit: auditContract,
  cabling: cablingContract,
  calendar: calendarContract,
  console: consoleContract,
  custody: custodyContract,
  discovery: { ...discoveryContract, history: historyContract },
  duty: dutyContract,
  handover: handoverContract,
  ipam: ipamContract,
  knowledge: knowledgeContract,
  leases: leasesContract,
  letters: lettersContract,
  locations: locationsContract,
  opening: openingContract,
  operator: operatorContract,
  packs: packsContract,
  papers: papersContract,
  people: peopleContract,
  reports: reportsContract,
  search: searchContract,
  submissions: submissionsContract,
  switches: switchesContract,
  sync: syncContract,
  system: systemContract,
  tickets: ticketsContract,
  topology: topologyContract,
  transfer: transferContract,
  upkeep: upkeepContract,
  watch: watchContract,
};
