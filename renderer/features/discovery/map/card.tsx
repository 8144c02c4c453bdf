/** What is known of the address under the pointer or the keyboard; read aloud as the keyboard moves. */
import type { ReactNode } from 'react';
import { showIp } from '../../../../shared/ip.ts';
import { useText, type Text } from '../../../i18n.ts';
import { State } from '../../../ui/state.tsx';
import { Mac } from '../../../ui/text.tsx';
import { sayFact, toneOf, verdictKey, type Entry } from '../entries.ts';
import { KindMark } from '../kind-mark.tsx';
import { makerName } from '../maker.ts';
import { nameOf, rttText } from '../words.ts';
import type { Kind } from './paint.ts';

/** Where the square is, in the window. */
export interface Spot {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  readonly right: number;
}
const WIDTH = 288;
const HEIGHT = 176;
const AWAY = 6;

interface CardProps {
  readonly address: number;
  readonly entry: Entry | undefined;
  readonly kind: Kind;
  readonly spot: Spot;
}
export function MapCard({ address, entry, kind, spot }: CardProps): ReactNode {
  const t = useText();
  const low = spot.bottom + AWAY + HEIGHT > innerHeight;
  const style = {
    left: Math.max(AWAY, Math.min(spot.left, innerWidth - WIDTH - AWAY)),
    ...(low ? { bottom: innerHeight - spot.top + AWAY } : { top: spot.bottom + AWAY }),
  };
  return (
    <div className="map-card sweep-card" role="status" style={style}>
      <div className="map-card-head">
        <b className="mono">{showIp(address)}</b>
        {entry ? (
          <State tone={toneOf[entry.verdict]}>{t(verdictKey(entry.verdict))}</State>
        ) : (
          <span className="sweep-note">
            {t(
              kind === 'edge'
                ? 'discovery.cell_edge'
                : kind === 'unasked'
                  ? 'discovery.cell_unasked'
                  : 'discovery.cell_dead',
            )}
          </span>
        )}
      </div>
      {entry ? <Known entry={entry} t={t} /> : null}
    </div>
  );
}

function Known({ entry, t }: { entry: Entry; t: Text }): ReactNode {
  const { host, fact } = entry;
  const said = fact ? sayFact(fact, t) : '';
  const round = host?.rtt_ms === null || host?.rtt_ms === undefined ? null : rttText(host.rtt_ms, t);
  const maker = host?.vendor ? makerName(host.vendor, t) : host?.random ? t('discovery.random') : null;
  const about = [maker, round].filter(Boolean).join(' · ');
  return (
    <>
      {host?.kind || nameOf(host) ? (
        <div>
          {host?.kind ? <KindMark kind={host.kind} /> : null} {nameOf(host)?.name}
        </div>
      ) : null}
      {entry.mac === null ? null : (
        <div>
          <Mac hex={entry.mac} />
        </div>
      )}
      {about === '' ? null : <div className="sweep-note">{about}</div>}
      {host && host.ports.length > 0 ? (
        <div className="sweep-note mono">{t('discovery.ports_open', { ports: host.ports.join(' ') })}</div>
      ) : null}
      {said === '' ? null : <div className="sweep-card-say">{said}</div>}
    </>
  );
}
