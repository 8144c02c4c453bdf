/** What the map and the lists show of an address: while a sweep runs, what it told; afterwards, what was compared. */
import type { DiscoveredHost, FoundFact } from '../../../shared/features/discovery.ts';
import { openVerdicts, verdicts, type Verdict } from '../../../shared/features/discovery/match.ts';
import { parseIp } from '../../../shared/ip.ts';
import { showMac } from '../../../shared/mac.ts';
import type { MessageKey } from '../../../shared/messages.ts';
import type { Text } from '../../i18n.ts';
import type { Tone } from '../../ui/state.tsx';
import type { LiveSweep } from './sweep-store.ts';

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
  ip_taken: 'bad',
  moved: 'warn',
  port_moved: 'warn',
  misnamed: 'await',
  new_mac: 'warn',
  unbound: 'await',
  silent: 'off',
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

const who = (holder: FoundFact['holder'], t: Text): string => {
  if (!holder) return '';
  return holder.place === null ? holder.person : t('discovery.who', { person: holder.person, place: holder.place });
};
const macOf = (hex: string | null): string => (hex === null ? '—' : showMac(hex));

/** One sentence: what the register says to this, in the technician's words. */
export function sayFact(fact: FoundFact, t: Text): string {
  const { holder, other_holder: other } = fact;
  switch (fact.verdict) {
    case 'conflict':
      return t('discovery.say.conflict', { macs: fact.macs.map(showMac).join(t('discovery.and')) });
    case 'ip_taken':
      return other
        ? t('discovery.say.ip_taken_other', {
            holder: who(holder, t),
            bound: macOf(holder?.mac ?? null),
            other: who(other, t),
            other_ip: other.ip,
          })
        : t('discovery.say.ip_taken', { holder: who(holder, t), bound: macOf(holder?.mac ?? null) });
    case 'moved':
      return t('discovery.say.moved', { holder: who(other, t), bound_ip: other?.ip ?? '—' });
    case 'new_mac':
      if (holder) return t('discovery.say.reserved', { holder: who(holder, t) });
      return t(fact.mac === null ? 'discovery.say.new_host' : 'discovery.say.new_mac');
    case 'unbound':
      return t('discovery.say.unbound', { asset: fact.asset?.title ?? '' });
    case 'silent':
      return t('discovery.say.silent', { holder: who(holder, t), misses: fact.misses });
    case 'port_moved':
    case 'misnamed':
    case 'dynamic':
    case 'known':
      return who(holder, t);
  }
}

/** The symptom of a ticket about it. */
export function symptomOf(fact: FoundFact, t: Text): string {
  const { holder, other_holder: other, ip } = fact;
  const mac = macOf(fact.mac);
  switch (fact.verdict) {
    case 'conflict':
      return t('discovery.symptom.conflict', { ip, macs: fact.macs.map(showMac).join(t('discovery.and')) });
    case 'ip_taken':
      return t('discovery.symptom.ip_taken', { ip, mac, holder: who(holder, t), bound: macOf(holder?.mac ?? null) });
    case 'moved':
      return t('discovery.symptom.moved', { ip, mac, holder: who(other, t), bound_ip: other?.ip ?? '—' });
    case 'silent':
      return t('discovery.symptom.silent', { ip, holder: who(holder, t) });
    case 'port_moved':
    case 'misnamed':
    case 'new_mac':
    case 'unbound':
    case 'dynamic':
    case 'known':
      return t('discovery.symptom.new_mac', { ip, mac });
  }
}
