/** The morning page: what is due, what needs attention, how large the registers are. Every number opens the list behind it. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { addDays, showMoment, weekday } from '../../shared/day.ts';
import type { FilterClause } from '../../shared/list.ts';
import type { MessageKey } from '../../shared/messages.ts';
import { keyOf, useText } from '../i18n.ts';
import { rpc } from '../query.ts';
import { go } from '../route.ts';
import { screens } from '../screens.ts';
import { Failed, Loading } from '../ui/blank.tsx';
import { Page } from '../ui/page.tsx';
import { State, type Tone } from '../ui/state.tsx';
import type { ListSource } from '../ui/table/rows.ts';
import { changeView } from '../ui/table/view.ts';
import { DueTickets } from './due-tickets.tsx';
import { ShortSubnets } from './ipam/short-subnets.tsx';
import { DueHandovers } from './handover/due-card.tsx';
import { UpkeepFacts } from './upkeep/today-facts.tsx';
import { ReportCards } from './reports/today-cards.tsx';
import { CheckCard } from './watch/check-card.tsx';
import { useSyncStatus } from './sync/use-sync.ts';

type Filter = readonly FilterClause[];
/** The clock runs: late and due today are counted among these. */
const running: FilterClause = { field: 'state', op: 'in', value: ['open', 'accepted', 'working'] };
const unfinished: FilterClause = {
  field: 'state',
  op: 'in',
  value: ['open', 'accepted', 'working', 'paused', 'to_confirm'],
};

export function TodayScreen(): ReactNode {
  const t = useText();
  const { data: state, error, refetch } = useQuery(rpc.system.state.queryOptions());
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!state) return <Loading />;
  const { today, now } = state;
  const day = keyOf(`today.weekday.${weekday(today)}`);
  return (
    <Page scroll>
      <div className="today">
        <h2 className="today-day">{t('today.hello', { day: today, weekday: day ? t(day) : '' })}</h2>
        <div className="today-row">
          <Count
            table="tickets"
            label="today.overdue"
            tone="bad"
            filter={[running, { field: 'due_at', op: 'between', value: [null, now] }]}
          />
          <Count
            table="tickets"
            label="today.due"
            tone="warn"
            filter={[running, { field: 'due_on', op: 'between', value: [today, today] }]}
          />
          <Count table="tickets" label="today.open" tone="work" filter={[unfinished]} />
          <Unsynced />
          <Count
            table="assets"
            label="today.repair"
            tone="warn"
            filter={[{ field: 'status', op: 'in', value: ['repair'] }]}
          />
        </div>
        <div className="today-columns">
          <section className="card">
            <h3>{t('today.dueList')}</h3>
            <DueTickets />
          </section>
          <section className="card">
            <h3>{t('today.attention')}</h3>
            <ul className="facts">
              <Fact
                table="assets"
                label="today.warranty"
                filter={[{ field: 'warranty_until', op: 'between', value: [today, addDays(today, 30)] }]}
              />
              <Fact table="assets" label="today.noCustodian" filter={[{ field: 'custodian_id', op: 'empty' }]} />
              <UpkeepFacts />
              <ShortSubnets />
            </ul>
            <DueHandovers today={today} />
            <ReportCards />
            <CheckCard today={today} />
            <LastSweep />
            <h3>{t('today.registers')}</h3>
            <ul className="facts">
              <Fact table="assets" label="today.assets" filter={[]} />
              <Fact table="people" label="today.people" filter={[]} />
              <Fact
                table="bindings"
                label="today.bindings"
                filter={[{ field: 'state', op: 'in', value: ['active', 'reserved', 'suspended'] }]}
              />
            </ul>
          </section>
        </div>
      </div>
    </Page>
  );
}

type Table = 'assets' | 'people' | 'tickets' | 'bindings';
interface CountProps {
  readonly table: Table;
  readonly label: MessageKey;
  readonly filter: Filter;
}
const lists: Record<Table, ListSource<unknown>> = {
  assets: rpc.assets.list,
  people: rpc.people.list,
  tickets: rpc.tickets.list,
  bindings: rpc.ipam.list,
};
/** The screen that shows a table, and the name its list's view is kept under. */
const screenOf: Record<Table, { path: string; view: string }> = {
  assets: { path: 'assets', view: 'assets' },
  people: { path: 'people', view: 'people' },
  tickets: { path: 'tickets', view: 'tickets' },
  bindings: { path: 'addresses', view: 'bindings' },
};

function useCount(table: Table, filter: Filter): number | null {
  const { data } = useQuery({
    queryKey: ['count', table, filter],
    queryFn: async ({ signal }) => (await lists[table].call({ filter: [...filter], limit: 1 }, { signal })).total,
    meta: { tables: [table] },
  });
  return data ?? null;
}

/** Opens the list behind a number, filtered to exactly what was counted. */
function useOpenList(table: Table, filter: Filter): (() => void) | null {
  const { path, view } = screenOf[table];
  if (!screens.some((screen) => screen.path === path)) return null;
  return () => {
    changeView(view, { filter, text: '' });
    go(path);
  };
}

function Count({ table, label, filter, tone }: CountProps & { tone: Tone }): ReactNode {
  const t = useText();
  const count = useCount(table, filter);
  const open = useOpenList(table, filter);
  const calm = count === 0 || count === null;
  return (
    <button type="button" className="count" disabled={!open} onClick={() => open?.()}>
      <span className="count-number">{count === null ? '·' : count.toLocaleString()}</span>
      {calm ? <span className="count-label">{t(label)}</span> : <State tone={tone}>{t(label)}</State>}
    </button>
  );
}

function Unsynced(): ReactNode {
  const t = useText();
  const sync = useSyncStatus();
  const n = sync?.unsynced ?? 0;
  return (
    <button type="button" className="count" onClick={() => go('sync')}>
      <span className="count-number">{sync ? n.toLocaleString() : '·'}</span>
      {n === 0 ? (
        <span className="count-label">{t('today.unsynced')}</span>
      ) : (
        <State tone="work">{t('today.unsynced')}</State>
      )}
    </button>
  );
}

/** When the network was last looked at, and what was found there. */
function LastSweep(): ReactNode {
  const t = useText();
  const { data: sweeps } = useQuery(rpc.discovery.sweeps.queryOptions({ input: { limit: 1 } }));
  const last = sweeps?.[0];
  return (
    <>
      <h3>{t('today.lastSweep')}</h3>
      <ul className="facts">
        <li>
          <button type="button" className="fact" onClick={() => go('discovery')}>
            <span>{last ? showMoment(last.started_at) : t('today.neverSwept')}</span>
            <span className="fact-number">{last ? t('today.found', { n: last.found.toLocaleString() }) : ''}</span>
          </button>
        </li>
      </ul>
    </>
  );
}

function Fact({ table, label, filter }: CountProps): ReactNode {
  const t = useText();
  const count = useCount(table, filter);
  const open = useOpenList(table, filter);
  return (
    <li>
      <button type="button" className="fact" disabled={!open} onClick={() => open?.()}>
        <span>{t(label)}</span>
        <span className="fact-number">{count === null ? '·' : count.toLocaleString()}</span>
      </button>
    </li>
  );
}
