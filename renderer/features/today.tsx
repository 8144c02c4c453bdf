/** The morning page: what is due, what needs attention, how large the registers are. Every number opens the list behind it. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { addDays, showMoment, weekday } from '../../shared/day.ts';
import { tickets } from '../../shared/features/tickets.ts';
import type { FilterClause } from '../../shared/list.ts';
import type { MessageKey } from '../../shared/messages.ts';
import type { RowOf } from '../../shared/record.ts';
import { keyOf, optionLabel, useText } from '../i18n.ts';
import { rpc } from '../query.ts';
import { go } from '../route.ts';
import { screens } from '../screens.ts';
import { Failed, Loading } from '../ui/blank.tsx';
import { Page } from '../ui/page.tsx';
import { OptionState, State, type Tone } from '../ui/state.tsx';
import type { ListSource } from '../ui/table/rows.ts';
import { changeView } from '../ui/table/view.ts';

type Filter = readonly FilterClause[];
const openStates: FilterClause = {
  field: 'state',
  op: 'in',
  value: ['open', 'accepted', 'working', 'paused', 'to_confirm'],
};
const TICKETS_SHOWN = 12;

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
            filter={[openStates, { field: 'due_at', op: 'between', value: [null, now] }]}
          />
          <Count
            table="tickets"
            label="today.due"
            tone="warn"
            filter={[openStates, { field: 'due_on', op: 'between', value: [today, today] }]}
          />
          <Count table="tickets" label="today.open" tone="work" filter={[openStates]} />
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
            <DueTickets now={now} today={today} />
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
              <Fact
                table="people"
                label="today.letters"
                filter={[{ field: 'letter', op: 'in', value: ['unsigned', 'expired'] }]}
              />
            </ul>
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
  const { data: sync } = useQuery(rpc.sync.status.queryOptions({ input: {} }));
  const n = sync?.unsynced ?? 0;
  return (
    <button type="button" className="count" onClick={() => go('sync')}>
      <span className="count-number">{sync ? n.toLocaleString() : '·'}</span>
      {n === 0 ? <span className="count-label">{t('today.unsynced')}</span> : <State tone="work">{t('today.unsynced')}</State>}
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

function DueTickets({ now, today }: { now: number; today: string }): ReactNode {
  const t = useText();
  const { data, error } = useQuery(
    rpc.tickets.list.queryOptions({
      input: { filter: [openStates], sort: [{ field: 'due_at', dir: 'asc' }], limit: TICKETS_SHOWN },
      meta: { tables: ['tickets', 'people', 'locations'] },
    }),
  );
  if (error) return <Failed error={error} />;
  if (data?.rows.length === 0) return <p className="field-hint">{t('today.noTickets')}</p>;
  return (
    <ul className="due">
      {data?.rows.map((ticket) => (
        <DueTicket
          key={ticket.id}
          ticket={ticket}
          place={ticket.location_id ? (data.refs[ticket.location_id] ?? '') : ''}
          who={ticket.person_id ? (data.refs[ticket.person_id] ?? '') : (ticket.reporter ?? '')}
          now={now}
          today={today}
        />
      ))}
    </ul>
  );
}

function DueTicket({
  ticket,
  place,
  who,
  now,
  today,
}: {
  ticket: RowOf<typeof tickets>;
  place: string;
  who: string;
  now: number;
  today: string;
}): ReactNode {
  const t = useText();
  const late = (ticket.due_at ?? Infinity) < now;
  const tone: Tone = late ? 'bad' : ticket.due_on === today ? 'warn' : 'off';
  const word = late
    ? t('today.overdue')
    : ticket.due_on === today
      ? t('today.due')
      : t('today.dueOn', { day: ticket.due_on ?? '' });
  return (
    <li>
      <a href={`#/tickets/${ticket.id}`} className="due-row">
        <State tone={tone}>{word}</State>
        <span className="due-what">
          {ticket.symptom}
          <span className="due-where">
            {[optionLabel(t, 'tickets', 'category', String(ticket.category)), place, who].filter(Boolean).join(' · ')}
          </span>
        </span>
        <OptionState table="tickets" field="state" code={String(ticket.state)} />
      </a>
    </li>
  );
}
