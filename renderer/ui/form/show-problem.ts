/** After a try to save: the first wrong field is brought into view with its sentence, and takes the keyboard. */
import { useEffect, useEffectEvent, useState } from 'react';
import type { Problems } from './check.ts';

/** `names` in the order of the form; fields have the DOM id `<domId>-<name>`. Call what it returns after each refused try. */
export function useShowProblem(domId: string, names: readonly string[], problems: Problems): () => void {
  const [tries, setTries] = useState(0);
  const show = useEffectEvent(() => {
    const first = names.find((name) => name in problems) ?? Object.keys(problems)[0];
    const input = first === undefined ? null : document.getElementById(`${domId}-${first}`);
    input?.focus({ preventScroll: true });
    // The whole field: its sentence stands below the input.
    (input?.closest('.field') ?? input)?.scrollIntoView({ block: 'center' });
  });
  useEffect(() => {
    if (tries > 0) show();
  }, [tries]);
  return () => setTries((before) => before + 1);
}
