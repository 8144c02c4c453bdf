/** Keeps a half sheet a half sheet: what is long is set smaller until it fits. */
import { useLayoutEffect, useRef, type RefObject } from 'react';

/** The engine cuts longer texts (papers/slip.ts), so that the smallest, 6.5 pt, always holds them. */
const SMALLEST = 0.65;
const STEP = 0.05;

export function useFit(half: boolean): RefObject<HTMLElement | null> {
  const part = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const sheet = part.current;
    if (!half || !sheet) return;
    // The sheet on the screen has the width and the height of the printed one, so what fits here fits there.
    for (let fit = 1; fit >= SMALLEST; fit -= STEP) {
      sheet.style.setProperty('--fit', fit.toFixed(2));
      if (sheet.scrollHeight <= sheet.clientHeight) return;
    }
  });
  return part;
}
