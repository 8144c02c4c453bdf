/**
 * Every screen of the window, in the order of the left rail. To add one:
 *
 * 1. Write `renderer/features/x.tsx` exporting `function XScreen({ rest, query }: ScreenProps)`. `rest` are the path parts after
 *    the screen's own path (`#/tickets/board/7` on path `tickets/board` gives ['7']), `query` what follows `?`.
 * 2. Add one line below: `screen('tickets/board', 'tickets', 'tickets.board', async () => (await import('./features/tickets.tsx')).TicketBoard)`.
 *    Group = the rail item; a group's screens become the tabs above the page. No group (null) = reachable by address only.
 *    `{ bare: true }` = no frame around it (print pages).
 * 3. Catalogue: the title key in `shared/messages/x.ts`. Every visible word comes from `const t = useText()` -> `t('tickets.board')`.
 *
 * What to build it from (all in `renderer/`):
 *  - `rpc` (query.ts): `useQuery(rpc.assets.get.queryOptions({ input: { id } }))`, `useMutation(rpc.assets.update.mutationOptions())`;
 *    `client` (rpc.ts): `await client.assets.create(...)`. Lists refetch by themselves after every commit.
 *  What can be started from the search box: actions.ts.
 *  - `<Page actions={...}>` (ui/page.tsx) around a screen, `<Sheet open title onClose footer>` (ui/sheet.tsx) = the drawer on the right.
 *  - `<RecordTable id="assets" record={assets} list={rpc.assets.list} columns={['tag', 'name', { field: 'ip', width: 130 }]} onOpen={(row) => …}/>`
 *    (ui/table/record-table.tsx): filters, sort, saved columns, keys, copy. `useTableView('assets')` gives the query it shows, for exports.
 *  - `<RecordForm record={people} title={…} open groups={[…]} initial={{…}} save={(draft) => client.people.create(draft)} onClose onSaved/>`
 *    (ui/form/record-form.tsx); single inputs from ui/form/: `<FieldInput>`, `<RefPicker table="people" value onChange>`.
 *  - `<State tone="good|work|warn|bad|off|await">word</State>`, `<OptionState table field code>` (ui/state.tsx); `<Mac hex>`, `<Moment at>` (ui/text.tsx);
 *    `<Empty>`, `<Failed error>` (ui/blank.tsx); `<Progress done total onCancel>` (ui/progress.tsx); `<HistoryList query={…}>` (ui/history.tsx).
 *  - `useSay()` (ui/say.ts): `say.done(t('…'))`, `say.failed(error)` words a refusal; `refusalOf(error)` gives `{ code, params }` or null.
 *  - `useKey('ctrl+n', handler)` (ui/keys.ts) ignores keys of an input method; `go('assets/ID')`, `to('assets', id)` (route.ts); `saveFile(name, bytes, type)` (ui/files.ts).
 */
import type { ComponentType, LazyExoticComponent } from 'react';
import type { MessageKey } from '../shared/messages.ts';
import { late } from './late.ts';
import type { Route } from './route.ts';

export interface ScreenProps {
  readonly rest: readonly string[];
  readonly query: Route['query'];
}
export const groups = [
  'today',
  'assets',
  'addresses',
  'tickets',
  'rounds',
  'discovery',
  'topology',
  'handover',
  'reports',
  'settings',
] as const;
export type Group = (typeof groups)[number];

export interface Screen {
  readonly path: string;
  readonly group: Group | null;
  readonly title: MessageKey;
  readonly view: LazyExoticComponent<ComponentType<ScreenProps>>;
  readonly bare: boolean;
}

const screen = (
  path: string,
  group: Group | null,
  title: MessageKey,
  load: () => Promise<ComponentType<ScreenProps>>,
  { bare = false }: { bare?: boolean } = {},
): Screen => ({ path, group, title, bare, view: late(load) });

