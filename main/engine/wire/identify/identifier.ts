/** Finds out about one host after another while a sweep runs: names first, then the few ports that can settle what kind it is. */
import { nextPorts, type Asked } from '../../../../shared/features/discovery/ask-ports.ts';
import { classify, type Clues } from '../../../../shared/features/discovery/classify.ts';
import { bestName, type Identity, type IdentifyDepth } from '../../../../shared/features/discovery/identity.ts';
import { parseIp } from '../../../../shared/ip.ts';
import { showMac } from '../../../../shared/mac.ts';
import { linkFor } from '../links.ts';
import type { Pool } from '../pool.ts';
import type { Link, Wire } from '../wire.ts';
import type { Announced, Ear, NodeStatus, Page } from './probes.ts';

/** So many hosts of a sweep are asked for ports; the ones after them for names only. */
const FULL_MOST = 1024;
/** On the own link answers take milliseconds; asleep or behind a router up to a second. */
const NEAR_WAIT_MS = 500;
const FAR_WAIT_MS = 900;
/** Multicast responders wait up to 120 ms before they answer (RFC 6762 §6). */
const EAR_WAIT_MS = 300;
/** Announcements of hosts not found yet; a sender may make up addresses. */
const EARLY_MOST = 4096;
/** More names and services than these no device has; a hostile one may announce new ones without end. */
const NAMES_MOST = 24;
const SERVICES_MOST = 64;
/** Titles that a maker put on every device it ever sold: no name. */
const NO_NAME =
  /^(?:index|home|main|web(?:s?ite|管理.*| ?service)?|log ?in|sign ?in|welcome.*|untitled.*|登[录陆].*|首页|欢迎.*|主页|用户登录|系统登录|.*default page.*|iis.*|test page.*)$/i;
const PAGE_PORTS = [80, 443, 8080, 5000, 8000] as const;
const TLS_PORTS = new Set([443, 5001]);

interface Facts {
  readonly services: Set<string>;
  readonly asked: Asked[];
  paged: boolean;
}
/** What the questions depend on and add to. */
export interface Subject extends Identity {
  readonly ip: string;
  readonly mac: string | null;
  readonly self: boolean;
  readonly vendor: string | null;
  readonly random: boolean;
  readonly ttl: number | null;
  readonly name: string | null;
}
/** What SNMP read of a host lately: its name and description. */
export interface Read {
  readonly name: string | null;
  readonly description: string | null;
}
/** Where the sweep keeps its hosts, by `ip mac`. */
interface Told {
  readonly reads: ReadonlyMap<string, Read>;
  host(key: string): Subject | undefined;
  learn(key: string, more: Partial<Identity>): void;
}
export interface Identifier {
  /** Resolves when everything asked for is known of this host, or the signal fired. */
  identify(host: Subject): Promise<void>;
  /** The host with the name and kind that all it told so far adds up to. */
  judged<T extends Subject>(host: T): T;
}

