/**
 * One square an address, sixteen by sixteen a /24, as the technician has it in mind. Drawn on canvas, because a /20 is 4,096 squares
 * that fill while hosts stream in. For the keyboard the map is one place: arrows walk, PgUp and PgDn change the subnet, Enter opens.
 */
import {
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from 'react';
import type { Verdict } from '../../../../shared/features/discovery/verdicts.ts';
import { contains, parseCidr, parseIp, showIp } from '../../../../shared/ip.ts';
import { useText } from '../../../i18n.ts';
import { isDark, useMode } from '../../../theme.ts';
import { dark, light } from '../../../tokens.ts';
import type { Entry } from '../entries.ts';
import type { SubnetName } from '../subnet-names.ts';
import { BlockView } from './block.tsx';
import { MapCard, type Spot } from './card.tsx';
import { BLOCK, SIDE, dimmed, emptyBlocks, filledBlocks, kindAt, pitchFor, startOf, type Block } from './model.ts';

export interface MapProps {
  readonly cidrs: readonly string[];
  readonly entries: readonly Entry[];
  /** The others are dimmed; null shows all. */
  readonly only: ReadonlySet<Verdict> | null;
  readonly picked: string | null;
  readonly names: readonly SubnetName[];
  readonly onPick: (ip: string) => void;
  /** Enter, or a press on the square that is picked already. */
  readonly onOpen: (ip: string) => void;
}
const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -SIDE,
  ArrowDown: SIDE,
  PageUp: -BLOCK,
  PageDown: BLOCK,
};

/** Blocks that look as before are the same objects as before. */
function useBlocks(cidrs: readonly string[], entries: readonly Entry[]): ReadonlyMap<number, Block> {
  const scope = cidrs.join(' ');
  const empty = useMemo(() => emptyBlocks(scope.split(' ')), [scope]);
  const before = useRef<ReadonlyMap<number, Block>>(new Map());
  const blocks = useMemo(() => filledBlocks(empty, entries, before.current), [empty, entries]);
  useEffect(() => {
    before.current = blocks;
  }, [blocks]);
  return blocks;
}
function useSize(element: React.RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 320, height: 480 });
  useLayoutEffect(() => {
    if (!element.current) return;
    const watcher = new ResizeObserver(([change]) => {
      const { width, height } = change?.contentRect ?? { width: 320, height: 480 };
      setSize({ width, height });
    });
    watcher.observe(element.current);
    return () => watcher.disconnect();
  }, [element]);
  return size;
}

