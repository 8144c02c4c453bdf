/**
 * The engine's side of SNMP: orders go to a helper process, readings come back. A device that ends or hangs the process costs the
 * others nothing: they are asked again, one at a time, and who ends it twice is `garbage`.
 */
import { isIPv4 } from 'node:net';
import type { HelperProcess, SpawnHelper } from '../spawn-helper.ts';
import { emptyReading } from './empty.ts';
import { piecesOf, type FromSnmp } from './pieces.ts';
import type { DeviceReading, ReadDevice, ReadOrder } from './reading.ts';

/** `order` absent: stop the reading of that id. */
export interface ToSnmp {
  readonly id: number;
  readonly order?: ReadOrder;
}
export interface SnmpReader {
  readonly read: ReadDevice;
  close(): void;
}

/** First octet of multicast; what follows is reserved and broadcast. */
const FIRST_GROUP = 224;
/** Devices asked at once; each is asked one question at a time. */
const MAX_OPEN = 8;
/** A device is given 120 s and its last question; who needs longer hangs. */
const ANSWER_WITHIN_MS = 135_000;
/** A stopped reading comes back with what it has; a helper that does not give it in this time hangs. */
const STOP_WITHIN_MS = 700;
/** The helper goes when nothing was asked for so long, and with it the keys it has seen. */
const REST_MS = 20_000;

interface Open {
  readonly order: ReadOrder;
  readonly settle: (reading: DeviceReading) => void;
  /** Takes what came of it; afresh with each process. */
  take: (message: FromSnmp) => DeviceReading | null;
  /** Ends the process when the time is over. */
  timer: NodeJS.Timeout | undefined;
  /** How many processes ended while they read this device. */
  deaths: number;
  /** Nobody waits for it any more: it is never asked again. */
  stopped: boolean;
}

export function createSnmpReader(spawn: SpawnHelper): SnmpReader {
  let helper: HelperProcess | undefined;
  let resting: NodeJS.Timeout | undefined;
  let last = 0;
  const queue: Open[] = [];
  const open = new Map<number, Open>();

  const end = (): void => {
    clearTimeout(resting);
    const gone = helper;
    helper = undefined;
    gone?.kill();
    const left = [...open.values()];
    open.clear();
    for (const each of left) {
      clearTimeout(each.timer);
      if (each.stopped) each.settle(emptyReading(each.order.ip, 'stopped'));
      else if (++each.deaths > 1) each.settle(emptyReading(each.order.ip, 'garbage'));
      else queue.push(each);
    }
    proceed();
  };
  const living = (): HelperProcess => {
    clearTimeout(resting);
    if (helper) return helper;
    const fresh = spawn('snmp');
    helper = fresh;
    fresh.onMessage((message) => {
      const from = message as FromSnmp;
      const each = open.get(from.id);
      const reading = each?.take(from) ?? null;
      if (!each || !reading) return;
      open.delete(from.id);
      clearTimeout(each.timer);
      each.settle(reading);
      if (open.size === 0 && queue.length === 0) resting = setTimeout(end, REST_MS).unref();
      proceed();
    });
    fresh.onExit(() => {
      if (helper === fresh) end();
    });
    return fresh;
  };
  const proceed = (): void => {
    for (;;) {
      const next = queue[0];
      const alone = [...open.values(), ...(next ? [next] : [])].some(({ deaths }) => deaths > 0);
      if (!next || open.size >= (alone ? 1 : MAX_OPEN)) return;
      queue.shift();
      const id = ++last;
      open.set(id, next);
      next.take = piecesOf();
      next.timer = setTimeout(end, ANSWER_WITHIN_MS).unref();
      living().postMessage({ id, order: next.order } satisfies ToSnmp);
    }
  };

  return {
    async read(order, signal) {
      // argument guard (security.md X5, X6): four plain octets of one host, so that no name is looked up and no group hears a secret
      const first = Number(order.ip.split('.')[0]);
      if (!isIPv4(order.ip) || first === 0 || first >= FIRST_GROUP) return emptyReading(order.ip, 'silent');
      if (signal?.aborted) return emptyReading(order.ip, 'stopped');
      return await new Promise<DeviceReading>((resolve) => {
        const each: Open = {
          order,
          take: piecesOf(),
          timer: undefined,
          deaths: 0,
          stopped: false,
          settle(reading) {
            signal?.removeEventListener('abort', stop);
            resolve(reading);
          },
        };
        const stop = (): void => {
          each.stopped = true;
          const waiting = queue.indexOf(each);
          if (waiting !== -1) {
            queue.splice(waiting, 1);
            return each.settle(emptyReading(order.ip, 'stopped'));
          }
          const [id] = [...open].find(([, one]) => one === each) ?? [];
          if (id === undefined) return;
          helper?.postMessage({ id } satisfies ToSnmp);
          clearTimeout(each.timer);
          each.timer = setTimeout(end, STOP_WITHIN_MS);
        };
        signal?.addEventListener('abort', stop, { once: true });
        queue.push(each);
        proceed();
      });
    },
    close() {
      for (const each of [...queue.splice(0), ...open.values()]) each.settle(emptyReading(each.order.ip, 'stopped'));
      for (const each of open.values()) clearTimeout(each.timer);
      open.clear();
      end();
    },
  };
}