export function createIdentifier(
  wire: Wire,
  pool: Pool,
  depth: IdentifyDepth,
  links: readonly Link[],
  signal: AbortSignal,
  told: Told,
): Identifier {
  const facts = new Map<string, Facts>();
  const keys = new Map<string, string>();
  /** Announced before the sweep knew the host. */
  const early = new Map<string, Announced>();
  const ears = new Map<Link, Ear>();
  let full = 0;

  /** A question that fails costs its own answer, and no other. */
  const ask = <T>(question: () => Promise<T>): Promise<T | null> => pool.ask(async () => question()).catch(() => null);
  const factsOf = (ip: string): Facts => {
    const known = facts.get(ip) ?? { services: new Set(), asked: [], paged: false };
    facts.set(ip, known);
    return known;
  };
  const cluesOf = (host: Subject): Clues => ({
    ...host,
    // what decided in a sweep a moment ago is not asked for again
    services: [
      ...new Set([
        ...(facts.get(host.ip)?.services ?? []),
        ...host.evidence.flatMap(({ clue, value }) => (clue === 'service' ? [value] : [])),
      ]),
    ],
    snmp: told.reads.get(host.ip)?.description ?? null,
  });
  /** `first`: before what the same source told already. */
  const named = (key: string, more: Identity['names'], first = false): void => {
    const before = told.host(key)?.names ?? [];
    const fresh = more
      .filter(({ source, name }) => !before.some((each) => each.source === source && each.name === name))
      .slice(0, Math.max(0, NAMES_MOST - before.length));
    if (fresh.length > 0) told.learn(key, { names: first ? [...fresh, ...before] : [...before, ...fresh] });
  };
  const offered = (key: string, ip: string, services: readonly string[]): void => {
    const known = factsOf(ip).services;
    const fresh = services.filter((service) => !known.has(service)).slice(0, Math.max(0, SERVICES_MOST - known.size));
    for (const service of fresh) known.add(service);
    // what was not heard before may tell what it is
    if (fresh.length > 0) told.learn(key, {});
  };
  const announced = (ip: string, announcement: Announced): void => {
    const key = keys.get(ip);
    if (key === undefined) {
      if (early.size < EARLY_MOST) early.set(ip, announcement);
      return;
    }
    const { names, labels, services } = announcement;
    const spoken = (texts: readonly string[]): Identity['names'] => texts.map((name) => ({ source: 'mdns', name }));
    named(key, spoken(names), true);
    named(key, spoken(labels.filter((label) => !names.includes(label))));
    offered(key, ip, services);
  };
  const earOf = async (link: Link): Promise<Ear | null | undefined> => {
    const known = ears.get(link);
    if (known || signal.aborted) return known;
    return await ask(async () => {
      const ear = ears.get(link) ?? wire.listen(link.address, announced);
      if (!ears.has(link)) ear.askAll();
      ears.set(link, ear);
      return ear;
    });
  };

  const askReverse = async (key: string, ip: string): Promise<void> => {
    const name = await ask(() => wire.nameOf(ip, signal));
    if (name !== null) named(key, [{ source: 'dns', name }]);
  };
  const askNodeStatus = async (key: string, host: Subject, wait: number): Promise<void> => {
    const status = await ask(() => wire.nodeStatus(host.ip, wait, signal));
    if (status === null) return;
    named(key, status.name === null ? [] : [{ source: 'netbios', name: status.name }]);
    offered(key, host.ip, rolesOf(status, host.mac === null));
  };
  const askEar = async (ip: string, link: Link): Promise<void> => {
    const ear = await earOf(link);
    await ask(async () => ear?.ask(ip));
    await wire.sleep(EAR_WAIT_MS, signal);
  };
  const askPage = async (key: string, ip: string): Promise<void> => {
    const known = factsOf(ip);
    const open = told.host(key)?.ports ?? [];
    const port = PAGE_PORTS.find((each) => open.includes(each));
    if (known.paged || port === undefined) return;
    known.paged = true;
    let found = await ask(() => wire.page(ip, port, TLS_PORTS.has(port), signal));
    // a page that only sends browsers on to HTTPS is asked for there, at the same address
    if (found !== null && found.title === null && port === 80) {
      const safe = await ask(() => wire.page(ip, 443, true, signal));
      known.asked.push({ port: 443, answered: safe !== null });
      if (safe !== null) {
        told.learn(key, { ports: merged(told.host(key)?.ports ?? [], [443]) });
        found = { title: safe.title, says: [...found.says, ...safe.says] };
      }
    }
    if (found !== null) turnPage(key, ip, found);
  };
  const turnPage = (key: string, ip: string, { title, says }: Page): void => {
    for (const word of says) factsOf(ip).services.add(word);
    const host = told.host(key);
    const own = title !== null && !NO_NAME.test(title) ? [{ source: 'http' as const, name: title }] : [];
    told.learn(key, { title, names: [...(host?.names ?? []), ...own] });
  };
  const askGreeting = async (ip: string, port: number, protocol: 'ssh' | 'rtsp'): Promise<void> => {
    const words = await ask(() => wire.greeting(ip, port, protocol, signal));
    for (const word of words ?? []) factsOf(ip).services.add(word);
  };
  const askPorts = async (key: string, ip: string, wait: number): Promise<void> => {
    const { asked } = factsOf(ip);
    for (;;) {
      const host = told.host(key);
      const next = host === undefined ? [] : nextPorts(cluesOf(host), asked);
      if (next.length === 0) return;
      const open: number[] = [];
      await Promise.all(
        next.map(async (port) => {
          const answer = await ask(() => wire.connect(ip, port, wait, signal));
          asked.push({ port, answered: answer === 'open' || answer === 'refused' });
          if (answer === 'open') open.push(port);
        }),
      );
      if (signal.aborted) return;
      if (open.length > 0) told.learn(key, { ports: merged(told.host(key)?.ports ?? [], open) });
      await Promise.all([
        open.includes(22) ? askGreeting(ip, 22, 'ssh') : null,
        open.includes(554) ? askGreeting(ip, 554, 'rtsp') : null,
        askPage(key, ip),
      ]);
      told.learn(key, {});
    }
  };

  signal.addEventListener('abort', () => ears.forEach((ear) => ear.close()), { once: true });
  return {
    async identify(host) {
      const { ip } = host;
      const key = `${ip} ${host.mac}`;
      if (depth === 'none' || keys.has(ip)) return;
      keys.set(ip, key);
      const before = early.get(ip);
      if (before) announced(ip, before);
      const link = linkFor(links, parseIp(ip) ?? 0);
      const wait = link ? NEAR_WAIT_MS : FAR_WAIT_MS;
      await Promise.all([
        askReverse(key, ip),
        host.self || !mayBeNamed(classify(cluesOf(host)).kind) ? null : askNodeStatus(key, host, wait),
        host.self || !link ? null : askEar(ip, link),
      ]);
      if (depth === 'full' && !host.self && !signal.aborted && full++ < FULL_MOST) await askPorts(key, ip, wait);
    },
    judged(host) {
      const read = told.reads.get(host.ip)?.name ?? null;
      const unread = read === null || host.names.some(({ source, name }) => source === 'snmp' && name === read);
      const names = unread ? host.names : [{ source: 'snmp' as const, name: read }, ...host.names];
      return { ...host, names, name: bestName(names) ?? host.name, ...classify({ ...cluesOf(host), names }) };
    },
  };
}

const merged = (before: readonly number[], more: readonly number[]): number[] =>
  [...new Set([...before, ...more])].toSorted((a, b) => a - b);

/** NetBIOS is spoken by computers, their storage and their printers; a maker of cameras or telephones needs no such question. */
const mayBeNamed = (kind: Identity['kind']): boolean =>
  kind === null || ['pc', 'server', 'nas', 'printer'].includes(kind);

/** `NetBIOS <1C>`; behind a router with the MAC it claims, which is the only one there is. */
function rolesOf({ roles, mac }: NodeStatus, far: boolean): string[] {
  // Samba gives no MAC of its own
  const speaker = mac === null ? 'Samba' : 'NetBIOS';
  const controller = roles.find((role) => role === '<1C>' || role === '<1B>');
  if (controller !== undefined) return [`NetBIOS ${controller}`];
  return [far && mac !== null ? `NetBIOS ${showMac(mac)}` : speaker];
}
