/** What a quick ticket may also say: how urgent, another telephone, another place than the register has. */
import { Input, Segmented } from 'antd';
import { useId, type ReactNode } from 'react';
import { optionLabel, useText } from '../../i18n.ts';
import { RefPicker } from '../../ui/form/ref-picker.tsx';
import { changeQuick, useQuick, type QuickDraft } from './quick-store.ts';
import { useKnown } from './who-card.tsx';

const priorities: QuickDraft['priority'][] = ['urgent', 'high', 'normal', 'low'];

export function QuickMore(): ReactNode {
  const t = useText();
  const id = useId();
  const { draft } = useQuick();
  const known = useKnown(draft.who);
  const place = draft.location_id ?? known?.values.location_id ?? null;
  return (
    <div className="quick-more">
      <div className="field">
        <span className="field-label">{t('field.tickets.priority')}</span>
        <Segmented<QuickDraft['priority']>
          className="segmented"
          aria-label={t('field.tickets.priority')}
          value={draft.priority}
          onChange={(priority) => changeQuick({ priority })}
          options={priorities.map((code) => ({ value: code, label: optionLabel(t, 'tickets', 'priority', code) }))}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-phone`}>{t('field.tickets.phone')}</label>
        <Input
          id={`${id}-phone`}
          maxLength={40}
          value={draft.phone ?? known?.values.phone ?? ''}
          onChange={(event) => changeQuick({ phone: event.target.value })}
        />
      </div>
      {draft.who?.table === 'locations' ? null : (
        <div className="field">
          <label htmlFor={`${id}-place`}>{t('field.tickets.location_id')}</label>
          <RefPicker
            id={`${id}-place`}
            table="locations"
            value={place}
            title={place === null ? undefined : known?.refs[place]}
            onChange={(location) => changeQuick({ location_id: location })}
          />
        </div>
      )}
    </div>
  );
}
