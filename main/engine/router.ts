/** Every feature's calls in one router. Only here are features composed. */
import { addressingRouter } from './features/addressing.ts';
import { applicationsRouter } from './features/applications.ts';
import { approvalsRouter } from './features/approvals.ts';
import { areasRouter } from './features/areas.ts';
import { assetsRouter } from './features/assets.ts';
import { attachmentsRouter } from './features/attachments.ts';
import { auditRouter } from './features/audit.ts';
import { cablingRouter } from './features/cabling.ts';
import { calendarRouter } from './features/calendar.ts';
import type { Engine } from './engine.ts';
import { schedulePurges } from './features/discovery/purge-schedule.ts';
import { discoveryRouter } from './features/discovery.ts';
import { consoleRouter } from './features/console.ts';
import { custodyRouter } from './features/custody.ts';
import { dutyRouter } from './features/duty.ts';
import { handoverRouter } from './features/handover.ts';
import { ipamRouter } from './features/ipam.ts';
import { knowledgeRouter } from './features/knowledge.ts';
import { leasesRouter } from './features/leases.ts';
import { lettersRouter } from './features/letters.ts';
import { locationsRouter } from './features/locations.ts';
import { openingRouter } from './features/opening.ts';
import { operatorRouter } from './features/operator.ts';
import { packsRouter } from './features/packs.ts';
import { papersRouter } from './features/papers.ts';
import { peopleRouter } from './features/people.ts';
import { reportsRouter, scheduleReports } from './features/reports.ts';
import { searchRouter } from './features/search.ts';
import { submissionsRouter } from './features/submissions.ts';
import { switchesRouter } from './features/switches.ts';
import { syncRouter } from './features/sync.ts';
import { systemRouter } from './features/system.ts';
import { ticketsRouter } from './features/tickets.ts';
import { topologyRouter } from './features/topology.ts';
import { transferRouter } from './features/transfer.ts';
import { upkeepRouter } from './features/upkeep.ts';
import { watchRouter } from './features/watch.ts';
import { os } from './rpc.ts';
import { autoSync } from './sync/auto.ts';
import { autoBlobs } from './sync/blobs.ts';

export const router = os.router({
  addressing: addressingRouter,
  applications: applicationsRouter,
  approvals: approvalsRouter,
  areas: areasRouter,
  assets: assetsRouter,
  attachments: attachmentsRouter,
  audit: auditRouter,
  cabling: cablingRouter,
  calendar: calendarRouter,
  console: consoleRouter,
  custody: custodyRouter,
  discovery: discoveryRouter,
  duty: dutyRouter,
  handover: handoverRouter,
  ipam: ipamRouter,
  knowledge: knowledgeRouter,
  leases: leasesRouter,
  letters: lettersRouter,
  locations: locationsRouter,
  opening: openingRouter,
  operator: operatorRouter,
  packs: packsRouter,
  papers: papersRouter,
  people: peopleRouter,
  reports: reportsRouter,
  search: searchRouter,
  submissions: submissionsRouter,
  switches: switchesRouter,
  sync: syncRouter,
  system: systemRouter,
  tickets: ticketsRouter,
  topology: topologyRouter,
  transfer: transferRouter,
  upkeep: upkeepRouter,
  watch: watchRouter,
});

/** What features do by themselves while a window is open. */
export function whileServed(engine: Engine): void {
  schedulePurges(engine);
  scheduleReports(engine);
  autoSync(engine);
  autoBlobs(engine);
}
