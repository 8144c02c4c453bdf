import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { saveSightings, beginSweep } from '../../../../../main/engine/features/discovery/store.ts';
import { credentialsFor } from '../../../../../main/engine/features/switches/approve.ts';
import { saveReading } from '../../../../../main/engine/features/switches/store.ts';
import { access } from '../../../../support/readings.ts';
import type { DeviceReading, ReadOrder } from '../../../../../main/engine/snmp/reading.ts';
import type { CredentialDraft, ReadEvent } from '../../../../../shared/features/switches.ts';
import { unidentified } from '../../../../../shared/features/discovery/identity.ts';
import { refusalOf, testEngine, type TestEngine } from '../../../../support/engine.ts';
import { serveWalk, type Agent } from '../../../../support/snmp-agent.ts';
import { officeSnmp } from '../../../../support/snmp-office.ts';
import { parseWalk } from '../../../../support/walk.ts';

const PASSPHRASE = 'CANARY-9f3-passphrase';
const COMMUNITY = 'CANARY-9f3-community';
const SWITCH = '10.20.1.2';
const walk = parseWalk(`
! community ${COMMUNITY}
sysDescr.0 = STR: S5735-L24T4S-A
sysObjectID.0 = OID: 1.3.6.1.4.1.2011.2.23.291
sysUpTime.0 = TICKS: 8640000
sysName.0 = STR: 三楼接入
sysLocation.0 = GBK: 三楼弱电间
ifDescr.{101..104} = STR: GigabitEthernet0/0/{+-100}
ifType.{101..104} = INT: 6
ifOperStatus.{101..104} = INT: 1
dot1dBasePortIfIndex.{1..4} = INT: {+100}
dot1dTpFdbPort.0.224.76.0.0.1 = INT: 3
dot1dTpFdbStatus.0.224.76.0.0.1 = INT: 3
`);
const v2c = (more: Partial<CredentialDraft> = {}): CredentialDraft =>
  ({
    version: 'v2c',
    name: '教学楼',
    scope: ['10.20.1.0/24'],
    port: null,
    community: COMMUNITY,
    ...more,
  }) as CredentialDraft;

let test: TestEngine;
let asked: ReadOrder[];
let agent: Agent;
let stranger: Agent;
beforeEach(async () => {
  agent = await serveWalk(walk);
  stranger = await serveWalk(walk);
  asked = [];
  test = await testEngine({ ports: { snmp: officeSnmp(new Map([[SWITCH, agent]]), asked, stranger) } });
});
afterEach(() => {
  test.close();
  agent.close();
  stranger.close();
});
const registerSwitch = (ip = SWITCH): Promise<unknown> =>
  test.call.assets.create({ name: '接入交换机', category: 'switch', status: 'in_use', ip });
async function readAll(ips: string[] = []): Promise<ReadEvent[]> {
  const events: ReadEvent[] = [];
  for await (const event of await test.call.switches.read({ ips })) events.push(event);
  return events;
}

