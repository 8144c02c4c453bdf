/** Handovers that want to be remembered, on the morning page: from the third day on, from the sixth, and when they are late. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { handoverClock } from '../../../shared/calendar/deadlines.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { to } from '../../route.ts';
import { Clock } from './clock.tsx';
import './handover.css';

export function DueHandovers({ today }: { today: string }): ReactNode {
  const t = useText();
  const { data = [] } = useQuery(
    rpc.handover.due.queryOptions({ meta: { tables: ['handovers', 'handover_items', 'locations'] } }),
  );
  const shown = data.filter(({ start_on, due_on }) => handoverClock(start_on, due_on, today).remind !== 'none');
  if (shown.length === 0) return null;
  return (
    <>
      <h3>{t('handover.title')}</h3>
      <ul className="handover-due">
        {shown.map((each) => (
          <li key={each.id}>
            <a href={to('handover', each.id)}>
              {each.area} {each.giver} → {each.receiver}
            </a>
            <Clock start={each.start_on} due={each.due_on} today={today} />
            <span className="field-hint">{t('handover.open', { n: each.open })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
