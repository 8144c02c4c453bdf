/** To whom a paper went and who took it: asked once when it is handed in, filled in later when the receipt comes back. */
import { Alert, DatePicker, Input, Modal } from 'antd';
import dayjs from 'dayjs';
import { useId, useState, type ReactNode } from 'react';
import type { z } from 'zod';
import type { receiptInput, receipts } from '../../../shared/features/reports.ts';
import type { RowOf } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { sentenceOf } from '../../ui/refusal.ts';

export type Receipt = z.infer<typeof receiptInput>;
interface ReceiptDialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly today: string;
  readonly known: RowOf<typeof receipts> | null;
  /** Where it is handed in now, the receiver usually signs later. */
  readonly run: (receipt: Receipt) => Promise<void>;
  readonly onClose: () => void;
}

export function ReceiptDialog(props: ReceiptDialogProps): ReactNode {
  return props.open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ title, today, known, run, onClose }: ReceiptDialogProps): ReactNode {
  const t = useText();
  const [receipt, setReceipt] = useState<Receipt>(() => ({
    sent_to: known?.sent_to ?? t('packs.toDefault'),
    sent_on: known?.sent_on ?? today,
    ...(known?.receiver ? { receiver: known.receiver } : {}),
    ...(known?.received_on ? { received_on: known.received_on } : {}),
    ...(known?.archive_number ? { archive_number: known.archive_number } : {}),
    ...(known?.remark ? { remark: known.remark } : {}),
  }));
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const set = (changes: Partial<Receipt>): void => setReceipt((now) => ({ ...now, ...changes }));
  const save = async (): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await run(receipt);
      onClose();
    } catch (error) {
      setFailure(sentenceOf(error, t));
      setBusy(false);
    }
  };
  const line = (field: 'sent_to' | 'receiver' | 'archive_number', max: number): ReactNode => (
    <Field label={t(`field.receipts.${field}`)}>
      {(id) => (
        <Input
          id={id}
          maxLength={max}
          value={receipt[field] ?? ''}
          onChange={({ target }) => set({ [field]: target.value })}
        />
      )}
    </Field>
  );
  const date = (field: 'sent_on' | 'received_on'): ReactNode => (
    <Field label={t(`field.receipts.${field}`)}>
      {(id) => (
        <DatePicker
          id={id}
          allowClear={field === 'received_on'}
          value={receipt[field] ? dayjs(receipt[field]) : null}
          onChange={(picked: dayjs.Dayjs | null) => {
            const day = picked?.format('YYYY-MM-DD');
            if (field === 'sent_on') set({ sent_on: day ?? receipt.sent_on });
            else set({ received_on: day });
          }}
        />
      )}
    </Field>
  );
  return (
    <Modal
      open
      title={title}
      okText={title}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: receipt.sent_to.trim() === '' }}
      confirmLoading={busy}
      onOk={() => void save()}
      onCancel={onClose}
      width={480}
    >
      <div className="form">
        <div className="form-group">
          {line('sent_to', 100)}
          {date('sent_on')}
          {line('receiver', 60)}
          {date('received_on')}
          {line('archive_number', 40)}
        </div>
        {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      </div>
    </Modal>
  );
}

export function Field({ label, children }: { label: string; children: (id: string) => ReactNode }): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}
