/** Ticks letters that came back: signed on what day, under which text, until when. */
import { useQuery } from '@tanstack/react-query';
import { Alert, DatePicker, Modal, Select } from 'antd';
import dayjs from 'dayjs';
import { useId, useState, type ReactNode } from 'react';
import { addMonths } from '../../../shared/day.ts';
import type { people } from '../../../shared/features/people.ts';
import type { RowOf } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { sentenceOf } from '../../ui/refusal.ts';

interface TickDialogProps {
  readonly people: readonly RowOf<typeof people>[];
  readonly onDone: (n: number, batch: string) => void;
  readonly onClose: () => void;
}
/** Names shown before the rest is only counted. */
const NAMED = 12;

export function TickDialog({ people: whom, onDone, onClose }: TickDialogProps): ReactNode {
  const t = useText();
  const id = useId();
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  const { data: texts = [] } = useQuery(rpc.letters.texts.queryOptions({ meta: { tables: ['letter_texts'] } }));
  const [on, setOn] = useState<string | null>(null);
  const [until, setUntil] = useState<string | null>(null);
  const [under, setUnder] = useState(0);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const text = texts[under];
  const signed = on ?? state?.today ?? '';
  const end = until ?? (signed && text ? addMonths(signed, text.months) : '');
  const save = async (): Promise<void> => {
    if (busy || !text || signed === '') return;
    setBusy(true);
    setFailure(null);
    try {
      const given = { people: whom.map((person) => person.id), signed_on: signed, until: end, text_id: text.id };
      const { n, batch } = await client.letters.tick(given);
      onDone(n, batch);
      onClose();
    } catch (error) {
      setFailure(sentenceOf(error, t));
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t('letters.tick')}
      onCancel={onClose}
      onOk={() => void save()}
      okText={t('letters.tickN', { n: whom.length })}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: !text }}
      confirmLoading={busy}
      destroyOnHidden
      width={480}
    >
      <div className="form">
        <p>
          {t('letters.tickText', { n: whom.length })}：{names(whom)}
        </p>
        <div className="field">
          <label htmlFor={`${id}-on`}>{t('letters.signedOn')}</label>
          <Day id={`${id}-on`} value={signed} onChange={setOn} />
        </div>
        <div className="field">
          <label htmlFor={`${id}-until`}>{t('letters.until')}</label>
          <Day id={`${id}-until`} value={end} onChange={setUntil} />
          <p className="field-hint">{t('letters.untilHint', { months: text?.months ?? '…' })}</p>
        </div>
        {texts.length > 1 ? (
          <div className="field whole">
            <label htmlFor={`${id}-text`}>{t('letters.under')}</label>
            <Select<number>
              id={`${id}-text`}
              value={under}
              options={texts.map((each, index) => ({
                value: index,
                label:
                  each.id === null
                    ? t('letters.builtIn')
                    : `${each.title} ${t('letters.version', { version: each.version })}`,
              }))}
              onChange={setUnder}
            />
          </div>
        ) : null}
        {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      </div>
    </Modal>
  );
}

const names = (whom: TickDialogProps['people']): string =>
  whom
    .slice(0, NAMED)
    .map(({ name, department }) => (department ? `${name}（${department}）` : name))
    .join('、') + (whom.length > NAMED ? '…' : '');

const Day = ({
  id,
  value,
  onChange,
}: {
  id: string;
  value: string;
  onChange: (day: string | null) => void;
}): ReactNode => (
  <DatePicker
    id={id}
    className="wide"
    value={value === '' ? null : dayjs(value)}
    onChange={(date) => onChange(date ? date.format('YYYY-MM-DD') : null)}
  />
);
