/** All tickets as a list, soonest due first. Routes: `tickets`, `tickets/ID`, `tickets/new?person=ID&place=ID&asset=ID&ip=…&symptom=…`. */
import { Segmented } from 'antd';
import { useEffect, useState, type ReactNode } from 'react';
import { liveStates, tickets, type Ticket } from '../../../shared/features/tickets.ts';
import type { FilterClause } from '../../../shared/list.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import type { Column } from '../../ui/table/columns.tsx';
import { useSay } from '../../ui/say.ts';
import { NONE } from '../../ui/text.tsx';
import { RecordTable } from '../../ui/table/record-table.tsx';
import { changeView, tableView, useTableView, withFilter } from '../../ui/table/view.ts';
import { TransferButtons } from '../transfer/buttons.tsx';
import { TimeLeft, useCalendar, useEngineNow } from './clock.tsx';
import { TicketDetail } from './detail.tsx';
import { NewTicketButton } from './new-button.tsx';
import { NotesDialog } from './notes-dialog.tsx';
import { openQuickTicket } from './quick-store.ts';
import { WriteButton } from '../sync/write-button.tsx';

const VIEW = 'tickets';
const live: FilterClause = { field: 'state', op: 'in', value: [...liveStates] };
const isLive = (filter: readonly FilterClause[]): boolean =>
  filter.some(({ field, op }) => field === 'state' && op === 'in');

/** The list starts with what is open; whoever came with a filter of their own (a number of the morning page) keeps it. */
let started = false;
function startLive(): void {
  if (started) return;
  started = true;
  const view = tableView(VIEW);
  if (view.filter.length === 0 && view.sort.length === 0)
    changeView(VIEW, { filter: [live], sort: [{ field: 'due_at', dir: 'asc' }] });
}

export function TicketsScreen({ rest, query }: ScreenProps): ReactNode {
  const t = useText();
  const say = useSay();
  const [notes, setNotes] = useState(false);
  useEffect(startLive, []);
  const { filter } = useTableView(VIEW);
  const [first] = rest;
  useEffect(() => {
    if (first === 'new') startFrom(query).catch(say.failed);
  }, [first, query, say]);
  const id = first !== undefined && first !== 'new' ? first : null;
  return (
    <Page
      actions={
        <>
          <WriteButton onClick={() => setNotes(true)}>{t('notes.title')}</WriteButton>
          <TransferButtons table={VIEW} form="tickets" />
        </>
      }
    >
      <NotesDialog open={notes} onClose={() => setNotes(false)} />
      <RecordTable
        id={VIEW}
        record={tickets}
        list={rpc.tickets.list}
        columns={columns}
        openId={id}
        onOpen={(row) => go(`tickets/${row.id}`)}
        tables={['calendar_days']}
        lead={
          <Segmented
            value={isLive(filter) ? 'live' : 'all'}
            onChange={(which) =>
              changeView(VIEW, {
                filter: withFilter(filter, 'state', which === 'live' ? live : null),
                // Open ones by what is due first; among all the newest are looked for.
                sort: [{ field: 'due_at', dir: which === 'live' ? 'asc' : 'desc' }],
              })
            }
            options={[
              { value: 'live', label: t('tickets.live') },
              { value: 'all', label: t('tickets.all') },
            ]}
          />
        }
        empty={
          <Empty title={t('tickets.emptyTitle')} hint={t('tickets.emptyHint')}>
            <NewTicketButton />
          </Empty>
        }
      />
      <TicketDetail id={id} onClose={() => go('tickets')} />
    </Page>
  );
}

/** Another screen started a ticket: its record becomes the reporter or the place. */
async function startFrom(query: ScreenProps['query']): Promise<void> {
  go('tickets');
  const table = query['person'] ? 'people' : query['place'] ? 'locations' : query['asset'] ? 'assets' : null;
  const id = query['person'] ?? query['place'] ?? query['asset'] ?? '';
  const title =
    table === 'people'
      ? (await client.people.get({ id })).name
      : table === 'locations'
        ? (await client.locations.get({ id })).name
        : table === 'assets'
          ? (await client.assets.get({ id })).asset.name
          : '';
  openQuickTicket({
    ...(table ? { who: { table, id, title, subtitle: '' } } : {}),
    ...(query['symptom'] ? { symptom: query['symptom'] } : {}),
    ...(query['ip'] ? { given: { ip: query['ip'] } } : {}),
  });
}

function Left({ ticket }: { ticket: Ticket }): ReactNode {
  return <TimeLeft ticket={ticket} calendar={useCalendar()} now={useEngineNow()} />;
}
const columns: readonly (Column<Ticket> | keyof (typeof tickets)['fields'])[] = [
  { field: 'due_at', width: 136 },
  { field: 'left', title: 'tickets.left', width: 192, render: (row) => <Left ticket={row} /> },
  { field: 'state', width: 104 },
  { field: 'symptom', width: 232 },
  { field: 'location_id', width: 168 },
  {
    field: 'person_id',
    width: 88,
    render: (row, refs) => (row.person_id ? refs[row.person_id] : row.reporter) ?? NONE,
  },
  { field: 'category', width: 120 },
  { field: 'assignee', width: 88, render: (row) => row.assignee?.split('@')[0] ?? NONE },
  { field: 'number', width: 176 },
  ...(
    [
      'pause_reason',
      'priority',
      'reported_at',
      'phone',
      'department',
      'asset_id',
      'ip',
      'channel',
      'kind',
      'accepted_at',
      'arrived_at',
      'finished_at',
      'closed_at',
      'cause',
      'action',
      'parts',
      'result',
      'satisfaction',
    ] as const
  ).map((field) => ({ field, hidden: true })),
];
