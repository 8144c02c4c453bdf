/** One finding: who, what the register says to it, what else is wrong, what can be done. */
import { memo, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import { useText, type Text } from '../../i18n.ts';
import { to } from '../../route.ts';
import { State } from '../../ui/state.tsx';
import { Mac } from '../../ui/text.tsx';
import { sayFact, toneOf, verdictKey, type Entry } from './entries.ts';
import { KindMark } from './kind-mark.tsx';
import { makerName } from './maker.ts';
import type { Act } from './offers.ts';
import { RowActions } from './row-actions.tsx';
import { nameOf, rttText } from './words.ts';

interface FindingRowProps {
  readonly id: string;
  readonly entry: Entry;
  readonly top: number;
  readonly height: number;
  readonly active: boolean;
  readonly ticked: boolean;
  readonly onTick: (entries: readonly Entry[]) => void;
  readonly onPick: (entry: Entry) => void;
  readonly act: (entry: Entry, what: Act) => void;
}
export const FindingRow = memo(function FindingRow(props: FindingRowProps): ReactNode {
  const { id, entry, top, height, active, ticked, onTick, onPick, act } = props;
  const t = useText();
  const { host, fact } = entry;
  if (!fact) return null;
  const said = fact.ignored
    ? t('discovery.ignored_until', { until: fact.ignored.until, reason: fact.ignored.reason })
    : sayFact(fact, t);
  return (
    <div
      id={id}
      role="row"
      aria-selected={ticked}
      className={['finding', active ? 'picked' : '', ticked ? 'ticked' : ''].filter(Boolean).join(' ')}
      style={{ height, transform: `translateY(${top}px)` }}
      onClick={() => onPick(entry)}
    >
      <div className="finding-tick" role="gridcell" onClick={(event) => event.stopPropagation()}>
        <input
          type="checkbox"
          className="tick"
          tabIndex={-1}
          aria-label={t('discovery.tick', { ip: entry.ip })}
          checked={ticked}
          onChange={() => onTick([entry])}
        />
      </div>
      <div className="finding-what" role="gridcell">
        <div className="finding-line">
          <a className="finding-ip mono" tabIndex={-1} href={to('hosts', fact.ip)}>
            {fact.ip}
          </a>
          {fact.verdict === 'conflict' ? null : <Mac hex={fact.mac} />}
          {host?.kind ? <KindMark kind={host.kind} /> : null}
          <span className="finding-about">{about(entry, t)}</span>
        </div>
        <div className="finding-say" title={said}>
          {said}
          {fact.also.map(({ verdict }) => (
            <span key={verdict} className="finding-also">
              {t('discovery.also')} <State tone={toneOf[verdict]}>{t(verdictKey(verdict))}</State>
            </span>
          ))}
        </div>
      </div>
      <div role="gridcell" onClick={(event) => event.stopPropagation()}>
        <RowActions entry={entry} active={active} act={act} />
      </div>
    </div>
  );
});

function about({ host, fact }: Entry, t: Text): string {
  const silent = fact?.verdict === 'silent' || fact?.verdict === 'unseen';
  const seen = !silent
    ? null
    : fact.last_seen_at === null
      ? t('discovery.never_seen')
      : t('discovery.last_seen', { time: showMoment(fact.last_seen_at) });
  return [
    nameOf(host)?.name,
    host?.vendor ? makerName(host.vendor, t) : host?.random ? t('discovery.random') : null,
    typeof host?.rtt_ms === 'number' ? rttText(host.rtt_ms, t) : null,
    seen,
  ]
    .filter(Boolean)
    .join(' · ');
}
