/** Freezes the repair slip F-12 of the ticket and opens its paper. */
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Ticket } from '../../../shared/features/tickets.ts';
import { useText } from '../../i18n.ts';
import { useSay } from '../../ui/say.ts';
import { printTicket } from '../papers/print-ticket.ts';

export function PrintSlip({ ticket }: { ticket: Ticket }): ReactNode {
  const t = useText();
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const print = async (): Promise<void> => {
    setBusy(true);
    try {
      await printTicket(ticket.id);
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button loading={busy} onClick={() => void print()}>
      {t('tickets.printSlip')}
    </Button>
  );
}
