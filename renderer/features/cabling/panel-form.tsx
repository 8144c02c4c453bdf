/** A patch panel, new or changed. For a new one the closet says what it is called. */
import { useQuery } from '@tanstack/react-query';
import { Input, InputNumber, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { cableMedia, MAX_PANEL_PORTS, type panels } from '../../../shared/features/cabling.ts';
import type { RowOf } from '../../../shared/record.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { RefPicker } from '../../ui/form/ref-picker.tsx';
import { useSay } from '../../ui/say.ts';
import { Ask, Line } from './ask.tsx';

/** `onSaved` leads on by itself. */
const stay = (): void => undefined;
type Panel = RowOf<typeof panels>;
interface PanelFormProps {
  /** Null: a new one. */
  readonly panel: Panel | null;
  readonly place?: string;
  readonly onSaved: (panel: Panel) => void;
  readonly onClose: () => void;
}
export function PanelForm({ panel, place, onSaved, onClose }: PanelFormProps): ReactNode {
  const t = useText();
  const say = useSay();
  const [location, setLocation] = useState(panel?.location_id ?? null);
  const [typed, setTyped] = useState<{ code?: string; name?: string }>({});
  const [ports, setPorts] = useState<number | null>(panel?.ports ?? 24);
  const [medium, setMedium] = useState<Panel['medium']>(panel ? panel.medium : 'cat6');
  const [remark, setRemark] = useState(panel?.remark ?? '');
  const { data: proposed } = useQuery({
    ...rpc.cabling.suggestPanel.queryOptions({ input: { location_id: location ?? '' }, meta: { tables: ['panels'] } }),
    enabled: panel === null && location !== null,
  });
  const code = typed.code ?? panel?.code ?? proposed?.code ?? '';
  const name = typed.name ?? panel?.name ?? proposed?.name ?? '';
  const save = async (): Promise<void> => {
    if (location === null || ports === null) return;
    const values = { location_id: location, code, name, ports, medium, remark };
    onSaved(
      panel
        ? await client.cabling.updatePanel({ id: panel.id, changes: values })
        : await client.cabling.createPanel(values),
    );
    say.done(t('cabling.saved'));
  };
  return (
    <Ask
      title={panel ? t('cabling.edit_panel') : t('cabling.new_panel')}
      ok={t('cabling.save')}
      ready={location !== null && code !== '' && name !== '' && ports !== null}
      run={save}
      onClose={onClose}
      onDone={stay}
    >
      <p className="field-hint">{t('cabling.panel_hint')}</p>
      <Line label={t('field.panels.location_id')}>
        <RefPicker
          table="locations"
          label={t('field.panels.location_id')}
          autoFocus={panel === null}
          value={location}
          title={place}
          onChange={setLocation}
        />
      </Line>
      <div className="cab-row">
        <Line label={t('field.panels.code')}>
          <Input
            className="mono"
            value={code}
            maxLength={20}
            onChange={(event) => setTyped({ ...typed, code: event.target.value })}
          />
        </Line>
        <Line label={t('field.panels.name')}>
          <Input
            className="mono"
            value={name}
            maxLength={10}
            onChange={(event) => setTyped({ ...typed, name: event.target.value })}
          />
        </Line>
        <Line label={t('field.panels.ports')}>
          <InputNumber min={1} max={MAX_PANEL_PORTS} precision={0} value={ports} onChange={setPorts} />
        </Line>
        <Line label={t('field.panels.medium')}>
          <Select
            aria-label={t('field.panels.medium')}
            value={medium}
            options={cableMedia.map((each) => ({ value: each, label: optionLabel(t, 'panels', 'medium', each) }))}
            onChange={setMedium}
          />
        </Line>
      </div>
      <Line label={t('field.panels.remark')}>
        <Input value={remark} onChange={(event) => setRemark(event.target.value)} />
      </Line>
    </Ask>
  );
}
