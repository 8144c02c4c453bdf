/** The keyboard of a list: ↑ ↓ PgUp PgDn Home End move, Enter opens, Space ticks. */
import type { KeyboardEvent } from 'react';
import { isComposing } from '../keys.ts';

interface GridKeys {
  readonly total: number;
  readonly active: number;
  /** Rows that fit on the screen, for a page jump. */
  readonly page: number;
  readonly move: (index: number) => void;
  readonly open: (index: number) => void;
  readonly tick: (index: number) => void;
}

export function onGridKey(event: KeyboardEvent, keys: GridKeys): void {
  if (isComposing(event.nativeEvent) || event.target !== event.currentTarget || keys.total === 0) return;
  const target = targetOf(event.key, keys);
  if (target !== null) keys.move(Math.max(0, Math.min(keys.total - 1, target)));
  else if (event.key === 'Enter' && !event.ctrlKey && keys.active >= 0) keys.open(keys.active);
  else if (event.key === ' ' && keys.active >= 0) keys.tick(keys.active);
  else return;
  event.preventDefault();
}

function targetOf(key: string, { active, page, total }: GridKeys): number | null {
  switch (key) {
    case 'ArrowDown':
      return active + 1;
    case 'ArrowUp':
      return active - 1;
    case 'PageDown':
      return active + page;
    case 'PageUp':
      return active - page;
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return null;
  }
}
