/** Who is at the address under the pointer. Below the pointed row, above it in the lower half; never under the pointer. */
import type { ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import type { Verdict } from '../../../shared/features/discovery/verdicts.ts';
import type { AddressCell } from '../../../shared/features/ipam/map.ts';
import { isClash, type FormState } from '../../../shared/features/ipam/marks.ts';
import { useText, type Text } from '../../i18n.ts';
import { State } from '../../ui/state.tsx';
import { Mac } from '../../ui/text.tsx';
import { verdictKey } from '../discovery/entries.ts';
import { stateWord } from './marks.ts';

interface CardProps {
  readonly cell: AddressCell;
  readonly state: FormState;
  readonly verdict: Verdict | null;
  /** UTC ms. */
  readonly seenAt: number | null;
  readonly row: number;
  readonly rows: number;
  readonly right: boolean;
}

export function MapCard({ cell, state, verdict, seenAt, row, rows, right }: CardProps): ReactNode {
  const t = useText();
  const low = row >= rows / 2 && rows > 2;
  const style = {
    ...(low
      ? { bottom: `calc(${((rows - row) / rows) * 100}% + 4px)` }
      : { top: `calc(${((row + 1) / rows) * 100}% + 4px)` }),
    ...(right ? { right: 0 } : { left: 32 }),
  };
  return (
    <div className="map-card" role="status" style={style}>
      <div className="map-card-head">
        <span className="mono">{cell.ip}</span> <span className={`map-word map-${state}`}>{stateWord(t, state)}</span>
      </div>
      {aboutCell(cell, t).map((line) => (
        <div key={line}>{line}</div>
      ))}
      {cell.mac ? <Mac hex={cell.mac} /> : null}
      {seenAt === null ? null : <div>{t('ipam.lastSeen', { at: showMoment(seenAt) })}</div>}
      {verdict ? (
        <div>
          <State tone={isClash(verdict) ? 'bad' : 'warn'}>{t('ipam.seen', { what: t(verdictKey(verdict)) })}</State>
        </div>
      ) : null}
    </div>
  );
}

function aboutCell(cell: AddressCell, t: Text): string[] {
  if (cell.state === 'cooling') return [t('ipam.lastHolder', { name: cell.person ?? '—', day: cell.free_on ?? '' })];
  return [
    [cell.person, cell.department].filter(Boolean).join(' · '),
    [cell.place, cell.port].filter(Boolean).join(' · '),
    [cell.asset, cell.hostname].filter(Boolean).join(' · '),
    cell.opened_on === null ? '' : t('ipam.since', { day: cell.opened_on }),
    cell.remark ?? '',
  ].filter((line) => line !== '');
}
