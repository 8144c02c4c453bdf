/** The month in figures: how many, how fast, where and what most; every number opens its tickets. Route: `tickets/figures?month=2026-09`. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { addMonths } from '../../../shared/day.ts';
import type { TicketFigures } from '../../../shared/features/tickets/figures.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { NONE } from '../../ui/text.tsx';
import { Pareto, type Bar } from './pareto.tsx';
import { monthOf, openTickets, type Period } from './period.ts';
import { Recurring } from './recurring.tsx';

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

export function FiguresScreen({ query }: ScreenProps): ReactNode {
  const { data: state, error, refetch } = useQuery(rpc.system.state.queryOptions());
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!state) return <Loading />;
  const asked = query['month'] ?? '';
  return <Month month={MONTH.test(asked) ? asked : state.today.slice(0, 7)} today={state.today} />;
}

function Month({ month, today }: { month: string; today: string }): ReactNode {
  const t = useText();
  const period = monthOf(month);
  const { data, error, refetch } = useQuery(
    rpc.tickets.figures.queryOptions({
      input: period,
      placeholderData: keepPreviousData,
      meta: { tables: ['tickets', 'ticket_events', 'assets', 'bindings', 'locations', 'calendar_days'] },
    }),
  );
  const turn = (by: number): void => go(`tickets/figures?month=${addMonths(period.from, by).slice(0, 7)}`);
  return (
    <Page scroll>
      <div className="figures">
        <div className="figures-head">
          <Button aria-label={t('figures.before')} onClick={() => turn(-1)}>
            ‹
          </Button>
          <h2>{t('figures.month', { month })}</h2>
          <Button aria-label={t('figures.after')} disabled={period.to >= today} onClick={() => turn(1)}>
            ›
          </Button>
        </div>
        {error ? <Failed error={error} retry={() => void refetch()} /> : null}
        {data || error ? null : <Loading />}
        {data && data.reported === 0 ? <Empty title={t('figures.emptyTitle')} hint={t('figures.emptyHint')} /> : null}
        {data && data.reported > 0 ? <Body figures={data} period={period} /> : null}
      </div>
    </Page>
  );
}

function Body({ figures, period }: { figures: TicketFigures; period: Period }): ReactNode {
  const t = useText();
  const categories = figures.by_category.map(({ key, ...group }): Bar => ({
    ...group,
    key,
    label: optionLabel(t, 'tickets', 'category', key),
    open: () => openTickets(period, { field: 'category', op: 'in', value: [key] }),
  }));
  const buildings = figures.by_building.map(({ key, name, ...group }): Bar => ({
    ...group,
    key: key ?? '',
    label: key === null ? t('figures.noPlace') : name,
    open: () =>
      openTickets(
        period,
        key === null ? { field: 'location_id', op: 'empty' } : { field: 'location_id', op: 'equals', value: key },
      ),
  }));
  const plain = (groups: TicketFigures['by_model']): Bar[] =>
    groups.map(({ key, name, ...group }) => ({ ...group, key: key ?? '', label: name, open: null }));
  return (
    <>
      <Numbers figures={figures} period={period} />
      <div className="figures-columns">
        <Pareto title={t('figures.byCategory')} bars={categories} total={figures.reported} />
        <Pareto title={t('figures.byBuilding')} bars={buildings} total={figures.reported} />
      </div>
      <section>
        <h3>{t('figures.cameBack')}</h3>
        <Recurring period={period} />
      </section>
      <div className="figures-columns">
        <Pareto title={t('figures.byModel')} bars={plain(figures.by_model).slice(0, 10)} total={figures.reported} />
        {figures.by_switch.length === 0 ? null : (
          <Pareto title={t('figures.bySwitch')} bars={plain(figures.by_switch).slice(0, 10)} total={figures.reported} />
        )}
      </div>
      <Rest figures={figures} />
    </>
  );
}

function Numbers({ figures, period }: { figures: TicketFigures; period: Period }): ReactNode {
  const t = useText();
  const hours = (n: number | null): string => (n === null ? NONE : t('figures.hours', { n }));
  const percent = (n: number | null): string => (n === null ? NONE : `${n}%`);
  const rows: readonly (readonly [string, string, (() => void)?])[] = [
    [t('figures.reported'), String(figures.reported), () => openTickets(period)],
    [
      t('figures.finished'),
      String(figures.finished),
      () => openTickets(period, { field: 'finished_at', op: 'not_empty' }),
    ],
    [t('figures.onTime'), percent(figures.on_time_percent)],
    [t('figures.lateOnes'), String(figures.late)],
    [t('figures.overdue'), String(figures.overdue)],
    [t('figures.backlog'), String(figures.backlog)],
    [t('figures.response'), hours(figures.response_hours)],
    [t('figures.arrival'), hours(figures.arrival_hours)],
    [t('figures.repair'), hours(figures.mean_hours)],
    [t('figures.work'), hours(figures.mean_work_hours)],
    [t('figures.satisfied'), percent(figures.satisfied_percent)],
    [t('figures.reopened'), String(figures.reopened)],
  ];
  return (
    <dl className="figures-numbers">
      {rows.map(([label, value, open]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {open ? (
              <button type="button" className="text-button" onClick={open}>
                {value}
              </button>
            ) : (
              value
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What was used up, what stood still, and who did how much. */
function Rest({ figures }: { figures: TicketFigures }): ReactNode {
  const t = useText();
  return (
    <div className="figures-columns">
      <section>
        <h3>{t('figures.technicians')}</h3>
        <ul className="links">
          {figures.by_technician.map(({ name, finished, late, open, overdue }) => (
            <li key={name}>
              <strong>{name || t('tickets.nobody')}</strong>
              <span>{t('figures.did', { finished, late, open, overdue })}</span>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h3>{t('figures.parts')}</h3>
        {figures.parts.length === 0 ? <p className="field-hint">{t('figures.noParts')}</p> : null}
        <ul className="links">
          {figures.parts.map(({ name, spec, quantity }) => (
            <li key={`${name} ${spec}`}>
              <span>{[name, spec].filter(Boolean).join(' ')}</span>
              <strong>×{quantity}</strong>
            </li>
          ))}
        </ul>
        <h3>{t('figures.pauses')}</h3>
        {figures.pauses.length === 0 ? <p className="field-hint">{t('figures.noPauses')}</p> : null}
        <ul className="links">
          {figures.pauses.map(({ reason, count, hours }) => (
            <li key={reason}>
              <span>{optionLabel(t, 'tickets', 'pause_reason', reason)}</span>
              <span>{t('figures.stood', { n: count, hours })}</span>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
