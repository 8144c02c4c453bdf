/** What a device, a helper process or a person may do while SNMP is read, and what it may cost: time, memory, the other devices, a secret. */
import { createSocket } from 'node:dgram';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeviceReading, ReadOrder } from '../../../../main/engine/snmp/reading.ts';
import { emptyReading } from '../../../../main/engine/snmp/empty.ts';
import { inPieces, piecesOf } from '../../../../main/engine/snmp/pieces.ts';
import { createSnmpReader, type ToSnmp } from '../../../../main/engine/snmp/reader.ts';
import { spawnHelper, type HelperProcess } from '../../../../main/engine/spawn-helper.ts';
import { serveWalk, type Agent } from '../../../support/snmp-agent.ts';
import { parseWalk, readWalk } from '../../../support/walk.ts';

const CANARY = 'CANARY-9f3';
const community = (text: string): ReadOrder['credential'] => ({ version: 'v2c', community: text });
/** Once it was asked so often: a helper process takes its time to start on a busy machine. */
async function heard(agent: Agent, times: number): Promise<void> {
  while (agent.heard.length < times) await new Promise((resolve) => setTimeout(resolve, 10));
}
const small = (extra = ''): string => `${extra}\nsysName.0 = STR: small\nifDescr.{1..400} = STR: port {}\n`;

describe('through the real helper process', () => {
  const reader = createSnmpReader(spawnHelper);
  afterAll(() => reader.close());
  const read = async (port: number, secret = 'walk-community', signal?: AbortSignal): Promise<DeviceReading> =>
    await reader.read({ ip: '127.0.0.1', port, credential: community(secret) }, signal);

  test('a host where nothing listens says so at once', async () => {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    const { port } = socket.address();
    socket.close();
    const reading = await read(port);
    expect(reading.end).toBe('closed');
    expect(reading.elapsed_ms).toBeLessThan(2000);
  });

  test('stop ends it within a second and keeps what came', async () => {
    const agent = await serveWalk(parseWalk(small('! slow 50\n! bulkmost 2')));
    const stop = new AbortController();
    const done = read(agent.port, 'walk-community', stop.signal);
    await heard(agent, 8);
    const stopped = performance.now();
    stop.abort();
    const reading = await done;
    const took = performance.now() - stopped;
    agent.close();
    expect(reading).toMatchObject({
      end: 'stopped',
      system: { name: 'small' },
      tables: { interfaces: 'cut', arp: 'not_asked' },
    });
    expect(reading.interfaces.length).toBeGreaterThan(0);
    expect(took).toBeLessThan(2000);
    const asked = agent.heard.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(agent.heard.length).toBe(asked);
  });

  test('a reading stopped before its turn asks nobody', async () => {
    const agent = await serveWalk(parseWalk(small()));
    expect(await read(agent.port, 'walk-community', AbortSignal.abort())).toMatchObject({ end: 'stopped' });
    agent.close();
    expect(agent.heard).toEqual([]);
  });

  test('an answer from another address or port is not heard', async () => {
    const walk = readWalk('core');
    const agent = await serveWalk(walk, { from: '127.0.0.1' });
    expect(await read(agent.port)).toMatchObject({ end: 'silent', system: null });
    agent.close();
  }, 15_000);

  test('an answer that comes twice, as networks do, is heard once', async () => {
    const agent = await serveWalk(readWalk('core'), { times: 2 });
    const reading = await read(agent.port);
    agent.close();
    expect(reading).toMatchObject({ end: 'complete', varbinds: expect.any(Number) as number });
    expect(reading.forwarding).toHaveLength(241);
  }, 30_000);

  test('a device that shouts is cut off', async () => {
    const agent = await serveWalk(readWalk('core'), { times: 200 });
    const reading = await read(agent.port);
    agent.close();
    expect(['garbage', 'partial']).toContain(reading.end);
    expect(reading.forwarding.length).toBeLessThan(300);
  }, 60_000);

  test('a device that goes silent half-way costs a few seconds, and what came is kept', async () => {
    const walk = parseWalk(small('! slow 50\n! bulkmost 2'));
    const agent = await serveWalk(walk);
    const done = read(agent.port);
    await heard(agent, 8);
    agent.close();
    const reading = await done;
    expect(reading).toMatchObject({
      end: 'partial',
      system: { name: 'small' },
      tables: { interfaces: 'cut', arp: 'failed' },
    });
    expect(reading.interfaces.length).toBeGreaterThan(0);
  }, 60_000);

  test('a table without an end costs neither time nor memory', async () => {
    const agent = await serveWalk(readWalk('endless'));
    const reading = await read(agent.port);
    agent.close();
    expect(reading.tables.bridge).toBe('cut');
    expect(reading.varbinds).toBeLessThan(10_000);
    expect(reading.elapsed_ms).toBeLessThan(20_000);
  }, 30_000);

  test('the community is in nothing that comes back, also where the library quotes it', async () => {
    // answers with a community of its own: net-snmp puts both into the text of its error
    const liar = createSocket('udp4');
    liar.on('message', (bytes, from) => {
      const reply = Buffer.from(bytes.toString('latin1').replace(CANARY, 'x'.repeat(CANARY.length)), 'latin1');
      reply[reply.indexOf(0xa0)] = 0xa2;
      liar.send(reply, from.port, from.address);
    });
    await new Promise<void>((resolve) => liar.bind(0, '127.0.0.1', resolve));
    const agent = await serveWalk(parseWalk(`! community ${CANARY}\n! garble dot1qTpFdbPort\n${small()}`));
    const readings = [await read(liar.address().port, CANARY), await read(agent.port, CANARY)];
    liar.close();
    agent.close();
    expect(readings.map(({ end }) => end)).toEqual(['garbage', 'partial']);
    expect(JSON.stringify(readings)).not.toContain('CANARY');
  }, 30_000);

  test.each(['localhost', '255.255.255.255', '224.0.0.1', '0.0.0.0', '010.0.0.1', '-h'])(
    '%s is no host: nothing is looked up, nothing is sent',
    async (ip) => {
      const order = { ip, credential: community('x') };
      expect(await reader.read(order)).toMatchObject({ end: 'silent', elapsed_ms: 0 });
    },
  );
});

