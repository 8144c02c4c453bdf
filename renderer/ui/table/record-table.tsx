/**
 * The list of a register: virtual rows fetched by window, filters and sort done by the engine, columns kept, keyboard first,
 * Ctrl+C copies the ticked rows (or the current one) for Excel, with Shift also the headings.
 */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, useState, type ClipboardEvent, type ReactNode } from 'react';
import type { FilterClause } from '../../../shared/list.ts';
import type { Fields, RecordType } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { Empty, Failed, Loading } from '../blank.tsx';
import { Bar } from './bar.tsx';
import { fullColumn, type Column, type FullColumn, type Refs } from './columns.tsx';
import { GridRow } from './row.tsx';
import { onGridKey } from './grid-keys.ts';
import { Head } from './head.tsx';
import { useLayout } from './layout.ts';
import { useRows, type ListSource, type Rows } from './rows.ts';
import { tsv } from './tsv.ts';
import { changeView, useTableView, viewQuery } from './view.ts';

export interface RecordTableProps<F extends Fields, R extends { id: string }> {
  /** Under this name the view is kept: `useTableView(id)`. */
  readonly id: string;
  readonly record: RecordType<F>;
  readonly list: ListSource<R>;
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
  const { id, record, list, base = noClauses, bulk, search = true } = props;
  const t = useText();
  const view = useTableView(id);
  const columns = useMemo(
    () => props.columns.map((column) => fullColumn<F, R>(record, column, t)),
    [props.columns, record, t],
  );
  const layout = useLayout(id, columns, withHidden(view.columns, columns));
  const shown = layout
    .getVisibleLeafColumns()
    .flatMap(({ id: field }) => columns.filter((column) => column.field === field));
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(-1);
  const [range, setRange] = useState({ first: 0, last: 50 });
  const query = useMemo(() => viewQuery(view, base), [view, base]);
  const tables = useMemo(() => tablesOf(record, props.tables), [record, props.tables]);
  const rows = useRows<R>({ id, list, query, tables, ...range });
  const total = rows.total ?? 0;
  const rowHeight = view.columns.dense ? ROW_DENSE : ROW_ROOMY;
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollMargin: 0,
    onChange: ({ range: seen }) => {
      if (seen && (seen.startIndex !== range.first || seen.endIndex !== range.last))
        setRange({ first: seen.startIndex, last: seen.endIndex });
    },
  });
  const known = useRef(new Map<string, R>());
  const ticked = new Set(view.selected);
  const toggle = (row: R): void => {
    known.current.set(row.id, row);
    changeView(id, {
      selected: ticked.has(row.id) ? view.selected.filter((each) => each !== row.id) : [...view.selected, row.id],
    });
  };
  const picked = view.selected.flatMap((each) => known.current.get(each) ?? []);
  const copy = (event: ClipboardEvent): void => {
    const current = rows.at(active);
    const chosen = picked.length > 0 ? picked : current ? [current] : [];
    if (event.target !== event.currentTarget || chosen.length === 0) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', copyText(chosen, shown, rows.refs, picked.length > 1));
  };
  const loadedIds = Array.from({ length: Math.min(total, ALL_AT_ONCE) }, (_, index) => rows.at(index));
  const allLoaded = total > 0 && total <= ALL_AT_ONCE && loadedIds.every((row) => row !== undefined);
  const allTicked = allLoaded && loadedIds.every((row) => row && ticked.has(row.id));
  const tickAll = (): void => {
    const all = loadedIds.flatMap((row) => row ?? []);
    for (const row of all) known.current.set(row.id, row);
    changeView(id, { selected: allTicked ? [] : all.map((row) => row.id) });
  };
  const template = [
    bulk ? `${TICK_WIDTH}px` : '',
    ...shown.map(({ field }) => `${layout.getColumn(field)?.getSize() ?? 120}px`),
    'minmax(0, 1fr)',
  ].join(' ');
  const width = shown.reduce(
    (sum, { field }) => sum + (layout.getColumn(field)?.getSize() ?? 120),
    bulk ? TICK_WIDTH : 0,
  );
  const move = (index: number): void => {
    setActive(index);
    virtual.scrollToIndex(index);
  };
  const open = (index: number): void => {
    const row = rows.at(index);
    if (row) props.onOpen?.(row);
  };
  const unfiltered = view.filter.length === 0 && view.text === '' && base.length === 0;
  return (
    <div className={view.columns.dense ? 'grid dense' : 'grid'}>
      <Bar
        id={id}
        table={record.table}
        view={view}
        layout={layout}
        columns={columns}
        refs={rows.refs}
        total={rows.total}
        picked={picked.length}
        search={search}
        bulk={bulk?.(picked)}
        lead={props.lead}
      />
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
          onKeyDown={(event) =>
            onGridKey(event, {
              total,
              active,
              page: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2),
              move,
              open,
              tick: (index) => {
                const row = rows.at(index);
                if (bulk && row) toggle(row);
              },
            })
          }
          onCopy={copy}
        >
          <div className="grid-inner" style={{ minWidth: width }}>
            <Head
              id={id}
              table={record.table}
              view={view}
              layout={layout}
              columns={shown}
              template={template}
              ticks={bulk ? { all: allTicked, some: picked.length > 0, possible: allLoaded, toggle: tickAll } : null}
            />
            <div className="grid-body" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
              {virtual.getVirtualItems().map((item) => (
                <GridRow
                  key={item.index}
                  domId={`${id}-row-${item.index}`}
                  index={item.index}
                  top={item.start}
                  height={rowHeight}
                  template={template}
                  columns={shown}
                  row={rows.at(item.index)}
                  refs={rows.refs}
                  active={item.index === active}
                  opened={
                    props.openId !== undefined && props.openId !== null && rows.at(item.index)?.id === props.openId
                  }
                  ticked={ticked.has(rows.at(item.index)?.id ?? '')}
                  tick={bulk ? toggle : null}
                  rowClass={props.rowClass}
                  onPick={() => {
                    setActive(item.index);
                    open(item.index);
                  }}
                />
              ))}
            </div>
          </div>
        </div>
        <Below
          rows={rows}
          unfiltered={unfiltered}
          empty={props.empty}
          reset={() => changeView(id, { filter: [], text: '' })}
        />
      </div>
    </div>
  );
}

