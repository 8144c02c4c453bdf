/** A new last day for people who stay longer. */
import { Alert, DatePicker, Modal } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { sentenceOf } from '../../ui/refusal.ts';

interface ExtendDialogProps {
  readonly n: number;
  readonly run: (until: string) => Promise<void>;
  readonly onClose: () => void;
}

export function ExtendDialog({ n, run, onClose }: ExtendDialogProps): ReactNode {
  const t = useText();
  const id = useId();
  const [until, setUntil] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    if (until === null || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await run(until);
      onClose();
    } catch (error) {
      setFailure(sentenceOf(error, t));
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t('expiry.extendN', { n })}
      onCancel={onClose}
      onOk={() => void save()}
      okText={t('expiry.extend')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: until === null }}
      confirmLoading={busy}
      destroyOnHidden
      width={400}
    >
      <div className="form">
        <div className="field">
          <label htmlFor={id}>{t('field.people.valid_until')}</label>
          <DatePicker id={id} className="wide" onChange={(date) => setUntil(date ? date.format('YYYY-MM-DD') : null)} />
        </div>
        {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      </div>
    </Modal>
  );
}