/** Helper processes that do as told with each device. */
function fakeHelpers(act: (ip: string, answer: () => void, die: () => void) => void) {
  let alive = 0;
  let most = 0;
  let started = 0;
  let open = 0;
  const spawn = (): HelperProcess => {
    const exits: ((code: null) => void)[] = [];
    const listeners: ((message: unknown) => void)[] = [];
    let dead = false;
    alive++;
    started++;
    const end = (): void => {
      if (dead) return;
      dead = true;
      alive--;
      open = 0;
      exits.forEach((exit) => exit(null));
    };
    return {
      postMessage(message) {
        const { id, order } = message as ToSnmp;
        if (!order) return;
        most = Math.max(most, ++open);
        const answer = (): void => {
          open--;
          if (!dead)
            for (const piece of inPieces(id, emptyReading(order.ip, 'complete')))
              listeners.forEach((each) => each(piece));
        };
        setTimeout(() => act(order.ip, answer, end), 5);
      },
      onMessage: (listener) => void listeners.push(listener),
      onExit: (exit) => void exits.push(exit),
      kill: end,
    };
  };
  return { spawn, counts: () => ({ alive, most, started }) };
}

describe('with helper processes that die or hang', () => {
  const orders = Array.from({ length: 20 }, (_, at): ReadOrder => ({
    ip: `10.9.0.${at + 1}`,
    credential: community('x'),
  }));

  test('a device that ends the process is garbage, and costs no other its reading', async () => {
    const helpers = fakeHelpers((ip, answer, die) => (ip === '10.9.0.7' ? die() : answer()));
    const reader = createSnmpReader(helpers.spawn);
    const readings = await Promise.all(orders.map(async (order) => await reader.read(order)));
    reader.close();
    expect(readings.filter(({ end }) => end === 'complete')).toHaveLength(19);
    expect(readings.find(({ end }) => end !== 'complete')).toMatchObject({ ip: '10.9.0.7', end: 'garbage' });
    expect(helpers.counts()).toMatchObject({ alive: 0, most: 8, started: 3 });
  });

  test('a process that hangs does not keep a stop waiting, and the others are asked again', async () => {
    const helpers = fakeHelpers((ip, answer) => (ip === '10.9.0.1' ? undefined : setTimeout(answer, 100)));
    const reader = createSnmpReader(helpers.spawn);
    const stop = new AbortController();
    const [first, second] = orders
      .slice(0, 2)
      .map(async (order) => await reader.read(order, order === orders[0] ? stop.signal : undefined));
    setTimeout(() => stop.abort(), 50);
    const began = performance.now();
    expect(await first).toMatchObject({ end: 'stopped' });
    // 0.7 s, on a busy machine
    expect(performance.now() - began).toBeLessThan(2000);
    expect(await second).toMatchObject({ end: 'complete' });
    reader.close();
  });

  test('a process that hangs does not outlive a stop of several devices, and none of them is asked again', async () => {
    const asked: string[] = [];
    const helpers = fakeHelpers((ip) => void asked.push(ip));
    const reader = createSnmpReader(helpers.spawn);
    const stop = new AbortController();
    const readings = orders.slice(0, 3).map(async (order) => await reader.read(order, stop.signal));
    setTimeout(() => stop.abort(), 100);
    expect((await Promise.all(readings)).map(({ end }) => end)).toEqual(['stopped', 'stopped', 'stopped']);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(asked).toHaveLength(3);
    expect(helpers.counts()).toMatchObject({ alive: 0, started: 1 });
    reader.close();
  });

  test('closing ends what is open and what waits', async () => {
    const helpers = fakeHelpers(() => undefined);
    const reader = createSnmpReader(helpers.spawn);
    const readings = Promise.all(orders.map(async (order) => await reader.read(order)));
    reader.close();
    expect(new Set((await readings).map(({ end }) => end))).toEqual(new Set(['stopped']));
    expect(helpers.counts()).toMatchObject({ alive: 0 });
  });
});

test('a big reading reaches the engine in small messages, and whole', () => {
  const entry = { mac: '001B21000001', vlan: 1, bridge_port: 1, if_index: 1, status: 'learned' } as const;
  const reading = { ...emptyReading('10.9.0.1', 'complete'), forwarding: Array.from({ length: 20_000 }, () => entry) };
  const messages = [...inPieces(1, reading)];
  for (const message of messages) expect(JSON.stringify(message).length).toBeLessThan(64 * 1024);
  const take = piecesOf();
  expect(messages.map(take).findLast((each) => each !== null)).toEqual(reading);
});

test('nothing here can write to a device, and no community is known by heart', () => {
  const folder = join(__dirname, '../../../../main/engine/snmp');
  const files = [...readdirSync(folder).map((file) => join(folder, file)), join(folder, '../helpers/snmp.ts')];
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    expect([
      file,
      /session\s*\.\s*(set|inform|trap)\b|SetRequest|createAgent|['"](public|private)['"]/.exec(text),
    ]).toEqual([file, null]);
  }
});
