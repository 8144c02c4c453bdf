/** The device's own IPv4 addresses and its ARP table, from the tables every device has or from those that replaced them (IP-MIB). */
import type { ArpEntry, TableState } from './reading.ts';
import { ipOf, macOf, numberOf, numbersOf } from './values.ts';
import type { Walked, Walker } from './walk.ts';

// ipAdEntIfIndex by address; ipAddressIfIndex by type, length and address
const OLD_ADDRESSES = ['1.3.6.1.2.1.4.20.1.2'];
const NEW_ADDRESSES = ['1.3.6.1.2.1.4.34.1.3'];
// ipNetToMediaPhysAddress, …Type by interface and address; ipNetToPhysicalPhysAddress, …Type, …State with type and length between
const OLD_ARP = ['1.3.6.1.2.1.4.22.1.2', '1.3.6.1.2.1.4.22.1.4'];
const NEW_ARP = ['1.3.6.1.2.1.4.35.1.4', '1.3.6.1.2.1.4.35.1.6', '1.3.6.1.2.1.4.35.1.7'];
const MAX_ADDRESSES = 1024;
/** ARP lines of a core switch of a campus. */
const MAX_ARP = 20_000;
/** InetAddressType ipv4, then its length. */
const IPV4 = [1, 4];
const TYPE_INVALID = 2;
const STATE_INVALID = 5;
const STATE_INCOMPLETE = 7;

const isIpv4 = (parts: readonly number[], at: number): boolean => parts[at] === IPV4[0] && parts[at + 1] === IPV4[1];
const nobodys = (ip: string): boolean => ip.startsWith('127.') || ip.startsWith('0.');

export async function readAddresses(walker: Walker): Promise<{ state: TableState; addresses: string[] }> {
  let read: Walked = await walker.walk(OLD_ADDRESSES, MAX_ADDRESSES);
  let found = [...read.rows.keys()].map((index) => ipOf(numbersOf(index)));
  if (read.state === 'absent') {
    read = await walker.walk(NEW_ADDRESSES, MAX_ADDRESSES);
    found = [...read.rows.keys()].map((index) => {
      const parts = numbersOf(index);
      return isIpv4(parts, 0) ? ipOf(parts.slice(2)) : null;
    });
  }
  const addresses = found.filter((ip) => ip !== null && !nobodys(ip)) as string[];
  return { state: read.state, addresses: [...new Set(addresses)] };
}

export async function readArp(walker: Walker): Promise<{ state: TableState; arp: ArpEntry[] }> {
  let read: Walked = await walker.walk(OLD_ARP, MAX_ARP);
  const arp: ArpEntry[] = [];
  const add = (if_index: number | undefined, address: number[], phys: Parameters<typeof macOf>[0]): void => {
    const ip = ipOf(address);
    const mac = macOf(phys);
    if (ip !== null && mac !== null && !nobodys(ip)) arp.push({ if_index: if_index || null, ip, mac });
  };
  for (const [index, [phys, type]] of read.rows) {
    const [if_index, ...address] = numbersOf(index);
    if (numberOf(type) !== TYPE_INVALID) add(if_index, address, phys);
  }
  if (read.state === 'absent') {
    read = await walker.walk(NEW_ARP, MAX_ARP);
    for (const [index, [phys, type, state]] of read.rows) {
      const parts = numbersOf(index);
      const known = numberOf(state);
      if (!isIpv4(parts, 1) || numberOf(type) === TYPE_INVALID) continue;
      if (known !== STATE_INVALID && known !== STATE_INCOMPLETE) add(parts[0], parts.slice(3), phys);
    }
  }
  return { state: read.state, arp };
}
