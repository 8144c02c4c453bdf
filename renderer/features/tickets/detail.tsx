/** One ticket beside the board or list: the next step on top, then where it is, what was done, what happened to it. */
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState, type ReactNode } from 'react';
import { ticketCorrections, tickets, type Ticket } from '../../../shared/features/tickets.ts';
import type { RowOf } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { Details } from '../../ui/details.tsx';
import { RecordForm } from '../../ui/form/record-form.tsx';
import { HistoryList } from '../../ui/history.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { OptionState } from '../../ui/state.tsx';
import { Approval } from '../approvals.tsx';
import { Attachments } from '../attachments/panel.tsx';
import { TracePath } from '../cabling/trace-path.tsx';
import { Care } from './care.tsx';
import { TimeLeft, useCalendar, useEngineNow } from './clock.tsx';
import { PingDot } from './ping-dot.tsx';
import { PrintSlip } from './print-slip.tsx';
import { Steps } from './steps.tsx';
import { WorkLog } from './work-log.tsx';
import { SyncBadge } from '../sync/badge.tsx';

type Tab = 'details' | 'log' | 'history';
type Detail = Awaited<ReturnType<typeof client.tickets.get>>;
const meta = { tables: ['tickets', 'ticket_events', 'people', 'locations', 'assets', 'bindings', 'first_aid_lists'] };

export function TicketDetail({ id, onClose }: { id: string | null; onClose: () => void }): ReactNode {
  const t = useText();
  const [editing, setEditing] = useState(false);
  const { data, error, refetch, isPending } = useQuery({
    ...rpc.tickets.get.queryOptions({ input: { id: id ?? '' }, meta }),
    enabled: id !== null,
  });
  const ticket = data?.ticket.id === id ? data.ticket : null;
  return (
    <Sheet
      open={id !== null}
      mask={false}
      width={560}
      title={ticket ? <DetailTitle ticket={ticket} /> : ''}
      onClose={onClose}
      actions={
        ticket ? (
          <>
            <PrintSlip ticket={ticket} />
            <Button onClick={() => setEditing(true)}>{t('common.edit')}</Button>
          </>
        ) : null
      }
    >
      {error ? <Failed error={error} retry={() => void refetch()} /> : null}
      {isPending && id !== null ? <Loading /> : null}
      {data && ticket ? <DetailBody key={ticket.id} data={data} /> : null}
      {data && ticket ? (
        <RecordForm
          record={ticketCorrections}
          title={t('tickets.edit')}
          open={editing}
          groups={editGroups}
          row={correctable(ticket)}
          refs={data.refs}
          update={async (changes) => correctable(await client.tickets.update({ id: ticket.id, changes }))}
          onClose={() => setEditing(false)}
        />
      ) : null}
    </Sheet>
  );
}

/** The fields that may be corrected, as the form wants them. */
function correctable(ticket: Ticket): RowOf<typeof ticketCorrections> {
  const {
    id,
    rv,
    person_id,
    reporter,
    phone,
    department,
    location_id,
    asset_id,
    ip,
    kind,
    category,
    symptom,
    priority,
    channel,
    assignee,
  } = ticket;
  return {
    id,
    rv,
    person_id,
    reporter,
    phone,
    department,
    location_id,
    asset_id,
    ip,
    kind,
    category,
    symptom,
    priority,
    channel,
    assignee,
  };
}
const editGroups = [
  {
    fields: [
      'symptom',
      'category',
      'priority',
      'kind',
      'channel',
      'assignee',
      'person_id',
      'reporter',
      'phone',
      'department',
      'location_id',
      'asset_id',
      'ip',
    ],
  },
] as const;

function DetailTitle({ ticket }: { ticket: Ticket }): ReactNode {
  const calendar = useCalendar();
  const now = useEngineNow();
  return (
    <span className="sheet-title ticket-title">
      <OptionState table="tickets" field="state" code={ticket.state} />
      <TimeLeft ticket={ticket} calendar={calendar} now={now} />
    </span>
  );
}

const reportGroups = [
  {
    fields: [
      'person_id',
      'phone',
      'location_id',
      'department',
      'asset_id',
      'ip',
      'category',
      'priority',
      'kind',
      'channel',
    ],
  },
] as const;
const unregistered = [{ fields: ['reporter', ...reportGroups[0].fields.slice(1)] }] as const;
const repairGroups = [
  {
    title: 'tickets.group.repair',
    fields: ['cause', 'result', 'action', 'parts', 'requisition', 'satisfaction', 'advice'],
  },
] as const;
const vendorGroups = [
  {
    title: 'tickets.vendorVisit',
    fields: ['vendor', 'vendor_contact', 'vendor_called_at', 'vendor_arrived_at', 'off_site', 'cost'],
  },
] as const;
const timeGroups = [
  {
    title: 'tickets.group.times',
    fields: ['reported_at', 'due_at', 'accepted_at', 'arrived_at', 'finished_at', 'closed_at', 'assignee', 'number'],
  },
] as const;

function DetailBody({ data }: { data: Detail }): ReactNode {
  const t = useText();
  const [tab, setTab] = useState<Tab>('details');
  const { ticket, refs, events, path } = data;
  const history = useQuery({
    ...rpc.tickets.history.queryOptions({ input: { id: ticket.id }, meta }),
    enabled: tab === 'history',
  });
  const repaired = ticket.action !== null || ticket.result !== null;
  return (
    <>
      <p className="ticket-number mono">{ticket.number}</p>
      <p className="ticket-symptom">{ticket.symptom}</p>
      <Steps ticket={ticket} />
      <Care ticket={ticket} events={events} />
      <Segmented<Tab>
        className="sheet-tabs"
        value={tab}
        onChange={setTab}
        options={[
          { value: 'details', label: t('tickets.tab.details') },
          { value: 'log', label: `${t('tickets.tab.log')} ${events.length}` },
          { value: 'history', label: t('tickets.tab.history') },
        ]}
      />
      {tab === 'details' ? (
        <>
          <SyncBadge id={ticket.id} />
          {ticket.person_id || ticket.asset_id || ticket.ip ? (
            <Way ticket={ticket} ip={ticket.ip ?? path?.ip ?? null} />
          ) : null}
          {ticket.kind === 'change' ? (
            <Approval
              what="change"
              id={ticket.id}
              hint={t(ticket.priority === 'urgent' ? 'approvals.urgent' : 'approvals.gate')}
            />
          ) : null}
          <Attachments table="tickets" id={ticket.id} />
          <Details record={tickets} row={ticket} refs={refs} groups={ticket.person_id ? reportGroups : unregistered} />
          {repaired ? <Details record={tickets} row={ticket} refs={refs} groups={repairGroups} /> : null}
          {ticket.vendor === null ? null : <Details record={tickets} row={ticket} refs={refs} groups={vendorGroups} />}
          <Details record={tickets} row={ticket} refs={refs} groups={timeGroups} />
        </>
      ) : null}
      {tab === 'log' ? <WorkLog events={events} /> : null}
      {tab === 'history' ? <HistoryList table="tickets" query={history} /> : null}
    </>
  );
}

/** User to switch port by the registers, and whether the address answers now: seen before anybody walks there. */
function Way({ ticket, ip }: { ticket: Ticket; ip: string | null }): ReactNode {
  const t = useText();
  return (
    <section className="details">
      <h3>
        {t('tickets.path')} {ip === null ? null : <PingDot ip={ip} />}
      </h3>
      <TracePath start="ticket" id={ticket.id} quiet />
    </section>
  );
}
