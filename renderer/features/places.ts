/** Full paths of all places by id, for single records whose call brings no titles along. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { rpc } from '../query.ts';

const none: Readonly<Record<string, string>> = {};
export function usePlaces(): Readonly<Record<string, string>> {
  const { data } = useQuery(rpc.locations.tree.queryOptions({ meta: { tables: ['locations', 'assets'] } }));
  return useMemo(() => (data ? Object.fromEntries(data.map(({ id, path }) => [id, path])) : none), [data]);
}
