/** The fault catalogue as keys: 1-9 choose and move on, Enter skips, anything else is already the symptom. */
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { categoryOfDigit, faultCategories, type FaultCategory } from '../../../shared/features/tickets/faults.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { Key } from '../../ui/text.tsx';

interface CategoryKeysProps {
  readonly id: string;
  readonly value: FaultCategory | null;
  /** What the symptom suggests, shown until one is chosen. */
  readonly guess: FaultCategory | null;
  readonly onChange: (category: FaultCategory) => void;
  /** On to the symptom. */
  readonly onNext: () => void;
}
const WITH_KEY = 9;

export function CategoryKeys({ id, value, guess, onChange, onNext }: CategoryKeysProps): ReactNode {
  const t = useText();
  const group = useRef<HTMLDivElement>(null);
  const move = (by: number): void => {
    const from = value ?? guess;
    const index = from === null ? (by > 0 ? -1 : 0) : faultCategories.indexOf(from);
    const next = faultCategories[(index + by + faultCategories.length) % faultCategories.length];
    if (next) onChange(next);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const category = categoryOfDigit(event.key);
    if (category) {
      onChange(category);
      onNext();
    } else if (event.key === 'Enter') onNext();
    else if (event.key === 'ArrowRight' || event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowUp') move(-1);
    else {
      // A letter, or an input method starting: it belongs to the symptom, where it lands because the focus moved first.
      if (event.key.length === 1 || event.key === 'Process') onNext();
      return;
    }
    event.preventDefault();
  };
  return (
    <div
      ref={group}
      id={id}
      role="radiogroup"
      tabIndex={0}
      aria-label={t('tickets.categoryKeys')}
      className="fault-keys"
      onKeyDown={onKey}
    >
      {faultCategories.map((category, index) => {
        const state = value === category ? ' chosen' : value === null && guess === category ? ' guessed' : '';
        return (
          <button
            key={category}
            type="button"
            role="radio"
            tabIndex={-1}
            aria-checked={value === category}
            className={`fault-key${state}`}
            title={state === ' guessed' ? t('tickets.guessed') : undefined}
            onClick={() => {
              onChange(category);
              onNext();
            }}
          >
            {index < WITH_KEY ? <Key>{index + 1}</Key> : null}
            {optionLabel(t, 'tickets', 'category', category)}
          </button>
        );
      })}
    </div>
  );
}