describe('the vault', () => {
  it('asks for a passphrase where there is no keyring, once, and knows a wrong one', async () => {
    const { call } = test;
    expect(await call.switches.vault()).toStrictEqual({ state: 'none', holder: null, asks: true });
    expect(await refusalOf(call.switches.addCredential(v2c()))).toMatchObject({ code: 'vault_needs_passphrase' });
    await call.switches.makeVault({ passphrase: PASSPHRASE });
    await call.switches.addCredential(v2c());
    expect(await call.switches.vault()).toStrictEqual({ state: 'open', holder: 'passphrase', asks: false });
    test.reopen();
    expect(await test.call.switches.vault()).toStrictEqual({ state: 'locked', holder: 'passphrase', asks: true });
    expect(await refusalOf(test.call.switches.addCredential(v2c()))).toMatchObject({ code: 'vault_locked' });
    await registerSwitch();
    expect(await refusalOf(readAll())).toMatchObject({ code: 'vault_locked' });
    expect(await refusalOf(test.call.switches.unlock({ passphrase: 'CANARY-9f3-wrong' }))).toMatchObject({
      code: 'vault_wrong_passphrase',
    });
    await test.call.switches.unlock({ passphrase: PASSPHRASE });
    expect((await readAll()).at(-1)).toMatchObject({ kind: 'done', answered: 1 });
    expect(await test.call.switches.lock()).toMatchObject({ state: 'locked' });
  });

  it('a forgotten passphrase costs the credentials and nothing else', async () => {
    const { call } = test;
    await call.switches.makeVault({ passphrase: PASSPHRASE });
    await call.switches.addCredential(v2c());
    await registerSwitch();
    await readAll();
    expect(await call.switches.forget()).toStrictEqual({ credentials: 1 });
    expect(await call.switches.vault()).toMatchObject({ state: 'none' });
    expect(await call.switches.devices()).toMatchObject([{ name: '三楼接入', reachable: false }]);
    await call.switches.makeVault({ passphrase: 'another passphrase' });
    expect(await call.switches.addCredential(v2c())).toMatchObject({ version: 'v2c' });
  });

  it('needs no passphrase where the login holds the key, and says so when it no longer does', async () => {
    test.close();
    const rings = new Map<string, Uint8Array>();
    const keyring = {
      wrap: async (key: Uint8Array) => {
        const name = `v11-${rings.size}`;
        rings.set(name, Uint8Array.from(key));
        return Buffer.from(name);
      },
      unwrap: async (wrapped: Uint8Array) => rings.get(Buffer.from(wrapped).toString()) ?? null,
    };
    test = await testEngine({ ports: { snmp: officeSnmp(new Map([[SWITCH, agent]]), asked, stranger), keyring } });
    expect(await test.call.switches.vault()).toStrictEqual({ state: 'none', holder: null, asks: false });
    await test.call.switches.addCredential(v2c());
    await registerSwitch();
    test.reopen();
    expect((await readAll()).at(-1)).toMatchObject({ kind: 'done', answered: 1 });
    test.reopen();
    rings.clear();
    expect(await refusalOf(readAll())).toMatchObject({ code: 'vault_lost' });
    // the way out: delete what cannot be opened, and type it again
    const [lost] = await test.call.switches.credentials();
    await test.call.switches.removeCredential({ id: lost!.id });
    await test.call.switches.addCredential(v2c());
    expect((await readAll()).at(-1)).toMatchObject({ kind: 'done', answered: 1 });
  });
});

