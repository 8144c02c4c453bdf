/** The morning check on the morning page: the last result and its age, and the press that makes a new one. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { checkSentence } from '../../../shared/features/watch/say.ts';
import { dayOf, showMoment } from '../../../shared/day.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go, to } from '../../route.ts';
import { State } from '../../ui/state.tsx';
import { useLiveCheck } from './check-store.ts';
import './watch.css';

const NAMED = 3;

export function CheckCard({ today }: { today: string }): ReactNode {
  const t = useText();
  const { running, results, total } = useLiveCheck();
  const { data: last } = useQuery(rpc.watch.lastCheck.queryOptions({ meta: { tables: ['_checks', 'duty_entries'] } }));
  if (last === undefined) return null;
  const stale = last === null || dayOf(last.began_at) !== today;
  const down = last?.results.some(({ state }) => state === 'down') ?? false;
  const time = last ? showMoment(last.began_at).slice(stale ? 5 : 11) : '';
  return (
    <>
      <h3>{t('watch.today_card')}</h3>
      <div className="today-check">
        {running ? <p>{t('watch.check_progress', { done: results.length, total })}</p> : null}
        {stale && !running ? <State tone="warn">{t('watch.today_stale')}</State> : null}
        {last && !running ? (
          <a href={to('watch', 'check')}>
            {stale ? null : (
              <State tone={down ? 'bad' : 'good'}>{t(down ? 'watch.check_state.down' : 'watch.check_state.ok')}</State>
            )}{' '}
            {t('watch.today_age', { sentence: checkSentence(t, last.results, NAMED), time })}
          </a>
        ) : null}
        <div>
          <Button
            type={stale ? 'primary' : 'default'}
            size="small"
            disabled={running}
            onClick={() => go('watch/check?run=1')}
          >
            {t(stale ? 'watch.check_start' : 'watch.check_again')}
          </Button>
        </div>
      </div>
    </>
  );
}
