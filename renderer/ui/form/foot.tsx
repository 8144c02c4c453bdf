/** The lower edge of a form, always on screen: what was refused about the whole, the keys, and the buttons. */
import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { Key } from '../text.tsx';

interface FormFootProps {
  /** The sentence for a refusal that belongs to no field. */
  readonly failure: string | null;
  readonly saving: boolean;
  readonly onSave: () => void;
  readonly onClose: () => void;
}

export function FormFoot({ failure, saving, onSave, onClose }: FormFootProps): ReactNode {
  const t = useText();
  return (
    <>
      {failure === null ? null : <Alert className="form-failure" type="error" showIcon title={failure} role="alert" />}
      <div className="form-foot">
        <span className="form-hint">
          <Key>Ctrl Enter</Key> {t('common.save')} <Key>Esc</Key> {t('common.close')}
        </span>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button type="primary" loading={saving} onClick={onSave}>
          {t('common.save')}
        </Button>
      </div>
    </>
  );
}
