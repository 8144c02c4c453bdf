/** A year at a glance: twelve small months, week from Monday, holidays marked 休 and make-up days 班 (never by colour alone). */
import type { ReactNode } from 'react';
import { daysFromTo, isWorkday, type Calendar } from '../../../shared/calendar.ts';
import { addDays, weekday } from '../../../shared/day.ts';
import { keyOf, useText } from '../../i18n.ts';

interface YearViewProps {
  readonly year: number;
  readonly calendar: Calendar;
  readonly today: string;
  readonly onDay: (day: string) => void;
}
const MONTHS = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, '0'));

export function YearView(props: YearViewProps): ReactNode {
  return (
    <div className="year">
      {MONTHS.map((month) => (
        <Month key={month} {...props} month={month} />
      ))}
    </div>
  );
}

const daysOfMonth = (year: number, month: string): string[] => {
  const first = `${year}-${month}-01`;
  const last = addDays(
    month === '12' ? `${year + 1}-01-01` : `${year}-${String(Number(month) + 1).padStart(2, '0')}-01`,
    -1,
  );
  return daysFromTo(first, last);
};

function Month({ year, month, calendar, today, onDay }: YearViewProps & { month: string }): ReactNode {
  const t = useText();
  const days = daysOfMonth(year, month);
  const name = keyOf(`calendar.monthName.${Number(month)}`);
  return (
    <section className="month" aria-label={name ? t(name) : month}>
      <h4>{name ? t(name) : month}</h4>
      <div className="month-days">
        {days.map((day, index) => {
          const mark = calendar.marks.get(day);
          const kind = mark ? ` ${mark.kind}` : isWorkday(calendar, day) ? '' : ' rest';
          const word = mark ? t(`calendar.legend.${mark.kind}`) : '';
          const label = [day, word, mark?.name].filter(Boolean).join(' ');
          return (
            <button
              key={day}
              type="button"
              className={`month-day at-${index === 0 ? weekday(day) : 0}${kind}${day === today ? ' today' : ''}`}
              title={label}
              onClick={() => onDay(day)}
            >
              {Number(day.slice(8))}
              {mark ? <small aria-hidden="true">{t(`calendar.mark.${mark.kind}`)}</small> : null}
              <span className="unseen"> {label}</span>
            </button>
          );
        })}
      </div>
    </section>
  );
}
