/** What the last sweep saw that the register does not explain, as corner marks on the map of a subnet. */
import { useMemo } from 'react';
import type { Verdict } from '../../../shared/features/discovery/verdicts.ts';
import { formState, markOf, type FormState } from '../../../shared/features/ipam/marks.ts';
import type { AddressCell } from '../../../shared/features/ipam/map.ts';
import type { Text } from '../../i18n.ts';
import { useCompared } from '../discovery/compared.ts';

export type Marks = ReadonlyMap<string, Verdict>;

export function useMarks(): Marks {
  // the same answer, in pieces, as the discovery screen keeps
  const { data } = useCompared(undefined, true);
  return useMemo(
    () =>
      new Map(
        data?.entries.flatMap(({ ip, verdict, fact }) =>
          markOf(verdict) !== null && !fact?.ignored ? [[ip, verdict] as const] : [],
        ),
      ),
    [data],
  );
}

/** How an address is drawn and counted. */
export function stateOf(cell: AddressCell, marks: Marks): FormState {
  const verdict = marks.get(cell.ip);
  return formState(cell.state, verdict === undefined ? null : markOf(verdict));
}
export const stateWord = (t: Text, state: FormState): string =>
  state === 'unregistered' ? t('ipam.seen_unregistered') : t(`ipam.state.${state}`);
export const stateLetter = (t: Text, state: FormState): string | null => {
  if (state === 'free') return null;
  return state === 'unregistered' ? t('ipam.mark_unregistered') : t(`ipam.mark.${state}`);
};
