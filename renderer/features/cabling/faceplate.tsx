/** The face of a switch: two rows of 24, odd ports above. A port's state is a colour, a letter and a word; or its VLAN is shown instead. */
import type { ReactNode } from 'react';
import type { FacePort } from '../../../shared/features/cabling/calls.ts';
import { optionLabel, useText } from '../../i18n.ts';

const A_ROW = 24;

interface FaceplateProps {
  readonly ports: readonly FacePort[];
  readonly view: 'state' | 'vlan';
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}
export function Faceplate({ ports, view, chosen, onChoose }: FaceplateProps): ReactNode {
  const t = useText();
  const vlans = [...new Set(ports.flatMap(({ port }) => (port.vlan === null ? [] : [port.vlan])))].toSorted(
    (a, b) => a - b,
  );
  const last = Math.max(0, ...ports.map(({ port }) => port.position ?? 0));
  const units = Array.from({ length: Math.ceil(last / (2 * A_ROW)) }, (_, unit) => unit);
  return (
    <div className="face" role="group" aria-label={t('cabling.faceplate')}>
      {units.map((unit) => (
        <div key={unit} className="face-unit">
          {ports
            .filter(({ port }) => port.position !== null && Math.floor((port.position - 1) / (2 * A_ROW)) === unit)
            .map((each) => {
              const { port } = each;
              const place = ((port.position ?? 1) - 1) % (2 * A_ROW);
              const column = Math.floor(place / 2);
              const state = optionLabel(t, 'switch_ports', 'state', port.state);
              const shade = view === 'vlan' && port.vlan !== null ? ` face-vlan-${vlans.indexOf(port.vlan) % 6}` : '';
              const about = [
                t('cabling.port_n', { name: port.name, state }),
                port.vlan === null ? '' : `VLAN ${port.vlan}`,
                each.outlet?.title ?? '',
                ...each.people.map(({ name }) => name),
              ].filter(Boolean);
              return (
                <button
                  key={port.id}
                  type="button"
                  className={`face-port face-${view === 'state' ? port.state : 'plain'}${shade}${chosen === port.id ? ' face-chosen' : ''}`}
                  style={{ gridColumn: column + 1 + Math.floor(column / 6), gridRow: (place % 2) + 1 }}
                  // Drawn by the style: what is read aloud says more than number and letter.
                  data-n={port.position}
                  data-letter={view === 'state' ? t(`cabling.letter.${port.state}`) : (port.vlan ?? '·')}
                  aria-label={about.join(', ')}
                  title={about.join('\n')}
                  onClick={() => onChoose(port.id)}
                />
              );
            })}
        </div>
      ))}
    </div>
  );
}
