/**
 * A LAN of network namespaces: a switch (bridge), the technician's laptop, hosts with their own MACs, and if asked for a router with a
 * second subnet. Nothing in it can reach a real network. Root only; names are unique, so labs may run beside each other.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export interface LabHost {
  readonly ip: string;
  /** `00:1b:21:00:00:05`. */
  readonly mac: string;
}
/** A host that takes its time and loses echoes. */
export interface SlowHost {
  readonly octet: number;
  readonly delay_ms: number;
  /** Of ten echo requests on end so many stay unanswered, the first one among them. */
  readonly lost_of_10: number;
}
export interface LabPlan {
  /** Last octets of hosts in 10.77.0.0/24 that answer echo requests. */
  readonly plain: readonly number[];
  /** Last octets of hosts that drop ICMP. */
  readonly silent?: readonly number[];
  /** Last octets of hosts that live each in a namespace of its own, so that programs can run on them (`run`). */
  readonly alone?: readonly number[];
  readonly slow?: readonly SlowHost[];
  /** Hosts with MACs of one's choice, all in one namespace where programs can run (`run`) that bind to their addresses. */
  readonly named?: readonly LabHost[];
  /** So many hosts spread over a second own subnet of 1,022 addresses (`WIDE`), all with one card: its MAC says nothing. */
  readonly wide?: number;
  /** Last octets in 10.78.0.0/24 behind the router 10.77.0.1: answering echo, and dropping it. */
  readonly far?: { readonly plain: readonly number[]; readonly silent: readonly number[] };
}
export interface Lab {
  /** Namespace of the laptop (10.77.0.250). */
  readonly me: string;
  readonly hosts: readonly LabHost[];
  /** Addresses of the hosts of `WIDE`. */
  readonly wide: readonly string[];
  /**
   * Adds a host with a MAC of one's choice on a port of its own; returns how to take it away. Two with one IP fight for it; one that
   * leaves and is added again with another IP has moved.
   */
  add(host: LabHost): () => void;
  /** Starts a program on a host that is alone (`alone`, `add`), behind the router (10.78.0.x) or the router itself; ended with the lab. */
  run(hostIp: string, program: string, args: readonly string[]): ChildProcess;
  /** Pulls the laptop's cable, or plugs it in again. */
  cable(plugged: boolean): void;
  /** Behind the same address stands another router from now on. */
  swapRouter(mac: string): void;
  /** The command line that runs a program on the laptop. */
  command(program: string, args: readonly string[]): [string, string[]];
  start(program: string, args: readonly string[]): ChildProcess;
  /** Frames that left the laptop's card so far. */
  framesSent(): number;
  close(): void;
}
export const CIDR = '10.77.0.0/24';
export const MY_IP = '10.77.0.250';
export const WIDE = '10.80.0.0/22';
const IP = '/usr/sbin/ip';

/** Why no lab can be built here; null when it can. */
export const noLab = (): string | null => {
  if (process.platform !== 'linux') return 'network namespaces need Linux';
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  return existsSync(IP) ? null : 'network namespaces need iproute2';
};

