/** The map of a subnet in black and white: sixteen by sixteen a block, states as letters, conflicts hatched, unregistered hosts with a corner. */
import { parseIp, showIp } from '../../../../shared/ip.ts';
import type { MessageKey } from '../../../../shared/messages.ts';
import type { PaperBlock, PaperShape } from '../../../../shared/paper.ts';
import type { FormState, SeenMark } from '../../../../shared/features/ipam/marks.ts';
import type { Desk } from '../papers/desk.ts';

type Drawing = Extract<PaperBlock, { kind: 'drawing' }>;
interface Cell {
  readonly ip: string;
  readonly form_state: FormState;
  readonly mark: SeenMark | null;
}
const BLOCK = 256;
const SIDE = 16;
/** Millimetres. Two blocks and their labels fill the 257 mm of a landscape A4. */
const CELL = 6.8;
const LABEL = 13;
const HEAD = 9;
const WIDTH = LABEL + SIDE * CELL;
const GAP = 6;

export const stateWord = ({ t }: Desk, state: FormState): string =>
  state === 'unregistered' ? t('ipam.seen_unregistered') : t(`ipam.state.${state}`);
const letterOf = ({ t }: Desk, state: FormState): string => {
  if (state === 'free') return '';
  return t(state === 'unregistered' ? 'ipam.mark_unregistered' : (`ipam.mark.${state}` as MessageKey));
};

const FILLED: ReadonlySet<FormState> = new Set(['active', 'device', 'gateway']);
const DASHED: ReadonlySet<FormState> = new Set(['reserved', 'kept', 'leased']);
const fillOf = (state: FormState): 'hatch' | 'light' | 'none' =>
  state === 'conflict' ? 'hatch' : FILLED.has(state) ? 'light' : 'none';

function cellShapes(desk: Desk, { form_state: state, mark }: Cell, x: number, y: number): PaperShape[] {
  const shapes: PaperShape[] = [
    {
      kind: 'box',
      x,
      y,
      w: CELL - 0.4,
      h: CELL - 0.4,
      fill: fillOf(state),
      ...(DASHED.has(state) ? { dash: true } : {}),
    },
  ];
  const text = letterOf(desk, state);
  if (text !== '')
    shapes.push({
      kind: 'words',
      x: x + (CELL - 0.4) / 2,
      y: y + CELL * 0.66,
      text,
      size: 3.2,
      anchor: 'middle',
      bold: state === 'conflict' || state === 'unregistered',
      ...(state === 'conflict' ? { ground: true } : {}),
    });
  if (mark === 'unregistered')
    shapes.push({ kind: 'box', x: x + CELL - 2.2, y, w: 1.8, h: 1.8, fill: 'dark', stroke: 0.2 });
  return shapes;
}

/** One block of up to 256 addresses; a subnet that begins within a row leaves its place empty. */
function blockShapes(desk: Desk, cells: readonly Cell[], left: number): PaperShape[] {
  const first = parseIp(cells[0]?.ip ?? '') ?? 0;
  const low = first % BLOCK;
  const top = Math.floor(low / SIDE);
  const shapes: PaperShape[] = [
    { kind: 'words', x: left, y: 3.5, text: showIp(first - (first % SIDE)), size: 3, bold: true, mono: true },
  ];
  for (let column = 0; column < SIDE; column += 1)
    shapes.push({
      kind: 'words',
      x: left + LABEL + (column + 0.5) * CELL,
      y: HEAD - 1.2,
      text: `+${column}`,
      size: 2.2,
      anchor: 'middle',
    });
  const rows = new Set<number>();
  for (const [index, cell] of cells.entries()) {
    const at = low + index;
    const row = Math.floor(at / SIDE) - top;
    const y = HEAD + row * CELL;
    if (!rows.has(row))
      shapes.push({
        kind: 'words',
        x: left + LABEL - 1.5,
        y: y + CELL * 0.62,
        text: `.${Math.floor(at / SIDE) * SIDE}`,
        size: 2.6,
        anchor: 'end',
        mono: true,
      });
    rows.add(row);
    shapes.push(...cellShapes(desk, cell, left + LABEL + (at % SIDE) * CELL, y));
  }
  return shapes;
}

/** What each letter means, with how many there are: beside the last block. */
function legendShapes(desk: Desk, cells: readonly Cell[], left: number): PaperShape[] {
  const counts = new Map<FormState, number>();
  for (const { form_state } of cells) counts.set(form_state, (counts.get(form_state) ?? 0) + 1);
  return [...counts].flatMap(([state, count], index): PaperShape[] => {
    const y = HEAD + index * (CELL + 1);
    return [
      ...cellShapes(desk, { ip: '', form_state: state, mark: state === 'unregistered' ? state : null }, left, y),
      {
        kind: 'words',
        x: left + CELL + 2,
        y: y + CELL * 0.66,
        text: `${stateWord(desk, state)}  ${count}`,
        size: 3,
      },
    ];
  });
}

/** Two blocks a drawing, so that each page of landscape A4 holds one; the legend once, behind the last. */
export function mapDrawings(desk: Desk, cells: readonly Cell[], cidr: string): Drawing[] {
  const blocks = [...Map.groupBy(cells, ({ ip }) => Math.floor((parseIp(ip) ?? 0) / BLOCK)).values()];
  const drawings: Drawing[] = [];
  for (let from = 0; from < blocks.length; from += 2) {
    const pair = blocks.slice(from, from + 2);
    const shapes = pair.flatMap((block, index) => blockShapes(desk, block, index * (WIDTH + GAP)));
    const last = from + 2 >= blocks.length;
    const beside = last && pair.length === 1;
    if (beside) shapes.push(...legendShapes(desk, cells, WIDTH + GAP * 2));
    drawings.push({
      kind: 'drawing',
      width: WIDTH * 2 + GAP,
      height: heightOf(shapes),
      shapes,
      about: desk.t('ipam.mapOf', { cidr }),
    });
    if (last && !beside) drawings.push(legendDrawing(desk, cells, cidr));
  }
  return drawings;
}

function legendDrawing(desk: Desk, cells: readonly Cell[], cidr: string): Drawing {
  const counts = [...Map.groupBy(cells, ({ form_state }) => form_state)];
  const shapes = counts.flatMap(([state, held], index): PaperShape[] => {
    const x = (index % 6) * 42;
    const y = 1 + Math.floor(index / 6) * (CELL + 1);
    return [
      ...cellShapes(desk, { ip: '', form_state: state, mark: state === 'unregistered' ? state : null }, x, y),
      {
        kind: 'words',
        x: x + CELL + 2,
        y: y + CELL * 0.66,
        text: `${stateWord(desk, state)}  ${held.length}`,
        size: 3,
      },
    ];
  });
  return {
    kind: 'drawing',
    width: WIDTH * 2 + GAP,
    height: heightOf(shapes),
    shapes,
    about: desk.t('ipam.legend_of', { cidr }),
  };
}

const heightOf = (shapes: readonly PaperShape[]): number =>
  shapes.reduce((low, shape) => Math.max(low, shape.kind === 'box' ? shape.y + shape.h : 0), 0) + 2;