export function SweepMap({ cidrs, entries, only, picked, names, onPick, onOpen }: MapProps): ReactNode {
  const t = useText();
  const ink = useMode(isDark) ? dark : light;
  const scroller = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(scroller);
  const blocks = useBlocks(cidrs, entries);
  const byAddress = useMemo(() => new Map(entries.map((entry) => [entry.at, entry])), [entries]);
  const dim = useMemo(() => dimmed(only), [only]);
  const pitch = pitchFor(blocks.size, width, height);
  const [pointed, setPointed] = useState<number | null>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const [focused, setFocused] = useState(false);
  const pickedAt = picked === null ? null : parseIp(picked);
  // the keyboard goes on from what was picked elsewhere
  const [followed, setFollowed] = useState<number | null>(null);
  if (followed !== pickedAt) {
    setFollowed(pickedAt);
    if (pickedAt !== null) setCursor(pickedAt);
  }
  const starts = useMemo(() => [...blocks.keys()], [blocks]);
  const here = cursor !== null && blocks.has(startOf(cursor)) ? cursor : (starts[0] ?? 0) + 1;

  const canvasOf = (start: number): HTMLCanvasElement | null =>
    scroller.current?.querySelector<HTMLCanvasElement>(`canvas[data-start="${start}"]`) ?? null;
  useEffect(() => {
    if (pickedAt !== null) canvasOf(startOf(pickedAt))?.scrollIntoView({ block: 'nearest' });
  }, [pickedAt]);
  const addressAt = (event: PointerEvent): number | null => {
    const { target } = event;
    if (!(target instanceof HTMLCanvasElement)) return null;
    const step = target.clientWidth / SIDE;
    const [column, row] = [Math.floor(event.nativeEvent.offsetX / step), Math.floor(event.nativeEvent.offsetY / step)];
    return Number(target.dataset['start']) + Math.min(SIDE - 1, row) * SIDE + Math.min(SIDE - 1, column);
  };
  const choose = (address: number): void => {
    setCursor(address);
    if (pickedAt === address) onOpen(showIp(address));
    else onPick(showIp(address));
  };
  const walk = (event: KeyboardEvent): void => {
    const edge = event.key === 'Home' ? startOf(here) : event.key === 'End' ? startOf(here) + BLOCK - 1 : null;
    if (event.key === 'Enter') onOpen(showIp(here));
    else if (event.key === ' ') onPick(showIp(here));
    else if (event.key in steps || edge !== null) {
      const next = edge ?? stepped(here, steps[event.key] ?? 0, starts);
      setPointed(null);
      setCursor(next);
      canvasOf(startOf(next))?.scrollIntoView({ block: 'nearest' });
    } else return;
    event.preventDefault();
  };
  const shown = pointed ?? (focused ? here : null);
  return (
    <div className="sweep-map">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- `application` is what takes keys of its own (WAI-ARIA) */}
      <div
        ref={scroller}
        className="sweep-maps"
        role="application"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the same
        tabIndex={0}
        aria-label={t('discovery.map_keys', { count: entries.length })}
        onKeyDown={walk}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onPointerMove={(event) => setPointed(addressAt(event))}
        onPointerLeave={() => setPointed(null)}
        onClick={(event) => {
          const address = addressAt(event as unknown as PointerEvent);
          if (address !== null && kindAt(blocks, address) !== 'unasked') choose(address);
        }}
      >
        {[...blocks.values()].map((block) => (
          <BlockView
            key={block.start}
            block={block}
            name={nameAt(names, block.start)}
            pitch={pitch}
            ink={ink}
            scale={devicePixelRatio}
            dim={dim}
            picked={inside(block, pickedAt)}
            cursor={inside(block, shown)}
          />
        ))}
      </div>
      {shown === null || pitch === 0 ? null : (
        <MapCard
          address={shown}
          entry={byAddress.get(shown)}
          kind={kindAt(blocks, shown)}
          spot={spotOf(canvasOf(startOf(shown)), shown)}
        />
      )}
    </div>
  );
}

const inside = (block: Block, address: number | null): number | null =>
  address !== null && startOf(address) === block.start ? address - block.start : null;

/** The next square in that direction; from the edge of a block on to the block beside it. */
function stepped(from: number, by: number, starts: readonly number[]): number {
  const next = from + by;
  if (starts.includes(startOf(next))) return next;
  const beside = starts[starts.indexOf(startOf(from)) + Math.sign(by)];
  return beside === undefined ? from : beside + (((next % BLOCK) + BLOCK) % BLOCK);
}
function spotOf(canvas: HTMLCanvasElement | null, address: number): Spot {
  const box = canvas?.getBoundingClientRect();
  if (!box) return { left: 0, top: 0, right: 0, bottom: 0 };
  const step = box.width / SIDE;
  const at = address - startOf(address);
  const [left, top] = [box.left + (at % SIDE) * step, box.top + Math.floor(at / SIDE) * step];
  return { left, top, right: left + step, bottom: top + step };
}
/** What the register calls the subnet of a block; of several smaller ones, all their names. */
function nameAt(names: readonly SubnetName[], start: number): string | null {
  const here = names.filter(({ cidr }) => {
    const parsed = parseCidr(cidr);
    return parsed !== null && (contains(parsed, start) || startOf(parsed.first) === start);
  });
  return here.length === 0 ? null : here.map(({ name }) => name).join(' · ');
}
