/**
 * A LAN of network namespaces: a switch (bridge), the technician's laptop, hosts with their own MACs, and if asked for a router with a
 * second subnet. Nothing in it can reach a real network. Root only; names are unique, so labs may run beside each other.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';

export interface LabHost {
  readonly ip: string;
  /** `00:1b:21:00:00:05`. */
  readonly mac: string;
}
export interface LabPlan {
  /** Last octets of hosts in 10.77.0.0/24 that answer echo requests. */
  readonly plain: readonly number[];
  /** Last octets of hosts that drop ICMP. */
  readonly silent?: readonly number[];
  /** Last octets in 10.78.0.0/24 behind the router 10.77.0.1: answering echo, and dropping it. */
  readonly far?: { readonly plain: readonly number[]; readonly silent: readonly number[] };
}
export interface Lab {
  /** Namespace of the laptop (10.77.0.250). */
  readonly me: string;
  readonly hosts: readonly LabHost[];
  /** Adds a host with a MAC of one's choice; returns how to take it away. */
  add(host: LabHost): () => void;
  /** The command line that runs a program on the laptop. */
  command(program: string, args: readonly string[]): [string, string[]];
  start(program: string, args: readonly string[]): ChildProcess;
  /** Frames that left the laptop's card so far. */
  framesSent(): number;
  close(): void;
}
export const CIDR = '10.77.0.0/24';
export const MY_IP = '10.77.0.250';
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

let serial = 0;

export function buildLab(plan: LabPlan): Lab {
  const name = `lb${process.pid}x${++serial}`;
  const made: string[] = [];
  const close = (): void => {
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

    const me = plug('m');
    ip(['-n', me, 'addr', 'add', `${MY_IP}/24`, 'dev', 'eth0']);
    const plain = plug('a');
    inside(plain, OWN_ADDRESS_ONLY);
    populate(plain, plan.plain.map(hostOf));
    const silent = plug('b');
    inside(silent, `${OWN_ADDRESS_ONLY}; ${NO_ICMP}`);
    populate(silent, (plan.silent ?? []).map(hostOf));
    const hosts = [...plan.plain, ...(plan.silent ?? [])].map(hostOf);

    if (plan.far) {
      ip(['-n', net, '-batch', '-'], 'link add br1 type bridge\nlink set br1 up\n');
      const router = plug('r');
      plug('r', 'br1', 'eth1', router);
      inside(router, 'echo 1 > /proc/sys/net/ipv4/ip_forward');
      ip(['-n', router, '-batch', '-'], 'addr add 10.77.0.1/24 dev eth0\naddr add 10.78.0.1/24 dev eth1\n');
      ip(['-n', me, 'route', 'add', '10.78.0.0/24', 'via', '10.77.0.1']);
      for (const [part, octets, quiet] of [
        ['f', plan.far.plain, false],
        ['g', plan.far.silent, true],
      ] as const) {
        const full = plug(part, 'br1');
        if (quiet) inside(full, NO_ICMP);
        ip(['-n', full, '-batch', '-'], octets.map((octet) => `addr add 10.78.0.${octet}/24 dev eth0\n`).join(''));
        if (octets.length > 0) ip(['-n', full, 'route', 'add', 'default', 'via', '10.78.0.1']);
      }
    }

    let extra = 0;
    const command: Lab['command'] = (program, args) => [IP, ['netns', 'exec', me, program, ...args]];
    return {
      me,
      hosts,
      add(host) {
        const full = plug(`x${++extra}`);
        inside(full, OWN_ADDRESS_ONLY);
        populate(full, [host]);
        return () => {
          made.splice(made.indexOf(full), 1);
          ip(['netns', 'del', full]);
        };
      },
      command,
      start: (program, args) => spawn(...command(program, args), { stdio: ['ignore', 'pipe', 'inherit'] }),
      framesSent: () => Number(inside(me, 'cat /sys/class/net/eth0/statistics/tx_packets')),
      close,
    };
  } catch (error) {
    close();
    throw error;
  }
}
