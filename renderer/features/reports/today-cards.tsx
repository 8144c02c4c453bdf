/** On the morning page: the three-day clock of the user register, and the monthly report while it is due. */
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import { useSay } from '../../ui/say.ts';
import { State, type Tone } from '../../ui/state.tsx';
import { ExportSheet } from '../transfer/export-sheet.tsx';
import './reports.css';

const tones: Record<'fresh' | 'soon' | 'late', Tone> = { fresh: 'work', soon: 'warn', late: 'bad' };
/** 一般不要超过3天: the third day after the change is the last one. */
const LIMIT_DAYS = 3;
const reminders: Record<'first' | 'third' | 'due' | 'late', Tone> = {
  first: 'work',
  third: 'warn',
  due: 'warn',
  late: 'bad',
};

export function ReportCards(): ReactNode {
  return (
    <>
      <RegisterClock />
      <ReportReminder />
    </>
  );
}

function RegisterClock(): ReactNode {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const tables = ['bindings', 'people', 'subnets', 'locations', 'documents'];
  const { data: clock } = useQuery(rpc.submissions.clock.queryOptions({ meta: { tables } }));
  // Before the first submission there is nothing to be late against
  if (!clock || clock.state === 'never' || clock.state === 'clear') return null;
  const { added, changed, gone } = clock.counts;
  const isLastDay = clock.state === 'soon' && clock.days >= LIMIT_DAYS;
  return (
    <>
      <h3>{t('clock.title')}</h3>
      <ul className="facts">
        <li>
          <button type="button" className="fact reports-fact" onClick={() => setOpen(true)}>
            <span>
              {t(clock.days === 0 ? 'clock.open_today' : 'clock.open', { n: added + changed + gone, days: clock.days })}
              <span className="field-hint">
                {' '}
                {clock.buildings
                  .map(({ name, n }) => t('clock.building', { name: name || t('clock.nowhere'), n }))
                  .join(t('transfer.comma'))}
              </span>
            </span>
            <State tone={tones[clock.state]}>{t(isLastDay ? 'clock.last_day' : `clock.${clock.state}`)}</State>
          </button>
        </li>
      </ul>
      <ExportSheet table="bindings" form="F-01" open={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}

function ReportReminder(): ReactNode {
  const t = useText();
  const say = useSay();
  const { data: status } = useQuery(
    rpc.reports.status.queryOptions({ meta: { tables: ['reports', 'settings', 'calendar_days'] } }),
  );
  if (!status || status.remind === 'none') return null;
  const { id, month, due_on, remind, estimated } = status;
  const open = async (): Promise<void> => {
    try {
      go(`reports/${id ?? (await client.reports.draft({ month })).id}`);
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <>
      <h3>{t('reports.title')}</h3>
      <ul className="facts">
        <li>
          <button type="button" className="fact reports-fact" onClick={() => void open()}>
            <span>
              {t('reports.remind.title', { month })}{' '}
              <span className="field-hint">
                {t('reports.dueOn', { day: due_on })}
                {estimated ? t('reports.estimated') : ''}
              </span>
            </span>
            <State tone={reminders[remind]}>{t(`reports.remind.${remind}`)}</State>
          </button>
        </li>
      </ul>
    </>
  );
}