describe('a credential', () => {
  beforeEach(async () => {
    await test.call.switches.makeVault({ passphrase: PASSPHRASE });
  });

  it.each([
    [['8.8.8.0/24'], 'scope_public'],
    [['10.0.0.0/8'], 'scope_too_wide'],
    [['10.20.0.0/16', '10.21.0.0/16'], 'scope_too_wide'],
    [['0.0.0.0/0'], 'scope_public'],
    [['127.0.0.1'], 'scope_public'],
    [['switches'], 'scope_nonsense'],
  ])('is not bound to %j', async (scope, code) => {
    expect(await refusalOf(test.call.switches.addCredential(v2c({ scope })))).toMatchObject({ code });
  });

  it('of v3 encrypts only with authentication', async () => {
    const v3: CredentialDraft = {
      version: 'v3',
      name: 'v3',
      scope: [SWITCH],
      port: 1161,
      user: 'reader',
      auth: null,
      priv: {
        protocol: 'aes',
        key: COMMUNITY,
      },
    };
    expect(await refusalOf(test.call.switches.addCredential(v3))).toMatchObject({ code: 'snmp_priv_alone' });
  });

  it('goes to the registered and to the seen inside its scope, and to nobody else', async () => {
    const { id } = await test.call.switches.addCredential(v2c());
    await registerSwitch();
    await registerSwitch('10.20.2.2');
    const sweep = beginSweep(test.engine.db, test.clock.now(), {
      cidrs: ['10.20.1.0/24'],
      effort: 'quick',
      total: 254,
      gateway: '',
    });
    const seen = {
      mac: null,
      self: false,
      vendor: null,
      random: false,
      rtt_ms: null,
      loss_percent: null,
      ttl: null,
      name: null,
      ...unidentified,
    };
    saveSightings(test.engine.db, sweep, test.clock.now(), [
      { ...seen, ip: '10.20.1.7', proof: 'cache' },
      { ...seen, ip: '10.20.1.8', proof: 'icmp' },
    ]);
    const events = await readAll([SWITCH, '10.20.1.7', '10.20.1.8', '10.20.1.9', '10.20.2.2', '8.8.8.8', '127.0.0.1']);
    expect(events[0]).toStrictEqual({
      kind: 'started',
      total: 2,
      skipped: [
        { ip: '10.20.1.7', reason: 'not_approved' },
        { ip: '10.20.1.9', reason: 'not_approved' },
        { ip: '10.20.2.2', reason: 'no_credential' },
        { ip: '8.8.8.8', reason: 'not_approved' },
        { ip: '127.0.0.1', reason: 'not_approved' },
      ],
    });
    expect(asked.map(({ ip }) => ip).toSorted()).toStrictEqual([SWITCH, '10.20.1.8']);
    for (const ip of ['10.20.1.7', '10.20.1.9', '8.8.8.8'])
      expect(await refusalOf(test.call.switches.tryCredential({ id, ip }))).toMatchObject({
        code: ip === '8.8.8.8' ? 'snmp_out_of_scope' : 'snmp_not_approved',
      });
    // a file says that it answered a moment ago
    const csv = `IP,Ping,MAC Address\n10.20.1.7,1 ms,00:1B:21:00:00:07\n`;
    const { id: upload } = await test.call.transfer.upload({
      name: 'scan.csv',
      data: Buffer.from(csv).toString('base64'),
    });
    await test.call.discovery.history.importScan({ upload });
    expect(await refusalOf(test.call.switches.tryCredential({ id, ip: '10.20.1.7' }))).toMatchObject({
      code: 'snmp_not_approved',
    });
    // a day later what was seen counts no more
    test.clock.set(25 * 3_600_000);
    expect(await refusalOf(test.call.switches.tryCredential({ id, ip: '10.20.1.8' }))).toMatchObject({
      code: 'snmp_not_approved',
    });
    expect(asked).toHaveLength(2);
  });

  it('an unapproved host never sees a packet of a reading of everything', async () => {
    await test.call.switches.addCredential(v2c());
    await registerSwitch();
    await readAll();
    await readAll(['10.20.1.77', '10.20.1.78']);
    expect(agent.heard.length).toBeGreaterThan(0);
    expect(stranger.heard).toStrictEqual([]);
    // only questions: 163 would be a SET
    expect([...agent.kinds].every((kind) => [160, 161, 165].includes(kind))).toBe(true);
  });

  it('of v3 reaches the reader as it was typed, after a restart too', async () => {
    test.close();
    const orders: ReadOrder[] = [];
    const reader = {
      close: () => undefined,
      read: async (order: ReadOrder) => {
        orders.push(order);
        return { ...access({}), ip: order.ip };
      },
    };
    test = await testEngine({ ports: { snmp: () => reader } });
    await test.call.switches.makeVault({ passphrase: PASSPHRASE });
    await test.call.switches.addCredential({
      version: 'v3',
      name: 'v3',
      scope: [SWITCH],
      port: 1161,
      user: 'reader',
      auth: {
        protocol: 'sha256',
        key: '认证密码一二三四',
      },
      priv: {
        protocol: 'aes',
        key: 'priv-password',
      },
    } satisfies CredentialDraft);
    await registerSwitch();
    test.reopen();
    await test.call.switches.unlock({ passphrase: PASSPHRASE });
    await readAll();
    expect(orders).toStrictEqual([
      {
        ip: SWITCH,
        port: 1161,
        credential: {
          version: 'v3',
          user: 'reader',
          auth: {
            protocol: 'sha256',
            key: '认证密码一二三四',
          },
          priv: {
            protocol: 'aes',
            key: 'priv-password',
          },
        },
      },
    ]);
  });

  it('is tried v3 first, and what answered before is tried before the others', async () => {
    const v3: CredentialDraft = {
      version: 'v3',
      name: 'v3',
      scope: ['10.20.0.0/16'],
      port: null,
      user: 'r',
      auth: null,
      priv: null,
    };
    const wide = await test.call.switches.addCredential(v2c({ name: 'wide', scope: ['10.20.0.0/16'] }));
    await test.call.switches.addCredential(v2c({ name: 'narrow' }));
    await test.call.switches.addCredential(v3);
    const order = (): string[] => credentialsFor(test.engine.db, SWITCH).map(({ name }) => name);
    expect(order()).toStrictEqual(['v3', 'narrow', 'wide']);
    test.clock.set(1000);
    saveReading(test.engine.db, test.clock.now(), wide.id, access({}));
    expect(order()).toStrictEqual(['wide', 'v3', 'narrow']);
    test.clock.set(1000);
    await test.call.switches.addCredential({ ...v3, name: 'v3 new' });
    expect(order()).toStrictEqual(['v3 new', 'wide', 'v3']);
  });

  it('whose scope was widened in the file is not sent at all', async () => {
    await test.call.switches.addCredential(v2c());
    await registerSwitch('10.66.0.9');
    test.engine.db.prepare('UPDATE _snmp_credentials SET scope = ?').run('["10.66.0.0/24"]');
    expect(await refusalOf(readAll(['10.66.0.9']))).toMatchObject({ code: 'vault_damaged' });
    test.engine.db.prepare('UPDATE _snmp_credentials SET scope = ?, port = 9999').run('["10.66.0.0/24"]');
    expect(await refusalOf(readAll(['10.66.0.9']))).toMatchObject({ code: 'vault_damaged' });
    expect(asked).toStrictEqual([]);
  });
});

