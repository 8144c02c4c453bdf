/** The audit log: everything done and everything refused, and a proof that none of it was altered. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Alert, Button, Checkbox } from 'antd';
import { useRef, useState, type ReactNode } from 'react';
import type { AuditEntry } from '../../shared/features/audit.ts';
import { keyOf, useText, type Text } from '../i18n.ts';
import { client } from '../rpc.ts';
import { Empty, Failed, Loading } from '../ui/blank.tsx';
import { Page } from '../ui/page.tsx';
import { useSay } from '../ui/say.ts';
import { State } from '../ui/state.tsx';
import { Moment } from '../ui/text.tsx';

const PAGE = 200;
const ROW = 32;
const TEMPLATE = '152px 120px 180px 96px minmax(160px, 1fr) minmax(120px, 240px)';
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
                ['audit.at', 'audit.actor', 'audit.command', 'audit.result', 'audit.detail', 'audit.reason'] as const
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
                    role="row"
                    aria-rowindex={index + 2}
                    className="grid-row"
                    style={{ gridTemplateColumns: TEMPLATE, height: ROW, transform: `translateY(${start}px)` }}
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
                    <div role="gridcell" className="cell" title={detailText(row, t)}>
                      {detailText(row, t)}
                    </div>
                    <div role="gridcell" className="cell" title={row.reason ?? ''}>
                      {row.reason}
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

/** `2 assets, 1 people` in words; a refused attempt by the sentence its author was given. */
function detailText(row: AuditEntry, t: Text): string {
  if (!row.success) {
    const code = row.detail.split(' ')[0] ?? '';
    const key = keyOf(`refusal.${code}`);
    return key ? t(key, refusedParams(row.detail.slice(code.length))) : row.detail;
  }
  return row.detail
    .split(', ')
    .map((part) => {
      const [count = '', table = ''] = part.split(' ');
      const key = keyOf(`record.${table}`);
      return key ? `${t(key)} ${count}` : part;
    })
    .join(' · ');
}

function refusedParams(json: string): Record<string, string> {
  try {
    const params: unknown = JSON.parse(json);
    return typeof params === 'object' && params !== null
      ? Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]))
      : {};
  } catch {
    return {};
  }
}
