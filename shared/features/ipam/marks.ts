/** What the last sweep saw at an address that the register does not explain, as maps and the address table tell it. Pure. */
import { openVerdicts, type Verdict } from '../discovery/verdicts.ts';
import type { AddressState } from './map.ts';

/** `clash`: two cards claim the address. `unregistered`: somebody is on the wire there who is not registered there. */
export type SeenMark = 'clash' | 'unregistered';

const CLASHES: ReadonlySet<Verdict> = new Set(['conflict', 'mac_twice', 'ip_taken']);
/** Says nothing of who is at the address. */
const QUIET: ReadonlySet<Verdict> = new Set(['silent', 'misnamed', 'port_moved']);

export const isClash = (verdict: Verdict): boolean => CLASHES.has(verdict);
export const markOf = (verdict: Verdict): SeenMark | null => {
  if (!openVerdicts.includes(verdict) || QUIET.has(verdict)) return null;
  return isClash(verdict) ? 'clash' : 'unregistered';
};

/** As the form F-02 words an address: what was seen on the wire outweighs a register that gives it to nobody. */
export type FormState = AddressState | 'unregistered';
const TAKEN: ReadonlySet<AddressState> = new Set(['active', 'reserved', 'suspended', 'conflict', 'device', 'gateway']);

export const formState = (state: AddressState, mark: SeenMark | null): FormState => {
  if (mark === 'clash') return 'conflict';
  return mark === 'unregistered' && !TAKEN.has(state) ? 'unregistered' : state;
};
