/** The height of an element in pixels, for parts that must be told how much room they have. */
import { useLayoutEffect, useState, type RefObject } from 'react';

export function useHeight(of: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(400);
  useLayoutEffect(() => {
    const element = of.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, [of]);
  return height;
}
