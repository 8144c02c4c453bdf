/** What the map and the lists show of an address: while a sweep runs, what it told; afterwards, what was compared. */
import type { DiscoveredHost, FoundFact } from '../../../shared/features/discovery.ts';
import { openVerdicts, verdicts, type Verdict } from '../../../shared/features/discovery/match.ts';
import { parseIp } from '../../../shared/ip.ts';
import { showMac } from '../../../shared/mac.ts';
import type { MessageKey } from '../../../shared/messages.ts';
import type { Tone } from '../../ui/state.tsx';
import type { LiveSweep } from './sweep-store.ts';

export { sayFact, symptomOf } from '../../../shared/features/discovery/say.ts';

export interface Entry {
  readonly key: string;
  readonly ip: string;
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
  dynamic: 'work',
  known: 'good',
};
export const verdictKey = (verdict: Verdict): MessageKey => `discovery.verdict.${verdict}`;
export const isOpen = (verdict: Verdict): boolean => openVerdicts.includes(verdict);

export const liveEntries = (live: LiveSweep): Entry[] =>
  [...live.hosts]
    .flatMap(([ip, { hosts, verdict }]) =>
      hosts.slice(-1).map((host): Entry => ({ key: ip, ip, mac: host.mac, verdict, host, fact: null })),
    )
    .toSorted((a, b) => (parseIp(a.ip) ?? 0) - (parseIp(b.ip) ?? 0));
export const factEntries = (facts: readonly FoundFact[]): Entry[] =>
  facts.map((fact) => ({ key: fact.key, ip: fact.ip, mac: fact.mac, verdict: fact.verdict, host: fact.host, fact }));

export function countEntries(entries: readonly Entry[]): Record<Verdict, number> {
  const counts = Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>;
  for (const entry of entries) counts[entry.verdict] += 1;
  return counts;
}

/** Whether what is typed into the filter occurs in the row. */
export function holds(entry: Entry, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return true;
  const { host, fact } = entry;
  const texts = [
    entry.ip,
    entry.mac ?? '',
    showMac(entry.mac ?? ''),
    host?.vendor,
    host?.name,
    fact?.holder?.person,
    fact?.other_holder?.person,
    fact?.holder?.place,
  ];
  const plain = wanted.replace(/[:\-.]/g, '');
  return (
    texts.some((text) => text?.toLowerCase().includes(wanted)) ||
    (plain.length > 3 && (entry.mac ?? '').toLowerCase().includes(plain))
  );
}
