/** What a paste changes in the register of ports: new, changed, the same, and what a person wrote, which waits for a tick. */
import { Checkbox } from 'antd';
import type { ReactNode } from 'react';
import type { PastedSwitch, PortChange } from '../../../shared/features/console.ts';
import { fieldLabel, optionLabel, useText } from '../../i18n.ts';
import { State, type Tone } from '../../ui/state.tsx';
import { NONE } from '../../ui/text.tsx';

const tones: Readonly<Record<PortChange['kind'], Tone>> = {
  fresh: 'good',
  changed: 'work',
  proposed: 'await',
  same: 'off',
};
const kinds = ['fresh', 'changed', 'proposed', 'same'] as const;

interface PortsProps {
  readonly ports: PastedSwitch['ports'];
  readonly accepted: ReadonlySet<string>;
  readonly accept: (id: string, on: boolean) => void;
}
export function PortChanges({ ports, accepted, accept }: PortsProps): ReactNode {
  const t = useText();
  if (ports.length === 0) return <p className="field-hint">{t('console.no_ports')}</p>;
  const count = (kind: PortChange['kind']): number => ports.filter((each) => each.kind === kind).length;
  const shown = ports
    .filter(({ kind }) => kind !== 'same')
    .toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
  const asks = shown.some(({ fields }) => fields.some(({ proposed }) => proposed));
  return (
    <>
      <p className="field-hint">
        {t('console.counts', {
          fresh: count('fresh'),
          changed: count('changed'),
          proposed: count('proposed'),
          same: count('same'),
        })}
      </p>
      {asks ? <p className="field-hint">{t('console.proposed_hint')}</p> : null}
      {shown.length === 0 ? null : (
        <div className="console-ports">
          <table className="sw-table">
            <thead>
              <tr>
                <th scope="col">{t('console.port')}</th>
                <th scope="col">{t('topology.state')}</th>
                <th scope="col">{t('console.ports')}</th>
                <th scope="col">{asks ? t('console.accept') : null}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((port) => (
                <tr key={port.name}>
                  <td className="mono">{port.name}</td>
                  <td>
                    <State tone={tones[port.kind]}>{t(`console.kind.${port.kind}`)}</State>
                  </td>
                  <td>
                    {port.fields.map((each) => (
                      <Field key={each.field} change={each} fresh={port.id === null} />
                    ))}
                  </td>
                  <td>
                    {port.id !== null && port.fields.some(({ proposed }) => proposed) ? (
                      <Checkbox
                        aria-label={`${t('console.accept')} ${port.name}`}
                        checked={accepted.has(port.id)}
                        onChange={(event) => accept(port.id ?? '', event.target.checked)}
                      />
                    ) : null}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

function Field({
  change: { field, before, after },
  fresh,
}: {
  change: PortChange['fields'][number];
  fresh: boolean;
}): ReactNode {
  const t = useText();
  const word = (value: string | number | null): string =>
    value === null ? NONE : typeof value === 'number' ? String(value) : optionLabel(t, 'switch_ports', field, value);
  return (
    <div>
      {fieldLabel(t, 'switch_ports', field)} {fresh ? null : <span className="console-was">{word(before)} → </span>}
      {word(after)}
    </div>
  );
}
