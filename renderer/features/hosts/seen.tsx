/** What the network shows of it: names, kind with its clues, ports, round trip, each from the newest sighting and with its source. */
import type { ReactNode } from 'react';
import type { HostPage } from '../../../shared/features/discovery/history.ts';
import { showMoment } from '../../../shared/day.ts';
import { useText, type Text } from '../../i18n.ts';
import { to } from '../../route.ts';
import { NONE } from '../../ui/text.tsx';
import { makerName } from '../discovery/maker.ts';
import { KindMark } from '../discovery/kind-mark.tsx';
import { rttText } from '../discovery/words.ts';
import { Fact, From, type Origin } from './parts.tsx';

export const originOf = (source: string): Origin => (source === 'sweep' ? 'sweep' : 'import');

function tripOf({ rtt_ms, loss_percent, ttl }: NonNullable<HostPage['now']>['host'], t: Text): string {
  const parts = [
    rtt_ms === null ? null : rttText(rtt_ms, t),
    loss_percent === null ? null : t('hosts.loss', { loss: Math.round(loss_percent) }),
    ttl === null ? null : `TTL ${ttl}`,
  ];
  return parts.filter((part) => part !== null).join(' · ') || NONE;
}

export function SeenSection({ page }: { page: HostPage }): ReactNode {
  const t = useText();
  const { now } = page;
  if (now === null)
    return (
      <section className="host-section">
        <h3>{t('hosts.seen')}</h3>
        <p className="field-hint">{t('hosts.not_seen')}</p>
      </section>
    );
  const { host, sweep } = now;
  const origin = originOf(sweep.source);
  return (
    <section className="host-section">
      <h3>{t('hosts.seen')}</h3>
      <p className="field-hint">
        <a href={to('discovery', sweep.id)}>{showMoment(now.at)}</a> · {t(`sweeps.source.${sweep.source}`)}
        {sweep.label === null ? '' : ` · ${sweep.label}`} · {t(`discovery.proof.${host.proof}`)}
      </p>
      <dl className="host-facts">
        <Fact
          label={t('hosts.kind')}
          origin={origin}
          below={
            host.evidence.length === 0 ? null : (
              <ul className="host-clues" aria-label={t('hosts.clues')}>
                {host.evidence.map(({ clue, value }) => (
                  <li key={`${clue} ${value}`}>
                    {t(`hosts.clue.${clue}`)} {value}
                  </li>
                ))}
              </ul>
            )
          }
        >
          {host.kind === null ? t('hosts.kind_unknown') : <KindMark kind={host.kind} />}
        </Fact>
        <Fact label={t('hosts.names')}>
          {host.names.length === 0
            ? NONE
            : host.names.map(({ source, name }) => (
                <span key={`${source} ${name}`} className="host-name">
                  {name} <span className="host-name-by">{t(`hosts.name.${source}`)}</span>{' '}
                  <From origin={source === 'snmp' ? 'snmp' : origin} />
                </span>
              ))}
        </Fact>
        <Fact label={t('discovery.vendor')} origin={origin}>
          {host.random ? t('hosts.random') : host.vendor === null ? NONE : <Maker vendor={host.vendor} />}
        </Fact>
        <Fact label={t('hosts.ports')} origin={origin}>
          {host.ports.length === 0 ? (
            NONE
          ) : (
            <span className="host-ports">
              {host.ports.map((port) => (
                <span key={port} className="mono">
                  {port}
                </span>
              ))}
            </span>
          )}
        </Fact>
        <Fact label={t('hosts.web_page')} origin={origin}>
          {host.title ?? NONE}
        </Fact>
        <Fact label={t('hosts.trip')} origin={origin}>
          {tripOf(host, t)}
        </Fact>
      </dl>
    </section>
  );
}

/** As people call it, and as it is registered. */
function Maker({ vendor }: { vendor: string }): ReactNode {
  const name = makerName(vendor, useText());
  return (
    <>
      {name} {name === vendor ? null : <span className="field-hint">{vendor}</span>}
    </>
  );
}
