/** SNMP through network namespaces: a switch at an address of the lab, an answer from a wrong address, and who hears the community. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DeviceReading } from '../../main/engine/snmp/reading.ts';
import { said } from '../support/said.ts';
import { describeIf } from '../support/skip.ts';
import { shown } from '../support/snmp-reading.ts';
import { readWalk } from '../support/walk.ts';
import { buildLab, noLab, type Lab } from './lab.ts';

const AGENT = join(import.meta.dirname, 'snmp-agent.ts');
const ONCE = join(import.meta.dirname, 'snmp-once.ts');
const SNMPD = '/usr/sbin/snmpd';
const SWITCH = '10.77.0.2';
const CROOKED = { ip: '10.77.0.3', mac: '00:1b:21:00:00:03' };
const OTHER = { ip: '10.77.0.4', mac: '00:1b:21:00:00:04' };
const LINUX = '10.77.0.5';
const BARE = '10.77.0.6';
const SLOW = '10.77.0.7';

const why = noLab() ?? (existsSync(SNMPD) ? null : 'snmpd is not on this machine');
describeIf(why === null, `The lab is not built: ${why}.`)('SNMP on a network of namespaces', () => {
  let lab: Lab;
  let dir: string;
  /** The slow device is in the middle of a reading. */
  let asked: Promise<unknown>;
  beforeAll(async () => {
    lab = buildLab({ plain: [], alone: [2, 5, 6, 7], named: [CROOKED, OTHER] });
    dir = mkdtempSync(join(tmpdir(), 'lanbook-snmp-'));
    writeFileSync(
      join(dir, 'snmpd.conf'),
      `rouser watcher priv\ncreateUser watcher SHA-256 "authenticate-me" AES "keep-it-secret"\nsysName lab-linux\n`,
    );
    writeFileSync(
      join(dir, 'slow.walk'),
      '! slow 60\n! bulkmost 2\nsysName.0 = STR: slow\nifDescr.{1..400} = STR: port {}\ndot1dBasePortIfIndex.1 = INT: 1\n',
    );
    const agents = [
      lab.run(SWITCH, process.execPath, [AGENT, 'huawei-s5720', SWITCH, '161']),
      lab.run(SLOW, process.execPath, [AGENT, join(dir, 'slow.walk'), SLOW, '161']),
      lab.run(CROOKED.ip, process.execPath, [AGENT, 'core', CROOKED.ip, '161', OTHER.ip]),
      lab.run(LINUX, 'env', [
        `SNMP_PERSISTENT_DIR=${dir}`,
        SNMPD,
        '-f',
        '-Lo',
        '-C',
        '-c',
        join(dir, 'snmpd.conf'),
        `udp:${LINUX}:161`,
      ]),
    ];
    asked = said(agents[1] as (typeof agents)[number], 'asked');
    // who never comes to it must not fail for it
    asked.catch(() => undefined);
    await Promise.all(
      agents.map(async (agent, at) => await said(agent, at === agents.length - 1 ? 'NET-SNMP version' : '161')),
    );
  }, 60_000);
  afterAll(() => {
    lab.close();
    rmSync(dir, { recursive: true });
  });

  const read = (ip: string, credential: unknown): DeviceReading => {
    const order = JSON.stringify({ ip, credential });
    const done = spawnSync(...lab.command(process.execPath, [ONCE, order]), { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(done.stderr);
    expect(done.stderr).toBe('');
    return JSON.parse(done.stdout) as DeviceReading;
  };
  const v2c = { version: 'v2c', community: 'walk-community' };

  test('a switch at port 161 of its address, read whole', () => {
    expect(shown(read(SWITCH, v2c))).toEqual(readWalk('huawei-s5720').reading);
  }, 30_000);

  test('Debian’s snmpd by SNMPv3 with SHA-256 and AES', () => {
    const credential = {
      version: 'v3',
      user: 'watcher',
      auth: { protocol: 'sha256', key: 'authenticate-me' },
      priv: { protocol: 'aes', key: 'keep-it-secret' },
    };
    const reading = read(LINUX, credential);
    expect(reading).toMatchObject({ end: 'complete', system: { name: 'lab-linux' } });
    expect(reading.addresses).toContain(LINUX);
  }, 30_000);

  test('an answer that comes from another address than was asked is not heard', () => {
    expect(read(CROOKED.ip, v2c)).toMatchObject({ end: 'silent', system: null });
  }, 30_000);

  test('a host without SNMP says so, and an address without a host is silence', () => {
    expect(read(BARE, v2c).end).toBe('closed');
    expect(read('10.77.0.99', v2c).end).toBe('silent');
  }, 30_000);

  test('a cable pulled in the middle: what came is kept and marked, within fifteen seconds', async () => {
    const order = JSON.stringify({ ip: SLOW, credential: v2c });
    const reading = lab.start(process.execPath, [ONCE, order]);
    let printed = '';
    reading.stdout?.on('data', (bytes: Buffer) => (printed += bytes.toString()));
    await asked;
    lab.cable(false);
    await once(reading, 'exit');
    lab.cable(true);
    const given = JSON.parse(printed) as DeviceReading;
    expect(given).toMatchObject({
      end: 'partial',
      system: { name: 'slow' },
      tables: { interfaces: 'cut', arp: 'failed' },
    });
    expect(given.interfaces.length).toBeGreaterThan(0);
    expect(given.elapsed_ms).toBeLessThan(15_000);
  }, 60_000);

  test('nobody but the device asked hears a question', async () => {
    const listen = `require('node:dgram').createSocket('udp4').on('message', () => console.log('heard')).bind(161, () => console.log('ready'))`;
    const bystander = lab.run(BARE, process.execPath, ['-e', listen]);
    let said = '';
    bystander.stdout?.on('data', (bytes: Buffer) => (said += bytes.toString()));
    if (bystander.stdout) await once(bystander.stdout, 'data');
    expect(read(SWITCH, v2c).end).toBe('complete');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(said).toBe('ready\n');
    expect(read(BARE, v2c).end).toBe('silent');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(said).toBe('ready\nheard\nheard\n');
  }, 60_000);
});
