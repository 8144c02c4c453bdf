/** The two buttons over a register's list: 导入 and 导出. Ctrl+E opens the export. */
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Form } from '../../../shared/features/transfer/forms.ts';
import type { Target } from '../../../shared/features/transfer/targets.ts';
import { useText } from '../../i18n.ts';
import { go } from '../../route.ts';
import { useKey } from '../../ui/keys.ts';
import { ExportSheet } from './export-sheet.tsx';

/** `table` is the id of the list (its RecordTable); `into` is what a file is imported to; `form` the paper of this register. */
export function TransferButtons({ table, into, form }: { table: string; into?: Target; form?: Form }): ReactNode {
  const t = useText();
  const [open, setOpen] = useState(false);
  useKey('ctrl+e', () => setOpen(true), form !== undefined);
  return (
    <>
      {into ? <Button onClick={() => go(`import?into=${into}`)}>{t('transfer.import')}</Button> : null}
      {form ? <Button onClick={() => setOpen(true)}>{t('transfer.export')}</Button> : null}
      {form ? <ExportSheet table={table} form={form} open={open} onClose={() => setOpen(false)} /> : null}
    </>
  );
}
