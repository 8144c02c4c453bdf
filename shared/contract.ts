/** Every call there is, joined from the features. Renderer, command line and both hosts speak only this. */
import { approvalsContract } from './features/approvals.ts';
import { assetsContract } from './features/assets.ts';
import { attachmentsContract } from './features/attachments.ts';
import { auditContract } from './features/audit.ts';
import { calendarContract } from './features/calendar.ts';
import { custodyContract } from './features/custody.ts';
import { discoveryContract } from './features/discovery.ts';
import { historyContract } from './features/discovery/history.ts';
import { dutyContract } from './features/duty.ts';
import { handoverContract } from './features/handover.ts';
import { ipamContract } from './features/ipam.ts';
import { leasesContract } from './features/leases.ts';
import { locationsContract } from './features/locations.ts';
import { operatorContract } from './features/operator.ts';
import { papersContract } from './features/papers.ts';
import { peopleContract } from './features/people.ts';
import { searchContract } from './features/search.ts';
import { switchesContract } from './features/switches.ts';
import { syncContract } from './features/sync.ts';
import { systemContract } from './features/system.ts';
import { ticketsContract } from './features/tickets.ts';
import { transferContract } from './features/transfer.ts';
import { watchContract } from './features/watch.ts';

export const contract = {
  approvals: approvalsContract,
  assets: assetsContract,
  attachments: attachmentsContract,
  audit: auditContract,
  calendar: calendarContract,
  custody: custodyContract,
  discovery: { ...discoveryContract, history: historyContract },
  duty: dutyContract,
  handover: handoverContract,
  ipam: ipamContract,
  leases: leasesContract,
  locations: locationsContract,
  operator: operatorContract,
  papers: papersContract,
  people: peopleContract,
  search: searchContract,
  switches: switchesContract,
  sync: syncContract,
  system: systemContract,
  tickets: ticketsContract,
  transfer: transferContract,
  watch: watchContract,
};
