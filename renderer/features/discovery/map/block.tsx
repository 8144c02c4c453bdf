/** One /24 on a canvas: only squares that changed are drawn again, and only while the block is on the screen. */
import { memo, useEffect, useRef, useState, type ReactNode } from 'react';
import { showIp } from '../../../../shared/ip.ts';
import type { Tokens } from '../../../tokens.ts';
import { BLOCK, SIDE, type Block } from './model.ts';
import { stamp, stampsOf, type Stamps } from './paint.ts';

interface BlockProps {
  readonly block: Block;
  readonly name: string | null;
  readonly pitch: number;
  readonly ink: Tokens;
  /** Device pixels a CSS pixel. */
  readonly scale: number;
  readonly dim: Uint8Array;
  /** Places in the block. */
  readonly picked: number | null;
  readonly cursor: number | null;
}
interface Painted {
  readonly stamps: Stamps;
  readonly cells: Uint8Array;
  readonly dim: Uint8Array;
}

function useSeen(element: React.RefObject<HTMLElement | null>): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (!element.current) return;
    const watcher = new IntersectionObserver((changes) => setSeen(changes.at(-1)?.isIntersecting ?? false), {
      rootMargin: '200px',
    });
    watcher.observe(element.current);
    return () => watcher.disconnect();
  }, [element]);
  return seen;
}

export const BlockView = memo(function BlockView(props: BlockProps): ReactNode {
  const { block, name, pitch, ink, scale, dim, picked, cursor } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const painted = useRef<Painted | null>(null);
  const seen = useSeen(canvas);
  const step = Math.round(pitch * scale);
  useEffect(() => {
    const sheet = canvas.current;
    const pen = sheet?.getContext('2d');
    if (!sheet || !pen || !seen) return;
    const stamps = stampsOf(ink, step / scale - 1, scale);
    const before = painted.current;
    const afresh = before?.stamps !== stamps || before.dim !== dim;
    if (before?.stamps !== stamps) sheet.width = sheet.height = step * SIDE;
    for (let at = 0; at < BLOCK; at++) {
      const kind = block.cells[at] ?? 0;
      if (!afresh && before.cells[at] === kind) continue;
      stamp(pen, stamps, {
        x: (at % SIDE) * step,
        y: Math.floor(at / SIDE) * step,
        kind,
        dim: dim[kind] === 1,
      });
    }
    painted.current = { stamps, cells: block.cells, dim };
  }, [block, ink, scale, step, dim, seen]);
  const side = (step * SIDE) / scale;
  const first = showIp(block.start);
  return (
    <section className="sweep-block" style={{ width: side }}>
      <h4 title={[`${first}/24`, name].filter(Boolean).join(' ')}>
        <span className="mono">{first}</span> {name === null ? null : <span className="sweep-note">{name}</span>}
      </h4>
      <div className="sweep-squares" style={{ width: side, height: side }}>
        <canvas ref={canvas} data-start={block.start} style={{ width: side, height: side }} aria-hidden="true" />
        {picked === null ? null : <Ring at={picked} step={step / scale} picked />}
        {cursor === null ? null : <Ring at={cursor} step={step / scale} />}
      </div>
    </section>
  );
});

const Ring = ({ at, step, picked = false }: { at: number; step: number; picked?: boolean }): ReactNode => (
  <span
    className={picked ? 'sweep-ring picked' : 'sweep-ring'}
    style={{ left: (at % SIDE) * step, top: Math.floor(at / SIDE) * step, width: step - 1, height: step - 1 }}
  />
);
