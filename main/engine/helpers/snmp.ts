/** A process of its own that asks devices by SNMP: what a hostile one breaks is this process (thin: everything is in ../snmp). */
import { readDevice } from '../snmp/device.ts';
import { inPieces } from '../snmp/pieces.ts';
import type { ToSnmp } from '../snmp/reader.ts';
import { parent } from './parent.ts';

const home = parent();
const stops = new Map<number, () => void>();
home.onMessage((message) => {
  const { id, order } = message as ToSnmp;
  if (!order) return stops.get(id)?.();
  let stopped = false;
  stops.set(id, () => (stopped = true));
  const reading = readDevice(order, (stop) => {
    stops.set(id, stop);
    if (stopped) stop();
  });
  void reading.then((reading) => {
    stops.delete(id);
    for (const message of inPieces(id, reading)) home.postMessage(message);
  });
});
