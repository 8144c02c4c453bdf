/**
 * The list of a register: virtual rows fetched by window, filters and sort done by the engine, columns kept, keyboard first.
 * Ctrl+C copies the ticked rows (or the current one) for Excel; several rows with their headings.
 */
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useCallback,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type ReactNode,
} from 'react';
import type { FilterClause } from '../../../shared/list.ts';
import type { Fields, RecordType } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { Bar } from './bar.tsx';
import { Below } from './below.tsx';
import { fullColumn, type Column, type FullColumn, type Refs } from './columns.tsx';
import { onGridKey } from './grid-keys.ts';
import { Head } from './head.tsx';
import { useLayout } from './layout.ts';
import { GridRow } from './row.tsx';
import { useRows, type ListSource } from './rows.ts';
import { useTicks } from './ticks.ts';
import { tsv } from './tsv.ts';
import { useShown } from './shown.ts';
import { changeView, shownColumns, useTableView, viewQuery, type Columns } from './view.ts';

interface RecordTableProps<F extends Fields, R extends { id: string }> {
  /** Under this name the view is kept: `useTableView(id)`. */
  readonly id: string;
  readonly record: RecordType<F>;
  readonly list: ListSource<R>;
  /** What `list` asks besides the query, where one list asks different things: answers are kept apart by it. */
  readonly asks?: string;
  readonly columns: readonly (Column<R> | (keyof F & string))[];
  readonly onOpen?: (row: R) => void;
  /** The row whose detail is open beside the list. */
  readonly openId?: string | null;
  /** Always asked for, not shown as a filter. Keep the same array between renders. */
  readonly base?: readonly FilterClause[];
  /** Tables besides the record's own and those it refers to. */
  readonly tables?: readonly string[];
  /** Actions on ticked rows; without it rows cannot be ticked. */
  readonly bulk?: (rows: readonly R[]) => ReactNode;
  readonly search?: boolean;
  readonly lead?: ReactNode;
  /** Shown when the register itself is empty. */
  readonly empty?: ReactNode;
  readonly rowClass?: (row: R) => string | undefined;
}

const noClauses: readonly FilterClause[] = [];
const ROW_DENSE = 32;
const ROW_ROOMY = 44;
const TICK_WIDTH = 40;

