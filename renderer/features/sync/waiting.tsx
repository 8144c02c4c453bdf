/** In a register: that something of one's own in it waits in a conflict, and is not lost. A record that was not made is in no list. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { to } from '../../route.ts';
import { State } from '../../ui/state.tsx';

export function Waiting({ table }: { table: string }): ReactNode {
  const t = useText();
  const { data } = useQuery(
    rpc.sync.conflicts.queryOptions({
      input: { filter: { table, mine: true }, limit: 1 },
      meta: { tables: ['conflicts', 'sync'] },
    }),
  );
  if (!data || data.total === 0) return null;
  return (
    <a className="sync-waiting" href={to('sync')}>
      <State tone="bad">{t('sync.waitsHereList', { n: data.total })}</State>
    </a>
  );
}
