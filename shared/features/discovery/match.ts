/** What a sweep saw against what the register says. Pure: the same observations and register give the same findings, in the same order. */
import { parseIp } from '../../ip.ts';
import type { DeviceKind } from './identity.ts';
import { grouped } from './match/flipping.ts';
import { createCards, type Cards } from './match/cards.ts';
import type { Misnaming } from './naming.ts';
import { verdicts, type Verdict } from './verdicts.ts';

export { openVerdicts, verdicts, type Verdict } from './verdicts.ts';

export interface Seen {
  readonly ip: string;
  /** Null where a router stands between: only the next hop's MAC would be seen. */
  readonly mac: string | null;
  /** The laptop itself. */
  readonly self: boolean;
  /** What it calls itself, and what it seems to be. */
  readonly name?: string | null;
  readonly kind?: DeviceKind | null;
}
export interface Bound {
  readonly id: string;
  readonly ip: string;
  readonly mac: string | null;
  readonly state: string;
}
/** Where the switches see a card, unlike its binding says. */
export interface OtherPort {
  readonly switch_name: string;
  readonly switch_port: string;
  readonly at: number;
  /** The binding names another one; without it there is nothing to compare, only something to fill in. */
  readonly registered: { readonly switch_name: string; readonly switch_port: string } | null;
}
/** What a router's ARP table said about an address at about the time of the sweep. */
export interface Told {
  readonly ip: string;
  readonly mac: string;
}
export interface Register {
  readonly bindings: readonly Bound[];
  /** The registered asset with this network card. */
  assetOf(mac: string): string | null;
  readonly gateways: readonly string[];
  /** DHCP ranges and wireless subnets, as `[first, last]`. */
  readonly dynamic: readonly (readonly [number, number])[];
  /** The rule a host's name breaks, if there is one. */
  misnaming?(host: Seen): Misnaming | null;
  /** Where the switches see this card, when that is not what its binding says. */
  portOf?(mac: string, binding_id: string): OtherPort | null;
}
export interface Sweep {
  readonly seen: readonly Seen[];
  /** What was really asked to the end, as `[first, last]`: a sweep that was stopped makes nobody silent beyond it. */
  readonly covered: readonly (readonly [number, number])[];
  readonly told?: readonly Told[];
  /** Whether an address that was not seen was asked often enough to be called silent; before that it is unseen. */
  silence(ip: string): 'silent' | 'unseen';
}
export interface Finding {
  /** The same fact has the same key in every sweep: an ignored finding stays ignored. */
  readonly key: string;
  /** The gravest of what is wrong. */
  readonly verdict: Verdict;
  /** What else is wrong, gravest first. */
  readonly also: readonly { readonly verdict: Verdict; readonly key: string }[];
  readonly ip: string;
  readonly mac: string | null;
  /** Every MAC of a conflict, sorted; the cards that took turns at a dynamic address. */
  readonly macs: readonly string[];
  /** The binding of this IP. */
  readonly binding_id: string | null;
  /** The binding that holds this MAC at another IP. */
  readonly other_binding_id: string | null;
  readonly asset_id: string | null;
  readonly port: OtherPort | null;
  readonly naming: Misnaming | null;
  /** Where else this card was seen in the same sweep. */
  readonly other_ips: readonly string[];
}

type Runs = readonly (readonly [number, number])[];
const within = (runs: Runs, address: number): boolean =>
  runs.some(([first, last]) => address >= first && address <= last);

const NOTHING: readonly string[] = [];
const NOBODY: readonly Bound[] = [];
const NONE: Finding['also'] = [];
const grave = new Map(verdicts.map((verdict, at) => [verdict, at] as const));
/** So many MACs go into a key; a conflict of more is one fact all the same. */
const KEY_MACS = 10;
/** Of a name or a port, so much goes into a key. */
const KEY_TEXT = 60;

export interface Matcher {
  /** The one finding of an address, from everything seen at it. */
  judge(ip: string, rows: readonly Seen[]): Finding;
  /** Findings of a whole sweep, those not seen included, by address. */
  all(sweep: Sweep): Finding[];
}

