/** The changes as virtual rows; for printing the first thousand stand as they are. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import type { SweepChange } from '../../../shared/features/discovery/history.ts';
import { changeHeads, sayChange, sideOf } from '../../../shared/features/discovery/say-change.ts';
import { useText } from '../../i18n.ts';
import { to } from '../../route.ts';
import { State } from '../../ui/state.tsx';
import { Mac, NONE } from '../../ui/text.tsx';
import { makerName } from '../discovery/maker.ts';
import { toneOfChange } from './words.ts';

const ROW = 32;
const TEMPLATE = '112px 122px 152px minmax(110px, 1fr) minmax(100px, 1fr) minmax(80px, 0.8fr) minmax(240px, 2.4fr)';
/** Some twenty pages of paper. More is for the copied table. */
const PRINTED = 1000;

/** Paper has no scrolling: every row stands there while the page is printed. */
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const media = matchMedia('print');
    const follow = (): void => setPrinting(media.matches);
    media.addEventListener('change', follow);
    return () => media.removeEventListener('change', follow);
  }, []);
  return printing;
}

export function ChangeList({ changes }: { changes: readonly SweepChange[] }): ReactNode {
  const t = useText();
  const scroll = useRef<HTMLDivElement>(null);
  const printing = usePrinting();
  const rows = useVirtualizer({
    count: changes.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  return (
    <div
      ref={scroll}
      className="grid-scroll compare-list"
      role="table"
      aria-label={t('sweeps.table')}
      aria-rowcount={changes.length + 1}
    >
      <div className="grid-head" role="row" style={{ gridTemplateColumns: TEMPLATE }}>
        {changeHeads.map((key) => (
          <div key={key} className="cell" role="columnheader">
            {t(key)}
          </div>
        ))}
      </div>
      {printing ? (
        <div role="rowgroup">
          {changes.slice(0, PRINTED).map((change) => (
            <ChangeRow key={`${change.kind} ${change.ip} ${sideOf(change)?.mac}`} change={change} style={{}} />
          ))}
        </div>
      ) : (
        <div className="grid-body" role="rowgroup" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, key, start }) => {
            const change = changes[index];
            return change ? (
              <ChangeRow
                key={key}
                change={change}
                style={{ position: 'absolute', insetInline: 0, height: ROW, transform: `translateY(${start}px)` }}
              />
            ) : null;
          })}
        </div>
      )}
    </div>
  );
}

function ChangeRow({ change, style }: { change: SweepChange; style: CSSProperties }): ReactNode {
  const t = useText();
  const side = sideOf(change);
  const what = sayChange(change, t);
  return (
    <div className="grid-row" role="row" style={{ ...style, gridTemplateColumns: TEMPLATE }}>
      <div className="cell" role="cell">
        <State tone={toneOfChange[change.kind]}>{t(`sweeps.kind.${change.kind}`)}</State>
      </div>
      <div className="cell mono" role="cell">
        <a href={to('hosts', change.ip)}>{change.ip}</a>
      </div>
      <div className="cell" role="cell">
        <Mac hex={side?.mac ?? null} />
      </div>
      <div className="cell" role="cell">
        {side?.name ?? NONE}
      </div>
      <div className="cell" role="cell">
        {side?.random ? t('discovery.random') : side?.vendor ? makerName(side.vendor, t) : NONE}
      </div>
      <div className="cell" role="cell">
        {change.holder ?? NONE}
      </div>
      <div className="cell" role="cell" title={what}>
        {what}
      </div>
    </div>
  );
}
