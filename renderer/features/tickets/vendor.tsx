/** The vendor's part of a repair: who was called when, when they came, what it cost, and whether the device leaves the house. */
import { Alert, Button, Checkbox, DatePicker, Input, InputNumber } from 'antd';
import dayjs from 'dayjs';
import { useId, useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import type { Ticket } from '../../../shared/features/tickets.ts';
import { useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { sentenceOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';
import { useEngineNow } from './clock.tsx';

const CENTS = 100;
const FORMAT = 'YYYY-MM-DD HH:mm';
/** The picker works on local fields; they are always those of Asia/Shanghai. */
const shown = (at: number | null): dayjs.Dayjs | null => (at === null ? null : dayjs(showMoment(at), FORMAT));
const moment = (value: dayjs.Dayjs | null): number | null =>
  value === null ? null : Date.parse(`${value.format('YYYY-MM-DDTHH:mm')}:00+08:00`);

export function VendorPanel({ ticket, onDone }: { ticket: Ticket; onDone: () => void }): ReactNode {
  const t = useText();
  const say = useSay();
  const id = useId();
  const now = useEngineNow();
  const [visit, setVisit] = useState({
    vendor: ticket.vendor ?? '',
    vendor_contact: ticket.vendor_contact ?? '',
    vendor_called_at: ticket.vendor_called_at,
    vendor_arrived_at: ticket.vendor_arrived_at,
    off_site: ticket.off_site === true,
    cost: ticket.cost,
  });
  const [failure, setFailure] = useState<string | null>(null);
  const change = (part: Partial<typeof visit>): void => setVisit({ ...visit, ...part });
  const save = async (): Promise<void> => {
    setFailure(null);
    try {
      await client.tickets.dispatch({ id: ticket.id, ...visit });
      say.done(t('tickets.vendorSaved', { vendor: visit.vendor }));
      onDone();
    } catch (error) {
      setFailure(sentenceOf(error, t));
    }
  };
  const time = (field: 'vendor_called_at' | 'vendor_arrived_at'): ReactNode => (
    <div className="field">
      <label htmlFor={`${id}-${field}`}>{t(`field.tickets.${field}`)}</label>
      <span className="steps-row">
        <DatePicker
          id={`${id}-${field}`}
          showTime={{ format: 'HH:mm' }}
          format={FORMAT}
          value={shown(visit[field])}
          onChange={(value: dayjs.Dayjs | null) => change({ [field]: moment(value) })}
        />
        <Button onClick={() => change({ [field]: Math.trunc(now) })}>{t('tickets.now')}</Button>
      </span>
    </div>
  );
  return (
    <div className="step-panel vendor-panel">
      <div className="field">
        <label htmlFor={`${id}-vendor`}>{t('field.tickets.vendor')}</label>
        <Input
          id={`${id}-vendor`}
          maxLength={100}
          value={visit.vendor}
          onChange={(event) => change({ vendor: event.target.value })}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-contact`}>{t('field.tickets.vendor_contact')}</label>
        <Input
          id={`${id}-contact`}
          maxLength={100}
          value={visit.vendor_contact}
          onChange={(event) => change({ vendor_contact: event.target.value })}
        />
      </div>
      {time('vendor_called_at')}
      {time('vendor_arrived_at')}
      <div className="field">
        <label htmlFor={`${id}-cost`}>{t('field.tickets.cost')}</label>
        <InputNumber
          id={`${id}-cost`}
          prefix="¥"
          min={0}
          precision={2}
          value={visit.cost === null ? null : visit.cost / CENTS}
          onChange={(yuan) => change({ cost: yuan === null ? null : Math.round(yuan * CENTS) })}
        />
      </div>
      <Checkbox checked={visit.off_site} onChange={(event) => change({ off_site: event.target.checked })}>
        {t('tickets.offSite')}
      </Checkbox>
      {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      <div className="steps-row">
        <Button type="primary" disabled={visit.vendor.trim() === ''} onClick={() => void save()}>
          {t('tickets.vendorSave')}
        </Button>
      </div>
    </div>
  );
}
