/** A square of the map by itself, for the legend: what stands there is what the map draws. */
import { useEffect, useRef, type ReactNode } from 'react';
import { isDark, useMode } from '../../../theme.ts';
import { dark, light } from '../../../tokens.ts';
import { kinds, stamp, stampsOf, type Kind } from './paint.ts';

const SIZE = 14;
export function Swatch({ kind }: { kind: Kind }): ReactNode {
  const ink = useMode(isDark) ? dark : light;
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const sheet = canvas.current;
    if (!sheet) return;
    const stamps = stampsOf(ink, SIZE, devicePixelRatio);
    sheet.width = sheet.height = stamps.side;
    const pen = sheet.getContext('2d');
    if (pen) stamp(pen, stamps, { x: 0, y: 0, kind: kinds.indexOf(kind), dim: false });
  }, [ink, kind]);
  return <canvas ref={canvas} style={{ width: SIZE, height: SIZE }} aria-hidden="true" />;
}
