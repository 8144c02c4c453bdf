/** Settings: which years are known, what the months look like, the unit's own days, and importing the next notice. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { calendarOf, yearOf } from '../../../shared/calendar.ts';
import type { CalendarYear } from '../../../shared/features/calendar.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { State } from '../../ui/state.tsx';
import { DaysDialog } from './days-dialog.tsx';
import { NoticeDialog } from './notice-dialog.tsx';
import { YearView } from './year-view.tsx';

export function CalendarPanel(): ReactNode {
  const t = useText();
  const { data, error, refetch } = useQuery(rpc.calendar.state.queryOptions({ meta: { tables: ['calendar_days'] } }));
  const [year, setYear] = useState<number | null>(null);
  const [importing, setImporting] = useState(false);
  const [editing, setEditing] = useState<{ from: string; to: string } | null>(null);
  const shown = year ?? (data ? yearOf(data.today) : 0);
  return (
    <section className="setting">
      <div>
        <h3>{t('calendar.title')}</h3>
        <p className="field-hint">{t('calendar.intro')}</p>
      </div>
      <div>
        {error ? <Failed error={error} retry={() => void refetch()} /> : null}
        {data ? null : <Loading />}
        {data ? (
          <>
            <ul className="calendar-years">
              {data.years.map((each) => (
                <Year key={each.year} year={each} current={each.year === shown} onShow={() => setYear(each.year)} />
              ))}
            </ul>
            {data.years.some(({ year: each, notice }) => each === shown && notice === 'none') ? (
              <p className="field-hint">{t('calendar.missingHint')}</p>
            ) : null}
            <YearView
              year={shown}
              calendar={calendarOf(data.days)}
              today={data.today}
              onDay={(day) => setEditing({ from: day, to: day })}
            />
            <div className="steps-row">
              <Button onClick={() => setImporting(true)}>{t('calendar.importNotice')}</Button>
              <Button onClick={() => setEditing({ from: data.today, to: data.today })}>{t('calendar.addDays')}</Button>
            </div>
            <NoticeDialog open={importing} onClose={() => setImporting(false)} onImported={setYear} />
            {editing ? (
              <DaysDialog key={editing.from} {...editing} own={data.days} onClose={() => setEditing(null)} />
            ) : null}
          </>
        ) : null}
      </div>
    </section>
  );
}

function Year({
  year: { year, notice, workdays, off, work },
  current,
  onShow,
}: {
  year: CalendarYear;
  current: boolean;
  onShow: () => void;
}): ReactNode {
  const t = useText();
  return (
    <li>
      <button
        type="button"
        className={current ? 'calendar-year current' : 'calendar-year'}
        aria-pressed={current}
        onClick={onShow}
      >
        <strong>{t('calendar.year', { year })}</strong>
        <State tone={notice === 'none' ? 'warn' : 'good'}>{t(`calendar.notice.${notice}`)}</State>
        <span className="field-hint">{t('calendar.yearFigures', { workdays, off, work })}</span>
      </button>
    </li>
  );
}
