/** What would be done to each finding of a group, one line each; refused ones first, with the reason. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef, type ReactNode } from 'react';
import type { AcceptRow } from '../../../shared/features/discovery/findings.ts';
import { refusalText } from '../../../shared/refusal-text.ts';
import { keyOf, useText, type Text } from '../../i18n.ts';
import { State } from '../../ui/state.tsx';
import { NONE } from '../../ui/text.tsx';

const HEIGHT = 36;
export function AcceptRows({ rows }: { rows: readonly AcceptRow[] }): ReactNode {
  const t = useText();
  const scroll = useRef<HTMLDivElement>(null);
  const sorted = useMemo(
    () => rows.toSorted((a, b) => Number(b.refused !== null) - Number(a.refused !== null)),
    [rows],
  );
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => HEIGHT,
    overscan: 8,
  });
  return (
    <div className="accept-rows" ref={scroll} tabIndex={0} role="grid" aria-label={t('discovery.accept_rows')}>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = sorted[index];
          if (!row) return null;
          const said = row.refused ? refusalText(t, row.refused.code, row.refused.params) : changesOf(row, t);
          return (
            <div
              key={row.key}
              role="row"
              className="accept-row"
              style={{ height: HEIGHT, transform: `translateY(${start}px)` }}
            >
              <span role="gridcell" className="mono accept-ip">
                {row.ip}
              </span>
              <span role="gridcell" className={row.refused ? 'accept-said refused' : 'accept-said'} title={said}>
                {row.refused ? <State tone="off">{t('discovery.accept_not')}</State> : null} {said}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** `使用人 王芳；交换机端口 3 → 17`: what is written, with what stood there before. */
function changesOf(row: AcceptRow, t: Text): string {
  return row.changes
    .filter(({ field, before }) => before !== null || !field.endsWith('.ip'))
    .map(({ field, before, after }) => {
      const key = keyOf(`field.${field}`);
      const name = key ? t(key) : field;
      return before === null
        ? t('discovery.change_set', { name, after: after ?? NONE })
        : t('discovery.change', { name, before, after: after ?? NONE });
    })
    .join(t('discovery.change_and'));
}
