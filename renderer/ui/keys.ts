/** Keys for the whole window, safe with Chinese input methods. */
import { useEffect, useEffectEvent } from 'react';

/** True while an input method is composing: its Enter and Esc belong to the candidate list (keyCode 229: older IMEs on Windows). */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;

/** `ctrl+k`, `shift+f5`, `escape`; Ctrl stands for Cmd on a Mac. */
export function matchesKey(event: KeyboardEvent, keys: string): boolean {
  const parts = keys === '+' ? [keys] : keys.toLowerCase().split('+');
  const wants = (modifier: string): boolean => parts.includes(modifier);
  return (
    event.key.toLowerCase() === parts.at(-1) &&
    (event.ctrlKey || event.metaKey) === wants('ctrl') &&
    event.shiftKey === wants('shift') &&
    event.altKey === wants('alt')
  );
}

/** Runs `handler` on the key anywhere in the window; the browser's own meaning of it is prevented. */
export function useKey(keys: string, handler: () => void, enabled = true): void {
  const run = useEffectEvent((event: KeyboardEvent) => {
    if (isComposing(event) || event.defaultPrevented || !matchesKey(event, keys)) return;
    event.preventDefault();
    handler();
  });
  useEffect(() => {
    if (!enabled) return;
    addEventListener('keydown', run);
    return () => removeEventListener('keydown', run);
  }, [enabled]);
}