function ip(args: readonly string[], input?: string): void {
  const done = spawnSync(IP, args, { input, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`ip ${args.join(' ')}: ${done.stderr}`);
}
const inside = (name: string, script: string): string => {
  const done = spawnSync(IP, ['netns', 'exec', name, 'sh', '-c', script], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${script}: ${done.stderr}`);
  return done.stdout;
};
const hex = (octet: number): string => octet.toString(16).padStart(2, '0');
const hostOf = (octet: number): LabHost => ({ ip: `10.77.0.${octet}`, mac: `00:1b:21:00:00:${hex(octet)}` });

// each card answers only for its own address, and asks with it (many cards share one namespace)
const OWN_ADDRESS_ONLY =
  'cd /proc/sys/net/ipv4; echo 1 > conf/all/arp_ignore; echo 2 > conf/all/arp_announce; echo 0 > conf/all/rp_filter; echo 0 > conf/default/rp_filter; echo 0 > icmp_ratelimit; echo 100000 > icmp_msgs_per_sec; echo 100000 > icmp_msgs_burst';
// as a firewalled PC: no echo replies and, by a limit of one an hour, no "port unreachable" either
const NO_ICMP = 'cd /proc/sys/net/ipv4; echo 1 > icmp_echo_ignore_all; echo 3600000 > icmp_ratelimit';

const RESPONDER = join(import.meta.dirname, 'responder.pl');
let serial = 0;

export function buildLab(plan: LabPlan): Lab {
  const name = `lb${process.pid}x${++serial}`;
  const made: string[] = [];
  const children = new Set<ChildProcess>();
  const close = (): void => {
    for (const child of children) child.kill('SIGKILL');
    for (const each of made.splice(0)) spawnSync(IP, ['netns', 'del', each]);
    process.off('exit', close);
  };
  process.on('exit', close);

  const space = (part: string): string => {
    const full = `${name}${part}`;
    ip(['netns', 'add', full]);
    made.push(full);
    ip(['-n', full, 'link', 'set', 'lo', 'up']);
    return full;
  };
  try {
    const net = space('n');
    ip(['-n', net, '-batch', '-'], 'link add br0 type bridge\nlink set br0 up\n');
    const plug = (part: string, bridge = 'br0', card = 'eth0', full = space(part)): string => {
      const port = `p${part}${card}`;
      ip(
        ['-n', net, '-batch', '-'],
        `link add ${port} type veth peer name ${card} netns ${full}\nlink set ${port} master ${bridge}\nlink set ${port} up\n`,
      );
      ip(['-n', full, 'link', 'set', card, 'up']);
      return full;
    };
    /** Hosts as cards of their own on one cable: macvlan gives each its MAC, as a real card has. */
    const populate = (full: string, hosts: readonly LabHost[]): void =>
      ip(
        ['-n', full, '-batch', '-'],
        hosts
          .map((host) => {
            const card = `h${host.ip.split('.').at(-1)}`;
            return `link add link eth0 name ${card} address ${host.mac} type macvlan mode bridge\naddr add ${host.ip}/24 dev ${card}\nlink set ${card} up\n`;
          })
          .join(''),
      );

    /** In which namespace a host's programs run. */
    const homes = new Map<string, string>();
    const settle = (part: string, host: LabHost): string => {
      const full = plug(part);
      inside(full, OWN_ADDRESS_ONLY);
      ip(['-n', full, '-batch', '-'], `link set eth0 address ${host.mac}\naddr add ${host.ip}/24 dev eth0\n`);
      homes.set(host.ip, full);
      return full;
    };
    const start = (full: string, program: string, args: readonly string[]): ChildProcess => {
      const child = spawn(IP, ['netns', 'exec', full, program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
      children.add(child.once('exit', () => children.delete(child)));
      return child;
    };
    const me = plug('m');
    ip(['-n', me, 'addr', 'add', `${MY_IP}/24`, 'dev', 'eth0']);
    const plain = plug('a');
    inside(plain, OWN_ADDRESS_ONLY);
    populate(plain, plan.plain.map(hostOf));
    const silent = plug('b');
    inside(silent, `${OWN_ADDRESS_ONLY}; ${NO_ICMP}`);
    populate(silent, (plan.silent ?? []).map(hostOf));
    const alone = (plan.alone ?? []).map(hostOf);
    for (const [at, host] of alone.entries()) settle(`s${at}`, host);
    if (plan.named) {
      const full = plug('d');
      inside(full, OWN_ADDRESS_ONLY);
      populate(full, plan.named);
      for (const each of plan.named) homes.set(each.ip, full);
    }
    const slow = (plan.slow ?? []).map((each) => ({ ...each, ...hostOf(each.octet) }));
    for (const [at, { mac, ip: address, delay_ms, lost_of_10 }] of slow.entries())
      start(plug(`l${at}`), '/usr/bin/perl', [RESPONDER, 'eth0', mac, address, `${delay_ms}`, `${lost_of_10}`]);
    const hosts = [...plan.plain, ...(plan.silent ?? [])].map(hostOf).concat(
      alone,
      slow.map(({ ip: address, mac }) => ({ ip: address, mac })),
    );
    const wide: string[] = [];
    if (plan.wide !== undefined) {
      ip(['-n', me, 'addr', 'add', '10.80.3.250/22', 'dev', 'eth0']);
      const step = Math.floor(1000 / plan.wide);
      for (let at = 0; at < plan.wide; at++) wide.push(`10.80.${(at * step) >> 8}.${(at * step) & 255 || 1}`);
      ip(['-n', plug('w'), '-batch', '-'], wide.map((each) => `addr add ${each}/22 dev eth0\n`).join(''));
    }

    if (plan.far) {
      ip(['-n', net, '-batch', '-'], 'link add br1 type bridge\nlink set br1 up\n');
      const router = plug('r');
      homes.set('10.77.0.1', router);
      plug('r', 'br1', 'eth1', router);
      inside(router, 'echo 1 > /proc/sys/net/ipv4/ip_forward');
      ip(['-n', router, '-batch', '-'], 'addr add 10.77.0.1/24 dev eth0\naddr add 10.78.0.1/24 dev eth1\n');
      ip(['-n', me, 'route', 'add', '10.78.0.0/24', 'via', '10.77.0.1']);
      // also reachable, for a sweep that touches more than it was asked to
      ip(['-n', me, 'route', 'add', '10.79.0.0/24', 'via', '10.77.0.1']);
      for (const [part, octets, quiet] of [
        ['f', plan.far.plain, false],
        ['g', plan.far.silent, true],
      ] as const) {
        const full = plug(part, 'br1');
        if (quiet) inside(full, NO_ICMP);
        ip(['-n', full, '-batch', '-'], octets.map((octet) => `addr add 10.78.0.${octet}/24 dev eth0\n`).join(''));
        for (const octet of octets) homes.set(`10.78.0.${octet}`, full);
        if (octets.length > 0) ip(['-n', full, 'route', 'add', 'default', 'via', '10.78.0.1']);
      }
    }

    let extra = 0;
    const command: Lab['command'] = (program, args) => [IP, ['netns', 'exec', me, program, ...args]];
    return {
      me,
      hosts,
      wide,
      add(host) {
        const full = settle(`x${++extra}`, host);
        return () => {
          homes.delete(host.ip);
          made.splice(made.indexOf(full), 1);
          ip(['netns', 'del', full]);
        };
      },
      run(hostIp, program, args) {
        const full = homes.get(hostIp);
        if (full === undefined) throw new Error(`no programs can run on ${hostIp}: it is not alone in its namespace`);
        return start(full, program, args);
      },
      cable: (plugged) => ip(['-n', net, 'link', 'set', 'pmeth0', plugged ? 'up' : 'down']),
      swapRouter: (mac) => ip(['-n', homes.get('10.77.0.1') ?? '', 'link', 'set', 'eth0', 'address', mac]),
      command,
      start: (program, args) => start(me, program, args),
      framesSent: () => Number(inside(me, 'cat /sys/class/net/eth0/statistics/tx_packets')),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}
