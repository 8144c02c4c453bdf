/** The ports of a switch in rows, as on the form F-05. */
import type { ReactNode } from 'react';
import type { FacePort } from '../../../shared/features/cabling/calls.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { State, type Tone } from '../../ui/state.tsx';
import { NONE } from '../../ui/text.tsx';
import { TestAge } from './age.tsx';

const tones: Record<FacePort['port']['state'], Tone> = {
  good: 'good',
  damaged: 'bad',
  loose: 'warn',
  unused: 'off',
  reserved: 'await',
  disabled: 'off',
};

interface PortTableProps {
  readonly ports: readonly FacePort[];
  readonly chosen: string | null;
  readonly onOpen: (id: string) => void;
}
export function PortTable({ ports, chosen, onOpen }: PortTableProps): ReactNode {
  const t = useText();
  return (
    <table className="sw-table">
      <thead>
        <tr>
          <th scope="col">{t('field.switch_ports.name')}</th>
          <th scope="col">{t('field.switch_ports.state')}</th>
          <th scope="col">{t('field.switch_ports.outlet_id')}</th>
          <th scope="col">{t('cabling.room')}</th>
          <th scope="col">{t('cabling.people')}</th>
          <th scope="col">VLAN</th>
          <th scope="col">{t('cabling.behind')}</th>
          <th scope="col">{t('cabling.last_test')}</th>
          <th scope="col">{t('field.switch_ports.advice')}</th>
        </tr>
      </thead>
      <tbody>
        {ports.map(({ port, outlet, room, people, far, age, cable, ticket }) => (
          <tr key={port.id} className={port.id === chosen ? 'cab-chosen' : undefined}>
            <td>
              <button type="button" className="cab-link mono" onClick={() => onOpen(port.id)}>
                {port.name}
              </button>
            </td>
            <td>
              <State tone={tones[port.state]}>{optionLabel(t, 'switch_ports', 'state', port.state)}</State>
            </td>
            <td className="mono">{outlet?.title ?? NONE}</td>
            <td>{room ?? NONE}</td>
            <td className="cab-people">
              {people.length === 0
                ? NONE
                : people.map(({ binding, name, ip }) => (
                    <div key={binding}>
                      <a href={`#/addresses/${binding}`}>{name}</a> <span className="mono">{ip}</span>
                    </div>
                  ))}
            </td>
            <td className="num">{port.vlan ?? NONE}</td>
            <td className="mono" title={cable?.label ?? undefined}>
              {far ?? NONE}
            </td>
            <td>
              <TestAge days={age} by={port.tested_by} />
            </td>
            <td>{[port.advice, ticket].filter(Boolean).join(' · ') || NONE}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
