/** The two buttons over a register's list: 导入 and 导出. Ctrl+E opens the export. */
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import type { Form, List } from '../../../shared/features/transfer/forms.ts';
import type { Target } from '../../../shared/features/transfer/targets.ts';
import { useText } from '../../i18n.ts';
import { go } from '../../route.ts';
import { useKey } from '../../ui/keys.ts';
import { ExportSheet } from './export-sheet.tsx';

/** `table` is the id of the list (its RecordTable); `into` is what a file is imported to; `form` the paper of this register, or the list itself. */
export function TransferButtons({ table, into, form }: { table: string; into?: Target; form: Form | List }): ReactNode {
  const t = useText();
  const [open, setOpen] = useState(false);
  useKey('ctrl+e', () => setOpen(true));
  return (
    <>
      {into ? <Button onClick={() => go(`import?into=${into}`)}>{t('transfer.import')}</Button> : null}
      <Button onClick={() => setOpen(true)}>{t('transfer.export')}</Button>
      <ExportSheet table={table} form={form} open={open} onClose={() => setOpen(false)} />
    </>
  );
}