export function RecordTable<F extends Fields, R extends { id: string }>(props: RecordTableProps<F, R>): ReactNode {
  const { id, record, list, base = noClauses, bulk } = props;
  const t = useText();
  const view = useTableView(id);
  const columns = useMemo(
    () => props.columns.map((column) => fullColumn<F, R>(record, column, t)),
    [props.columns, record, t],
  );
  const kept = useMemo(() => withHidden(view.columns, columns), [view.columns, columns]);
  const layout = useLayout(id, columns, kept);
  const order = layout
    .getVisibleLeafColumns()
    .map((column) => column.id)
    .join();
  const shown = useMemo(
    () => order.split(',').flatMap((field) => columns.find((column) => column.field === field) ?? []),
    [order, columns],
  );
  useShown(id, order);
  const widthOf = (field: string): number => layout.getColumn(field)?.getSize() ?? 0;
  const width = shown.reduce((sum, { field }) => sum + widthOf(field), bulk ? TICK_WIDTH : 0);
  const template = `${bulk ? `${TICK_WIDTH}px ` : ''}${shown.map(({ field }) => `${widthOf(field)}px`).join(' ')} minmax(0, 1fr)`;

  const { text, filter, sort } = view;
  const query = useMemo(() => viewQuery({ text, filter, sort }, base), [text, filter, sort, base]);
  useEffect(() => void shownColumns.set(id, order.split(',')), [id, order]);
  const tables = useMemo(() => tablesOf(record, props.tables), [record, props.tables]);
  const scroller = useRef<HTMLDivElement>(null);
  const rowHeight = view.columns.dense ? ROW_DENSE : ROW_ROOMY;
  // The number of rows is known only with the first page, which in turn depends on which rows are on screen.
  const [count, setCount] = useState(0);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const asked = props.asks === undefined ? id : `${id}:${props.asks}`;
  const rows = useRows<R>({
    id: asked,
    list,
    query,
    tables,
    first: items[0]?.index ?? 0,
    last: items.at(-1)?.index ?? 0,
  });
  const total = rows.total ?? 0;
  if (rows.total !== null && rows.total !== count) setCount(rows.total);

  const ticks = useTicks<R>(id, view, rows);
  const [active, setActive] = useState(-1);
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
    setActive(-1);
  }, [query]);
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const pick = useEffectEvent((index: number): void => {
    setActive(index);
    const row = rows.at(index);
    if (row) props.onOpen?.(row);
  });
  const onPick = useCallback((index: number) => pick(index), []);
  const copy = (event: ClipboardEvent): void => {
    const current = rows.at(active);
    const chosen = ticks.rows.length > 0 ? ticks.rows : current ? [current] : [];
    if (event.target !== event.currentTarget || chosen.length === 0) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', copyText(chosen, shown, rows.refs));
  };
  // Drawn again when they change, not at every step of a scroll: their menus are heavy.
  const bar = useMemo(
    () => (
      <Bar
        id={id}
        table={record.table}
        view={view}
        layout={layout}
        columns={columns}
        refs={rows.refs}
        total={rows.total}
        picked={ticks.rows.length}
        search={props.search ?? true}
        bulk={bulk?.(ticks.rows)}
        lead={props.lead}
      />
    ),
    [id, record.table, view, layout, columns, rows.refs, rows.total, ticks.rows, props.search, bulk, props.lead],
  );
  const head = useMemo(
    () => (
      <Head
        id={id}
        table={record.table}
        view={view}
        layout={layout}
        columns={shown}
        template={template}
        ticks={bulk ? ticks.all : null}
      />
    ),
    [id, record.table, view, layout, shown, template, bulk, ticks.all],
  );
  return (
    <div className={view.columns.dense ? 'grid dense' : 'grid'}>
      {bar}
      <div className="grid-stage">
        <div
          ref={scroller}
          className="grid-scroll"
          role="grid"
          tabIndex={0}
          aria-label={t('table.label')}
          aria-rowcount={total + 1}
          aria-colcount={shown.length + (bulk ? 1 : 0)}
          aria-activedescendant={active >= 0 ? `${id}-row-${active}` : undefined}
          onCopy={copy}
          onKeyDown={(event) =>
            onGridKey(event, {
              total,
              active,
              page: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2),
              move: (index) => {
                setActive(index);
                virtual.scrollToIndex(index);
              },
              open: pick,
              tick: (index) => {
                const row = rows.at(index);
                if (bulk && row) ticks.toggle(row);
              },
            })
          }
        >
          <div className="grid-inner" style={{ minWidth: width }}>
            {head}
            <div className="grid-body" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
              {items.map(({ index, start }) => {
                const row = rows.at(index);
                return (
                  <GridRow
                    key={index}
                    domId={`${id}-row-${index}`}
                    index={index}
                    top={start}
                    height={rowHeight}
                    template={template}
                    columns={shown}
                    row={row}
                    refs={rows.refs}
                    active={index === active}
                    opened={row !== undefined && row.id === props.openId}
                    ticked={row !== undefined && ticks.ids.has(row.id)}
                    tick={bulk ? ticks.toggle : null}
                    rowClass={props.rowClass}
                    onPick={onPick}
                  />
                );
              })}
            </div>
          </div>
        </div>
        <Below
          rows={rows}
          unfiltered={view.filter.length === 0 && view.text === ''}
          empty={props.empty}
          reset={() => changeView(id, { filter: [], text: '' })}
        />
      </div>
    </div>
  );
}

/** Columns that start hidden, until the user has set the columns of this table. */
export function withHidden<R>(kept: Columns, columns: readonly FullColumn<R>[]): Columns {
  return kept.hidden.length > 0 || kept.order.length > 0 || Object.keys(kept.widths).length > 0
    ? kept
    : { ...kept, hidden: columns.filter((column) => column.hidden).map((column) => column.field) };
}

const tablesOf = (record: { table: string; fields: Fields }, more: readonly string[] = []): string[] => [
  ...new Set([
    record.table,
    ...more,
    ...Object.values(record.fields).flatMap((field) => (field.kind === 'ref' ? [field.table] : [])),
  ]),
];

function copyText<R>(chosen: readonly R[], columns: readonly FullColumn<R>[], refs: Refs): string {
  const body = chosen.map((row) => columns.map((column) => column.text(row, refs)));
  return tsv(chosen.length > 1 ? [columns.map((column) => column.label), ...body] : body);
}
