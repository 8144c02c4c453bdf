/** One prescribed form to export from outside its register, with the copy that was handed in last. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { dayOf } from '../../../shared/day.ts';
import type { Form } from '../../../shared/features/transfer/forms.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { ExportSheet } from './export-sheet.tsx';

/** The list whose filters and columns the export takes. */
const listOf: Readonly<Record<Form, string>> = { 'F-03': 'assets', 'F-01': 'bindings' };

/** `dated` says beside it when it was submitted last. */
export function FormExport({ form, dated = false }: { form: Form; dated?: boolean }): ReactNode {
  const t = useText();
  const [open, setOpen] = useState(false);
  const { data } = useQuery({
    ...rpc.transfer.submissions.queryOptions({ input: { form }, meta: { tables: ['documents'] } }),
    enabled: dated,
  });
  const last = data?.[0];
  return (
    <span className="form-export">
      <Button onClick={() => setOpen(true)}>{t('papers.exportForm', { form: t(`transfer.form.${form}`) })}</Button>
      {dated && data ? (
        <span className="field-hint">
          {last
            ? t('papers.lastSubmitted', { number: last.number, day: dayOf(last.made_at) })
            : t('papers.neverSubmitted')}
        </span>
      ) : null}
      <ExportSheet table={listOf[form]} form={form} open={open} onClose={() => setOpen(false)} />
    </span>
  );
}
