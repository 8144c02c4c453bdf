/** The head of a list: names, sort by pressing them, a filter per column, edges to pull. */
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { isNumeric, type FullColumn } from './columns.tsx';
import { ColumnFilter } from './filter.tsx';
import type { Layout } from './layout.ts';
import { changeView, withFilter, type TableView } from './view.ts';

interface HeadProps<R> {
  readonly id: string;
  readonly table: string;
  readonly view: TableView;
  readonly layout: Layout;
  readonly columns: readonly FullColumn<R>[];
  readonly template: string;
  /** Null: this list has nothing to tick. */
  readonly ticks: { all: boolean; some: boolean; possible: boolean; toggle: () => void } | null;
}

export function Head<R>({ id, table, view, layout, columns, template, ticks }: HeadProps<R>): ReactNode {
  const t = useText();
  const headers = new Map(layout.getLeafHeaders().map((header) => [header.column.id, header]));
  return (
    <div className="grid-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
      {ticks ? (
        <div className="cell cell-tick" role="columnheader">
          <input
            type="checkbox"
            className="tick"
            aria-label={t('table.tickAll')}
            ref={(box) => {
              if (box) box.indeterminate = ticks.some && !ticks.all;
            }}
            checked={ticks.all}
            disabled={!ticks.possible}
            onChange={ticks.toggle}
          />
        </div>
      ) : null}
      {columns.map((column) => {
        const header = headers.get(column.field);
        const sorted = view.sort[0]?.field === column.field ? view.sort[0].dir : null;
        return (
          <div
            key={column.field}
            role="columnheader"
            aria-sort={sorted === null ? 'none' : sorted === 'asc' ? 'ascending' : 'descending'}
            className={isNumeric(column.kind) ? 'cell cell-head right' : 'cell cell-head'}
          >
            {column.sortable ? (
              <button
                type="button"
                className="head-sort"
                onClick={() => changeView(id, { sort: nextSort(view, column.field) })}
              >
                <span className="head-name">{column.label}</span>
                <span className={sorted ? 'head-arrow' : 'head-arrow faint'} aria-hidden="true">
                  {sorted === 'desc' ? '▾' : '▴'}
                </span>
              </button>
            ) : (
              <span className="head-name">{column.label}</span>
            )}
            {column.declared && column.declared.kind !== 'json' && column.sortable ? (
              <ColumnFilter
                table={table}
                field={column.field}
                declared={column.declared}
                label={column.label}
                clause={view.filter.find((each) => each.field === column.field) ?? null}
                onChange={(clause) => changeView(id, { filter: withFilter(view.filter, column.field, clause) })}
              />
            ) : null}
            {header ? (
              <span
                className="head-edge"
                aria-hidden="true"
                onMouseDown={header.getResizeHandler()}
                onTouchStart={header.getResizeHandler()}
              />
            ) : null}
          </div>
        );
      })}
    </div>
  );
}

/** Up, down, not at all. */
function nextSort(view: TableView, field: string): TableView['sort'] {
  const now = view.sort[0];
  if (now?.field !== field) return [{ field, dir: 'asc' }];
  return now.dir === 'asc' ? [{ field, dir: 'desc' }] : [];
}
