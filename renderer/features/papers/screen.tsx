/** Every printed paper, to see and print again, and the blank forms. */
import { Dropdown, Button } from 'antd';
import type { ReactNode } from 'react';
import { documents } from '../../../shared/features/documents.ts';
import { blankForms } from '../../../shared/features/papers.ts';
import { forms } from '../../../shared/features/transfer/forms.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { Empty } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { RecordTable } from '../../ui/table/record-table.tsx';
import { FormExport } from '../transfer/form-export.tsx';

const columns = [
  { field: 'number', width: 200 },
  { field: 'form', width: 90 },
  { field: 'title', width: 260 },
  { field: 'made_at', width: 160 },
  { field: 'author', width: 140 },
] as const;
/** Submitted sheets are kept beside them, but are no papers. */
const printed = [{ field: 'kind', op: 'equals', value: 'print' }] as const;

export function PapersScreen(): ReactNode {
  const t = useText();
  return (
    <Page
      actions={
        <Dropdown
          menu={{
            items: blankForms.map((form) => ({ key: form, label: `${form} ${t(`form.${form}`)}` })),
            onClick: ({ key }) => go(`print/blank/${key}`),
          }}
        >
          <Button>{t('papers.blank')}</Button>
        </Dropdown>
      }
    >
      <div className="papers-forms">
        {forms.map((form) => (
          <FormExport key={form} form={form} dated />
        ))}
      </div>
      <RecordTable
        id="papers"
        record={documents}
        list={rpc.papers.list}
        columns={columns}
        base={printed}
        onOpen={(row) => go(`print/${row.id}`)}
        empty={<Empty title={t('papers.none')} hint={t('papers.hint')} />}
      />
    </Page>
  );
}
