/** Subnets of the register by name: they label the map and the groups, and are offered to be swept. */
import { useQuery } from '@tanstack/react-query';
import { rpc } from '../../query.ts';

export interface SubnetName {
  readonly cidr: string;
  readonly name: string;
}
/** A place with more than so many is found by typing its range. */
const MOST = 500;

/** Null until they are told. */
export function useSubnetNames(): readonly SubnetName[] | null {
  const { data } = useQuery(
    rpc.ipam.listSubnets.queryOptions({
      input: { filter: [], sort: [], offset: 0, limit: MOST },
      meta: { tables: ['subnets'] },
    }),
  );
  return data?.rows ?? null;
}
