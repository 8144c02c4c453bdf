/** Says that a form shows what was typed before, and offers to begin anew. */
import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';

export function DraftNote({ onForget }: { onForget: () => void }): ReactNode {
  const t = useText();
  return (
    <Alert
      type="info"
      showIcon
      title={t('form.draftKept')}
      action={
        <Button size="small" onClick={onForget}>
          {t('form.draftDrop')}
        </Button>
      }
    />
  );
}
