/** The rows of the file with their verdicts, reasons and changes: virtual, fetched by window. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef, type ReactNode } from 'react';
import type { Preview, PreviewRow, Verdict } from '../../../shared/features/transfer.ts';
import { fieldLabel, useText, type Text } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { State, type Tone } from '../../ui/state.tsx';

const PAGE = 200;
/** Two lines of reasons. */
const ROW = 44;
const TEMPLATE = '56px 84px minmax(120px, 180px) minmax(240px, 1fr)';
export const toneOf: Readonly<Record<Verdict, Tone>> = { add: 'good', update: 'work', skip: 'off', error: 'bad' };

/** Which rows of the dry run are listed. */
export type Shown = 'all' | Verdict;

export function Rows({ preview, shown }: { preview: Preview; shown: Shown }): ReactNode {
  const t = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const list = useInfiniteQuery({
    // Another dry run of the same file has other counts or choices: its rows are asked for again
    queryKey: ['transfer.rows', preview, shown],
    queryFn: ({ pageParam, signal }) =>
      client.transfer.rows({ token: preview.token, only: shown, offset: pageParam, limit: PAGE }, { signal }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (pages.length * PAGE < last.total ? pages.length * PAGE : null),
    meta: { tables: [] },
    gcTime: 0,
  });
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? [];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 10,
    onChange: ({ range }) => {
      if (range && range.endIndex >= rows.length - 20 && list.hasNextPage && !list.isFetchingNextPage)
        void list.fetchNextPage();
    },
  });
  const total = list.data?.pages[0]?.total ?? 0;
  return (
    <div className="grid dense import-rows">
      <div className="grid-stage">
        <div
          ref={scroller}
          className="grid-scroll"
          role="grid"
          tabIndex={0}
          aria-label={t('transfer.rows')}
          aria-rowcount={total + 1}
        >
          <div className="grid-head" role="row" style={{ gridTemplateColumns: TEMPLATE }}>
            {(['transfer.row', 'transfer.verdict', 'transfer.record', 'transfer.reason'] as const).map((key) => (
              <div key={key} role="columnheader" className="cell cell-head">
                <span className="head-name">{t(key)}</span>
              </div>
            ))}
          </div>
          <div className="grid-body" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map(({ index, start }) => {
              const row = rows[index];
              return row ? <Line key={row.row} row={row} target={preview.target} index={index} start={start} /> : null;
            })}
          </div>
        </div>
        {rows.length === 0 ? (
          <div className="grid-below">
            {list.error ? <Failed error={list.error} /> : list.isPending ? <Loading /> : null}
          </div>
        ) : null}
      </div>
    </div>
  );
}

function Line({
  row,
  target,
  index,
  start,
}: {
  row: PreviewRow;
  target: Preview['target'];
  index: number;
  start: number;
}): ReactNode {
  const t = useText();
  const words = wordsOf(row, target, t);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="grid-row"
      style={{ gridTemplateColumns: TEMPLATE, height: ROW, transform: `translateY(${start}px)` }}
    >
      <div role="gridcell" className="cell cell-number">
        {row.row}
      </div>
      <div role="gridcell" className="cell">
        <State tone={toneOf[row.verdict]}>{t(`verdict.${row.verdict}`)}</State>
      </div>
      <div role="gridcell" className="cell" title={row.title}>
        {row.title}
      </div>
      <div role="gridcell" className="cell" title={words}>
        <span className="import-words">{words}</span>
      </div>
    </div>
  );
}

/** Reasons first, then what would change: `类别：不认识“飞船”… ` / `IP 10.1.1.1 → 10.1.1.2`. */
function wordsOf({ issues, changes }: PreviewRow, target: Preview['target'], t: Text): string {
  const reasons = issues.map(({ code, field, params }) => {
    const sentence = t(`issue.${code}`, params);
    return field === null
      ? sentence
      : t('transfer.field_says', { field: fieldLabel(t, target, field), what: sentence });
  });
  const differences = changes.map(
    ({ field, before, after }) =>
      `${fieldLabel(t, target, field)} ${t('transfer.before_after', { before: before || t('transfer.empty'), after: after || t('transfer.empty') })}`,
  );
  return [...reasons, ...differences].join(t('transfer.join'));
}
