/** A dialog that does one thing: what is refused is said in it, and it stays open with what was typed. */
import { Alert, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { sentenceOf } from '../../ui/refusal.ts';

interface AskProps {
  readonly title: string;
  readonly ok: string;
  readonly ready?: boolean;
  readonly width?: number;
  readonly run: () => Promise<void>;
  readonly onClose: () => void;
  /** After it was done; closes when left out. */
  readonly onDone?: () => void;
  readonly children: ReactNode;
}
export function Ask({ title, ok, ready = true, width, run, onClose, onDone = onClose, children }: AskProps): ReactNode {
  const t = useText();
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const go = async (): Promise<void> => {
    if (!ready || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      await run();
      onDone();
    } catch (error) {
      setFailure(sentenceOf(error, t));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={title}
      {...(width === undefined ? {} : { width })}
      okText={ok}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: !ready, loading: busy }}
      onOk={() => void go()}
      onCancel={onClose}
      destroyOnHidden
    >
      <form
        className="cab-form"
        onSubmit={(event) => {
          event.preventDefault();
          void go();
        }}
      >
        {children}
        {/* Enter in a field does what the button of the dialog does. */}
        <button type="submit" hidden aria-label={ok} />
        {failure === null ? null : <Alert type="error" showIcon title={failure} />}
      </form>
    </Modal>
  );
}

/** A label above an input. */
export const Line = ({ label, children }: { label: string; children: ReactNode }): ReactNode => (
  <label className="cab-line">
    <span>{label}</span>
    {children}
  </label>
);
