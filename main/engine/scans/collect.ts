/** Gathers hosts from a file, each address once, within the limits; what is left out is counted with its reason. */
import { parseIp, showIp } from '../../../shared/ip.ts';
import { isUnicastMac, parseMac } from '../../../shared/mac.ts';
import { Drops, portsOf, SCAN_LIMITS, type ScannedHost } from './types.ts';

export interface Told {
  readonly ip: string;
  readonly mac: string | null;
  readonly vendor: string | null;
  readonly alive: boolean;
  readonly proof: ScannedHost['proof'];
  readonly rtt_ms: number | null;
  readonly loss_percent: number | null;
  readonly ttl: number | null;
  readonly names: ScannedHost['names'];
  readonly ports: readonly number[];
  readonly title: string | null;
}

export class Collector {
  readonly hosts = new Map<number, ScannedHost>();
  /** Every address the file speaks of, answered or not. */
  readonly addresses = new Set<number>();
  readonly drops = new Drops();
  dead = 0;

  add(told: Told): void {
    const address = parseIp(told.ip);
    if (address === null) {
      this.drops.add(told.ip.includes(':') ? 'ipv6' : 'no_address', told.ip);
      return;
    }
    if (this.addresses.has(address)) {
      this.drops.add('repeated', told.ip);
      return;
    }
    if (this.addresses.size >= SCAN_LIMITS.hosts) {
      this.drops.add('too_many', told.ip);
      return;
    }
    this.addresses.add(address);
    if (!told.alive) {
      this.dead += 1;
      this.drops.add('dead', told.ip);
      return;
    }
    const hex = told.mac === null ? null : parseMac(told.mac);
    const mac = hex !== null && isUnicastMac(hex) ? hex : null;
    if (told.mac !== null && mac === null) this.drops.add('bad_mac', told.mac);
    const { alive: _alive, ...rest } = told;
    this.hosts.set(address, {
      ...rest,
      ip: showIp(address),
      mac,
      names: told.names.slice(0, SCAN_LIMITS.names),
      ports: portsOf(told.ports),
    });
  }
}

const PIECE = 64 * 1024;
/** A file as the XML reader takes it: its first piece holds the declarations. */
export async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}
