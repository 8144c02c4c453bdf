/** What a cable ends at: a port of a switch, a place on a panel, an outlet, a device. */
import { useQuery } from '@tanstack/react-query';
import { InputNumber, Segmented, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { panelSides, type PanelSide } from '../../../shared/features/cabling.ts';
import type { CableEnd } from '../../../shared/features/cabling/ends.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { RefPicker } from '../../ui/form/ref-picker.tsx';
import { traceTables } from './trace-tables.ts';

const kinds = ['panel', 'port', 'outlet', 'asset'] as const;
interface PickerProps {
  readonly onChange: (end: CableEnd | null) => void;
}

export function EndPicker({ label, onChange }: PickerProps & { label: string }): ReactNode {
  const t = useText();
  const [kind, setKind] = useState<(typeof kinds)[number]>('panel');
  const [id, setId] = useState<string | null>(null);
  return (
    <fieldset className="cab-end">
      <legend>{label}</legend>
      <Segmented<(typeof kinds)[number]>
        aria-label={label}
        value={kind}
        options={kinds.map((each) => ({ value: each, label: t(`cabling.end.${each}`) }))}
        onChange={(next) => {
          setKind(next);
          setId(null);
          onChange(null);
        }}
      />
      {kind === 'panel' ? <PanelEnd onChange={onChange} /> : null}
      {kind === 'port' ? <PortEnd onChange={onChange} /> : null}
      {kind === 'outlet' || kind === 'asset' ? (
        <RefPicker
          table={kind === 'outlet' ? 'outlets' : 'assets'}
          label={t(`cabling.end.${kind}`)}
          value={id}
          onChange={(next) => {
            setId(next);
            onChange(next === null ? null : { kind, id: next });
          }}
        />
      ) : null}
    </fieldset>
  );
}

function PanelEnd({ onChange }: PickerProps): ReactNode {
  const t = useText();
  const [panel, setPanel] = useState<string | null>(null);
  const [position, setPosition] = useState(1);
  const [side, setSide] = useState<PanelSide>('front');
  const { data = [] } = useQuery(rpc.cabling.panels.queryOptions({ meta: { tables: traceTables } }));
  const ports = data.find((each) => each.panel.id === panel)?.panel.ports ?? 1;
  const tell = (id: string | null, at: number, on: PanelSide): void => {
    setPanel(id);
    setPosition(at);
    setSide(on);
    onChange(id === null ? null : { kind: 'panel', id, position: at, side: on });
  };
  return (
    <div className="cab-row">
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        className="cab-wide"
        aria-label={t('cabling.end.panel')}
        placeholder={t('cabling.end.panel')}
        value={panel}
        options={data.map((each) => ({
          value: each.panel.id,
          label: `${each.panel.code}-${each.panel.name} · ${each.place}`,
        }))}
        onChange={(id) => tell(id, 1, side)}
      />
      <InputNumber
        aria-label={t('cabling.position')}
        min={1}
        max={ports}
        value={position}
        onChange={(at) => tell(panel, at ?? 1, side)}
      />
      <Segmented<PanelSide>
        aria-label={t('field.cables.a_side')}
        value={side}
        options={panelSides.map((each) => ({ value: each, label: t(`option.cables.a_side.${each}`) }))}
        onChange={(on) => tell(panel, position, on)}
      />
    </div>
  );
}

function PortEnd({ onChange }: PickerProps): ReactNode {
  const t = useText();
  const [device, setDevice] = useState<string | null>(null);
  const [port, setPort] = useState<string | null>(null);
  const { data: switches = [] } = useQuery(rpc.cabling.switches.queryOptions({ meta: { tables: traceTables } }));
  const { data: face } = useQuery({
    ...rpc.cabling.faceplate.queryOptions({ input: { asset_id: device ?? '' }, meta: { tables: traceTables } }),
    enabled: device !== null,
  });
  return (
    <div className="cab-row">
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        className="cab-wide"
        aria-label={t('cabling.map_switch')}
        placeholder={t('cabling.map_switch')}
        value={device}
        options={switches
          .filter(({ ports }) => ports > 0)
          .map(({ id, title, place }) => ({ value: id, label: `${title} · ${place}` }))}
        onChange={(id: string) => {
          setDevice(id);
          setPort(null);
          onChange(null);
        }}
      />
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        className="cab-wide"
        aria-label={t('cabling.end.port')}
        placeholder={t('cabling.end.port')}
        disabled={device === null}
        value={port}
        options={(face?.ports ?? []).map((each) => ({
          value: each.port.id,
          label: each.cable === null ? each.port.name : `${each.port.name} (${each.cable.label ?? ''})`,
          disabled: each.cable !== null,
        }))}
        onChange={(id: string) => {
          setPort(id);
          onChange({ kind: 'port', id });
        }}
      />
    </div>
  );
}
