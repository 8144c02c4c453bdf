import { saveReading } from '../../../../../main/engine/features/switches/store.ts';
import type { DiscoveredHost, DiscoveryEvent } from '../../../../../shared/features/discovery.ts';
import { tableNames, type DeviceReading } from '../../../../../main/engine/snmp/reading.ts';
import { testEngine, type TestEngine } from '../../../../support/engine.ts';
import type { FakeTold } from '../../../../support/fake-probes.ts';
import { fakeWire } from '../../../../support/fake-wire.ts';

const IP = '10.20.30.5';
const camera: FakeTold = { open: [80, 554], title: 'index', says: ['App-webs/'], rtsp: ['IP Camera(C6513)'] };
let notebook: TestEngine;
let asked: string[];

async function on(told: FakeTold, mac = '4419B6000005'): Promise<void> {
  notebook = await testEngine({
    ports: {
      wire: () => {
        const wire = fakeWire({ hosts: [{ ip: IP, mac, told }] });
        return {
          ...wire,
          vendorOf: () => (mac.startsWith('4419B6') ? 'Hangzhou Hikvision Digital Technology Co.,Ltd.' : null),
          connect: (ip, port, ...rest) => {
            asked.push(`${ip}:${port}`);
            return wire.connect(ip, port, ...rest);
          },
        };
      },
    },
  });
}
beforeEach(() => {
  asked = [];
});
afterEach(() => notebook.close());

async function sweep(options: Parameters<TestEngine['call']['discovery']['sweep']>[0]): Promise<DiscoveryEvent[]> {
  const events: DiscoveryEvent[] = [];
  for await (const event of await notebook.call.discovery.sweep({ cidrs: ['10.20.30.0/24'], rtt: false, ...options }))
    events.push(event);
  return events;
}
const stored = async (): Promise<DiscoveredHost | null | undefined> =>
  (await notebook.call.discovery.findings({})).findings.find(({ ip }) => ip === IP)?.host;

test('what a host told is in the findings, with what decided for its kind', async () => {
  await on(camera);
  await sweep({ effort: 'quick' });
  expect(await stored()).toMatchObject({
    kind: 'camera',
    ports: [80, 554],
    title: 'index',
    evidence: expect.arrayContaining([{ clue: 'service', value: 'IP Camera(C6513)' }]) as unknown,
  });
});

test('a quick sweep right after does not ask again, and says the same; after names alone, or nothing, it does', async () => {
  await on(camera);
  await sweep({ effort: 'quick', identify: 'none' });
  await sweep({ effort: 'quick', identify: 'names' });
  expect([asked, (await stored())?.kind]).toEqual([[], null]);
  await sweep({ effort: 'quick' });
  const [times, first] = [asked.length, await stored()];
  expect(times).toBeGreaterThan(1);
  await sweep({ effort: 'quick' });
  expect([asked.length, await stored()]).toEqual([times, first]);
  await sweep({ effort: 'thorough' });
  expect(asked.length).toBeGreaterThan(times);
});

test('the progress of a sweep counts addresses, then hosts', async () => {
  await on(camera);
  const steps = (await sweep({ effort: 'quick' })).flatMap((event) => (event.kind === 'progress' ? [event] : []));
  expect(steps.find(({ phase }) => phase === 'asking')).toMatchObject({ total: 254 });
  expect(steps.at(-1)).toMatchObject({ phase: 'identifying', asked: 2, total: 2 });
});

test('a switch that SNMP has read goes by the name and description it gave, for a week', async () => {
  await on({ open: [23] }, '3C8C40000005');
  const reading: DeviceReading = {
    ip: IP,
    end: 'complete',
    elapsed_ms: 5,
    varbinds: 6,
    tables: Object.fromEntries(tableNames.map((name) => [name, 'absent'])) as DeviceReading['tables'],
    system: {
      name: '三楼接入-1',
      description: 'H3C Comware Platform Software, S5130S-28S-EI',
      object_id: null,
      location: null,
      contact: null,
      uptime_s: null,
    },
    interfaces: [],
    addresses: [],
    arp: [],
    forwarding: [],
    neighbours: [],
  };
  saveReading(notebook.engine.db, notebook.clock.now(), 'c1', reading);
  await sweep({ effort: 'quick', identify: 'none' });
  expect(await stored()).toMatchObject({
    name: '三楼接入-1',
    names: [{ source: 'snmp', name: '三楼接入-1' }],
    kind: 'switch',
    evidence: [{ clue: 'snmp', value: 'H3C Comware Platform Software, S5130S-28S-EI' }],
  });
  notebook.clock.set(8 * 86_400_000);
  await sweep({ effort: 'thorough', identify: 'none' });
  expect(await stored()).toMatchObject({ name: null, names: [], kind: null });
});