describe('a reading', () => {
  beforeEach(async () => {
    await test.call.switches.makeVault({ passphrase: PASSPHRASE });
    await test.call.switches.addCredential(v2c());
    await registerSwitch();
  });

  it('is told as it goes, kept, and shown with what was not there', async () => {
    const events = await readAll();
    expect(events.map(({ kind }) => kind)).toStrictEqual(['started', 'asking', 'device', 'done']);
    const [device] = await test.call.switches.devices();
    expect(device).toMatchObject({
      ip: SWITCH,
      name: '三楼接入',
      asset: { title: '接入交换机' },
      last: {
        end: 'complete',
        credential: '教学楼',
        tables: { interfaces: 'read', bridge: 'read', qbridge: 'absent', lldp: 'absent' },
      },
      counts: { interfaces: 4, macs: 1, arp: 0, neighbours: 0 },
    });
    const page = await test.call.switches.device({ ip: SWITCH });
    expect(page).toMatchObject({ location: '三楼弱电间', uptime_s: 86_400 });
    expect(page.interfaces[2]).toMatchObject({
      name: 'GigabitEthernet0/0/3',
      uplink: false,
      mac_count: 1,
      macs: [{ mac: '00E04C000001', who: null }],
    });
  });

  it('with a wrong community is told as silence, and the last good one stays in force', async () => {
    await readAll();
    const [good] = await test.call.switches.credentials();
    await test.call.switches.removeCredential({ id: good!.id });
    const { id } = await test.call.switches.addCredential(v2c({ community: 'wrong' }));
    const device = await test.call.switches.tryCredential({ id, ip: SWITCH });
    expect(device).toMatchObject({ last: { end: 'silent' }, counts: { macs: 1 } });
    expect((await test.call.switches.find({ text: '00-E0-4C-00-00-01' }))[0]?.candidates[0]).toMatchObject({
      kind: 'edge',
    });
  }, 60_000);

  it('stops within a second, from the stream and from elsewhere', async () => {
    const mute = await serveWalk(parseWalk('! community nobody\nsysName.0 = STR: x'));
    test.close();
    test = await testEngine({ ports: { snmp: officeSnmp(new Map([[SWITCH, mute]]), asked, mute) } });
    await test.call.switches.makeVault({ passphrase: PASSPHRASE });
    await test.call.switches.addCredential(v2c());
    await registerSwitch();
    let began = 0;
    for await (const event of await test.call.switches.read({ ips: [] })) {
      if (event.kind === 'asking') {
        began = performance.now();
        expect(await refusalOf(readAll())).toMatchObject({ code: 'snmp_reading' });
        expect(await test.call.switches.stop()).toStrictEqual({ stopped: true });
      }
      if (event.kind === 'done') expect(event).toMatchObject({ stopped: true, answered: 0 });
    }
    // a helper that has not even started is given 0.7 s, and the machine of a test is busy; a question waits 2.5 s
    expect(performance.now() - began).toBeLessThan(2000);
    expect(await test.call.switches.stop()).toStrictEqual({ stopped: false });
    mute.close();
  });

  it('of many devices asks four at once, and walking away from it stops them all', async () => {
    test.close();
    let now = 0;
    let most = 0;
    let stopped = 0;
    const reader = {
      close: () => undefined,
      read: (order: ReadOrder, signal?: AbortSignal) =>
        new Promise<DeviceReading>((resolve) => {
          most = Math.max(most, ++now);
          const end = (end: DeviceReading['end']): void => {
            clearTimeout(timer);
            signal?.removeEventListener('abort', stop);
            now--;
            resolve({ ...access({}), ip: order.ip, end });
          };
          const timer = setTimeout(() => end('complete'), order.ip.endsWith('.1') ? 5 : 5000);
          const stop = (): void => {
            stopped++;
            end('stopped');
          };
          signal?.addEventListener('abort', stop, { once: true });
        }),
    };
    test = await testEngine({ ports: { snmp: () => reader } });
    await test.call.switches.makeVault({ passphrase: PASSPHRASE });
    await test.call.switches.addCredential(v2c());
    for (let n = 1; n <= 9; n++) await registerSwitch(`10.20.1.${n}`);
    for await (const event of await test.call.switches.read({ ips: [] })) if (event.kind === 'device') break;
    expect({ most, now, stopped }).toStrictEqual({ most: 4, now: 0, stopped: 4 });
    expect((await test.call.switches.devices()).filter(({ last }) => last?.end === 'complete')).toHaveLength(1);
    // the place is free again
    expect(await test.call.switches.stop()).toStrictEqual({ stopped: false });
  });

  it('finds a port by MAC, IP, person and asset, and writes nothing by itself', async () => {
    await readAll();
    const subnet = await test.call.ipam.createSubnet({ cidr: '10.20.30.0/24', name: '办公', purpose: 'office' });
    const person = await test.call.people.create({
      name: '王芳',
      identity: 'staff',
      letter: 'signed',
      status: 'active',
    });
    await test.call.ipam.bind({
      subnet_id: subnet.id,
      ip: '10.20.30.11',
      mac: '00E04C000001',
      person_id: person.id,
      reason: '测试',
    });
    for (const text of ['00e0.4c00.0001', '10.20.30.11', '王芳', 'wf'])
      expect([text, await test.call.switches.find({ text })]).toMatchObject([
        text,
        [
          {
            mac: '00E04C000001',
            binding: { person: '王芳', switch_port: null },
            candidates: [{ device: '三楼接入', port: 'GigabitEthernet0/0/3', kind: 'edge', macs: 1 }],
          },
        ],
      ]);
    expect(await refusalOf(test.call.switches.find({ text: '没有这个人' }))).toMatchObject({ code: 'port_nobody' });
    expect(await refusalOf(test.call.switches.find({ text: '10.20.30.99' }))).toMatchObject({ code: 'port_no_card' });
    const { rows } = await test.call.ipam.list({});
    expect(rows[0]).toMatchObject({ switch_port: null, switch_name: null });
  });
});

