/** How many of each verdict; a press shows only those, in the map and in the list. */
import type { ReactNode } from 'react';
import { verdicts, type Verdict } from '../../../shared/features/discovery/match.ts';
import { useText } from '../../i18n.ts';
import { State } from '../../ui/state.tsx';
import { toneOf, verdictKey } from './entries.ts';

interface LegendProps {
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly only: ReadonlySet<Verdict> | null;
  readonly onChange: (only: ReadonlySet<Verdict> | null) => void;
}
export function Legend({ counts, only, onChange }: LegendProps): ReactNode {
  const t = useText();
  const toggle = (verdict: Verdict): void => {
    const next = new Set(only);
    if (!next.delete(verdict)) next.add(verdict);
    onChange(next.size === 0 ? null : next);
  };
  return (
    <div className="sweep-legend" role="group" aria-label={t('discovery.verdict')}>
      {verdicts.map((verdict) => (
        <button
          key={verdict}
          type="button"
          className="sweep-chip"
          aria-pressed={only?.has(verdict) ?? false}
          disabled={counts[verdict] === 0 && !only?.has(verdict)}
          onClick={() => toggle(verdict)}
        >
          <State tone={toneOf[verdict]}>{t(verdictKey(verdict))}</State>
          <b>{counts[verdict]}</b>
        </button>
      ))}
    </div>
  );
}