/** Only lists that fit on the first page can be ticked as a whole; longer ones are filtered first. */
const ALL_AT_ONCE = 200;

/** Columns that start hidden, until the user has set the columns of this table. */
function withHidden<R>(
  kept: ReturnType<typeof useTableView>['columns'],
  columns: readonly FullColumn<R>[],
): typeof kept {
  return kept.hidden.length > 0 || kept.order.length > 0 || Object.keys(kept.widths).length > 0
    ? kept
    : { ...kept, hidden: columns.filter((column) => column.hidden).map((column) => column.field) };
}

const tablesOf = (
  record: RecordType<Fields> | { table: string; fields: Fields },
  more: readonly string[] = [],
): string[] => [
  ...new Set([
    record.table,
    ...more,
    ...Object.values(record.fields).flatMap((field) => (field.kind === 'ref' ? [field.table] : [])),
  ]),
];

function copyText<R>(chosen: readonly R[], columns: readonly FullColumn<R>[], refs: Refs, headings: boolean): string {
  const body = chosen.map((row) => columns.map((column) => column.text(row, refs)));
  return tsv(headings ? [columns.map((column) => column.label), ...body] : body);
}

function Below<R>({
  rows,
  unfiltered,
  empty,
  reset,
}: {
  rows: Rows<R>;
  unfiltered: boolean;
  empty?: ReactNode;
  reset: () => void;
}): ReactNode {
  const t = useText();
  if (rows.error === null && rows.total !== null && rows.total > 0) return null;
  return (
    <div className="grid-below">
      {rows.error !== null ? (
        <Failed error={rows.error} retry={() => rows.retry()} />
      ) : rows.total === null ? (
        <Loading />
      ) : unfiltered ? (
        (empty ?? <Empty title={t('table.nothing')} />)
      ) : (
        <Empty title={t('table.nothingFound')} hint={t('table.nothingFoundHint')}>
          <button type="button" className="text-button" onClick={reset}>
            {t('table.reset')}
          </button>
        </Empty>
      )}
    </div>
  );
}
