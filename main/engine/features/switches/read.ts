/** Reading devices: several at once, each written down as it comes, stopped within a second. */
import type { Device, ReadEvent } from '../../../../shared/features/switches.ts';
import { parseIp, showIp } from '../../../../shared/ip.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { Engine } from '../../engine.ts';
import { vaultOf } from '../../secrets/vault.ts';
import type { SnmpReader } from '../../snmp/reader.ts';
import type { DeviceReading } from '../../snmp/reading.ts';
import { credentialsFor, isApproved } from './approve.ts';
import {
  credentialOf,
  holds,
  listCredentials,
  noteAnswer,
  openCredential,
  type StoredCredential,
} from './credentials.ts';
import { deviceOf, knownAddresses } from './devices.ts';
import { saveReadingInSteps } from './store.ts';

/** Devices asked at once. */
const AT_ONCE = 4;

interface Network {
  readonly reader: SnmpReader;
  running: AbortController | null;
}
const networks = new WeakMap<Engine, Network>();
function networkOf(engine: Engine): Network {
  const known = networks.get(engine);
  if (known) return known;
  const network: Network = { reader: engine.ports.snmp(engine.ports.spawnHelper), running: null };
  networks.set(engine, network);
  engine.onClose(() => {
    network.running?.abort();
    network.reader.close();
  });
  return network;
}

export function stopReading(engine: Engine): boolean {
  const running = networks.get(engine)?.running ?? null;
  running?.abort();
  return running !== null;
}

const answered = ({ end }: DeviceReading): boolean => end === 'complete' || end === 'partial';

/** One device with the first of its credentials that is answered; what was read is kept, and how it ended too. */
async function readOne(
  engine: Engine,
  ip: string,
  credentials: readonly StoredCredential[],
  signal?: AbortSignal,
): Promise<DeviceReading | null> {
  const { reader } = networkOf(engine);
  for (const [at, { id, port }] of credentials.entries()) {
    const credential = await openCredential(engine, id);
    if (signal?.aborted) return null;
    const reading = await reader.read({ ip, credential, ...(port === null ? {} : { port }) }, signal);
    // the engine was closed meanwhile
    if (!engine.db.raw.open) return null;
    const last = at === credentials.length - 1;
    if (!answered(reading) && reading.end !== 'stopped' && reading.end !== 'closed' && !last) continue;
    const now = Math.trunc(engine.clock.now());
    if (reading.end !== 'stopped' || reading.system !== null) await saveReadingInSteps(engine.db, now, id, reading);
    if (!engine.db.raw.open) return null;
    if (answered(reading)) noteAnswer(engine.db, id, now);
    engine.changed(['_device_reads', '_snmp_credentials']);
    return reading;
  }
  return null;
}

/** With one credential, for who just typed it. Refuses an address it may not be sent to. */
export async function tryCredential(
  engine: Engine,
  id: string,
  written: string,
  signal?: AbortSignal,
): Promise<Device> {
  const address = parseIp(written);
  if (address === null) throw refuse('scope_nonsense', { written });
  const ip = showIp(address);
  const credential = credentialOf(engine.db, id);
  if (!holds(credential, ip)) throw refuse('snmp_out_of_scope', { ip, scope: credential.scope.join(' ') });
  if (!isApproved(engine.db, ip, engine.clock.now())) throw refuse('snmp_not_approved', { ip });
  await readOne(engine, ip, [credential], signal);
  return deviceOf(engine.db, ip);
}

/** Refuses at once what cannot be read at all; then streams. */
export async function startReading(
  engine: Engine,
  ips: readonly string[],
  signal?: AbortSignal,
): Promise<AsyncGenerator<ReadEvent, void, void>> {
  const network = networkOf(engine);
  if (network.running) throw refuse('snmp_reading');
  if (listCredentials(engine.db).length === 0) throw refuse('snmp_no_credential');
  await vaultOf(engine).ready();
  const now = engine.clock.now();
  const asked = ips.map((written) => {
    const address = parseIp(written);
    if (address === null) throw refuse('scope_nonsense', { written });
    return showIp(address);
  });
  const wanted = ips.length > 0 ? [...new Set(asked)] : knownAddresses(engine.db, now);
  const plan = wanted.map((ip) => {
    if (!isApproved(engine.db, ip, now)) return { ip, skip: 'not_approved' as const, credentials: [] };
    const credentials = credentialsFor(engine.db, ip);
    return { ip, skip: credentials.length === 0 ? ('no_credential' as const) : null, credentials };
  });
  return conduct(engine, network, plan, signal);
}

type Plan = readonly {
  readonly ip: string;
  readonly skip: 'not_approved' | 'no_credential' | null;
  readonly credentials: readonly StoredCredential[];
}[];

async function* conduct(
  engine: Engine,
  network: Network,
  plan: Plan,
  signal?: AbortSignal,
): AsyncGenerator<ReadEvent, void, void> {
  // a stream nobody reads must not hold the place: it is taken when reading begins
  if (network.running) throw refuse('snmp_reading');
  const halt = new AbortController();
  const stop = (): void => halt.abort();
  signal?.addEventListener('abort', stop, { once: true });
  network.running = halt;
  const queue = plan.filter(({ skip }) => skip === null);
  const total = queue.length;
  const events: ReadEvent[] = [];
  let wake: () => void = () => undefined;
  let done = 0;
  let good = 0;
  let failure: unknown = null;
  const tell = (event: ReadEvent): void => {
    events.push(event);
    wake();
  };
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next && !halt.signal.aborted; next = queue.shift()) {
      tell({ kind: 'asking', ip: next.ip });
      const reading = await readOne(engine, next.ip, next.credentials, halt.signal);
      if (!reading || !engine.db.raw.open) return;
      done++;
      if (answered(reading)) good++;
      tell({ kind: 'device', device: deviceOf(engine.db, next.ip), done, total });
    }
  };
  let left = Math.min(AT_ONCE, total);
  const workers = Array.from({ length: left }, () =>
    work()
      .catch((error: unknown) => {
        failure ??= error;
        halt.abort();
      })
      .finally(() => {
        left--;
        wake();
      }),
  );
  try {
    const skipped = plan.flatMap(({ ip, skip }) => (skip === null ? [] : [{ ip, reason: skip }]));
    yield { kind: 'started', total, skipped };
    while (left > 0 || events.length > 0) {
      const event = events.shift();
      if (event) yield event;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    if (failure) throw failure;
    yield { kind: 'done', answered: good, total, stopped: halt.signal.aborted };
  } finally {
    halt.abort();
    signal?.removeEventListener('abort', stop);
    if (network.running === halt) network.running = null;
    await Promise.all(workers);
  }
}
