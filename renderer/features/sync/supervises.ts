/** Whether this notebook may do what a lead or an admin does: one without a store may do everything. */
import { useQuery } from '@tanstack/react-query';
import { settlesForOthers } from '../../../shared/sync/roles.ts';
import { rpc } from '../../query.ts';

export function useSupervises(): boolean {
  const role = useQuery(rpc.sync.status.queryOptions({ input: { probe: false } })).data?.role ?? null;
  return role === null || settlesForOthers(role);
}
