/** What each finding rests on: which source saw what, and when. */
import type { FoundFact } from '../../../../shared/features/discovery.ts';
import { toldName } from '../../../../shared/features/discovery/identity.ts';
import type { SeenBy } from '../../../../shared/features/discovery/findings.ts';
import type { Finding } from '../../../../shared/features/discovery/match.ts';
import type { SeenHost, StoredSweep } from './store.ts';
import type { ToldBy } from './witness.ts';

/** Every field by name, some 40,000 times a comparison: an object put together from parts takes five times as long. */
const seen = (source: SeenBy['source'], what: Partial<SeenBy>): SeenBy => ({
  source,
  at: what.at ?? null,
  ip: what.ip ?? null,
  mac: what.mac ?? null,
  proof: what.proof ?? null,
  device: what.device ?? null,
  port: what.port ?? null,
  name: what.name ?? null,
  name_source: what.name_source ?? null,
  times: what.times ?? null,
});

export interface About {
  readonly sweep: StoredSweep;
  readonly hosts: readonly SeenHost[];
  readonly told: readonly ToldBy[];
  readonly holder: FoundFact['holder'];
  readonly other: FoundFact['holder'];
  readonly misses: number;
  readonly last_seen_at: number | null;
  /** When a card that is not there now was last seen at the address. */
  readonly before: (mac: string) => number | null;
}

/** In the order a person follows it: what the sweep saw, what others saw, and where they differ, what the register says. */
export function evidenceOf(finding: Finding, about: About): SeenBy[] {
  const { ip } = finding;
  const list = about.hosts.map((host) => seen('sweep', { at: host.seen_at, ip, mac: host.mac, proof: host.proof }));
  if (about.hosts.length === 0) {
    if (about.last_seen_at !== null) list.push(seen('earlier', { at: about.last_seen_at, ip, mac: finding.mac }));
    list.push(seen('asked', { at: about.sweep.started_at, ip, times: about.misses }));
  }
  for (const { mac, seen_at, device } of about.told) list.push(seen('router', { at: seen_at, ip, mac, device }));
  for (const mac of finding.macs) {
    const named = about.hosts.some((host) => host.mac === mac) || about.told.some((row) => row.mac === mac);
    if (!named) list.push(seen('earlier', { at: about.before(mac), ip, mac }));
  }
  for (const place of finding.other_ips)
    list.push(seen('sweep', { at: about.sweep.started_at, ip: place, mac: finding.mac }));
  const { port, naming } = finding;
  if (port)
    list.push(seen('port', { at: port.at, mac: finding.mac, device: port.switch_name, port: port.switch_port }));
  if (naming) {
    const host = about.hosts.find((each) => toldName(each)?.name === naming.name);
    const source = host ? (toldName(host)?.source ?? null) : null;
    list.push(
      seen('name', { at: host?.seen_at ?? about.sweep.started_at, ip, name: naming.name, name_source: source }),
    );
  }
  // where all agree, the holder beside the finding says the same
  if (finding.verdict === 'known' || finding.verdict === 'dynamic') return list;
  for (const row of [about.holder, about.other])
    if (row) list.push(seen('register', { ip: row.ip, mac: row.mac, device: row.switch_name, port: row.switch_port }));
  return list;
}
