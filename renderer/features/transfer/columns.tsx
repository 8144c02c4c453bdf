/** Which column of the file becomes which field: guessed, remembered, or chosen here. */
import { Select } from 'antd';
import type { ReactNode } from 'react';
import type { Preview, PreviewColumn } from '../../../shared/features/transfer.ts';
import { ID_FIELD, recordOfTarget } from '../../../shared/features/transfer/targets.ts';
import { fieldLabel, useText } from '../../i18n.ts';
import { State } from '../../ui/state.tsx';
import { recheck } from './import-run.ts';

const NONE = '';

export function Columns({ preview, busy }: { preview: Preview; busy: boolean }): ReactNode {
  const t = useText();
  const fields = [...Object.keys(recordOfTarget[preview.target].fields), ID_FIELD];
  const label = (field: string): string =>
    field === ID_FIELD ? t('transfer.id_field') : fieldLabel(t, preview.target, field);
  const taken = new Set(preview.columns.map(({ field }) => field));
  const choose = (column: PreviewColumn, field: string): void => {
    const mapping = Object.fromEntries(
      preview.columns.map((each) => [
        each.index,
        each.index === column.index ? field || null : each.field === field && field !== NONE ? null : each.field,
      ]),
    );
    recheck({ mapping, header_row: preview.header_row });
  };
  const visible = preview.columns.filter(({ filled, header }) => filled > 0 || header !== '');
  return (
    <table className="import-columns">
      <caption>{t('transfer.columns')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('transfer.column_file')}</th>
          <th scope="col">{t('transfer.column_field')}</th>
          <th scope="col">{t('transfer.column_checks')}</th>
        </tr>
      </thead>
      <tbody>
        {visible.map((column) => (
          <tr key={column.index} className={column.field === null ? 'left-out' : undefined}>
            <td>
              <span className="import-header">
                {column.header || t('transfer.column_nth', { n: column.index + 1 })}
              </span>
              <span className="import-examples">{column.examples.join(t('transfer.comma'))}</span>
            </td>
            <td>
              <Select
                size="small"
                aria-label={`${t('transfer.column_field')} ${column.header}`}
                disabled={busy}
                value={column.field ?? NONE}
                showSearch={{ optionFilterProp: 'label' }}
                popupMatchSelectWidth={200}
                options={[
                  { value: NONE, label: t('transfer.not_imported') },
                  ...fields.map((field) => ({
                    value: field,
                    label: label(field) + (taken.has(field) && field !== column.field ? ' ✓' : ''),
                  })),
                ]}
                onChange={(field) => choose(column, field)}
              />
            </td>
            <td>
              <Check column={column} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Check({ column }: { column: PreviewColumn }): ReactNode {
  const t = useText();
  if (column.problem && column.field === null) return <State tone="warn">{t(`issue.short.${column.problem}`)}</State>;
  if (column.field === null) return null;
  if (column.errors > 0)
    return <State tone="bad">{t('transfer.errors_n', { n: column.errors.toLocaleString() })}</State>;
  if (column.warnings > 0)
    return <State tone="warn">{t('transfer.warnings_n', { n: column.warnings.toLocaleString() })}</State>;
  return <State tone="good">{column.from === 'remembered' ? t('transfer.remembered') : t('transfer.fine')}</State>;
}
