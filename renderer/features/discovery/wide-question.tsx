/** A sweep of more than 4,096 addresses is confirmed by typing how many: nobody does that by habit (security.md X6). */
import { Input, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { isComposing } from '../../ui/keys.ts';

interface WideProps {
  /** Null: nothing to ask. */
  readonly count: number | null;
  readonly onYes: () => void;
  readonly onClose: () => void;
}
export function WideQuestion({ count, onYes, onClose }: WideProps): ReactNode {
  const t = useText();
  const [typed, setTyped] = useState('');
  const right = typed.replace(/[\s,，]/g, '') === String(count);
  const answer = (): void => {
    if (right) onYes();
  };
  return (
    <Modal
      open={count !== null}
      title={t('discovery.confirm_title')}
      okText={t('discovery.start')}
      okButtonProps={{ disabled: !right }}
      cancelText={t('common.cancel')}
      onOk={answer}
      onCancel={onClose}
      afterClose={() => setTyped('')}
      destroyOnHidden
      width={440}
    >
      {count === null ? null : (
        <div className="form">
          <p>{t('discovery.confirm_wide', { count: count.toLocaleString('en-US') })}</p>
          <div className="field">
            <label htmlFor="wide-count">{t('discovery.confirm_type', { count })}</label>
            <Input
              id="wide-count"
              inputMode="numeric"
              autoComplete="off"
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && !isComposing(event.nativeEvent)) answer();
              }}
            />
          </div>
        </div>
      )}
    </Modal>
  );
}
