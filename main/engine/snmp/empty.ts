/** A reading in which nothing was read. */
import type { DeviceReading, ReadEnd } from './reading.ts';

export const emptyReading = (ip: string, end: ReadEnd): DeviceReading => ({
  ip,
  end,
  elapsed_ms: 0,
  varbinds: 0,
  tables: {
    interfaces: 'not_asked',
    addresses: 'not_asked',
    arp: 'not_asked',
    bridge: 'not_asked',
    qbridge: 'not_asked',
    vendor: 'not_asked',
    lldp: 'not_asked',
  },
  system: null,
  interfaces: [],
  addresses: [],
  arp: [],
  forwarding: [],
  neighbours: [],
});
