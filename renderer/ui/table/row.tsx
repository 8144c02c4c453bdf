/** One row of a list. Drawn often: it stays the same element while nothing in it changes. */
import { memo, type ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { isMono, isNumeric, type FullColumn, type Refs } from './columns.tsx';

interface RowProps<R> {
  readonly domId: string;
  readonly index: number;
  readonly top: number;
  readonly height: number;
  readonly template: string;
  readonly columns: readonly FullColumn<R>[];
  readonly row: R | undefined;
  readonly refs: Refs;
  readonly active: boolean;
  readonly opened: boolean;
  readonly ticked: boolean;
  readonly tick: ((row: R) => void) | null;
  readonly rowClass: ((row: R) => string | undefined) | undefined;
  readonly onPick: (index: number) => void;
}

/** A drag that selects text inside the list is not a press on the row. */
const selecting = (): boolean => (getSelection()?.toString() ?? '') !== '';

function PlainRow<R>(props: RowProps<R>): ReactNode {
  const { domId, index, top, height, template, columns, row, refs, active, opened, ticked, tick } = props;
  const t = useText();
  const classes = [
    'grid-row',
    active ? 'active' : '',
    opened ? 'opened' : '',
    ticked ? 'ticked' : '',
    row ? (props.rowClass?.(row) ?? '') : 'waiting',
  ];
  return (
    // The grid itself takes the keys of all its rows (aria-activedescendant).
    <div
      id={domId}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={ticked}
      className={classes.filter(Boolean).join(' ')}
      style={{ gridTemplateColumns: template, height, transform: `translateY(${top}px)` }}
      onClick={() => {
        if (row && !selecting()) props.onPick(index);
      }}
    >
      {tick ? (
        <div className="cell cell-tick" role="gridcell" onClick={(event) => event.stopPropagation()}>
          <input
            type="checkbox"
            className="tick"
            tabIndex={-1}
            aria-label={t('table.tick')}
            checked={ticked}
            disabled={!row}
            onChange={() => row && tick(row)}
          />
        </div>
      ) : null}
      {columns.map((column) => (
        <div
          key={column.field}
          role="gridcell"
          className={`cell${isNumeric(column.kind) ? ' right' : ''}${isMono(column.kind) ? ' mono' : ''}`}
          title={row ? column.text(row, refs) : undefined}
        >
          {row ? column.show(row, refs) : <span className="cell-wait" />}
        </div>
      ))}
    </div>
  );
}
export const GridRow = memo(PlainRow) as typeof PlainRow;
