/** What another scanner's file says, as it travels from the helper process to the engine: plain data, every text through the gate. */
import type { Identity } from '../../../shared/features/discovery/identity.ts';
import type { DiscoveredHost } from '../../../shared/features/discovery.ts';
import type { ScanDrop } from '../../../shared/features/discovery/history.ts';
import { untrustedText } from '../wire/untrusted-bytes.ts';

export const SCAN_LIMITS = {
  /** As many as the widest sweep of our own asks. */
  hosts: 65_536,
  /** Ports of one host that are kept: a host that answers on all of them is a trap or a firewall, and says nothing more. */
  ports: 200,
  names: 8,
  examples: 3,
} as const;

export type ScannedHost = Pick<DiscoveredHost, 'ip' | 'mac' | 'vendor' | 'rtt_ms' | 'loss_percent' | 'ttl'> &
  Pick<Identity, 'names' | 'ports' | 'title'> & { readonly proof: DiscoveredHost['proof'] };

export interface Scan {
  readonly source: 'nmap' | 'angry_ip';
  readonly format: 'xml' | 'csv' | 'txt';
  /** UTC ms; null where the file does not say. */
  readonly started_at: number | null;
  readonly ended_at: number | null;
  /** What was to be scanned, in the file's words. */
  readonly scope: readonly string[];
  /** Addresses that were settled, as `[first, last]`. */
  readonly runs: readonly (readonly [number, number])[];
  readonly hosts: readonly ScannedHost[];
  readonly dropped: readonly { readonly why: ScanDrop; readonly n: number; readonly examples: readonly string[] }[];
  readonly partial: boolean;
}

/** One line of a text from the file, through the gate; null when nothing is left of it. */
export const lineOf = (text: string | undefined, max = 256): string | null =>
  [...untrustedText(text ?? '')].slice(0, max).join('').trim() || null;

/** Counts what was left out, with the first few of each kind. */
export class Drops {
  readonly #found = new Map<ScanDrop, { n: number; examples: string[] }>();

  add(why: ScanDrop, example: string): void {
    const drop = this.#found.get(why) ?? { n: 0, examples: [] };
    drop.n += 1;
    const text = lineOf(example, 60);
    if (text !== null && drop.examples.length < SCAN_LIMITS.examples) drop.examples.push(text);
    this.#found.set(why, drop);
  }
  list(): Scan['dropped'] {
    return [...this.#found].map(([why, drop]) => ({ why, ...drop }));
  }
}

/** Sorted open TCP ports, each once. */
export const portsOf = (ports: readonly number[]): number[] =>
  [...new Set(ports.filter((port) => Number.isInteger(port) && port > 0 && port < 65_536))]
    .toSorted((a, b) => a - b)
    .slice(0, SCAN_LIMITS.ports);
