/** The legend of the map is its filter: each state with its count; pressed ones are shown alone. */
import type { ReactNode } from 'react';
import { addressStates, type AddressState } from '../../../shared/features/ipam/map.ts';
import { useText } from '../../i18n.ts';

interface LegendProps {
  /** Of the whole subnet. */
  readonly counts: Readonly<Partial<Record<AddressState, number>>>;
  readonly only: ReadonlySet<AddressState>;
  readonly onChange: (only: ReadonlySet<AddressState>) => void;
}

export function Legend({ counts, only, onChange }: LegendProps): ReactNode {
  const t = useText();
  const toggle = (state: AddressState): void => {
    const next = new Set(only);
    if (!next.delete(state)) next.add(state);
    onChange(next);
  };
  return (
    <div className="map-legend" role="group" aria-label={t('ipam.map')}>
      {addressStates
        .filter((state) => (counts[state] ?? 0) > 0)
        .map((state) => (
          <button
            key={state}
            type="button"
            className="map-chip"
            aria-pressed={only.has(state)}
            onClick={() => toggle(state)}
          >
            <span className={`map-cell map-${state}`} aria-hidden="true">
              {state === 'free' ? null : t(`ipam.mark.${state}`)}
            </span>
            {t(`ipam.state.${state}`)} <b>{(counts[state] ?? 0).toLocaleString()}</b>
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
