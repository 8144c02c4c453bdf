/** The store in a file and back: byte for byte the same, refused when anything of it is missing, and the laptops go on from there. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspectBackup, restoreBackup, writeBackup } from '../../hub/backup.ts';
import { withClient } from '../../hub/db.ts';
import { readStatus } from '../../hub/status.ts';
import type { TestEngine } from '../support/engine.ts';
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

describeIf(hasPostgres, noPostgres)('a backup of the store', () => {
  let cluster: Cluster;
  let hub: TestHub;
  let dir: string;
  let file: string;
  let a: TestEngine;
  beforeAll(async () => {
    cluster = await startCluster();
    dir = mkdtempSync(join(tmpdir(), 'lanbook-hub-backup-'));
    file = join(dir, 'one.backup');
    hub = await cluster.hub();
    a = await laptopOf(hub, 'L03', '李明');
    // What COPY and lines could stumble over: tabs, backslashes, the end mark, line breaks of three kinds, nothing at all.
    for (const remark of ['a\tb\\c', '\\.', '第一行\n第二行\r\n第三行', '', null])
      await a.call.assets.create({ name: '台式机', category: 'desktop', status: 'in_use', remark, price: 4599_00 });
    await syncNow(a);
    await withClient(hub.pool, (client) => writeBackup(client, file, Date.parse('2026-11-22T12:00:00Z')));
  }, 60_000);
  afterAll(async () => {
    a.close();
    await cluster.stop();
    rmSync(dir, { recursive: true, force: true });
  }, 60_000);

  const tables = async ({ pool }: TestHub): Promise<string[]> => {
    const { rows } = await pool.query<{ name: string }>(
      "SELECT table_schema || '.' || table_name AS name FROM information_schema.tables WHERE table_schema IN ('app', 'sync') AND table_type = 'BASE TABLE' ORDER BY 1",
    );
    const lines: string[] = [];
    for (const { name } of rows) {
      const { rows: all } = await pool.query<{ line: string }>(`SELECT t::text AS line FROM ${name} t ORDER BY 1`);
      lines.push(...all.map(({ line }) => `${name} ${line}`));
    }
    return lines;
  };

  test('says what it is, is readable by its owner alone, and comes back the same', async () => {
    expect(await inspectBackup(file)).toMatchObject({ seq: 5, at: '2026-11-22T12:00:00.000Z' });
    expect(execFileSync('stat', ['-c', '%a', file], { encoding: 'utf8' }).trim()).toBe('600');
    const empty = await cluster.hub();
    await withClient(empty.pool, (client) => restoreBackup(client, file));
    // One line more than it held: when it was taken.
    const isSaved = (line: string): boolean => line.startsWith('sync.event') && line.includes('"restored, commit 5"');
    const back = await tables(empty);
    expect(back.filter(isSaved)).toHaveLength(1);
    expect(back.filter((line) => !isSaved(line))).toEqual(await tables(hub));
    // The next event takes a number of its own.
    await empty.newCode();
    await laptopOf(empty, 'L05', '王磊').then((late) => late.close());
  }, 60_000);

  test('serves the laptops, who bring back what came after it', async () => {
    await a.call.assets.create({ name: '交换机', category: 'switch', status: 'in_use', tag: 'after' });
    await syncNow(a);
    const fresh = await cluster.hub();
    await withClient(fresh.pool, (client) => restoreBackup(client, file));
    await fresh.restart();
    a.engine.db
      .prepare("UPDATE _settings SET value = json_set(value, '$.address', ?) WHERE key = 'sync'")
      .run(fresh.url);
    await syncNow(a);
    const { rows } = await fresh.pool.query("SELECT 1 FROM app.assets WHERE tag = 'after'");
    expect(rows).toHaveLength(1);
    const said = (await withClient(fresh.pool, (client) => readStatus(client, Date.now()))).join('\n');
    expect(said).toMatch(/commits: 6, /);
    // When it was saved last is known, though the backup could not hold its own end.
    expect(said).toMatch(/last backup: 20\d\d-/);
    expect(said).toMatch(
      /restored from a backup, .*: shared up to commit 5\ncommits that came back: 1, from L03 1\nevery laptop has been here since/,
    );
  }, 60_000);

  test('is refused when it is cut, altered, something else, or not there; the store stays empty', async () => {
    const whole = readFileSync(file);
    const empty = await cluster.hub();
    const restore = (name: string): Promise<unknown> =>
      withClient(empty.pool, (client) => restoreBackup(client, join(dir, name)));
    for (const [name, bytes] of [
      ['cut', whole.subarray(0, whole.length - 20)],
      ['half', whole.subarray(0, whole.length / 2)],
      ['other', Buffer.from('hello')],
      ['empty', Buffer.alloc(0)],
    ] as const) {
      writeFileSync(join(dir, name), bytes);
      await expect(restore(name)).rejects.toThrow(`${name} is not a whole backup of a hub`);
    }
    await expect(restore('nowhere')).rejects.toThrow('There is no file');
    expect((await empty.pool.query('SELECT 1 FROM sync.commit')).rows).toHaveLength(0);
  });

  test('goes neither over a store that holds work nor over a file that is there, and leaves no half file', async () => {
    await expect(withClient(hub.pool, (client) => restoreBackup(client, file))).rejects.toThrow('holds work already');
    await expect(withClient(hub.pool, (client) => writeBackup(client, file, 0))).rejects.toThrow('is there already');
    expect(readdirSync(dir).filter((name) => name.endsWith('.part'))).toEqual([]);
    const nowhere = join(dir, 'nowhere', 'two.backup');
    await expect(withClient(hub.pool, (client) => writeBackup(client, nowhere, 0))).rejects.toThrow(
      'There is no folder',
    );
  });

  test('a hub that is started without the key its laptops know says so at once, and nothing once the key is there', async () => {
    const data = mkdtempSync(join(dir, 'no-key-'));
    const start = (): Promise<string> =>
      new Promise((done) => {
        const child = spawn(process.execPath, ['hub/index.ts', '--data', data, '--port', '0'], {
          env: { ...process.env, DATABASE_URL: hub.databaseUrl },
        });
        let said = '';
        child.stdout.on('data', (chunk: Buffer) => {
          said += chunk.toString();
          // the last line of a hub on this computer
          if (said.includes('Only this computer')) child.kill();
        });
        child.once('exit', () => done(said));
      });
    expect(await start()).toMatch(/Laptops that joined this store: 1\. There was no hub-key\.pem in .*no-key-/);
    expect(await start()).not.toContain('hub-key.pem');
  });
});
