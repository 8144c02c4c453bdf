/** A drawing of a frozen paper as SVG: one unit is a millimetre. Words are text nodes, whatever they say (security.md S11). */
import { useId, type ReactNode } from 'react';
import type { PaperBlock, PaperShape } from '../../../shared/paper.ts';

type DrawingBlock = Extract<PaperBlock, { kind: 'drawing' }>;
const STROKE = 0.2;
const SIZE = 2.5;

export function Drawing({ block }: { block: DrawingBlock }): ReactNode {
  // Ids of SVG patterns are looked up in the whole page.
  const hatch = useId();
  return (
    <figure className="leaf-drawing">
      {block.title ? <h2>{block.title}</h2> : null}
      <svg
        role="img"
        aria-label={block.about}
        viewBox={`0 0 ${block.width} ${block.height}`}
        style={{ width: `${block.width}mm` }}
      >
        <pattern id={hatch} width="1.4" height="1.4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="1.4" height="1.4" fill="#fff" />
          <line x1="0" y1="0" x2="0" y2="1.4" stroke="#000" strokeWidth="0.35" />
        </pattern>
        {block.shapes.map((shape, index) => (
          <Shape key={index} shape={shape} hatch={hatch} />
        ))}
      </svg>
    </figure>
  );
}

const fills = { none: 'none', light: '#e6e6e6', dark: '#9a9a9a' } as const;

function Shape({ shape, hatch }: { shape: PaperShape; hatch: string }): ReactNode {
  switch (shape.kind) {
    case 'box': {
      const fill = shape.fill ?? 'none';
      return (
        <rect
          x={shape.x}
          y={shape.y}
          width={shape.w}
          height={shape.h}
          rx={shape.r}
          fill={fill === 'hatch' ? `url(#${hatch})` : fills[fill]}
          stroke={shape.stroke === 0 ? 'none' : '#000'}
          strokeWidth={shape.stroke ?? STROKE}
          strokeDasharray={shape.dash ? '1 0.8' : undefined}
        />
      );
    }
    case 'line':
      return (
        <polyline
          points={shape.points.map(([x, y]) => `${x},${y}`).join(' ')}
          fill="none"
          stroke="#000"
          strokeWidth={shape.stroke ?? STROKE}
          strokeDasharray={shape.dash?.join(' ')}
        />
      );
    case 'words':
      return (
        <text
          x={shape.x}
          y={shape.y}
          // as a style: the class of fixed-width words sets a size of the screen
          style={{ fontSize: shape.size ?? SIZE }}
          textAnchor={shape.anchor}
          fontWeight={shape.bold ? 700 : undefined}
          className={shape.mono ? 'mono' : undefined}
          {...(shape.ground ? { stroke: '#fff', strokeWidth: (shape.size ?? SIZE) / 3, paintOrder: 'stroke' } : {})}
        >
          {shape.text}
        </text>
      );
  }
}
