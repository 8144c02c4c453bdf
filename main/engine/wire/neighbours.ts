/**
 * The kernel's neighbour table, read without privileges: a file on Linux, `arp` elsewhere. Output is decoded as latin1 on
 * purpose: a Chinese Windows prints GBK, and only the ASCII columns are looked at.
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseIp } from '../../../shared/ip.ts';
import { isUnicastMac, parseMac } from '../../../shared/mac.ts';
import { readProgram } from './program.ts';
import type { Neighbour, NeighbourHabits } from './wire.ts';

const unicast = (written: string): string | null => {
  const hex = parseMac(written);
  return hex !== null && isUnicastMac(hex) ? hex : null;
};
const usable = (row: Neighbour): boolean => parseIp(row.ip) !== null;

/** `/proc/net/arp`: address, type, flags, MAC, mask, device. Flag 2 (ATF_COM) says that the MAC is known. */
export function parseProcArp(text: string): Neighbour[] {
  return text
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((cells) => cells.length >= 6)
    .map(([ip = '', , flags = '0', mac = '', , device = '']) => ({
      ip,
      mac: (Number(flags) & 2) === 0 ? null : unicast(mac),
      device,
    }))
    .filter(usable);
}

/** Windows `arp -a`, in any language: indented lines of address and dashed MAC. Broadcast and multicast lines are dropped. */
export function parseWindowsArp(text: string): Neighbour[] {
  const rows = text.matchAll(/^\s+(\d{1,3}(?:\.\d{1,3}){3})\s+([0-9a-f]{2}(?:-[0-9a-f]{2}){5})\s/gim);
  return [...rows]
    .map(([, ip = '', mac = '']) => ({ ip, mac: unicast(mac), device: null }))
    .filter((row) => row.mac !== null && usable(row));
}

/** macOS `arp -an`: `? (10.0.0.1) at 8:0:27:a:1:2 on en0 …`, or `(incomplete)` in place of the MAC. */
export function parseMacArp(text: string): Neighbour[] {
  const rows = text.matchAll(
    /\((\d{1,3}(?:\.\d{1,3}){3})\) at (\(incomplete\)|[0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5})(?: on (\S+))?/gi,
  );
  return [...rows].map(([, ip = '', mac = '', device = null]) => ({ ip, mac: unicast(mac), device })).filter(usable);
}

export async function readNeighbours(platform: NodeJS.Platform = process.platform): Promise<readonly Neighbour[]> {
  if (platform === 'linux') return parseProcArp(await readFile('/proc/net/arp', 'latin1'));
  return platform === 'win32'
    ? parseWindowsArp(await readProgram(join('System32', 'arp.exe'), ['-a']))
    : parseMacArp(await readProgram('/usr/sbin/arp', ['-an']));
}

/** Entries of a full table that the rest of the computer may need at any moment: its gateway, name servers, shares. */
const LEFT_FREE = 64;
/** The most entries Linux keeps; unreadable inside a network namespace, then the kernel's default counts. */
function linuxTable(): number {
  try {
    return Number(readFileSync('/proc/sys/net/ipv4/neigh/default/gc_thresh3', 'latin1')) || 1024;
  } catch {
    return 1024;
  }
}

/**
 * Linux: 3 questions a second apart, then failed (mcast_solicit, retrans_time_ms); an old entry is used for 5 s, then asked 3 times
 * (delay_first_probe_time, ucast_solicit). Some room in the table is left to the
 * rest of the computer, except in the last three seconds of a sweep. Windows and macOS behave alike
 * within these times (RFC 4861 constants), but a look costs a process, and Windows keeps 256 entries and drops the oldest.
 */
export function habitsOf(platform: NodeJS.Platform = process.platform): NeighbourHabits {
  if (platform !== 'linux')
    return {
      lookEveryMs: 150,
      window: 200,
      table: Infinity,
      spare: 0,
      listsUnanswered: false,
      giveUpMs: 3500,
      confirmMs: 9000,
    };
  const table = linuxTable() - LEFT_FREE;
  return {
    lookEveryMs: 20,
    window: table,
    table,
    spare: LEFT_FREE - 1,
    listsUnanswered: true,
    giveUpMs: 3200,
    confirmMs: 8500,
  };
}
