/** Notes the signature on paper: who, and on what day. A typed name is no signature; the scan hangs on the application. */
import { Alert, DatePicker, Input, Modal } from 'antd';
import dayjs from 'dayjs';
import { useId, useState, type ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { matchesKey } from '../../ui/keys.ts';
import { sentenceOf } from '../../ui/refusal.ts';

interface SignDialogProps {
  readonly run: (given: { signed_by: string; signed_on?: string }) => Promise<void>;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function SignDialog({ run, onDone, onClose }: SignDialogProps): ReactNode {
  const t = useText();
  const id = useId();
  const [by, setBy] = useState('');
  const [on, setOn] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    if (by.trim() === '' || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await run({ signed_by: by.trim(), ...(on === null ? {} : { signed_on: on }) });
      onDone();
      onClose();
    } catch (error) {
      setFailure(sentenceOf(error, t));
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t('applications.sign')}
      onCancel={onClose}
      onOk={() => void save()}
      okText={t('applications.sign')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: by.trim() === '' }}
      confirmLoading={busy}
      destroyOnHidden
      width={440}
    >
      <div
        className="form"
        onKeyDown={(event) => {
          if (matchesKey(event.nativeEvent, 'ctrl+enter')) void save();
        }}
      >
        <p>{t('applications.signText')}</p>
        <div className="field">
          <label htmlFor={`${id}-by`}>
            {t('field.applications.signed_by')}
            <span className="field-must" aria-hidden="true">
              *
            </span>
          </label>
          <Input id={`${id}-by`} autoFocus value={by} maxLength={60} onChange={(event) => setBy(event.target.value)} />
        </div>
        <div className="field">
          <label htmlFor={`${id}-on`}>{t('field.applications.signed_on')}</label>
          <DatePicker
            id={`${id}-on`}
            className="wide"
            placeholder={t('applications.today')}
            value={on === null ? null : dayjs(on)}
            onChange={(date) => setOn(date ? date.format('YYYY-MM-DD') : null)}
          />
        </div>
        {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      </div>
    </Modal>
  );
}