/** Reads the register once, for any number of questions. `flips` as `flipping` gives them. */
export function createMatcher(register: Register, flips: ReadonlyMap<string, readonly string[]> = new Map()): Matcher {
  const byIp = inOrder(grouped(register.bindings, (row) => row.ip));
  const byMac = inOrder(grouped(register.bindings, (row) => row.mac));
  const gateways = new Set(register.gateways);
  const isDynamic = (ip: string): boolean => register.dynamic.length > 0 && within(register.dynamic, parseIp(ip) ?? 0);

  /** Its own address is where the register has it; at all others it answers for somebody. */
  const isProxy = (mac: string | null, ip: string, cards: Cards): boolean =>
    mac !== null &&
    cards.answersForOthers(mac) &&
    !gateways.has(ip) &&
    !byMac.get(mac)?.some((row) => row.ip === ip && row.state !== 'released');

  const judgeWith = (ip: string, all: readonly Seen[], told: readonly string[], cards: Cards): Finding => {
    const isForeign = ({ self, mac: card }: Seen): boolean => !self && isProxy(card, ip, cards);
    const rows = all.some(isForeign) ? all.filter((row) => !isForeign(row)) : all;
    const [proxy] = all;
    if (rows.length === 0 && proxy)
      return {
        ...nothingThere('proxied', { ip, mac: proxy.mac, id: byIp.get(ip)?.[0]?.id ?? null }),
        other_ips: proxy.mac === null ? NOTHING : cards.others(proxy.mac, ip),
      };
    const here = macsOf(rows);
    // where a router stands between, its table is all there is; beside an own sighting it is a second witness
    const mac = here[0] ?? told[0] ?? null;
    const turns = here.length > 1 ? NOTHING : (flips.get(ip) ?? NOTHING);
    const others = turns.length === 0 ? turns : turns.filter((card) => !isProxy(card, ip, cards));
    const isGateway = gateways.has(ip);
    const asWitness = told.length > 0 && here.length > 0 && !isGateway;
    const witness = asWitness ? told.filter((each) => !cards.seen(each)) : NOTHING;
    const macs = others.length + witness.length === 0 ? here : distinct([...here, ...others, ...witness]);
    const holders = byIp.get(ip) ?? NOBODY;
    const holder = holders.find((row) => row.mac === mac) ?? holders.find((row) => row.mac === null) ?? holders[0];
    const asset_id = mac === null ? null : register.assetOf(mac);
    const bound = mac === null ? NOBODY : (byMac.get(mac) ?? NOBODY);
    const isThere = (row: Bound): boolean => row.ip !== ip && mac !== null && cards.isAt(mac, row.ip);
    const elsewhere = bound.find(isThere) ?? bound.find((row) => row.ip !== ip);
    const isSelf = rows.some((row) => row.self);
    const asBound = holder !== undefined && (mac === null || holder.mac === mac);
    // leases change hands and wireless clients make up cards: whatever is there is how it should be
    const dynamic = isDynamic(ip);
    const wrong: Verdict[] = [];
    if (!dynamic) {
      if (macs.length > 1) wrong.push('conflict');
      if (!asBound) {
        if (elsewhere && isThere(elsewhere)) wrong.push('mac_twice');
        if (holder && holder.mac !== null) wrong.push('ip_taken');
        else if (elsewhere && !isThere(elsewhere)) wrong.push('moved');
        else if (!elsewhere && !isGateway && !isSelf) wrong.push(asset_id === null ? 'new_mac' : 'unbound');
      }
    }
    const comparable = !dynamic && asBound && mac !== null && holder.mac !== null;
    const port = comparable ? (register.portOf?.(mac, holder.id) ?? null) : null;
    if (port?.registered) wrong.push('port_moved');
    const named =
      dynamic || isGateway || (isSelf && !asBound) ? null : (rows.find((row) => row.mac === mac) ?? rows[0]);
    const naming = named ? (register.misnaming?.(named) ?? null) : null;
    if (naming) wrong.push('misnamed');
    const plain: Verdict = dynamic && !asBound ? 'dynamic' : 'known';
    const parts = { macs, port, naming };
    if (wrong.length > 1) wrong.sort(byGravity);
    const verdict = wrong[0] ?? plain;
    return {
      key: keyOf(verdict, ip, mac, parts),
      verdict,
      also:
        wrong.length < 2 ? NONE : wrong.slice(1).map((each) => ({ verdict: each, key: keyOf(each, ip, mac, parts) })),
      ip,
      mac,
      macs: macs.length > 1 ? macs : NOTHING,
      binding_id: holder?.id ?? null,
      other_binding_id: elsewhere?.id ?? null,
      asset_id,
      port,
      naming,
      other_ips: mac === null ? NOTHING : cards.others(mac, ip),
    };
  };

  const nothingThere = (
    verdict: 'silent' | 'unseen' | 'proxied',
    { ip, mac, id }: { ip: string; mac: string | null; id: string | null },
  ): Finding => ({
    key: `${verdict}|${ip}|${mac ?? ''}`,
    verdict,
    also: NONE,
    ip,
    mac,
    macs: NOTHING,
    binding_id: id,
    other_binding_id: null,
    asset_id: null,
    port: null,
    naming: null,
    other_ips: NOTHING,
  });
  const all = (sweep: Sweep): Finding[] => {
    const seenByIp = grouped(sweep.seen, (row) => row.ip);
    const told = grouped(sweep.told ?? [], (row) => row.ip);
    const cards = createCards();
    for (const { mac, ip } of sweep.seen) if (mac !== null) cards.note(mac, ip);
    // a routed host is known by what the router says of it
    for (const [ip, rows] of told) {
      const mac = rows[0]?.mac;
      if (mac !== undefined && seenByIp.get(ip)?.every((row) => row.mac === null)) cards.note(mac, ip);
    }
    const findings: Finding[] = [];
    for (const [ip, rows] of seenByIp)
      findings.push(judgeWith(ip, rows, told.get(ip)?.map((row) => row.mac) ?? NOTHING, cards));
    for (const [ip, rows] of byIp) {
      if (seenByIp.has(ip)) continue;
      const row = rows.find((each) => each.state === 'active' && (each.mac === null || !cards.seen(each.mac)));
      if (!row || !within(sweep.covered, parseIp(ip) ?? 0) || isDynamic(ip)) continue;
      findings.push(nothingThere(sweep.silence(ip), row));
    }
    return sorted(findings);
  };
  return { judge: (ip, rows) => judgeWith(ip, rows, NOTHING, createCards()), all };
}

