/** On Today: how many subnets run short; opens the list of exactly these. */
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { go } from '../../route.ts';
import { useTrends } from './use-trends.ts';

export function ShortSubnets(): ReactNode {
  const t = useText();
  const { data } = useTrends();
  return (
    <li>
      <button type="button" className="fact" onClick={() => go('subnets?short=1')}>
        <span>{t('today.shortSubnets')}</span>
        <span className="fact-number">{data ? data.filter(({ warns }) => warns).length.toLocaleString() : '·'}</span>
      </button>
    </li>
  );
}
