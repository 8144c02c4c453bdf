/** One line where somebody searches while records that came in bulk are still being indexed. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useText } from '../i18n.ts';
import { rpc } from '../query.ts';

export function SearchBehind(): ReactNode {
  const t = useText();
  const { data } = useQuery(rpc.search.behind.queryOptions({ meta: { tables: ['search'] } }));
  if (!data || data.n === 0) return null;
  return (
    <p className="search-behind" role="status">
      {t('frame.searchBehind', { n: data.n.toLocaleString() })}
    </p>
  );
}
