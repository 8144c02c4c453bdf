/** The interfaces of a device: state, speed, alias, neighbour, and the cards learned on each. */
import type { ReactNode } from 'react';
import type { DevicePage } from '../../../shared/features/switches.ts';
import { showMac } from '../../../shared/mac.ts';
import { useText } from '../../i18n.ts';
import { to } from '../../route.ts';
import { State } from '../../ui/state.tsx';
import { NONE } from '../../ui/text.tsx';

type Face = DevicePage['interfaces'][number];
/** A port with more cards shows how many, and which on a click. */
const LISTED = 3;

export function InterfaceTable({ faces }: { faces: readonly Face[] }): ReactNode {
  const t = useText();
  return (
    <table className="sw-table">
      <thead>
        <tr>
          <th scope="col">{t('switches.port')}</th>
          <th scope="col">{t('switches.link_state')}</th>
          <th scope="col" className="right">
            {t('switches.speed')}
          </th>
          <th scope="col">{t('switches.alias')}</th>
          <th scope="col">{t('switches.neighbour')}</th>
          <th scope="col">{t('switches.cards')}</th>
        </tr>
      </thead>
      <tbody>
        {faces.map((face) => (
          <tr key={face.if_index}>
            <th scope="row">{face.name}</th>
            <td>
              <Link face={face} />
            </td>
            <td className="right">
              {face.up === true && face.speed_mbps !== null && face.speed_mbps > 0
                ? t('switches.speed_value', { mbps: face.speed_mbps })
                : NONE}
            </td>
            <td>{face.alias ?? NONE}</td>
            <td>{face.neighbour ?? NONE}</td>
            <td>
              <Cards face={face} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Link({ face: { admin_up, up } }: { face: Face }): ReactNode {
  const t = useText();
  if (admin_up === false) return <State tone="off">{t('switches.off')}</State>;
  if (up === null) return <State tone="off">{t('switches.unknown_state')}</State>;
  return <State tone={up ? 'good' : 'off'}>{t(up ? 'switches.up' : 'switches.down')}</State>;
}

function Cards({ face: { macs, mac_count, uplink } }: { face: Face }): ReactNode {
  const t = useText();
  if (mac_count === 0) return NONE;
  const list = (
    <ul className="sw-cards">
      {macs.map(({ mac, vlan, who }) => (
        <li key={mac}>
          <a className="mono" href={`${to('ports')}?text=${mac}`}>
            {showMac(mac)}
          </a>{' '}
          {who ?? <span className="field-hint">{t('switches.not_registered')}</span>}
          {vlan === null ? null : <span className="field-hint"> · {t('port.vlan', { vlan })}</span>}
        </li>
      ))}
    </ul>
  );
  return (
    <>
      {uplink ? <State tone="work">{t('switches.uplink')}</State> : null}
      {uplink || mac_count > LISTED ? (
        <details className="sw-more">
          <summary>{t('switches.cards_more', { count: mac_count })}</summary>
          {list}
          {mac_count > macs.length ? (
            <p className="field-hint">{t('switches.cards_rest', { count: mac_count - macs.length })}</p>
          ) : null}
        </details>
      ) : (
        list
      )}
    </>
  );
}
