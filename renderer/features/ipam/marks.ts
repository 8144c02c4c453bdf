/** What the last sweep saw that the register does not explain, as corner marks on the map of a subnet. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { openVerdicts, type Verdict } from '../../../shared/features/discovery/match.ts';
import { rpc } from '../../query.ts';

const CLASHES: ReadonlySet<Verdict> = new Set(['conflict', 'mac_twice', 'ip_taken']);
/** Two cards claim the address; the others are unregistered or out of place. */
export const isClash = (verdict: Verdict): boolean => CLASHES.has(verdict);

/** Says nothing of the address itself. */
const QUIET: ReadonlySet<Verdict> = new Set(['silent', 'misnamed', 'port_moved']);

export function useMarks(): ReadonlyMap<string, Verdict> {
  const { data } = useQuery(
    rpc.discovery.findings.queryOptions({
      input: {},
      meta: { tables: ['_sweeps', 'bindings', 'assets', 'ignored_findings'] },
    }),
  );
  return useMemo(
    () =>
      new Map(
        data?.findings.flatMap(({ ip, verdict }) =>
          openVerdicts.includes(verdict) && !QUIET.has(verdict) ? [[ip, verdict] as const] : [],
        ),
      ),
    [data],
  );
}
