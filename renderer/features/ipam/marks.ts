/** What the last sweep saw that the register does not explain, as corner marks on the map of a subnet. */
import { useMemo } from 'react';
import type { Verdict } from '../../../shared/features/discovery/match.ts';
import { useCompared } from '../discovery/compared.ts';
import { isOpen } from '../discovery/entries.ts';

const CLASHES: ReadonlySet<Verdict> = new Set(['conflict', 'mac_twice', 'ip_taken']);
/** Two cards claim the address; the others are unregistered or out of place. */
export const isClash = (verdict: Verdict): boolean => CLASHES.has(verdict);

/** Says nothing of the address itself. */
const QUIET: ReadonlySet<Verdict> = new Set(['silent', 'misnamed', 'port_moved']);

export function useMarks(): ReadonlyMap<string, Verdict> {
  // the same answer, in pieces, as the discovery screen keeps
  const { data } = useCompared(undefined, true);
  return useMemo(
    () =>
      new Map(
        data?.entries.flatMap(({ ip, verdict, fact }) =>
          isOpen(verdict) && !QUIET.has(verdict) && !fact?.ignored ? [[ip, verdict] as const] : [],
        ),
      ),
    [data],
  );
}
