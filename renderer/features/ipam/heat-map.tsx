/**
 * Sixteen by sixteen a /24, as technicians have it in mind: colour and letter tell the state, a card tells who. Arrow keys walk, Enter opens;
 * dragging, or Shift with the arrow keys, chooses a run to keep back. Smaller subnets keep the row rule, wider ones show a block for every 256.
 */
import { useMemo, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import type { AddressCell } from '../../../shared/features/ipam/map.ts';
import type { FormState } from '../../../shared/features/ipam/marks.ts';
import { parseIp } from '../../../shared/ip.ts';
import { BLOCK, MapBlock, SIDE } from './map-block.tsx';
import type { Marks } from './marks.ts';

interface HeatMapProps {
  readonly cells: readonly AddressCell[];
  /** Others are dimmed; empty shows all. */
  readonly only: ReadonlySet<FormState>;
  /** What the last sweep found at an address that the register does not explain. */
  readonly marks: Marks;
  /** When each address was last seen (UTC ms). */
  readonly seen: Readonly<Record<string, number>>;
  readonly onOpen: (cell: AddressCell) => void;
  readonly onChoose: (first: AddressCell, last: AddressCell) => void;
}
interface Choice {
  readonly anchor: number;
  readonly to: number;
}
const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -SIDE, ArrowDown: SIDE };
const placeOf = (target: EventTarget): number | null => {
  const at = target instanceof Element ? target.closest<HTMLElement>('[data-at]')?.dataset['at'] : undefined;
  return at === undefined ? null : Number(at);
};

export function HeatMap({ cells, only, marks, seen, onOpen, onChoose }: HeatMapProps): ReactNode {
  const map = useRef<HTMLDivElement>(null);
  /** Where a drag began; null while none is on. */
  const drag = useRef<number | null>(null);
  const [focus, setFocus] = useState(0);
  const [shown, setShown] = useState<number | null>(null);
  const [choice, setChoice] = useState<Choice | null>(null);
  const blocks = useMemo(() => {
    let offset = 0;
    return [...Map.groupBy(cells, ({ ip }) => Math.floor((parseIp(ip) ?? 0) / BLOCK))].map(([block, inside]) => {
      const place = { block, inside, offset };
      offset += inside.length;
      return place;
    });
  }, [cells]);
  const [from, to] = choice ? [Math.min(choice.anchor, choice.to), Math.max(choice.anchor, choice.to)] : [null, null];

  const choose = (made: Choice | null): void => {
    setChoice(null);
    if (made === null || made.anchor === made.to) return;
    const first = cells[Math.min(made.anchor, made.to)];
    const last = cells[Math.max(made.anchor, made.to)];
    if (first && last) onChoose(first, last);
  };
  const onPointerDown = (event: PointerEvent): void => {
    const at = placeOf(event.target);
    if (at === null || event.button !== 0 || event.pointerType === 'touch') return;
    drag.current = at;
    let made = null as Choice | null;
    const over = (moved: globalThis.PointerEvent): void => {
      const place = moved.target ? placeOf(moved.target) : null;
      if (place === null || place === (made?.to ?? at)) return;
      made = { anchor: at, to: place };
      setChoice(made);
      setShown(null);
    };
    const end = (): void => {
      drag.current = null;
      removeEventListener('pointerover', over);
      choose(made);
    };
    addEventListener('pointerover', over);
    addEventListener('pointerup', end, { once: true });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      setShown(null);
      setChoice(null);
    }
    if (event.key === 'Enter' && choice !== null) {
      event.preventDefault();
      choose(choice);
      return;
    }
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? cells.length - 1 : focus + (steps[event.key] ?? 0);
    if (next === focus || !cells[next]) return;
    event.preventDefault();
    setChoice(event.shiftKey ? { anchor: choice?.anchor ?? focus, to: next } : null);
    setFocus(next);
    map.current?.querySelector<HTMLElement>(`[data-at="${next}"]`)?.focus();
  };
  return (
    <div
      ref={map}
      className="map"
      onPointerDown={onPointerDown}
      onMouseOver={({ target }) => (drag.current === null ? setShown(placeOf(target)) : undefined)}
      onMouseLeave={() => setShown(null)}
      onFocus={({ target }) => setShown(placeOf(target))}
      onBlur={() => setShown(null)}
      onKeyDown={onKeyDown}
      onClick={({ target }) => {
        const at = placeOf(target);
        const cell = at === null ? undefined : cells[at];
        if (at === null || !cell) return;
        setFocus(at);
        onOpen(cell);
      }}
    >
      {blocks.map(({ block, inside, offset }) => {
        const here = (at: number | null): number | null =>
          at !== null && at >= offset && at < offset + inside.length ? at : null;
        const meets = from !== null && to !== null && from < offset + inside.length && to >= offset;
        return (
          <MapBlock
            key={block}
            cells={inside}
            offset={offset}
            only={only}
            marks={marks}
            seen={seen}
            focus={here(Math.min(focus, cells.length - 1))}
            shown={here(shown)}
            chosenFrom={meets ? from : null}
            chosenTo={meets ? to : null}
          />
        );
      })}
    </div>
  );
}