function macsOf(rows: readonly Seen[]): readonly string[] {
  const [only] = rows;
  if (rows.length === 1 && only) return only.mac === null ? NOTHING : [only.mac];
  return distinct(rows.flatMap((row) => row.mac ?? []));
}
/** Breaches (one address bound twice) answer the same, however the register was read. */
function inOrder(groups: Map<string, Bound[]>): Map<string, Bound[]> {
  for (const group of groups.values()) if (group.length > 1) group.sort((a, b) => (a.id < b.id ? -1 : 1));
  return groups;
}
const distinct = (macs: readonly string[]): readonly string[] =>
  macs.length < 2 ? macs : [...new Set(macs)].toSorted();
const byGravity = (a: Verdict, b: Verdict): number => (grave.get(a) ?? 0) - (grave.get(b) ?? 0);

function keyOf(
  verdict: Verdict,
  ip: string,
  mac: string | null,
  { macs, port, naming }: Pick<Finding, 'macs' | 'port' | 'naming'>,
): string {
  switch (verdict) {
    case 'conflict':
      return `conflict|${ip}|${macs.slice(0, KEY_MACS).join('+')}`;
    case 'port_moved': {
      const seen = port ? `${port.switch_name} ${port.switch_port}` : '';
      return `port_moved|${ip}|${mac ?? ''}|${seen.slice(0, KEY_TEXT)}`;
    }
    case 'misnamed':
      return `misnamed|${ip}|${mac ?? ''}|${(naming?.name ?? '').slice(0, KEY_TEXT)}`;
    default:
      return `${verdict}|${ip}|${mac ?? ''}`;
  }
}

/** By address; parsed once each. One address has one finding, so nothing else is needed to order them. */
function sorted(findings: readonly Finding[]): Finding[] {
  const numbered = findings.map((finding) => ({ finding, at: parseIp(finding.ip) ?? 0 }));
  numbered.sort((a, b) => a.at - b.at || (a.finding.ip < b.finding.ip ? -1 : 1));
  return numbered.map(({ finding }) => finding);
}

export const match = (sweep: Sweep, register: Register, flips?: ReadonlyMap<string, readonly string[]>): Finding[] =>
  createMatcher(register, flips).all(sweep);
