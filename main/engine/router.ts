/** Every feature's calls in one router. Only here are features composed. */
import { assetsRouter } from './features/assets.ts';
import { auditRouter } from './features/audit.ts';
import { ipamRouter } from './features/ipam.ts';
import { locationsRouter } from './features/locations.ts';
import { peopleRouter } from './features/people.ts';
import { searchRouter } from './features/search.ts';
import { systemRouter } from './features/system.ts';
import { ticketsRouter } from './features/tickets.ts';
import { os } from './rpc.ts';

export const router = os.router({
  assets: assetsRouter,
  audit: auditRouter,
  ipam: ipamRouter,
  locations: locationsRouter,
  people: peopleRouter,
  search: searchRouter,
  system: systemRouter,
  tickets: ticketsRouter,
});
