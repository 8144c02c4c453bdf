/** Which switch port the card is plugged in at, best first; a port that leads to other switches is only a direction. */
import type { ReactNode } from 'react';
import type { HostPage } from '../../../shared/features/discovery/history.ts';
import { showMoment } from '../../../shared/day.ts';
import { useText } from '../../i18n.ts';
import { to } from '../../route.ts';
import { State } from '../../ui/state.tsx';
import { From } from './parts.tsx';

/** The rest are other switches on the way. */
const SHOWN = 4;

export function PortSection({ page: { ports, mac } }: { page: HostPage }): ReactNode {
  const t = useText();
  return (
    <section className="host-section">
      <h3>
        {t('hosts.switch')} <From origin="snmp" />
      </h3>
      {ports.length === 0 ? (
        <>
          <p className="field-hint">{t(mac === null ? 'hosts.switch_no_mac' : 'hosts.switch_none')}</p>
          {mac === null ? null : (
            <p>
              <a href={to('switches')}>{t('hosts.switch_read')}</a>
            </p>
          )}
        </>
      ) : (
        <ol className="host-ports-list">
          {ports.slice(0, SHOWN).map((each) => (
            <li key={`${each.device_ip} ${each.port}`}>
              <a className="mono" href={`#/hosts/${each.device_ip}`}>
                {each.device}
              </a>{' '}
              <span className="mono">{each.port}</span>
              {each.vlan === null ? '' : ` · VLAN ${each.vlan}`}{' '}
              <State tone={each.kind === 'uplink' ? 'off' : each.outdated ? 'warn' : 'good'}>
                {t(each.outdated && each.kind !== 'uplink' ? 'hosts.port.outdated' : `hosts.port.${each.kind}`)}
              </State>
              <span className="cell-sub">
                {' '}
                {t('hosts.port.macs', { count: each.macs })} ·{' '}
                {t('hosts.port.read', { time: showMoment(each.read_at) })}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
