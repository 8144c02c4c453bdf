/** A stored sweep in one line: when, what was asked, how many were found, and whether that is all of it. */
import type { ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import type { SweepSummary } from '../../../shared/features/discovery.ts';
import { useText } from '../../i18n.ts';
import { State } from '../../ui/state.tsx';

export function Summary({ sweep }: { sweep: SweepSummary }): ReactNode {
  const t = useText();
  const partial = sweep.ending !== 'finished';
  return (
    <div className="sweep-state" role="status">
      <p>
        {t('discovery.summary', { time: showMoment(sweep.started_at), covered: sweep.covered, found: sweep.found })}{' '}
        {partial ? (
          <State tone="warn">
            {t(`discovery.ending.${sweep.ending}`)}
            {sweep.covered < sweep.total ? t('discovery.not_covered', { count: sweep.total - sweep.covered }) : null}
          </State>
        ) : null}
      </p>
      {sweep.ping_missing ? <p className="sweep-note">{t('discovery.ping_missing')}</p> : null}
    </div>
  );
}
