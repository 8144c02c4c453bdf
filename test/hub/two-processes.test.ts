/** The whole thing as it is used: `npm run hub` as one process, two notebooks through the command line as others. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEngine } from '../../main/engine/start.ts';
import { assets } from '../../shared/features/assets.ts';
import { hasPostgres, noPostgres } from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const node = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [...args], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '' } });
const finish = (child: ChildProcess): Promise<Ended> =>
  new Promise((done) => {
    let out = '';
    let err = '';
    child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.on('close', (code) => done({ code, out, err }));
  });

describeIf(hasPostgres, noPostgres)('a hub process and two notebooks', () => {
  let dir: string;
  let hub: ChildProcess;
  const lanbook = (folder: string, ...args: string[]): Promise<Ended> =>
    finish(node(['main/cli.ts', '--data', join(dir, folder), ...args]));
  const call = async (folder: string, procedure: string, input: object = {}): Promise<unknown> => {
    const { code, out, err } = await lanbook(folder, 'call', procedure, JSON.stringify(input));
    if (code !== 0) throw new Error(`${procedure}: ${out} ${err}`);
    return JSON.parse(out.trim().split('\n').at(-1) ?? 'null') as unknown;
  };
  /** Starts the hub and gives its address and code. */
  const startHub = async (): Promise<{ url: string; code: string }> => {
    hub = node(['hub/index.ts', '--data', join(dir, 'hub'), '--port', '0', '--host', '127.0.0.1']);
    const line = await new Promise<string>((done, failed) => {
      let out = '';
      hub.stdout?.on('data', (chunk: Buffer) => {
        out += chunk.toString();
        const ready = /^Lanbook hub is ready: .*$/m.exec(out);
        if (ready) done(ready[0]);
      });
      hub.once('exit', (code) => failed(new Error(`the hub ended with ${code}`)));
    });
    const [, url = '', code = ''] = /ready: (\S+)\s+enrolment code: (\S+)$/.exec(line) ?? [];
    return { url, code };
  };
  const stopHub = async (signal: NodeJS.Signals): Promise<void> => {
    const ended = new Promise((done) => hub.once('close', done));
    hub.kill(signal);
    await ended;
  };
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'lanbook-two-'));
    chmodSync(dir, 0o755);
  });
  afterAll(async () => {
    if (hub?.exitCode === null) await stopHub('SIGTERM');
    rmSync(dir, { recursive: true, force: true });
  }, 60_000);

  test('enrol, work apart, sync, end equal; also when the hub is killed in between', async () => {
    const first = await startHub();
    const more = await finish(node(['hub/index.ts', 'code', '--data', join(dir, 'hub')]));
    const code = /enrolment code: (\S+)/.exec(more.out)?.[1] ?? '';
    await call('a', 'system.setup', { unit: '三中', technician: '李明', machine: 'L03', language: 'zh-CN' });
    await call('b', 'system.setup', { unit: '三中', technician: '张伟', machine: 'L04', language: 'zh-CN' });
    await call('a', 'sync.enrol', { address: first.url, code: first.code });
    await call('b', 'sync.enrol', { address: first.url, code });
    const asset = (await call('a', 'assets.create', {
      name: '台式机',
      category: 'desktop',
      status: 'in_use',
      tag: 'A-1',
    })) as { id: string };
    expect((await lanbook('a', 'sync')).code).toBe(0);
    expect((await lanbook('b', 'sync')).code).toBe(0);

    // As at a power cut: the database is left behind and taken over by the next start.
    await stopHub('SIGKILL');
    expect((await lanbook('a', 'sync')).code).toBe(1);
    await call('a', 'assets.update', { id: asset.id, changes: { brand: '联想' } });
    await call('b', 'assets.update', { id: asset.id, changes: { serial: 'SN-1' } });
    const second = await startHub();
    await call('a', 'sync.enrol', { address: second.url, code: second.code });
    const third = await finish(node(['hub/index.ts', 'code', '--data', join(dir, 'hub')]));
    await call('b', 'sync.enrol', { address: second.url, code: /enrolment code: (\S+)/.exec(third.out)?.[1] ?? '' });
    for (const folder of ['a', 'b', 'a']) expect((await lanbook(folder, 'sync')).code).toBe(0);
    const [a, b] = await Promise.all(['a', 'b'].map((folder) => call(folder, 'assets.get', { id: asset.id })));
    expect(a).toEqual(b);
    expect(a).toMatchObject({ asset: { brand: '联想', serial: 'SN-1' } });
    await stopHub('SIGTERM');
    expect(await call('a', 'sync.status', { probe: true })).toMatchObject({ online: false, unsynced: 0 });
  }, 180_000);

  test('a notebook killed at any moment of its sync loses nothing and does nothing twice', async () => {
    const { url, code } = await startHub();
    const more = await finish(node(['hub/index.ts', 'code', '--data', join(dir, 'hub')]));
    const fill = (folder: string): void => {
      const engine = startEngine({ dataDir: join(dir, folder) });
      engine.command('transfer.commit', (tx) => {
        for (let i = 0; i < 1500; i += 1)
          tx.insert(assets, { name: `${folder}${i}`, category: 'desktop', status: 'in_use' });
      });
      engine.close();
    };
    for (const [folder, machine, own] of [
      ['c', 'L05', code],
      ['d', 'L06', /enrolment code: (\S+)/.exec(more.out)?.[1] ?? ''],
    ] as const) {
      await call(folder, 'system.setup', { unit: '三中', technician: folder, machine, language: 'zh-CN' });
      await call(folder, 'sync.enrol', { address: url, code: own });
      fill(folder);
    }
    for (let round = 0; round < 4; round += 1) {
      for (const folder of ['c', 'd']) {
        const run = node(['main/cli.ts', '--data', join(dir, folder), 'sync']);
        const ended = finish(run);
        // At the nth line it prints: each is another step of the story.
        let lines = 0;
        run.stdout?.on('data', () => {
          lines += 1;
          if (lines > round * 2) run.kill('SIGKILL');
        });
        await ended;
      }
    }
    for (const folder of ['c', 'd', 'c']) expect((await lanbook(folder, 'sync')).code).toBe(0);
    const seen = ['c', 'd'].map((folder) => {
      const engine = startEngine({ dataDir: join(dir, folder) });
      const rows = engine.db.all("SELECT id, name, rv FROM assets WHERE name <> '台式机' ORDER BY id");
      const open = engine.db.value("SELECT count(*) FROM _commits WHERE state NOT IN ('applied')");
      const damage = engine.db.raw.pragma('integrity_check', { simple: true });
      engine.close();
      return { rows, open, damage };
    });
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0]).toMatchObject({ open: 0, damage: 'ok' });
    expect(seen[0]?.rows).toHaveLength(3000);
    for (const folder of ['c', 'd']) expect(await call(folder, 'audit.verify')).toMatchObject({ ok: true });
  }, 240_000);
});