export const screens: readonly Screen[] = [
  screen('today', 'today', 'nav.today', async () => (await import('./features/today.tsx')).TodayScreen),
  screen('assets', 'assets', 'nav.assets', async () => (await import('./features/assets/screen.tsx')).AssetsScreen),
  screen(
    'locations',
    'assets',
    'nav.locations',
    async () => (await import('./features/locations.tsx')).LocationsScreen,
  ),
  screen(
    'import',
    'assets',
    'transfer.import',
    async () => (await import('./features/transfer/import-screen.tsx')).ImportScreen,
  ),
  screen(
    'addresses',
    'addresses',
    'ipam.bindings',
    async () => (await import('./features/ipam/bindings.tsx')).BindingsScreen,
  ),
  screen(
    'subnets',
    'addresses',
    'ipam.subnets',
    async () => (await import('./features/ipam/subnets.tsx')).SubnetsScreen,
  ),
  screen('released', 'addresses', 'pool.title', async () => (await import('./features/ipam/pool.tsx')).PoolScreen),
  screen(
    'requests',
    'addresses',
    'ranges.title',
    async () => (await import('./features/ranges/screen.tsx')).RangeRequestsScreen,
  ),
  screen('people', 'addresses', 'nav.people', async () => (await import('./features/people.tsx')).PeopleScreen),
  screen(
    'opening',
    'addresses',
    'opening.title',
    async () => (await import('./features/opening/screen.tsx')).OpeningScreen,
  ),
  screen(
    'applications',
    'addresses',
    'applications.title',
    async () => (await import('./features/applications/screen.tsx')).ApplicationsScreen,
  ),
  screen(
    'letters',
    'addresses',
    'letters.title',
    async () => (await import('./features/letters/screen.tsx')).LettersScreen,
  ),
  screen(
    'expiring',
    'addresses',
    'expiry.title',
    async () => (await import('./features/upkeep/expiring.tsx')).ExpiringScreen,
  ),
  screen(
    'completeness',
    'addresses',
    'gaps.title',
    async () => (await import('./features/upkeep/completeness.tsx')).CompletenessScreen,
  ),
  screen('who', 'addresses', 'ipam.who', async () => (await import('./features/ipam/who.tsx')).WhoScreen),
  screen(
    'tickets/board',
    'tickets',
    'tickets.board',
    async () => (await import('./features/tickets/board.tsx')).TicketBoard,
  ),
  screen(
    'tickets',
    'tickets',
    'tickets.list',
    async () => (await import('./features/tickets/screen.tsx')).TicketsScreen,
  ),
  screen(
    'tickets/figures',
    'tickets',
    'figures.title',
    async () => (await import('./features/repairs/figures.tsx')).FiguresScreen,
  ),
  screen(
    'tickets/knowledge',
    'tickets',
    'knowledge.title',
    async () => (await import('./features/repairs/knowledge.tsx')).KnowledgeScreen,
  ),
  screen(
    'tickets/areas',
    'tickets',
    'areas.title',
    async () => (await import('./features/repairs/areas.tsx')).AreasScreen,
  ),
  screen(
    'discovery',
    'discovery',
    'discovery.title',
    async () => (await import('./features/discovery/screen.tsx')).DiscoveryScreen,
  ),
  screen(
    'sweeps',
    'discovery',
    'sweeps.title',
    async () => (await import('./features/sweeps/screen.tsx')).SweepsScreen,
  ),
  screen('hosts', 'discovery', 'hosts.title', async () => (await import('./features/hosts/screen.tsx')).HostsScreen),
  screen('watch', 'discovery', 'watch.title', async () => (await import('./features/watch/screen.tsx')).WatchScreen),
  screen(
    'watch/check',
    'discovery',
    'watch.check',
    async () => (await import('./features/watch/check-screen.tsx')).CheckScreen,
  ),
  screen('duty', 'rounds', 'duty.title', async () => (await import('./features/duty/screen.tsx')).DutyScreen),
  screen(
    'map',
    'topology',
    'topology.title',
    async () => (await import('./features/topology/screen.tsx')).TopologyScreen,
  ),
  screen(
    'trace',
    'topology',
    'cabling.trace',
    async () => (await import('./features/cabling/trace-screen.tsx')).TraceScreen,
  ),
  screen(
    'switch-ports',
    'topology',
    'cabling.ports',
    async () => (await import('./features/cabling/ports-screen.tsx')).SwitchPortsScreen,
  ),
  screen(
    'panels',
    'topology',
    'cabling.panels',
    async () => (await import('./features/cabling/panels-screen.tsx')).PanelsScreen,
  ),
  screen(
    'outlets',
    'topology',
    'cabling.outlets',
    async () => (await import('./features/cabling/outlets-screen.tsx')).OutletsScreen,
  ),
  screen(
    'cables',
    'topology',
    'cabling.labels',
    async () => (await import('./features/cabling/labels-screen.tsx')).CablesScreen,
  ),
  screen(
    'switches',
    'topology',
    'switches.title',
    async () => (await import('./features/switches/screen.tsx')).SwitchesScreen,
  ),
  screen(
    'ports',
    'topology',
    'switches.find',
    async () => (await import('./features/switches/find.tsx')).FindPortScreen,
  ),
  screen(
    'links',
    'topology',
    'switches.links',
    async () => (await import('./features/switches/links.tsx')).LinksScreen,
  ),
  screen(
    'console',
    'topology',
    'console.title',
    async () => (await import('./features/console/screen.tsx')).ConsoleScreen,
  ),
  screen(
    'handover',
    'handover',
    'handover.title',
    async () => (await import('./features/handover/screen.tsx')).HandoverScreen,
  ),
  screen('tools', 'handover', 'tools.title', async () => (await import('./features/custody/tools.tsx')).ToolsScreen),
  screen(
    'envelopes',
    'handover',
    'envelopes.title',
    async () => (await import('./features/custody/envelopes.tsx')).EnvelopesScreen,
  ),
  screen(
    'reports',
    'reports',
    'reports.title',
    async () => (await import('./features/reports/screen.tsx')).ReportsScreen,
  ),
  screen(
    'submissions',
    'reports',
    'submissions.title',
    async () => (await import('./features/submissions/screen.tsx')).SubmissionsScreen,
  ),
  screen('packs', 'reports', 'packs.title', async () => (await import('./features/packs/screen.tsx')).PacksScreen),
  screen('papers', 'reports', 'papers.title', async () => (await import('./features/papers/screen.tsx')).PapersScreen),
  screen(
    'print',
    null,
    'papers.preview',
    async () => (await import('./features/papers/print-screen.tsx')).PrintScreen,
    { bare: true },
  ),
  screen('settings', 'settings', 'nav.settings', async () => (await import('./features/system.tsx')).SettingsScreen),
  screen('sync', 'settings', 'sync.title', async () => (await import('./features/sync/screen.tsx')).SyncScreen),
  screen(
    'store',
    'settings',
    'operator.title',
    async () => (await import('./features/operator/screen.tsx')).OperatorScreen,
  ),
  screen('demo', null, 'first.demo', async () => (await import('./features/demo.tsx')).DemoScreen),
  screen('audit', 'settings', 'nav.audit', async () => (await import('./features/audit.tsx')).AuditScreen),
];

/** The screen of a route: the longest path that fits; the first screen for an empty route; null for an unknown one. */
export function screenOf(parts: readonly string[]): { screen: Screen; rest: readonly string[] } | null {
  if (parts.length === 0) return screens[0] ? { screen: screens[0], rest: [] } : null;
  for (let length = parts.length; length > 0; length--) {
    const path = parts.slice(0, length).join('/');
    const found = screens.find((each) => each.path === path);
    if (found) return { screen: found, rest: parts.slice(length) };
  }
  return null;
}
