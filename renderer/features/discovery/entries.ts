/** What the map and the lists show of an address: while a sweep runs, what it told; afterwards, what was compared. */
import type { DiscoveredHost, FoundFact } from '../../../shared/features/discovery.ts';
import { openVerdicts, verdicts, type Verdict } from '../../../shared/features/discovery/verdicts.ts';
import { parseIp } from '../../../shared/ip.ts';
import { showMac } from '../../../shared/mac.ts';
import type { MessageKey } from '../../../shared/messages.ts';
import type { Tone } from '../../ui/state.tsx';
import { makerWords } from './maker.ts';

export { sayFact, symptomOf } from '../../../shared/features/discovery/say.ts';

export interface Entry {
  readonly key: string;
  readonly ip: string;
  /** The address as a number: lists and map are sorted by it. */
  readonly at: number;
  readonly mac: string | null;
  readonly verdict: Verdict;
  readonly host: DiscoveredHost | null;
  /** Null while the sweep runs. */
  readonly fact: FoundFact | null;
}
/** How grave each verdict is. A silent PC is switched off, not broken (domain.md §3.2). */
export const toneOf: Record<Verdict, Tone> = {
  conflict: 'bad',
  mac_twice: 'bad',
  ip_taken: 'bad',
  moved: 'warn',
  port_moved: 'warn',
  misnamed: 'await',
  new_mac: 'warn',
  unbound: 'await',
  silent: 'off',
  unseen: 'off',
  proxied: 'off',
  dynamic: 'work',
  known: 'good',
};
export const verdictKey = (verdict: Verdict): MessageKey => `discovery.verdict.${verdict}`;
export const isOpen = (verdict: Verdict): boolean => openVerdicts.includes(verdict);

export const liveEntry = (host: DiscoveredHost, verdict: Verdict): Entry => ({
  key: host.ip,
  ip: host.ip,
  at: parseIp(host.ip) ?? 0,
  mac: host.mac,
  verdict,
  host,
  fact: null,
});
export const factEntry = (fact: FoundFact): Entry => ({
  key: fact.key,
  ip: fact.ip,
  at: parseIp(fact.ip) ?? 0,
  mac: fact.mac,
  verdict: fact.verdict,
  host: fact.host,
  fact,
});

export type Counts = Readonly<Record<Verdict, number>>;
export const noCounts = (): Record<Verdict, number> =>
  Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
export function countEntries(entries: readonly Entry[]): Counts {
  const counts = noCounts();
  for (const entry of entries) counts[entry.verdict] += 1;
  return counts;
}

/** What a row can be found by; put together once for each entry. */
const texts = new WeakMap<Entry, string>();
function textOf(entry: Entry): string {
  const known = texts.get(entry);
  if (known !== undefined) return known;
  const { host, fact } = entry;
  const made = [
    entry.ip,
    entry.mac ?? '',
    showMac(entry.mac ?? ''),
    ...(host?.vendor ? makerWords(host.vendor) : []),
    ...(host?.names.map(({ name }) => name) ?? []),
    host?.name,
    host?.title,
    fact?.holder?.person,
    fact?.other_holder?.person,
    fact?.holder?.place,
    fact?.asset?.title,
  ]
    .filter(Boolean)
    .join('\n')
    .toLowerCase();
  texts.set(entry, made);
  return made;
}
/** Whether what is typed into the filter occurs in the row. MACs are found in any writing. */
export function holds(entry: Entry, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return true;
  const plain = wanted.replace(/[:\-.]/g, '');
  return textOf(entry).includes(wanted) || (plain.length > 3 && (entry.mac ?? '').toLowerCase().includes(plain));
}
