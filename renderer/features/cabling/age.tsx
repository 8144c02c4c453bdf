/** How long ago a test was: what is older than a year says so. */
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { State } from '../../ui/state.tsx';

/** Days; cabling is looked at once a school year. */
const OLD = 300;

export function TestAge({ days, by = null }: { days: number | null; by?: string | null }): ReactNode {
  const t = useText();
  if (days === null) return <span className="field-hint">{t('cabling.never_tested')}</span>;
  const said = days === 0 ? t('cabling.age_today') : t('cabling.age', { days });
  return (
    <>
      {days > OLD ? <State tone="warn">{said}</State> : said}
      {by ? ` · ${by}` : ''}
    </>
  );
}
