import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { openQuickTicket } from './quick-store.ts';
import { WriteButton } from '../sync/write-button.tsx';

export function NewTicketButton(): ReactNode {
  const t = useText();
  return (
    <WriteButton type="primary" title="Ctrl+N" onClick={() => openQuickTicket()}>
      {t('tickets.new')}
    </WriteButton>
  );
}
