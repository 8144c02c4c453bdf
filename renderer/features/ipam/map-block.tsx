/** One block of 256 addresses on the map, drawn again only where something in it changed. */
import { memo, type ReactNode } from 'react';
import type { AddressCell } from '../../../shared/features/ipam/map.ts';
import { markOf, type FormState, type SeenMark } from '../../../shared/features/ipam/marks.ts';
import { parseIp, showIp } from '../../../shared/ip.ts';
import { useText } from '../../i18n.ts';
import { verdictKey } from '../discovery/entries.ts';
import { MapCard } from './map-card.tsx';
import { stateLetter, stateOf, stateWord, type Marks } from './marks.ts';

export const BLOCK = 256;
export const SIDE = 16;

interface BlockProps {
  readonly cells: readonly AddressCell[];
  /** Place of its first address in the whole map. */
  readonly offset: number;
  /** Others are dimmed; empty shows all. */
  readonly only: ReadonlySet<FormState>;
  readonly marks: Marks;
  readonly seen: Readonly<Record<string, number>>;
  /** Places in the whole map; null where they are in another block. */
  readonly focus: number | null;
  readonly shown: number | null;
  readonly chosenFrom: number | null;
  readonly chosenTo: number | null;
}

export const MapBlock = memo(function MapBlock(props: BlockProps): ReactNode {
  const { cells, offset, only, marks, seen, focus, shown, chosenFrom, chosenTo } = props;
  const t = useText();
  const start = parseIp(cells[0]?.ip ?? '') ?? 0;
  // A subnet that begins within a row leaves its place empty.
  const indent = start % SIDE;
  const low = start % BLOCK;
  const rows = Math.ceil((indent + cells.length) / SIDE);
  const pointed = shown === null ? undefined : cells[shown - offset];
  return (
    <div className="map-block">
      <h3 className="mono">{showIp(start)}</h3>
      <div className="map-grid" role="group" aria-label={t('ipam.mapOf', { cidr: showIp(start) })}>
        {Array.from({ length: rows }, (_, row) => {
          const from = row * SIDE - indent;
          return (
            <div key={row} className="map-row">
              <span className="map-label mono">.{low - indent + row * SIDE}</span>
              {cells.slice(Math.max(0, from), from + SIDE).map((cell, column) => {
                const index = Math.max(0, from) + column;
                const at = offset + index;
                const state = stateOf(cell, marks);
                const verdict = marks.get(cell.ip);
                return (
                  <Cell
                    key={cell.ip}
                    cell={cell}
                    at={at}
                    state={state}
                    mark={verdict === undefined ? null : markOf(verdict)}
                    told={verdict === undefined ? '' : t(verdictKey(verdict))}
                    column={index === 0 ? indent + 2 : undefined}
                    dim={only.size > 0 && !only.has(state)}
                    tabbable={at === focus}
                    chosen={chosenFrom !== null && chosenTo !== null && at >= chosenFrom && at <= chosenTo}
                  />
                );
              })}
            </div>
          );
        })}
        {pointed && shown !== null ? (
          <MapCard
            cell={pointed}
            state={stateOf(pointed, marks)}
            verdict={marks.get(pointed.ip) ?? null}
            seenAt={seen[pointed.ip] ?? null}
            row={Math.floor((shown - offset + indent) / SIDE)}
            rows={rows}
            right={(shown - offset + indent) % SIDE >= SIDE / 2}
          />
        ) : null}
      </div>
    </div>
  );
});

interface CellProps {
  readonly cell: AddressCell;
  readonly at: number;
  readonly state: FormState;
  readonly mark: SeenMark | null;
  readonly told: string;
  readonly column: number | undefined;
  readonly dim: boolean;
  readonly tabbable: boolean;
  readonly chosen: boolean;
}
/** Without handlers of its own: the map listens for all of them. */
const Cell = memo(function Cell(props: CellProps): ReactNode {
  const { cell, at, state, mark, told, column, dim, tabbable, chosen } = props;
  const t = useText();
  const classes = [
    `map-cell map-${state}`,
    dim ? 'dim' : '',
    mark === null ? '' : 'map-mark',
    mark === 'clash' ? 'map-clash' : '',
    chosen ? 'map-chosen' : '',
  ];
  return (
    <button
      type="button"
      data-at={at}
      tabIndex={tabbable ? 0 : -1}
      className={classes.filter(Boolean).join(' ')}
      style={column === undefined ? undefined : { gridColumnStart: column }}
      aria-label={[cell.ip, stateWord(t, state), cell.person, told].filter(Boolean).join(' ')}
      aria-pressed={chosen || undefined}
    >
      {stateLetter(t, state)}
    </button>
  );
});
