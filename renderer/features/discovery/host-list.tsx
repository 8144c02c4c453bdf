/** Every address of the sweep in one line each, as the other lists of the notebook: columns to choose, sort, copy for Excel. */
import { CopyOutlined } from '@ant-design/icons';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Button } from 'antd';
import { useCallback, useEffect, useEffectEvent, useMemo, useRef, useState, type ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { go } from '../../route.ts';
import { useSay } from '../../ui/say.ts';
import { ColumnSettings } from '../../ui/table/bar.tsx';
import { onGridKey } from '../../ui/table/grid-keys.ts';
import { Head } from '../../ui/table/head.tsx';
import { useLayout } from '../../ui/table/layout.ts';
import { withHidden } from '../../ui/table/record-table.tsx';
import { GridRow } from '../../ui/table/row.tsx';
import { tsv } from '../../ui/table/tsv.ts';
import { useTableView } from '../../ui/table/view.ts';
import type { Entry } from './entries.ts';
import { hostColumns, sortedBy } from './host-columns.tsx';

const ID = 'discovery_hosts';
const ROW = 32;
const noRefs = {};

export interface HostListProps {
  readonly entries: readonly Entry[];
  readonly picked: string | null;
  readonly onPick: (ip: string) => void;
  /** When the sweep began; null while it runs. */
  readonly seenAt: number | null;
}
export function HostList(props: HostListProps): ReactNode {
  const { picked, onPick, seenAt } = props;
  const t = useText();
  const say = useSay();
  const view = useTableView(ID);
  const columns = useMemo(() => hostColumns(t, seenAt), [t, seenAt]);
  const kept = useMemo(() => withHidden(view.columns, columns), [view.columns, columns]);
  const layout = useLayout(ID, columns, kept);
  const order = layout
    .getVisibleLeafColumns()
    .map(({ id }) => id)
    .join();
  const shown = useMemo(
    () => order.split(',').flatMap((field) => columns.find((column) => column.field === field) ?? []),
    [order, columns],
  );
  const widthOf = (field: string): number => layout.getColumn(field)?.getSize() ?? 0;
  const width = shown.reduce((sum, { field }) => sum + widthOf(field), 0);
  const template = `${shown.map(({ field }) => `${widthOf(field)}px`).join(' ')} minmax(0, 1fr)`;
  const [sort] = view.sort;
  const entries = useMemo(
    () => sortedBy(props.entries, sort && columns.find(({ field }) => field === sort.field), sort?.dir ?? 'asc'),
    [props.entries, sort, columns],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 8,
  });
  const at = picked === null ? -1 : entries.findIndex(({ ip }) => ip === picked);
  const [seen, setSeen] = useState(picked);
  useEffect(() => {
    if (at < 0 || seen === picked) return;
    setSeen(picked);
    rows.scrollToIndex(at);
  }, [at, picked, seen, rows]);
  const pick = useEffectEvent((index: number) => {
    const entry = entries[index];
    if (entry) onPick(entry.ip);
  });
  const onPickRow = useCallback((index: number) => pick(index), []);
  const table = (chosen: readonly Entry[]): string => {
    const body = chosen.map((entry) => shown.map((column) => column.text(entry, noRefs)));
    return tsv(chosen.length > 1 ? [shown.map(({ label }) => label), ...body] : body);
  };
  const copyAll = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(table(entries));
      say.done(t('discovery.copied', { count: entries.length }));
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <div className="grid dense">
      <div className="grid-stage">
        <div
          ref={scroller}
          className="grid-scroll"
          role="grid"
          tabIndex={0}
          aria-label={t('discovery.list')}
          aria-rowcount={entries.length + 1}
          aria-colcount={shown.length}
          aria-activedescendant={at >= 0 ? `${ID}-row-${at}` : undefined}
          onCopy={(event) => {
            const entry = entries[at];
            if (!entry || event.target !== event.currentTarget) return;
            event.preventDefault();
            event.clipboardData.setData('text/plain', table([entry]));
          }}
          onKeyDown={(event) =>
            onGridKey(event, {
              total: entries.length,
              active: at,
              page: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW) - 2),
              move: (index) => {
                pick(index);
                setSeen(entries[index]?.ip ?? null);
                rows.scrollToIndex(index);
              },
              open: (index) => go(`hosts/${entries[index]?.ip ?? ''}`),
              tick: () => undefined,
            })
          }
        >
          <div className="grid-inner" style={{ minWidth: width }}>
            <Head id={ID} table="" view={view} layout={layout} columns={shown} template={template} ticks={null} />
            <div className="grid-body" role="rowgroup" style={{ height: rows.getTotalSize() }}>
              {rows.getVirtualItems().map(({ index, start }) => (
                <GridRow
                  key={index}
                  domId={`${ID}-row-${index}`}
                  index={index}
                  top={start}
                  height={ROW}
                  template={template}
                  columns={shown}
                  row={entries[index]}
                  refs={noRefs}
                  active={index === at}
                  opened={index === at}
                  ticked={false}
                  tick={null}
                  rowClass={undefined}
                  onPick={onPickRow}
                />
              ))}
            </div>
          </div>
        </div>
      </div>
      <div className="host-list-foot">
        <span className="grid-count">{t('common.total', { n: entries.length.toLocaleString() })}</span>
        <span className="grid-space" />
        <Button size="small" type="text" icon={<CopyOutlined />} onClick={() => void copyAll()}>
          {t('discovery.copy_all')}
        </Button>
        <ColumnSettings id={ID} view={view} layout={layout} columns={columns} />
      </div>
    </div>
  );
}
