/** Under which number the network centre keeps its copy of a handover, and since when. */
import { Button, DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { useId, useState, type ReactNode } from 'react';
import type { handovers } from '../../../shared/features/handover.ts';
import type { RowOf } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { useSay } from '../../ui/say.ts';

export function Filing({ handover, today }: { handover: RowOf<typeof handovers>; today: string }): ReactNode {
  const t = useText();
  const say = useSay();
  const [number_id, day_id] = [useId(), useId()];
  const [number, setNumber] = useState(handover.archive_number ?? '');
  const [day, setDay] = useState(handover.filed_on ?? today);
  const save = async (): Promise<void> => {
    try {
      await client.handover.file({ id: handover.id, archive_number: number, filed_on: day });
      say.done(t('handover.filed'));
    } catch (error) {
      say.failed(error);
    }
  };
  const same = number === (handover.archive_number ?? '') && day === (handover.filed_on ?? '');
  return (
    <section>
      <h3>{t('handover.filing')}</h3>
      <label htmlFor={number_id}>{t('field.handovers.archive_number')}</label>
      <Input
        id={number_id}
        size="small"
        maxLength={40}
        value={number}
        onChange={(event) => setNumber(event.target.value)}
      />
      <label htmlFor={day_id}>{t('field.handovers.filed_on')}</label>
      <DatePicker
        id={day_id}
        size="small"
        allowClear={false}
        value={dayjs(day)}
        maxDate={dayjs(today)}
        onChange={(picked: dayjs.Dayjs | null) => picked && setDay(picked.format('YYYY-MM-DD'))}
      />
      <Button size="small" disabled={number.trim() === '' || same} onClick={() => void save()}>
        {t('handover.file')}
      </Button>
    </section>
  );
}
