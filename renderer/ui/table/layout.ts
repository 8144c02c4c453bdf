/** Order, width and visibility of a table's columns, by TanStack Table, kept on this computer through the table's view. */
import {
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  functionalUpdate,
  tableFeatures,
  useTable,
  type ColumnOrderState,
  type ColumnSizingState,
  type ColumnVisibilityState,
  type ReactTable,
  type Updater,
} from '@tanstack/react-table';
import { useMemo } from 'react';
import type { FullColumn } from './columns.tsx';
import { changeView, type Columns } from './view.ts';

const features = tableFeatures({
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
});
export type Layout = ReactTable<typeof features, object>;

const NARROWEST = 48;
const WIDEST = 600;
const noRows: object[] = [];

export function useLayout<R>(id: string, columns: readonly FullColumn<R>[], kept: Columns): Layout {
  const definitions = useMemo(
    () => columns.map(({ field, width }) => ({ id: field, size: width, minSize: NARROWEST, maxSize: WIDEST })),
    [columns],
  );
  // The same objects while nothing changed: the table tells a change of its state by identity.
  const visible = useMemo(
    () => Object.fromEntries(columns.map(({ field }) => [field, !kept.hidden.includes(field)])),
    [columns, kept.hidden],
  );
  const order = useMemo(() => [...kept.order], [kept.order]);
  const sizes = useMemo(() => ({ ...kept.widths }), [kept.widths]);
  const options = useMemo(() => {
    const keep = (change: Partial<Columns>): void => changeView(id, { columns: { ...kept, ...change } });
    return {
      features,
      columns: definitions,
      data: noRows,
      columnResizeMode: 'onChange' as const,
      state: { columnVisibility: visible, columnOrder: order, columnSizing: sizes },
      onColumnSizingChange: (change: Updater<ColumnSizingState>) => keep({ widths: functionalUpdate(change, sizes) }),
      onColumnOrderChange: (change: Updater<ColumnOrderState>) => keep({ order: functionalUpdate(change, order) }),
      onColumnVisibilityChange: (change: Updater<ColumnVisibilityState>) => {
        const next = functionalUpdate(change, visible);
        keep({ hidden: columns.map(({ field }) => field).filter((field) => next[field] === false) });
      },
    };
  }, [id, columns, definitions, kept, visible, order, sizes]);
  return useTable(options);
}
