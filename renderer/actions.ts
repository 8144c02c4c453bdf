/** What can be started from anywhere: by its key, and by name in the search box. */
import type { MessageKey } from '../shared/messages.ts';

/** `go` is the route it opens. */
interface Action {
  readonly title: MessageKey;
  readonly go: string;
  readonly key?: string;
  /** Other names it is known by. */
  readonly also?: readonly MessageKey[];
}
export const actions: readonly Action[] = [
  { title: 'tickets.quick', also: ['tickets.new', 'record.tickets'], go: 'tickets/new', key: 'Ctrl+N' },
  { title: 'assets.new', go: 'assets/new' },
  { title: 'people.new', go: 'people/new' },
  { title: 'transfer.import', go: 'import' },
  { title: 'ipam.new', go: 'addresses/new' },
  { title: 'opening.title', also: ['opening.seats'], go: 'opening' },
  { title: 'applications.new.binding', also: ['record.applications'], go: 'applications/new' },
  { title: 'applications.new.access', go: 'applications/new?kind=access' },
  { title: 'letters.title', go: 'letters' },
  { title: 'expiry.title', go: 'expiring' },
  { title: 'gaps.title', go: 'completeness' },
  { title: 'ipam.newSubnet', go: 'subnets/new' },
  { title: 'ipam.who', go: 'who' },
  { title: 'ranges.new', also: ['ranges.title'], go: 'requests/new' },
  { title: 'pool.title', go: 'released' },
  { title: 'port.title', go: 'ports' },
  { title: 'cabling.trace', go: 'trace' },
  { title: 'console.title', go: 'console' },
  { title: 'topology.title', also: ['form.F-07'], go: 'map' },
  { title: 'watch.check_start', also: ['watch.check'], go: 'watch/check?run=1' },
  { title: 'duty.write', also: ['duty.title'], go: 'duty' },
  { title: 'knowledge.new', go: 'tickets/knowledge/new' },
  { title: 'figures.title', go: 'tickets/figures' },
  { title: 'handover.new', go: 'handover/new' },
  { title: 'tools.new', also: ['tools.title'], go: 'tools/new' },
  { title: 'reports.new', also: ['reports.title', 'form.F-11'], go: 'reports/new' },
  { title: 'packs.new', also: ['packs.title', 'form.BS'], go: 'packs/new' },
  { title: 'submissions.title', go: 'submissions' },
  { title: 'sync.title', go: 'sync' },
];
