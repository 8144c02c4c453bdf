/** A process of its own that asks devices by SNMP: what a hostile one breaks is this process (thin: everything is in ../snmp). */
import { setTimeout } from 'node:timers/promises';
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
  let stopNow = (): void => undefined;
  stops.set(id, () => {
    stopped = true;
    stopNow();
  });
  const reading = readDevice(order, (stop) => {
    stopNow = stop;
    if (stopped) stop();
  });
  void reading.then(async (reading) => {
    stops.delete(id);
    let sent = 0;
    for (const message of inPieces(id, reading)) {
      home.postMessage(message);
      // what lies in the pipe together is taken out together, and the engine has a screen to serve meanwhile
      if (++sent % 2 === 0) await setTimeout(1);
    }
  });
});
