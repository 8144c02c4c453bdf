/** The unit's own days: a local holiday, a vacation, an extra working day, or plain again. */
import { Alert, Button, DatePicker, Input, Modal, Segmented } from 'antd';
import dayjs from 'dayjs';
import { useState, type ReactNode } from 'react';
import type { MarkedDay } from '../../../shared/calendar.ts';
import { useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { sentenceOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';

interface DaysDialogProps {
  readonly from: string;
  readonly to: string;
  /** What the unit added already. */
  readonly own: readonly MarkedDay[];
  readonly onClose: () => void;
}
const FORMAT = 'YYYY-MM-DD';

export function DaysDialog({ from, to, own, onClose }: DaysDialogProps): ReactNode {
  const t = useText();
  const say = useSay();
  const entry = own.find(({ day, source }) => day === from && source === 'unit');
  const [range, setRange] = useState({ from, to });
  const [kind, setKind] = useState<'off' | 'work'>(entry?.kind ?? 'off');
  const [name, setName] = useState(entry?.name ?? '');
  const [failure, setFailure] = useState<string | null>(null);
  const has = own.some(({ day, source }) => source === 'unit' && day >= range.from && day <= range.to);
  const save = async (wanted: 'off' | 'work' | 'plain'): Promise<void> => {
    try {
      const { moved } = await client.calendar.setDays({
        ...range,
        kind: wanted,
        name: wanted === 'plain' ? null : name,
      });
      say.done(t('calendar.saved', { moved }));
      onClose();
    } catch (error) {
      setFailure(sentenceOf(error, t));
    }
  };
  return (
    <Modal open onCancel={onClose} title={t('calendar.ownDays')} footer={null} width={480}>
      <div className="form">
        <p className="field-hint">{t('calendar.ownDaysHint')}</p>
        <div className="field">
          <span className="field-label">{t('calendar.range')}</span>
          <DatePicker.RangePicker
            allowClear={false}
            value={[dayjs(range.from), dayjs(range.to)]}
            onChange={(dates) => {
              if (dates?.[0] && dates[1]) setRange({ from: dates[0].format(FORMAT), to: dates[1].format(FORMAT) });
            }}
          />
        </div>
        <div className="field">
          <span className="field-label">{t('field.calendar_days.kind')}</span>
          <Segmented<'off' | 'work'>
            className="segmented"
            value={kind}
            onChange={setKind}
            options={[
              { value: 'off', label: t('option.calendar_days.kind.off') },
              { value: 'work', label: t('option.calendar_days.kind.work') },
            ]}
          />
        </div>
        <div className="field">
          <label htmlFor="calendar-name">{t('field.calendar_days.name')}</label>
          <Input id="calendar-name" maxLength={40} value={name} onChange={(event) => setName(event.target.value)} />
        </div>
        {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
        <div className="steps-row">
          <Button type="primary" onClick={() => void save(kind)}>
            {t('common.save')}
          </Button>
          {has ? <Button onClick={() => void save('plain')}>{t('calendar.takeAway')}</Button> : null}
        </div>
      </div>
    </Modal>
  );
}
