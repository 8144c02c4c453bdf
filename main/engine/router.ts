/** Every feature's calls in one router. Only here are features composed. */
import { approvalsRouter } from './features/approvals.ts';
import { assetsRouter } from './features/assets.ts';
import { attachmentsRouter } from './features/attachments.ts';
import { auditRouter } from './features/audit.ts';
import { calendarRouter } from './features/calendar.ts';
import type { Engine } from './engine.ts';
import { schedulePurges } from './features/discovery/purge-schedule.ts';
import { discoveryRouter } from './features/discovery.ts';
import { custodyRouter } from './features/custody.ts';
import { dutyRouter } from './features/duty.ts';
import { handoverRouter } from './features/handover.ts';
import { ipamRouter } from './features/ipam.ts';
import { leasesRouter } from './features/leases.ts';
import { locationsRouter } from './features/locations.ts';
import { operatorRouter } from './features/operator.ts';
import { papersRouter } from './features/papers.ts';
import { peopleRouter } from './features/people.ts';
import { searchRouter } from './features/search.ts';
import { switchesRouter } from './features/switches.ts';
import { syncRouter } from './features/sync.ts';
import { systemRouter } from './features/system.ts';
import { ticketsRouter } from './features/tickets.ts';
import { transferRouter } from './features/transfer.ts';
import { watchRouter } from './features/watch.ts';
import { os } from './rpc.ts';
import { autoSync } from './sync/auto.ts';
import { autoBlobs } from './sync/blobs.ts';

export const router = os.router({
  approvals: approvalsRouter,
  assets: assetsRouter,
  attachments: attachmentsRouter,
  audit: auditRouter,
  calendar: calendarRouter,
  custody: custodyRouter,
  discovery: discoveryRouter,
  duty: dutyRouter,
  handover: handoverRouter,
  ipam: ipamRouter,
  leases: leasesRouter,
  locations: locationsRouter,
  operator: operatorRouter,
  papers: papersRouter,
  people: peopleRouter,
  search: searchRouter,
  switches: switchesRouter,
  sync: syncRouter,
  system: systemRouter,
  tickets: ticketsRouter,
  transfer: transferRouter,
  watch: watchRouter,
});

/** What features do by themselves while a window is open. */
export function whileServed(engine: Engine): void {
  schedulePurges(engine);
  autoSync(engine);
  autoBlobs(engine);
}
