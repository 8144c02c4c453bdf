/** How full every subnet is and will be, asked once for all who show it. */
import { useQuery } from '@tanstack/react-query';
import { rpc } from '../../query.ts';

export const useTrends = () =>
  useQuery(
    rpc.addressing.trends.queryOptions({
      meta: { tables: ['subnets', 'address_ranges', 'bindings', 'assets', 'leases'] },
    }),
  );
