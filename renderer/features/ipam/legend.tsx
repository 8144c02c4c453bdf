/** The legend of the map is its filter: each state with its count; pressed ones are shown alone. */
import type { ReactNode } from 'react';
import { addressStates } from '../../../shared/features/ipam/map.ts';
import type { FormState } from '../../../shared/features/ipam/marks.ts';
import { useText } from '../../i18n.ts';
import { stateLetter, stateWord } from './marks.ts';

interface LegendProps {
  /** Of the whole subnet. */
  readonly counts: Readonly<Partial<Record<FormState, number>>>;
  readonly only: ReadonlySet<FormState>;
  readonly onChange: (only: ReadonlySet<FormState>) => void;
}
const ORDER: readonly FormState[] = [...addressStates, 'unregistered'];

export function Legend({ counts, only, onChange }: LegendProps): ReactNode {
  const t = useText();
  const toggle = (state: FormState): void => {
    const next = new Set(only);
    if (!next.delete(state)) next.add(state);
    onChange(next);
  };
  return (
    <div className="map-legend" role="group" aria-label={t('ipam.map')}>
      {ORDER.filter((state) => (counts[state] ?? 0) > 0).map((state) => (
        <button
          key={state}
          type="button"
          className="map-chip"
          aria-pressed={only.has(state)}
          onClick={() => toggle(state)}
        >
          <span className={`map-cell map-${state}`} aria-hidden="true">
            {stateLetter(t, state)}
          </span>
          {stateWord(t, state)} <b>{(counts[state] ?? 0).toLocaleString()}</b>
        </button>
      ))}
      {only.size > 0 ? (
        <button type="button" className="text-button" onClick={() => onChange(new Set())}>
          {t('ipam.showAll')}
        </button>
      ) : null}
    </div>
  );
}
