/** On Today: how many subnets run short; opens the list of exactly these. */
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { go } from '../../route.ts';
import { State } from '../../ui/state.tsx';
import { useTrends } from './use-trends.ts';

export function ShortSubnets(): ReactNode {
  const t = useText();
  const { data } = useTrends();
  const count = data?.filter(({ warns }) => warns).length ?? null;
  return (
    <button type="button" className="count" onClick={() => go('subnets?short=1')}>
      <span className="count-number">{count === null ? '·' : count.toLocaleString()}</span>
      {count ? (
        <State tone="warn">{t('today.shortSubnets')}</State>
      ) : (
        <span className="count-label">{t('today.shortSubnets')}</span>
      )}
    </button>
  );
}
