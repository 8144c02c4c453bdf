/** A finding in one sentence, for screens, and as the symptom of a ticket. */
import { showMac } from '../../mac.ts';
import type { Translate } from '../../refusal-text.ts';
import type { FoundFact } from '../discovery.ts';

const who = (holder: FoundFact['holder'], t: Translate): string => {
  if (!holder) return '';
  return holder.place === null ? holder.person : t('discovery.who', { person: holder.person, place: holder.place });
};
const macOf = (hex: string | null): string => (hex === null ? '—' : showMac(hex));
const portOf = (port: { switch_name: string; switch_port: string } | null): string =>
  port === null ? '—' : `${port.switch_name} ${port.switch_port}`;
const macsOf = (fact: FoundFact, t: Translate): string => fact.macs.map(showMac).join(t('discovery.and'));
const elsewhere = (fact: FoundFact, t: Translate): string => fact.other_ips.join(t('discovery.and'));

/** What the register says to this, in the technician's words. */
export function sayFact(fact: FoundFact, t: Translate): string {
  const { holder, other_holder: other } = fact;
  switch (fact.verdict) {
    case 'conflict':
      return t('discovery.say.conflict', { macs: macsOf(fact, t) });
    case 'mac_twice':
      return t('finding.say.mac_twice', { holder: who(other, t), ips: elsewhere(fact, t) });
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
    case 'port_moved':
      return t('finding.say.port_moved', {
        holder: who(holder, t),
        seen: portOf(fact.port),
        registered: portOf(fact.port?.registered ?? null),
      });
    case 'misnamed':
      return t('finding.say.misnamed', {
        holder: who(holder, t),
        name: fact.naming?.name ?? '—',
        pattern: fact.naming?.pattern ?? '—',
      });
    case 'new_mac':
      if (holder) return t('discovery.say.reserved', { holder: who(holder, t) });
      return t(fact.mac === null ? 'discovery.say.new_host' : 'discovery.say.new_mac');
    case 'unbound':
      return t('discovery.say.unbound', { asset: fact.asset?.title ?? '' });
    case 'silent':
      return t('discovery.say.silent', { holder: who(holder, t), misses: fact.misses });
    case 'unseen':
      return t('finding.say.unseen', { holder: who(holder, t) });
    case 'proxied':
      return t('discovery.say.proxied', { mac: macOf(fact.mac) });
    case 'dynamic':
    case 'known':
      return who(holder, t);
  }
}

/** The symptom of a ticket about it. */
export function symptomOf(fact: FoundFact, t: Translate): string {
  const { holder, other_holder: other, ip } = fact;
  const mac = macOf(fact.mac);
  switch (fact.verdict) {
    case 'conflict':
      return t('discovery.symptom.conflict', { ip, macs: macsOf(fact, t) });
    case 'mac_twice':
      return t('finding.symptom.mac_twice', { ip, mac, ips: elsewhere(fact, t) });
    case 'ip_taken':
      return t('discovery.symptom.ip_taken', { ip, mac, holder: who(holder, t), bound: macOf(holder?.mac ?? null) });
    case 'moved':
      return t('discovery.symptom.moved', { ip, mac, holder: who(other, t), bound_ip: other?.ip ?? '—' });
    case 'port_moved':
      return t('finding.symptom.port_moved', {
        ip,
        mac,
        seen: portOf(fact.port),
        registered: portOf(fact.port?.registered ?? null),
      });
    case 'misnamed':
      return t('finding.symptom.misnamed', {
        ip,
        holder: who(holder, t),
        name: fact.naming?.name ?? '—',
        pattern: fact.naming?.pattern ?? '—',
      });
    case 'silent':
    case 'unseen':
      return t('discovery.symptom.silent', { ip, holder: who(holder, t) });
    case 'new_mac':
    case 'unbound':
    case 'proxied':
    case 'dynamic':
    case 'known':
      return t('discovery.symptom.new_mac', { ip, mac });
  }
}

/** Signs of a pattern in words; everything else stands for itself. */
const signs = { '#': 'naming.sign.digit', '@': 'naming.sign.letter' } as const;
const isSign = (text: string): text is keyof typeof signs => text in signs;

/** Where a name breaks its rule: `“PC-7”开头应为“sz-”`. */
export function sayBreak(
  { name, at, wanted }: { name: string; at: number; wanted: readonly string[] },
  t: Translate,
): string {
  const before = [...name].slice(0, at).join('');
  const words = wanted.map((each) => (isSign(each) ? t(signs[each]) : t('naming.quoted', { text: each })));
  const params = { name, before, wanted: words.join(t('naming.or')) };
  if (wanted.length === 0) return t('naming.too_long', params);
  return t(at === 0 ? 'naming.broken_start' : 'naming.broken', params);
}
