/** The board: what waits, what is worked on, what stands still and why, what the user has to confirm; soonest due on top. */
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Calendar } from '../../../shared/calendar.ts';
import { showMoment } from '../../../shared/day.ts';
import type { Ticket, TicketState } from '../../../shared/features/tickets.ts';
import { optionLabel, useText, type Text } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go, to } from '../../route.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { OptionState, State } from '../../ui/state.tsx';
import { countdownOf, TimeLeft, useCalendar, useEngineNow } from './clock.tsx';
import { TicketDetail } from './detail.tsx';
import { MonthStrip } from './strip.tsx';

const columns = [
  { id: 'open', states: ['open'] },
  { id: 'working', states: ['accepted', 'working'] },
  { id: 'paused', states: ['paused'] },
  { id: 'to_confirm', states: ['to_confirm'] },
] as const satisfies readonly { id: string; states: readonly TicketState[] }[];

type Whose = 'all' | 'lanes' | 'mine';
/** Without the machine: an area names the person, a step the person at their machine. */
const nameOf = (assignee: string | null): string => assignee?.split('@')[0] ?? '';
type Refs = Readonly<Record<string, string>>;

export function TicketBoard({ rest }: ScreenProps): ReactNode {
  const t = useText();
  const [whose, setWhose] = useState<Whose>('all');
  const { data, error, refetch } = useQuery(
    rpc.tickets.board.queryOptions({ meta: { tables: ['tickets', 'people', 'locations'] } }),
  );
  const setup = useQuery(rpc.system.state.queryOptions()).data?.setup;
  const me = setup?.technician ?? '';
  const cards = data?.cards.filter(({ assignee }) => whose !== 'mine' || nameOf(assignee) === me);
  return (
    <Page
      actions={
        <>
          <MonthStrip />
          <Segmented<Whose>
            value={whose}
            onChange={setWhose}
            options={[
              { value: 'all', label: t('tickets.everybody') },
              { value: 'lanes', label: t('tickets.lanes') },
              { value: 'mine', label: t('tickets.mine') },
            ]}
          />
        </>
      }
    >
      {error ? <Failed error={error} retry={() => void refetch()} /> : null}
      {data || error ? null : <Loading />}
      {data?.cards.length === 0 ? (
        <Empty title={t('tickets.emptyTitle')} hint={t('tickets.emptyHint')}>
          <Button onClick={() => go('tickets')}>{t('tickets.list')}</Button>
        </Empty>
      ) : null}
      {cards && data && data.cards.length > 0 ? (
        whose === 'lanes' ? (
          <Lanes cards={cards} refs={data.refs} openId={rest[0] ?? null} />
        ) : (
          <Columns cards={cards} refs={data.refs} openId={rest[0] ?? null} />
        )
      ) : null}
      <TicketDetail id={rest[0] ?? null} onClose={() => go('tickets/board')} />
    </Page>
  );
}

interface CardsProps {
  readonly cards: readonly Ticket[];
  readonly refs: Refs;
  readonly openId: string | null;
}

/** A lane for each technician, who is overdue most on top: the lead sees who needs help. */
function Lanes({ cards, refs, openId }: CardsProps): ReactNode {
  const t = useText();
  const calendar = useCalendar();
  const now = useEngineNow();
  const isLate = (card: Ticket): boolean => countdownOf(calendar, card, now)?.urgency === 'late';
  const lanes = [...Map.groupBy(cards, ({ assignee }) => nameOf(assignee))].map(([name, own]) => ({
    name,
    own,
    late: own.filter(isLate).length,
  }));
  return (
    <div className="lanes">
      {lanes
        .toSorted((a, b) => b.late - a.late || b.own.length - a.own.length)
        .map(({ name, own, late }) => (
          <section key={name} className="lane" aria-label={name || t('tickets.nobody')}>
            <h2 className="lane-name">
              {name || t('tickets.nobody')} <span className="board-count">{own.length}</span>
              {late > 0 ? <State tone="bad">{t('tickets.columnLate', { n: late })}</State> : null}
            </h2>
            <Columns cards={own} refs={refs} openId={openId} lane={name || 'nobody'} />
          </section>
        ))}
    </div>
  );
}

function Columns({ cards, refs, openId, lane = 'all' }: CardsProps & { lane?: string }): ReactNode {
  const t = useText();
  const calendar = useCalendar();
  const now = useEngineNow();
  return (
    <div className="board">
      {columns.map(({ id, states }) => {
        const own = cards.filter(({ state }) => states.some((each) => each === state));
        const late = own.filter((card) => countdownOf(calendar, card, now)?.urgency === 'late').length;
        return (
          <section key={id} className="board-column" aria-labelledby={`board-${lane}-${id}`}>
            <h2 id={`board-${lane}-${id}`}>
              {t(`tickets.column.${id}`)} <span className="board-count">{own.length}</span>
              {late > 0 ? <State tone="bad">{t('tickets.columnLate', { n: late })}</State> : null}
            </h2>
            {own.length === 0 ? <p className="board-none">{t('tickets.columnEmpty')}</p> : null}
            <ul>
              {own.map((card) => (
                <Card key={card.id} ticket={card} refs={refs} calendar={calendar} now={now} open={card.id === openId} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

/** `10-08 17:30`: when it is due; of a paused ticket since when it waits, because its due moment moves on every minute. */
const whenOf = (t: Text, { due_at, paused_at }: Ticket): string =>
  paused_at === null ? showMoment(due_at).slice(5) : t('tickets.since', { at: showMoment(paused_at).slice(5) });

interface CardProps {
  readonly ticket: Ticket;
  readonly refs: Refs;
  readonly calendar: Calendar;
  readonly now: number;
  readonly open: boolean;
}
function Card({ ticket, refs, calendar, now, open }: CardProps): ReactNode {
  const t = useText();
  const urgency = countdownOf(calendar, ticket, now)?.urgency ?? 'fine';
  const who = ticket.person_id ? refs[ticket.person_id] : ticket.reporter;
  const place = ticket.location_id ? refs[ticket.location_id] : null;
  const grave = ticket.priority === 'urgent' || ticket.priority === 'high';
  return (
    <li>
      <a href={to('tickets', 'board', ticket.id)} className={`board-card is-${urgency}${open ? ' current' : ''}`}>
        <span className="board-top">
          <TimeLeft ticket={ticket} calendar={calendar} now={now} />
          {grave ? <OptionState table="tickets" field="priority" code={ticket.priority} /> : null}
        </span>
        <span className="board-what">{ticket.symptom}</span>
        <span className="board-where">{[place, who].filter(Boolean).join(' · ')}</span>
        <span className="board-foot">
          <span>{optionLabel(t, 'tickets', 'category', ticket.category)}</span>
          <span>{ticket.state === 'accepted' ? optionLabel(t, 'tickets', 'state', 'accepted') : null}</span>
          <span className="board-due">{whenOf(t, ticket)}</span>
          <span>{ticket.assignee?.split('@')[0] ?? t('tickets.nobody')}</span>
        </span>
      </a>
    </li>
  );
}
