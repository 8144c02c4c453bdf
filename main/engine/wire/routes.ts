/**
 * The ways out of the own subnets, from the system's routing table: only routes through a gateway. Output of the programs is read as
 * latin1 on purpose: a Chinese Windows prints GBK, and only the columns of numbers are looked at.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCidr, parseIp, showCidr, showIp } from '../../../shared/ip.ts';
import { readProgram } from './program.ts';

/** What lies in `cidr` is handed to `gateway`. */
export interface Route {
  readonly cidr: string;
  readonly gateway: string;
}

const route = (destination: string, gateway: string): Route[] => {
  const cidr = parseCidr(destination);
  const address = parseIp(gateway);
  return cidr === null || address === null || address === 0 ? [] : [{ cidr: showCidr(cidr), gateway: showIp(address) }];
};
const bitsOf = (mask: number): number => mask.toString(2).replace(/0+$/, '').length;

/** RTF_UP and RTF_GATEWAY of linux/route.h. */
const THROUGH_GATEWAY = 3;
/** The kernel writes the four octets as one number in the order of the processor: little endian wherever Node runs. */
const flipped = (hex: string): number => Buffer.from(hex.padStart(8, '0'), 'hex').readUInt32LE();

/** `/proc/net/route`: card, destination, gateway, flags, three counters, mask. */
export function parseProcRoutes(text: string): Route[] {
  return text
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((cells) => (Number.parseInt(cells[3] ?? '0', 16) & THROUGH_GATEWAY) === THROUGH_GATEWAY)
    .flatMap(([, destination = '', gateway = '', , , , , mask = '']) =>
      route(`${showIp(flipped(destination))}/${bitsOf(flipped(mask))}`, showIp(flipped(gateway))),
    );
}

/** Windows `route print -4`, in any language: lines of destination, mask, gateway, own address, metric. "On-link" is no address. */
export function parseWindowsRoutes(text: string): Route[] {
  const ip = String.raw`\d{1,3}(?:\.\d{1,3}){3}`;
  const rows = text.matchAll(new RegExp(String.raw`^\s*(${ip})\s+(${ip})\s+(${ip})\s+${ip}\s+\d+\s*$`, 'gm'));
  return [...rows].flatMap(([, destination = '', mask = '', gateway = '']) =>
    route(`${destination}/${bitsOf(parseIp(mask) ?? 0)}`, gateway),
  );
}

/** macOS `netstat -rn -f inet`: `default 192.168.1.1 UGScg en0`, `10.8/16 …`, `192.168.5 …`: zeros at the end are left out. */
export function parseMacRoutes(text: string): Route[] {
  const rows = text.matchAll(/^(default|\d[\d.]*(?:\/\d+)?)\s+(\d{1,3}(?:\.\d{1,3}){3})\s+\w*G\w*\s/gm);
  return [...rows].flatMap(([, destination = '', gateway = '']) => {
    if (destination === 'default') return route('0.0.0.0/0', gateway);
    const [octets = '', bits] = destination.split('/');
    const parts = octets.split('.');
    const full = [...parts, '0', '0', '0'].slice(0, 4).join('.');
    return route(`${full}/${bits ?? (parts.length === 4 ? 32 : parts.length * 8)}`, gateway);
  });
}

export async function readRoutes(platform: NodeJS.Platform = process.platform): Promise<readonly Route[]> {
  if (platform === 'linux') return parseProcRoutes(await readFile('/proc/net/route', 'latin1'));
  return platform === 'win32'
    ? parseWindowsRoutes(await readProgram(join('System32', 'route.exe'), ['print', '-4']))
    : parseMacRoutes(await readProgram('/usr/sbin/netstat', ['-rn', '-f', 'inet']));
}
