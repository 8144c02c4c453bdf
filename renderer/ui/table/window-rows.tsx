/** The body of a plain table: whole while it is short, so that the page can be searched; only the rows in view once there are many. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type ReactNode } from 'react';

/** Rows that are drawn without a thought. */
const FEW = 120;
/** Pixels of a row before it is measured. */
const ROW = 36;

interface Props<T> {
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  /** The cells of one row. */
  readonly renderCells: (row: T) => ReactNode;
}
/** Its table must stand right inside the element that scrolls. */
export function WindowRows<T>({ rows, keyOf, renderCells }: Props<T>): ReactNode {
  const body = useRef<HTMLTableSectionElement>(null);
  const many = rows.length > FEW;
  const view = useVirtualizer({
    count: many ? rows.length : 0,
    getScrollElement: () => body.current?.parentElement?.parentElement ?? null,
    estimateSize: () => ROW,
    overscan: 12,
  });
  if (!many)
    return (
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>{renderCells(row)}</tr>
        ))}
      </tbody>
    );
  const shown = view.getVirtualItems();
  return (
    <tbody ref={body} className="windowed">
      <tr aria-hidden style={{ height: shown[0]?.start ?? 0 }} />
      {shown.flatMap(({ index }) => {
        const row = rows[index];
        return row === undefined
          ? []
          : [
              <tr key={keyOf(row)} ref={view.measureElement} data-index={index}>
                {renderCells(row)}
              </tr>,
            ];
      })}
      <tr aria-hidden style={{ height: Math.max(0, view.getTotalSize() - (shown.at(-1)?.end ?? 0)) }} />
    </tbody>
  );
}
