/** Joining a central store: its address and a one-time code. What is refused is said in the dialog, which stays open. */
import { Alert, Input, Modal } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { sentenceOf } from '../../ui/refusal.ts';
import { useSay } from '../../ui/say.ts';

interface EnrolProps {
  readonly open: boolean;
  /** Where the store was: asks for its new address, and for a code only if the key is another. */
  readonly moving?: string | undefined;
  /** Where it was joined before, when it is joined again. */
  readonly known?: string | undefined;
  readonly onClose: () => void;
}
export function EnrolDialog({ open, moving, known, onClose }: EnrolProps): ReactNode {
  const t = useText();
  const id = useId();
  const say = useSay();
  const [written, setAddress] = useState<string | null>(null);
  const address = written ?? moving ?? known ?? '';
  const [code, setCode] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const title = moving === undefined ? 'sync.enrol' : moving === '' ? 'sync.giveTitle' : 'sync.moveTitle';
  const hint = moving === undefined ? 'sync.enrolHint' : moving === '' ? 'sync.giveHint' : 'sync.moveHint';
  const ready = address.trim() !== '' && (moving !== undefined || code.trim() !== '');
  const join = async (): Promise<void> => {
    if (!ready || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      const stays = moving !== undefined && code.trim() === '';
      await (stays ? client.sync.move({ address }) : client.sync.enrol({ address, code }));
      say.done(t(stays ? 'sync.moved' : 'sync.joined'));
      setCode('');
      setAddress(null);
      onClose();
    } catch (error) {
      setFailure(sentenceOf(error, t));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={open}
      title={t(title)}
      okText={t(moving === undefined ? 'sync.join' : 'common.save')}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={busy}
      onOk={() => void join()}
      onCancel={onClose}
      destroyOnHidden
      width={460}
    >
      <div className="sync-enrol">
        <p className="field-hint">{t(hint)}</p>
        <div className="field">
          <label htmlFor={`${id}-address`}>{t('sync.address')}</label>
          <Input
            id={`${id}-address`}
            autoFocus={known === undefined}
            className="mono"
            value={address}
            maxLength={300}
            placeholder="192.168.1.5:8470"
            onChange={(event) => setAddress(event.target.value)}
            onPressEnter={() => void join()}
          />
        </div>
        <div className="field">
          <label htmlFor={`${id}-code`}>{t('sync.code')}</label>
          <Input
            id={`${id}-code`}
            autoFocus={known !== undefined}
            className="mono"
            value={code}
            maxLength={64}
            placeholder="XXXX-XXXX-XXXX-XXXX-XXXX"
            onChange={(event) => setCode(event.target.value)}
            onPressEnter={() => void join()}
          />
          <span className="field-hint">{t(moving === undefined ? 'sync.codeHint' : 'sync.moveCodeHint')}</span>
        </div>
        {failure === null ? null : <Alert type="error" showIcon title={failure} role="alert" />}
      </div>
    </Modal>
  );
}
