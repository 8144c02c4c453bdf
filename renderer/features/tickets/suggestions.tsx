/** Articles of the knowledge base that may help with a symptom; nothing where none fits. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { FaultCategory } from '../../../shared/features/tickets/faults.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';

/** The engine takes no more of a symptom. */
const MOST = 1000;

export function Suggestions({ category, symptom }: { category: FaultCategory | null; symptom: string }): ReactNode {
  const t = useText();
  const { data } = useQuery(
    rpc.knowledge.suggest.queryOptions({
      input: { category, symptom: symptom.slice(0, MOST) },
      placeholderData: keepPreviousData,
      meta: { tables: ['knowledge_articles'] },
    }),
  );
  if (!data || data.length === 0) return null;
  return (
    <div className="suggestions">
      <p className="field-hint">{t('knowledge.mayHelp')}</p>
      {data.map((article) => (
        <details key={article.id}>
          <summary>{article.title}</summary>
          <p className="suggestion">{article.solution}</p>
        </details>
      ))}
    </div>
  );
}
