/** A reading in messages small enough that the engine, which also serves a screen, takes each in a millisecond or two. */
import type { DeviceReading } from './reading.ts';

const LISTS = ['interfaces', 'arp', 'forwarding', 'neighbours'] as const;
type Lists = Pick<DeviceReading, (typeof LISTS)[number]>;
const ROWS = 500;

/** Any number of `more`, then the reading with its lists empty. */
export type FromSnmp =
  { readonly id: number; readonly more: Partial<Lists> } | { readonly id: number; readonly reading: DeviceReading };

export function* inPieces(id: number, reading: DeviceReading): Generator<FromSnmp> {
  for (const list of LISTS)
    for (let at = 0; at < reading[list].length; at += ROWS)
      yield { id, more: { [list]: reading[list].slice(at, at + ROWS) } };
  yield { id, reading: { ...reading, interfaces: [], arp: [], forwarding: [], neighbours: [] } };
}

/** Puts the pieces of one reading together; gives the reading with the last. */
export function piecesOf(): (message: FromSnmp) => DeviceReading | null {
  const interfaces: Lists['interfaces'][number][] = [];
  const arp: Lists['arp'][number][] = [];
  const forwarding: Lists['forwarding'][number][] = [];
  const neighbours: Lists['neighbours'][number][] = [];
  return (message) => {
    if ('reading' in message) return { ...message.reading, interfaces, arp, forwarding, neighbours };
    interfaces.push(...(message.more.interfaces ?? []));
    arp.push(...(message.more.arp ?? []));
    forwarding.push(...(message.more.forwarding ?? []));
    neighbours.push(...(message.more.neighbours ?? []));
    return null;
  };
}
