/** Asks why, then does it. What is refused is said in the dialog, which stays open. */
import { Alert, Input, Modal } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useId, useRef, useState, type ReactNode } from 'react';
import { useText } from '../i18n.ts';
import { matchesKey } from '../ui/keys.ts';
import { sentenceOf } from '../ui/refusal.ts';

interface ReasonDialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly text?: string;
  readonly hint?: string;
  /** Written already, to be changed. */
  readonly reason?: string;
  readonly danger?: boolean;
  /** More to fill in above the reason. */
  readonly children?: ReactNode;
  readonly ready?: boolean;
  readonly run: (reason: string) => Promise<void>;
  readonly onClose: () => void;
}
const LONGEST = 200;

export function ReasonDialog(props: ReasonDialogProps): ReactNode {
  const t = useText();
  const id = useId();
  const field = useRef<TextAreaRef>(null);
  const [reason, setReason] = useState(props.reason ?? '');
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const ready = reason.trim() !== '' && (props.ready ?? true);
  const close = (): void => {
    setReason(props.reason ?? '');
    setFailure(null);
    props.onClose();
  };
  const run = async (): Promise<void> => {
    if (!ready || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await props.run(reason.trim());
      close();
    } catch (error) {
      setFailure(sentenceOf(error, t));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={props.open}
      title={props.title}
      onCancel={close}
      onOk={() => void run()}
      okText={props.title}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: !ready, danger: props.danger ?? false }}
      confirmLoading={busy}
      // what has to be typed has the keyboard, not the cross
      afterOpenChange={(shown) => {
        if (shown) field.current?.focus();
      }}
      destroyOnHidden
      width={440}
    >
      <div
        className="form"
        onKeyDown={(event) => {
          if (matchesKey(event.nativeEvent, 'ctrl+enter')) void run();
        }}
      >
        {props.text === undefined ? null : <p>{props.text}</p>}
        {props.children}
        <div className="field">
          <label htmlFor={id}>
            {t('common.reason')}
            <span className="field-must" aria-hidden="true">
              *
            </span>
          </label>
          <Input.TextArea
            ref={field}
            id={id}
            rows={2}
            maxLength={LONGEST}
            placeholder={props.hint}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </div>
        {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      </div>
    </Modal>
  );
}
