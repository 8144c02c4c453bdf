/** A laptop that was stolen: what its operator types, and what it still can do. */
import { withClient } from '../../hub/db.ts';
import { listDevices, revokeDevice } from '../../hub/devices.ts';
import { isLoopback, optionsOf, USAGE } from '../../hub/options.ts';
import {
  hasPostgres,
  laptopOf,
  noPostgres,
  startCluster,
  syncNow,
  type Cluster,
  type TestHub,
} from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';
import { refusalOf, testEngine, type TestEngine } from '../support/engine.ts';

const NOW = Date.parse('2026-09-29T08:00:00Z');

describeIf(hasPostgres, noPostgres)('revoking a laptop', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let stolen: TestEngine;
  let other: TestEngine;
  let code: string;
  beforeAll(async () => {
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster.stop(), 60_000);
  beforeEach(async () => {
    hub = await cluster.hub({ now: () => NOW });
    stolen = await testEngine({ machine: 'L03', technician: '李明' });
    code = await hub.newCode();
    await stolen.call.sync.enrol({ address: hub.url, code });
    other = await laptopOf(hub, 'L04', '张伟');
  });
  afterEach(() => {
    stolen.close();
    other.close();
  });
  const revoke = (machine: string): ReturnType<typeof revokeDevice> =>
    withClient(hub.pool, (client) => revokeDevice(client, machine, NOW));

  test('ends its access with the next request, and the code it joined with does not let it in again', async () => {
    await stolen.call.locations.create({ kind: 'room', name: '101' });
    await syncNow(stolen);
    expect(await revoke('L03')).toMatchObject({ machine: 'L03', technician: '李明', revoked_at: NOW });
    await stolen.call.locations.create({ kind: 'room', name: '102' });
    expect((await refusalOf(syncNow(stolen))).code).toBe('device_revoked');
    expect((await refusalOf(stolen.call.sync.enrol({ address: hub.url, code }))).code).toBe('code_used');
    expect((await refusalOf(syncNow(stolen))).code).toBe('device_revoked');
    await syncNow(other);
    expect((await other.call.locations.tree()).map(({ name }) => name)).toEqual(['101']);
    const { rows } = await hub.pool.query("SELECT success, detail FROM sync.event WHERE kind = 'revoke'");
    expect(rows).toEqual([{ success: true, detail: '李明@L03' }]);
  });

  test('lasts until its operator gives it a new code; nothing it did meanwhile is lost', async () => {
    await revoke('L03');
    await stolen.call.locations.create({ kind: 'room', name: '102' });
    await stolen.call.sync.enrol({ address: hub.url, code: await hub.newCode() });
    expect(await syncNow(stolen)).toMatchObject({ applied: 1 });
  });

  test('is listed with the others, and is refused for a laptop that is not there', async () => {
    expect(await revoke('L09')).toBeNull();
    await revoke('L03');
    expect(await revoke('L03')).toBeNull();
    expect(await withClient(hub.pool, listDevices)).toMatchObject([
      { machine: 'L03', technician: '李明', enrolled_at: NOW, seen_at: null, revoked_at: NOW },
      { machine: 'L04', technician: '张伟', enrolled_at: NOW, seen_at: null, revoked_at: null },
    ]);
  });
});

test('the command line of the hub is read, or refused in one sentence', () => {
  expect(optionsOf([])).toMatchObject({
    command: 'serve',
    object: '',
    data: 'hub-data',
    host: '127.0.0.1',
    port: 8470,
  });
  expect(optionsOf([]).graceDays).toBe(30);
  expect(optionsOf(['quarantine'])).toMatchObject({ command: 'quarantine', object: '' });
  expect(optionsOf(['quarantine', 'accept', 'L03'])).toMatchObject({ command: 'quarantine', object: 'accept L03' });
  expect(optionsOf(['revoke', 'L03', '--data', 'x'])).toMatchObject({ command: 'revoke', object: 'L03', data: 'x' });
  expect(optionsOf(['--help']).command).toBe('help');
  expect(optionsOf(['backup', 'f'])).toMatchObject({ command: 'backup', object: 'f' });
  for (const command of [
    'code',
    'devices',
    'revoke',
    'quarantine',
    'status',
    'backup',
    'restore',
    '--host',
    '--port',
    '--data',
  ])
    expect(USAGE).toContain(command);
  for (const args of [
    ['--foo'],
    ['--port'],
    ['--port', 'x'],
    ['bogus'],
    ['revoke'],
    ['code', 'L03'],
    ['serve', 'x'],
    ['--grace', 'x'],
    ['quarantine', 'accept'],
    ['quarantine', 'keep', 'L03'],
  ])
    expect([args, said(() => optionsOf(args))]).toEqual([args, expect.stringMatching(/^[^\n]{10,120}$/)]);
  expect(said(() => optionsOf(['--foo']))).toContain('--foo');
});

test('only an address of this computer is called private', () => {
  for (const host of ['127.0.0.1', '127.1.2.3', '::1', 'localhost'])
    expect([host, isLoopback(host)]).toEqual([host, true]);
  for (const host of ['0.0.0.0', '::', '192.168.1.5', '127.example.com', 'hub'])
    expect([host, isLoopback(host)]).toEqual([host, false]);
});

function said(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}
