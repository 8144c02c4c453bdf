/**
 * Sixteen by sixteen a /24, as technicians have it in mind: colour and letter tell the state, a card tells who. Arrow keys walk,
 * Enter opens. Smaller subnets keep the row rule, wider ones show a block for every 256.
 */
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { AddressCell, AddressState } from '../../../shared/features/ipam/map.ts';
import { parseIp, showIp } from '../../../shared/ip.ts';
import type { Verdict } from '../../../shared/features/discovery/match.ts';
import { useText, type Text } from '../../i18n.ts';
import { State } from '../../ui/state.tsx';
import { Mac } from '../../ui/text.tsx';
import { verdictKey } from '../discovery/entries.ts';
import { isClash } from './marks.ts';

const BLOCK = 256;
const SIDE = 16;

interface HeatMapProps {
  readonly cells: readonly AddressCell[];
  /** Others are dimmed; empty shows all. */
  readonly only: ReadonlySet<AddressState>;
  /** What the last sweep found at an address that the register does not explain. */
  readonly marks: ReadonlyMap<string, Verdict>;
  readonly onOpen: (cell: AddressCell) => void;
}

export function HeatMap({ cells, only, marks, onOpen }: HeatMapProps): ReactNode {
  const blocks = Map.groupBy(cells, ({ ip }) => Math.floor((parseIp(ip) ?? 0) / BLOCK));
  return [...blocks].map(([block, inside]) => (
    <Block key={block} start={block * BLOCK} cells={inside} only={only} marks={marks} onOpen={onOpen} />
  ));
}

const steps: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -SIDE, ArrowDown: SIDE };

function Block({ start, cells, only, marks, onOpen }: HeatMapProps & { start: number }): ReactNode {
  const t = useText();
  const grid = useRef<HTMLDivElement>(null);
  const [focus, setFocus] = useState(0);
  const [shown, setShown] = useState<number | null>(null);
  const first = (parseIp(cells[0]?.ip ?? '') ?? start) - start;
  const rows = Math.ceil(((first % SIDE) + cells.length) / SIDE);
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? cells.length - 1 : focus + (steps[event.key] ?? 0);
    if (event.key === 'Escape') setShown(null);
    if (next === focus || !cells[next]) return;
    event.preventDefault();
    setFocus(next);
    grid.current?.querySelector<HTMLElement>(`[data-at="${next}"]`)?.focus();
  };
  return (
    <div className="map-block">
      <h3 className="mono">{showIp(start + first)}</h3>
      <div ref={grid} className="map-grid" role="group" aria-label={t('ipam.mapOf', { cidr: showIp(start + first) })}>
        {Array.from({ length: rows }, (_, row) => {
          const from = row * SIDE - (first % SIDE);
          return (
            <div key={row} className="map-row">
              <span className="map-label mono">.{first - (first % SIDE) + row * SIDE}</span>
              {cells.slice(Math.max(0, from), from + SIDE).map((cell, column) => {
                const at = Math.max(0, from) + column;
                return (
                  <Cell
                    key={cell.ip}
                    cell={cell}
                    at={at}
                    mark={marks.get(cell.ip) ?? null}
                    column={at === 0 ? (first % SIDE) + 2 : undefined}
                    dim={only.size > 0 && !only.has(cell.state)}
                    tabbable={at === focus}
                    onShow={() => setShown(at)}
                    onHide={() => setShown(null)}
                    onKeyDown={onKeyDown}
                    onOpen={() => {
                      setFocus(at);
                      onOpen(cell);
                    }}
                  />
                );
              })}
            </div>
          );
        })}
        {shown === null ? null : (
          <HoverCard
            cell={cells[shown]}
            mark={marks.get(cells[shown]?.ip ?? '') ?? null}
            row={Math.floor((shown + (first % SIDE)) / SIDE)}
            rows={rows}
            right={(shown + (first % SIDE)) % SIDE >= SIDE / 2}
          />
        )}
      </div>
    </div>
  );
}

interface CellProps {
  readonly cell: AddressCell;
  readonly at: number;
  readonly mark: Verdict | null;
  /** Where the first cell of a subnet stands that does not begin with a row. */
  readonly column: number | undefined;
  readonly dim: boolean;
  readonly tabbable: boolean;
  readonly onShow: () => void;
  readonly onHide: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onOpen: () => void;
}
function Cell({ cell, at, mark, column, dim, tabbable, onShow, onHide, onKeyDown, onOpen }: CellProps): ReactNode {
  const t = useText();
  return (
    <button
      type="button"
      data-at={at}
      tabIndex={tabbable ? 0 : -1}
      className={`map-cell map-${cell.state}${dim ? ' dim' : ''}${mark ? ` map-mark${isClash(mark) ? ' map-clash' : ''}` : ''}`}
      style={column === undefined ? undefined : { gridColumnStart: column }}
      aria-label={[cell.ip, t(`ipam.state.${cell.state}`), cell.person, mark && t(verdictKey(mark))]
        .filter(Boolean)
        .join(' ')}
      onMouseEnter={onShow}
      onMouseLeave={onHide}
      onKeyDown={onKeyDown}
      onFocus={onShow}
      onBlur={onHide}
      onClick={onOpen}
    >
      {cell.state === 'free' ? null : t(`ipam.mark.${cell.state}`)}
    </button>
  );
}

/** Below the pointed row, above it in the lower half; never under the pointer. */
function HoverCard({
  cell,
  mark,
  row,
  rows,
  right,
}: {
  cell: AddressCell | undefined;
  mark: Verdict | null;
  row: number;
  rows: number;
  right: boolean;
}): ReactNode {
  const t = useText();
  if (!cell) return null;
  const low = row >= rows / 2 && rows > 2;
  const style = {
    ...(low
      ? { bottom: `calc(${((rows - row) / rows) * 100}% + 4px)` }
      : { top: `calc(${((row + 1) / rows) * 100}% + 4px)` }),
    ...(right ? { right: 0 } : { left: 32 }),
  };
  return (
    <div className="map-card" role="status" style={style}>
      <div className="map-card-head">
        <span className="mono">{cell.ip}</span>{' '}
        <span className={`map-word map-${cell.state}`}>{t(`ipam.state.${cell.state}`)}</span>
      </div>
      {aboutCell(cell, t).map((line) => (
        <div key={line}>{line}</div>
      ))}
      {cell.mac ? <Mac hex={cell.mac} /> : null}
      {mark ? (
        <div>
          <State tone={isClash(mark) ? 'bad' : 'warn'}>{t('ipam.seen', { what: t(verdictKey(mark)) })}</State>
        </div>
      ) : null}
    </div>
  );
}

export function aboutCell(cell: AddressCell, t: Text): string[] {
  if (cell.state === 'cooling') return [t('ipam.lastHolder', { name: cell.person ?? '—', day: cell.free_on ?? '' })];
  return [
    [cell.person, cell.department].filter(Boolean).join(' · '),
    [cell.place, cell.port].filter(Boolean).join(' · '),
    [cell.asset, cell.hostname].filter(Boolean).join(' · '),
    cell.opened_on ?? '',
    cell.remark ?? '',
  ].filter((line) => line !== '');
}
