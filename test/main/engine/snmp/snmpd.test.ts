/** Debian's own agent on loopback: version 2c, and version 3 with every protocol that both sides know. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createSocket } from 'node:dgram';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Credential, DeviceReading } from '../../../../main/engine/snmp/reading.ts';
import { createSnmpReader } from '../../../../main/engine/snmp/reader.ts';
import { spawnHelper } from '../../../../main/engine/spawn-helper.ts';
import { said } from '../../../support/said.ts';
import { describeIf } from '../../../support/skip.ts';

const SNMPD = '/usr/sbin/snmpd';
const AUTH = 'authenticate-me';
const PRIV = 'keep-it-secret';
const CONFIG = `
rocommunity snmpd-community 127.0.0.1
sysName 机房-snmpd
sysLocation 三楼机房
createUser plain MD5 "${AUTH}"
createUser old MD5 "${AUTH}" DES "${PRIV}"
createUser usual SHA "${AUTH}" AES "${PRIV}"
createUser modern SHA-256 "${AUTH}" AES "${PRIV}"
createUser strong SHA-512 "${AUTH}" AES-256 "${PRIV}"
createUser stretched SHA "${AUTH}" AES-256 "${PRIV}"
createUser reeder SHA "${AUTH}" AES-256-C "${PRIV}"
createUser nobody
rouser nobody noauth
rouser plain auth
rouser old priv
rouser usual priv
rouser modern priv
rouser strong priv
rouser stretched priv
rouser reeder priv
`;

const v3 = (
  user: string,
  auth: 'md5' | 'sha' | 'sha256' | 'sha512' | null,
  priv: 'des' | 'aes' | 'aes256' | null,
  keys = { auth: AUTH, priv: PRIV },
): Credential => ({
  version: 'v3',
  user,
  auth: auth && { protocol: auth, key: keys.auth },
  priv: priv && { protocol: priv, key: keys.priv },
});

const V2C: Credential = { version: 'v2c', community: 'snmpd-community' };
const WRONG: Credential = { version: 'v2c', community: 'guess' };
const GOOD: [string, Credential][] = [
  ['no authentication', v3('nobody', null, null)],
  ['MD5', v3('plain', 'md5', null)],
  ['MD5 and DES', v3('old', 'md5', 'des')],
  ['SHA and AES', v3('usual', 'sha', 'aes')],
  ['SHA-256 and AES', v3('modern', 'sha256', 'aes')],
  ['SHA-512 and AES-256', v3('strong', 'sha512', 'aes256')],
  ['SHA and AES-256, its key stretched as net-snmp does', v3('stretched', 'sha', 'aes256')],
  ['SHA and AES-256, its key stretched as Cisco does', v3('reeder', 'sha', 'aes256')],
];
const BAD: [string, Credential][] = [
  ['a user it does not know', v3('stranger', 'sha256', 'aes')],
  ['a wrong key', v3('modern', 'sha256', 'aes', { auth: 'not-that-key', priv: PRIV })],
  ['a wrong privacy key', v3('modern', 'sha256', 'aes', { auth: AUTH, priv: 'not-that-key' })],
  ['a wrong protocol', v3('modern', 'sha512', 'aes')],
  ['less than it asks for', v3('modern', 'sha256', null)],
];

describeIf(existsSync(SNMPD), 'Debian’s snmpd is not on this machine.')('snmpd', () => {
  const reader = createSnmpReader(spawnHelper);
  let dir: string;
  let agent: ChildProcess;
  let port: number;
  /** All at once, because silence takes five seconds each time. */
  const readings = new Map<Credential, Promise<DeviceReading>>();
  const read = async (credential: Credential): Promise<DeviceReading> => {
    const reading = readings.get(credential) ?? reader.read({ ip: '127.0.0.1', port, credential });
    readings.set(credential, reading);
    return await reading;
  };

  beforeAll(async () => {
    const probe = createSocket('udp4');
    await new Promise<void>((resolve) => probe.bind(0, '127.0.0.1', resolve));
    ({ port } = probe.address());
    probe.close();
    dir = mkdtempSync(join(tmpdir(), 'lanbook-snmpd-'));
    writeFileSync(join(dir, 'snmpd.conf'), CONFIG);
    const options = ['-f', '-Lo', '-C', '-c', join(dir, 'snmpd.conf'), '-p', join(dir, 'pid'), `udp:127.0.0.1:${port}`];
    agent = spawn(SNMPD, options, {
      env: { ...process.env, SNMP_PERSISTENT_DIR: join(dir, 'state') },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await said(agent, 'NET-SNMP version');
    for (const credential of [V2C, WRONG, ...GOOD.map(([, each]) => each), ...BAD.map(([, each]) => each)])
      void read(credential);
  }, 20_000);
  afterAll(async () => {
    reader.close();
    agent.kill();
    await once(agent, 'exit');
    rmSync(dir, { recursive: true });
  });

  test('v2c: system, interfaces and addresses; what Linux lacks is absent and not empty', async () => {
    const reading = await read(V2C);
    expect(reading).toMatchObject({
      end: 'complete',
      system: { name: '机房-snmpd', location: '三楼机房' },
      tables: { interfaces: 'read', bridge: 'absent', qbridge: 'absent', vendor: 'not_asked', lldp: 'absent' },
    });
    expect(reading.interfaces).toContainEqual(
      expect.objectContaining({ if_index: 1, name: 'lo', up: true, mac: null }),
    );
  });

  test('v2c: a wrong community is silence, told after five seconds', async () => {
    const reading = await read(WRONG);
    expect(reading).toMatchObject({ end: 'silent', varbinds: 0, system: null });
    expect(reading.elapsed_ms).toBeGreaterThan(4000);
    expect(reading.elapsed_ms).toBeLessThan(6500);
  }, 15_000);

  test.each(GOOD)(
    'v3: %s',
    async (_, credential) => {
      const reading = await read(credential);
      expect(reading).toMatchObject({
        end: 'complete',
        system: { name: '机房-snmpd' },
        tables: { interfaces: 'read' },
      });
    },
    20_000,
  );

  test.each(BAD)(
    'v3: %s is told as a wrong credential',
    async (_, credential) => {
      expect(await read(credential)).toMatchObject({ end: 'wrong_credential', system: null });
    },
    15_000,
  );
});
