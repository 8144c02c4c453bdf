/** The network card as a port: everything discovery may do to a network. Tests put a fake behind it; `local.ts` is the real one. */

import type { Probes } from './identify/probes.ts';
import type { Route } from './routes.ts';

/** A network card with a private IPv4 subnet. */
export interface Link {
  readonly name: string;
  readonly address: string;
  /** 12 upper-case hex digits; null on tunnels, which have none. */
  readonly mac: string | null;
  /** `10.20.30.0/24`. */
  readonly cidr: string;
  /** Made by software (containers, virtual machines, VPN): offered, not preselected. */
  readonly virtual: boolean;
}
/** A line of the kernel's neighbour table. A null MAC: asked, not answered (yet). */
export interface Neighbour {
  readonly ip: string;
  readonly mac: string | null;
  /** Name of the card where the system tells it. */
  readonly device: string | null;
}
/** How this system's neighbour table behaves. */
export interface NeighbourHabits {
  /** Between two looks at the table: a file read on Linux, a process elsewhere. */
  readonly lookEveryMs: number;
  /** Addresses that may wait for an answer at once before the kernel's table overflows. */
  readonly window: number;
  /** Entries the table holds at most, answered within the last seconds or waiting: beyond it new questions fail. */
  readonly table: number;
  /** So many more the last questions of a sweep may take for as long as the kernel asks. */
  readonly spare: number;
  /** The table also lists addresses that have not answered: one that is missing was never asked, for want of room. */
  readonly listsUnanswered: boolean;
  /** After this the kernel stops asking for an address that does not answer. */
  readonly giveUpMs: number;
  /** After this an old entry that was used again has been confirmed by the kernel, or dropped. */
  readonly confirmMs: number;
}
export interface Echo {
  /** Milliseconds; null when no reply came. */
  readonly rtt_ms: number | null;
  readonly loss_percent: number;
  /** Time to live of the reply; null when none came. */
  readonly ttl: number | null;
}
export type Answer = 'open' | 'refused' | 'silent';

export interface Wire extends Probes {
  readonly habits: NeighbourHabits;
  /** Monotonic milliseconds. */
  now(): number;
  /** Resolves early, without complaint, when the signal fires. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  links(): readonly Link[];
  /** The ways out of the own subnets. */
  routes(): Promise<readonly Route[]>;
  /** One empty datagram to UDP port 9 (discard): it makes the kernel ask for the MAC. Failures are silent: the table tells. */
  poke(ip: string): void;
  neighbours(): Promise<readonly Neighbour[]>;
  /** Whether the host says itself that nothing listens on UDP port 9: proof of life without ICMP rights. */
  refuses(ip: string, timeoutMs: number, signal?: AbortSignal): Promise<boolean>;
  connect(ip: string, port: number, timeoutMs: number, signal?: AbortSignal): Promise<Answer>;
  /** Null: the `ping` program is not on this machine. */
  ping(ip: string, count: number, signal?: AbortSignal): Promise<Echo | null>;
  /** A second opinion on one address by the node-arp package; null when it has none. */
  arpLookup(ip: string, signal?: AbortSignal): Promise<string | null>;
  /** The host's name by reverse DNS, cleaned; null when there is none. */
  nameOf(ip: string, signal?: AbortSignal): Promise<string | null>;
  vendorOf(mac: string): string | null;
  /** Makers are looked up in this table from now on; null: in the one that comes with Lanbook. */
  useVendors(file: string | null): void;
  close(): void;
}
