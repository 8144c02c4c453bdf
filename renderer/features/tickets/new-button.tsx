import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { openQuickTicket } from './quick-store.ts';

export function NewTicketButton(): ReactNode {
  const t = useText();
  return (
    <Button type="primary" title="Ctrl+N" onClick={() => openQuickTicket()}>
      {t('tickets.new')}
    </Button>
  );
}
