/** How many of each verdict; a press shows only those, in the map and in the list. */
import { memo, type ReactNode } from 'react';
import { verdicts, type Verdict } from '../../../shared/features/discovery/verdicts.ts';
import { useText } from '../../i18n.ts';
import { verdictKey, type Counts } from './entries.ts';
import { Swatch } from './map/swatch.tsx';

interface LegendProps {
  readonly counts: Counts;
  readonly only: ReadonlySet<Verdict> | null;
  readonly onChange: (only: ReadonlySet<Verdict> | null) => void;
}
export const Legend = memo(function Legend({ counts, only, onChange }: LegendProps): ReactNode {
  const t = useText();
  const toggle = (verdict: Verdict): void => {
    const next = new Set(only);
    if (!next.delete(verdict)) next.add(verdict);
    onChange(next.size === 0 ? null : next);
  };
  return (
    <div className="sweep-legend" role="group" aria-label={t('discovery.legend')}>
      {verdicts
        .filter((verdict) => counts[verdict] > 0 || only?.has(verdict))
        .map((verdict) => (
          <button
            key={verdict}
            type="button"
            className="sweep-chip"
            aria-pressed={only?.has(verdict) ?? false}
            onClick={() => toggle(verdict)}
          >
            <Swatch kind={verdict} /> {t(verdictKey(verdict))} <b>{counts[verdict]}</b>
          </button>
        ))}
      {only === null ? null : (
        <button type="button" className="text-button" onClick={() => onChange(null)}>
          {t('discovery.filter_all')}
        </button>
      )}
    </div>
  );
});
