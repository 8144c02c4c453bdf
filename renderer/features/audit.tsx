/** The audit log: everything done and everything refused, and a proof that none of it was altered. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Alert, Button, Checkbox, Popconfirm } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import type { AuditEntry } from '../../shared/features/audit.ts';
import { refusalData } from '../../shared/refusal.ts';
import { refusalText } from '../../shared/refusal-text.ts';
import { routeOfHit } from '../frame/hits.ts';
import { keyOf, useText, type Text } from '../i18n.ts';
import { rpc } from '../query.ts';
import { client } from '../rpc.ts';
import { Empty, Failed, Loading } from '../ui/blank.tsx';
import { Page } from '../ui/page.tsx';
import { useSay } from '../ui/say.ts';
import { State } from '../ui/state.tsx';
import { Moment } from '../ui/text.tsx';
import { useUndoable } from './ipam/undo.tsx';

const PAGE = 200;
/** Least height; a refusal takes as many lines as it needs. */
const ROW = 32;
const TEMPLATE = '140px 116px 160px 92px minmax(160px, 1fr) minmax(80px, 140px) 64px';
type Verdict = { ok: boolean; checked: number; broken: string | null };

export function AuditScreen(): ReactNode {
  const t = useText();
  const say = useSay();
  const [failures, setFailures] = useState(false);
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const log = useInfiniteQuery({
    queryKey: ['audit', failures],
    queryFn: ({ pageParam, signal }) => client.audit.list({ offset: pageParam, limit: PAGE, failures }, { signal }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => (pages.length * PAGE < last.total ? pages.length * PAGE : null),
  });
  const rows = log.data?.pages.flatMap((page) => page.rows) ?? [];
  const total = log.data?.pages[0]?.total ?? null;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 10,
    onChange: ({ range }) => {
      if (range && range.endIndex >= rows.length - 20 && log.hasNextPage && !log.isFetchingNextPage)
        void log.fetchNextPage();
    },
  });
  const verify = async (): Promise<void> => {
    try {
      setVerdict(await client.audit.verify());
    } catch (error) {
      say.failed(error);
    }
  };
  const commandText = (command: string): string => {
    const key = keyOf(`command.${command}`);
    return key ? t(key) : command;
  };
  return (
    <Page actions={<Button onClick={() => void verify()}>{t('audit.verify')}</Button>}>
      {verdict ? (
        <Alert
          className="page-alert"
          type={verdict.ok ? 'success' : 'error'}
          showIcon
          closable={{ onClose: () => setVerdict(null) }}
          title={
            verdict.ok
              ? t('audit.verified', { n: verdict.checked.toLocaleString() })
              : t('audit.broken', { where: verdict.broken ?? '' })
          }
        />
      ) : null}
      <div className="grid dense">
        <div className="grid-bar">
          <Checkbox checked={failures} onChange={(event) => setFailures(event.target.checked)}>
            {t('audit.onlyRefused')}
          </Checkbox>
          <span className="grid-space" />
          <span className="grid-count">{total === null ? '' : t('common.total', { n: total.toLocaleString() })}</span>
        </div>
        <div className="grid-stage">
          <div
            ref={scroller}
            className="grid-scroll"
            role="grid"
            tabIndex={0}
            aria-label={t('nav.audit')}
            aria-rowcount={(total ?? 0) + 1}
          >
            <div className="grid-head" role="row" style={{ gridTemplateColumns: TEMPLATE }}>
              {(
                [
                  'audit.at',
                  'audit.actor',
                  'audit.command',
                  'audit.result',
                  'audit.detail',
                  'audit.reason',
                  'common.undo',
                ] as const
              ).map((key) => (
                <div key={key} role="columnheader" className="cell cell-head">
                  <span className="head-name">{t(key)}</span>
                </div>
              ))}
            </div>
            <div className="grid-body" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
              {virtual.getVirtualItems().map(({ index, start }) => {
                const row = rows[index];
                return row ? (
                  <div
                    key={index}
                    ref={virtual.measureElement}
                    data-index={index}
                    role="row"
                    aria-rowindex={index + 2}
                    className="grid-row"
                    style={{ gridTemplateColumns: TEMPLATE, minHeight: ROW, transform: `translateY(${start}px)` }}
                  >
                    <div role="gridcell" className="cell">
                      <Moment at={row.at} />
                    </div>
                    <div role="gridcell" className="cell">
                      {row.actor}
                    </div>
                    <div role="gridcell" className="cell">
                      {commandText(row.command)}
                    </div>
                    <div role="gridcell" className="cell">
                      {row.success ? (
                        <State tone="good">{t('audit.success')}</State>
                      ) : (
                        <State tone="bad">{t('audit.refused')}</State>
                      )}
                    </div>
                    <div role="gridcell" className="cell audit-detail">
                      <Detail row={row} />
                    </div>
                    <div role="gridcell" className="cell" title={row.reason ?? ''}>
                      {row.reason}
                    </div>
                    <div role="gridcell" className="cell">
                      <TakeBack row={row} />
                    </div>
                  </div>
                ) : null;
              })}
            </div>
          </div>
          {rows.length === 0 ? (
            <div className="grid-below">
              {log.error ? (
                <Failed error={log.error} retry={() => void log.refetch()} />
              ) : log.isPending ? (
                <Loading />
              ) : (
                <Empty title={t('audit.empty')} />
              )}
            </div>
          ) : null}
        </div>
      </div>
    </Page>
  );
}

/** Own work can be taken back from here too, long after its notice is gone; what stands in the way is said. */
function TakeBack({ row }: { row: AuditEntry }): ReactNode {
  const t = useText();
  const { undo } = useUndoable();
  const setup = useQuery(rpc.system.state.queryOptions()).data?.setup;
  const { batch } = row;
  const own = setup ? `${setup.technician}@${setup.machine}` : null;
  if (batch === null || row.actor !== own || row.command === 'system.undo') return null;
  return (
    <Popconfirm
      title={t('audit.undo_ask')}
      okText={t('common.undo')}
      cancelText={t('common.cancel')}
      onConfirm={() => void undo(batch)}
    >
      <button type="button" className="text-button">
        {t('common.undo')}
      </button>
    </Popconfirm>
  );
}

/** The record by its name, and how many more; a refused attempt by the sentence its author was given. */
function Detail({ row }: { row: AuditEntry }): ReactNode {
  const t = useText();
  const { record } = row;
  if (!row.success) return <span className="audit-refusal">{refusedText(row.detail, t)}</span>;
  if (!record) return tablesText(row.detail, t);
  const route = record.removed ? null : routeOfHit(record);
  const key = keyOf(`record.${record.table}`);
  return (
    <>
      {key ? `${t(key)} ` : ''}
      {route ? <a href={`#/${route}`}>{record.title}</a> : record.title}
      {row.more > 0 ? ` ${t('audit.more', { n: row.more })}` : ''}
    </>
  );
}

/** `2 assets, 1 people` in words: for what has no name of its own. */
const tablesText = (detail: string, t: Text): string =>
  detail
    .split(', ')
    .map((part) => {
      const [count = '', table = ''] = part.split(' ');
      const key = keyOf(`record.${table}`);
      return key ? `${t(key)} ${count}` : part;
    })
    .join(' · ');

/** `tag_in_use {"tag":…}` as a sentence. */
function refusedText(detail: string, t: Text): string {
  const [code = ''] = detail.split(' ');
  try {
    return refusalText(t, code, refusalData.shape.params.parse(JSON.parse(detail.slice(code.length))));
  } catch {
    // Parameters that this version cannot read: the code still says what it was.
    return refusalText(t, code, {});
  }
}
