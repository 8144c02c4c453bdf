/** Reads one device, in the helper process: the order of the questions, and what each answer makes of the whole. */
import { emptyReading } from './empty.ts';
import type { DeviceReading, ReadEnd, ReadOrder } from './reading.ts';
import { NoAnswer, openSession, stretches, type Session, type Varbind, type Why } from './session.ts';
import { systemOf, systemOids } from './system.ts';
import { Walker } from './walk.ts';

const ENDS: Record<Why, ReadEnd> = {
  silent: 'silent',
  closed: 'closed',
  credential: 'wrong_credential',
  garbage: 'garbage',
  stopped: 'stopped',
  // an answer all the same: the device speaks SNMP, the group is not there
  nothing: 'partial',
  refused: 'partial',
};

/** Never throws. `stopper` is given how to stop while it runs. */
export async function readDevice(
  { ip, port, credential }: ReadOrder,
  stopper: (stop: () => void) => void,
): Promise<DeviceReading> {
  const began = performance.now();
  let reading = emptyReading(ip, 'complete');
  for (const stretch of stretches(credential)) {
    let session: (Session & { close(): void }) | undefined;
    try {
      session = await openSession(ip, port, credential, { stretch });
      stopper(session.stop);
      const walker = new Walker(session);
      const system = systemOf(await walker.get(systemOids).catch(tolerate));
      reading = { ...reading, end: 'complete', system, varbinds: walker.varbinds };
      break;
    } catch (error) {
      const why = error instanceof NoAnswer ? error.why : 'garbage';
      reading = { ...reading, end: ENDS[why] };
      if (why !== 'credential') break;
    } finally {
      session?.close();
    }
  }
  return { ...reading, elapsed_ms: Math.round(performance.now() - began) };
}

/** An agent that knows no such group still answers about others. */
function tolerate(error: unknown): Varbind[] {
  if (error instanceof NoAnswer && (error.why === 'nothing' || error.why === 'refused')) return [];
  throw error;
}