it('a secret is nowhere: not in answers, logs, search, audit, exports, the file or its backup', async () => {
  const said: string[] = [];
  const note = (value: unknown): void => void said.push(JSON.stringify(value), inspect(value, { depth: 9 }));
  const spies = (['log', 'error', 'warn', 'info'] as const).map((name) =>
    jest.spyOn(console, name).mockImplementation((...args: unknown[]) => args.forEach(note)),
  );
  const { call } = test;
  await call.switches.makeVault({ passphrase: PASSPHRASE });
  note(await call.switches.addCredential(v2c()));
  note(
    await call.switches.addCredential({
      version: 'v3',
      name: 'v3',
      scope: ['10.20.9.0/24'],
      port: null,
      user: 'reader',
      auth: {
        protocol: 'sha256',
        key: 'CANARY-9f3-auth-key',
      },
      priv: {
        protocol: 'aes',
        key: 'CANARY-9f3-priv-key',
      },
    }),
  );
  note(await refusalOf(call.switches.unlock({ passphrase: 'CANARY-9f3-wrong' })));
  note(await refusalOf(call.switches.addCredential(v2c({ scope: ['CANARY'] }))));
  await registerSwitch();
  note(await readAll());
  note(await call.switches.credentials());
  note(await call.switches.devices());
  note(await call.switches.device({ ip: SWITCH }));
  note(await call.search.find({ text: 'CANARY', tables: [], limit: 20 }).catch(String));
  note(await call.audit.list({}));
  note(test.engine.db.all('SELECT * FROM _commits'));
  note(test.engine.db.all('SELECT * FROM _ops'));
  note(test.engine.db.all('SELECT * FROM _refused'));
  note(test.engine);
  await call.system.backup();
  for (const spy of spies) spy.mockRestore();
  test.engine.db.raw.pragma('wal_checkpoint(TRUNCATE)');
  const dir = join(test.dir);
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.some(({ name }) => name.includes('.db'))).toBe(true);
  for (const file of files) {
    const bytes = readFileSync(join(file.parentPath, file.name));
    for (const text of [
      'CANARY-9f3',
      Buffer.from('CANARY-9f3', 'utf16le').toString('latin1'),
      Buffer.from('CANARY-9f3').toString('base64').slice(0, 12),
    ])
      expect([file.name, bytes.includes(text)]).toStrictEqual([file.name, false]);
  }
  // the agent heard it, so it was really in use
  expect(agent.heard).toContain(COMMUNITY);
  expect(said.join('\n')).not.toContain('CANARY-9f3');
  test.engine.close();
  const cli = execFileSync(process.execPath, ['main/cli.ts', '--data', dir, 'call', 'switches.credentials', 'null'], {
    encoding: 'utf8',
  });
  expect(cli).toContain('教学楼');
  expect(cli).not.toContain('CANARY');
  test.reopen();
}, 60_000);
