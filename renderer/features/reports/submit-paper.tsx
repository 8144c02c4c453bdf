/** On the print page of a monthly report: one press says that it was handed in; who took it is noted when the receipt comes back. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { dayOf } from '../../../shared/day.ts';
import type { documents } from '../../../shared/features/documents.ts';
import type { RowOf } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import { useSay } from '../../ui/say.ts';
import { WriteButton } from '../sync/write-button.tsx';

export function SubmitPaper({ document: made }: { document: RowOf<typeof documents> }): ReactNode {
  const t = useText();
  const say = useSay();
  const isReport = made.form === 'F-11';
  const { data } = useQuery({
    ...rpc.reports.list.queryOptions({
      input: { filter: [{ field: 'document_id', op: 'equals', value: made.id }], limit: 1 },
      meta: { tables: ['reports'] },
    }),
    enabled: isReport,
  });
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  const report = data?.rows[0];
  if (!isReport || !report || report.state === 'submitted') return null;
  const submit = async (): Promise<void> => {
    try {
      const sent_on = state?.today ?? dayOf(made.made_at);
      await client.reports.submit({ id: report.id, receipt: { sent_to: t('packs.toDefault'), sent_on } });
      say.done(t('reports.submitted', { number: report.number }));
      go(`reports/${report.id}`);
    } catch (error) {
      say.failed(error);
    }
  };
  return <WriteButton onClick={() => void submit()}>{t('reports.submit')}</WriteButton>;
}
