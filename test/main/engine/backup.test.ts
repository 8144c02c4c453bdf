import fs, {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  truncateSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { backupIfDue } from '../../../main/engine/backup.ts';
import { prune } from '../../../main/engine/backup/store.ts';
import { startEngine } from '../../../main/engine/start.ts';
import { writeSetting } from '../../../main/engine/settings.ts';
import { newState, writeState } from '../../../main/engine/sync/state.ts';
import type { SpawnHelper } from '../../../main/engine/spawn-helper.ts';
import { assets } from '../../../shared/features/assets.ts';
import { kept } from '../../../shared/features/backup.ts';
import { addDays, momentOf } from '../../../shared/day.ts';
import { refusalOf, testEngine, type TestEngine } from '../../support/engine.ts';
import { previewOf } from '../../support/transfer.ts';

// Each backup is a process of its own; a busy machine takes its time to start one.
jest.setTimeout(30_000);

let t: TestEngine;
beforeEach(async () => {
  t = await testEngine();
  jest.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => {
  t.close();
  jest.restoreAllMocks();
});

const pc = { name: '台式机', category: 'desktop', status: 'in_use' } as const;
const register = async (tag: string) => await t.call.assets.create({ ...pc, tag });
const tags = async (): Promise<(string | null)[]> =>
  (await t.call.assets.list({ sort: [{ field: 'tag', dir: 'asc' }] })).rows.map(({ tag }) => tag);
const bring = async (bytes: Buffer): Promise<string> => {
  const half = Math.ceil(bytes.length / 2);
  const { staged } = await t.call.system.stageBackup({ data: bytes.subarray(0, half).toString('base64') });
  await t.call.system.stageBackup({ staged, data: bytes.subarray(half).toString('base64') });
  return staged;
};
const download = async (name: string): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const { data } of await t.call.system.backupFile({ name })) parts.push(Buffer.from(data, 'base64'));
  return Buffer.concat(parts);
};

test('a backup is verified, listed, and brings everything back', async () => {
  await register('XX-2024-0017');
  const made = await t.call.system.backup();
  expect(made).toMatchObject({
    kind: 'manual',
    verified: true,
    rows: 1,
    commits: 1,
    name: 'lanbook-20260929-162000-manual.db',
  });
  await register('A-2');
  const seen = await t.call.system.inspectBackup({ name: made.name });
  expect(seen).toMatchObject({
    unit: '临江市第三中学',
    intact: true,
    counts: { assets: 1 },
    loss: { commits: 1, unsent: 1 },
  });
  expect(seen.loss.latest).toMatchObject([{ actor: '李明@L03', command: 'assets.create' }]);
  const before = (await t.call.system.state()).incarnation;
  const { aside } = await t.call.system.restore({ staged: seen.staged });
  expect(await tags()).toEqual(['XX-2024-0017']);
  expect((await t.call.system.state()).incarnation).not.toBe(before);
  expect((await t.call.search.find({ text: '20240017' })).length).toBe(1);
  expect(existsSync(join(t.dir, aside, 'lanbook.db'))).toBe(true);
  await register('A-3');
  expect(await t.call.audit.verify()).toMatchObject({ ok: true });
});

test('a restore can itself be taken back, and survives closing', async () => {
  await register('A-1');
  const made = await t.call.system.backup();
  await register('A-2');
  expect((await refusalOf(t.call.system.restore({}))).code).toBe('restore_which');
  await t.call.system.restore({ name: made.name });
  t.reopen();
  expect(await tags()).toEqual(['A-1']);
  const { backups } = await t.call.system.backups();
  const replaced = backups.find(({ kind }) => kind === 'replaced');
  await t.call.system.restore({ name: replaced?.name });
  expect(await tags()).toEqual(['A-1', 'A-2']);
});

test('human numbers go on after a restore: none is given out twice', async () => {
  const made = await t.call.system.backup();
  const place = await stockedPlace();
  const { handover } = await t.call.handover.create({ location_id: place.id, giver: '李明', receiver: '张玉' });
  await t.call.system.restore({ name: made.name });
  const again = await stockedPlace();
  const next = await t.call.handover.create({ location_id: again.id, giver: '李明', receiver: '张玉' });
  expect([handover.number, next.handover.number]).toEqual(['JJ-202609-L03-0001', 'JJ-202609-L03-0002']);
});

/** A place with something in it: of an empty one nothing can be handed over. */
async function stockedPlace(): Promise<{ id: string }> {
  const place = await t.call.locations.create({ kind: 'building', name: '综合楼' });
  await t.call.assets.create({ name: '交换机', category: 'switch', status: 'in_use', location_id: place.id });
  return place;
}
const handover = async (): Promise<string> => {
  const place = await stockedPlace();
  const made = await t.call.handover.create({ location_id: place.id, giver: '李明', receiver: '张玉' });
  return made.handover.number;
};

test('human numbers go on after a restore though the present notebook is too damaged to tell them', async () => {
  const made = await t.call.system.backup();
  const before = [await handover(), await handover()];
  // The settings' own pages are overwritten; the commit log still reads.
  const root = t.engine.db.value<number>("SELECT rootpage FROM sqlite_master WHERE name = '_settings'") ?? 0;
  t.engine.db.raw.pragma('wal_checkpoint(TRUNCATE)');
  const file = fs.openSync(join(t.dir, 'lanbook.db'), 'r+');
  fs.writeSync(file, Buffer.alloc(4096, 0x5a), 0, 4096, (root - 1) * 4096);
  fs.closeSync(file);
  t.engine.db.raw.pragma('shrink_memory');
  await t.call.system.restore({ name: made.name });
  const after = [await handover(), await handover()];
  expect(before).toEqual(['JJ-202609-L03-0001', 'JJ-202609-L03-0002']);
  expect(after).toEqual(['JJ-202609-L03-0121', 'JJ-202609-L03-0122']);
});

test('a power cut right after the exchange loses neither the numbers, nor the name, nor the new incarnation', async () => {
  const made = await t.call.system.backup();
  const given = await handover();
  await t.call.system.setup({ unit: '临江市第三中学', technician: '张玉', machine: 'L03', language: 'zh-CN' });
  const before = t.engine.incarnation;
  const cut = mkdtempSync(join(tmpdir(), 'lanbook-cut-'));
  jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    jest.mocked(fs.renameSync).mockRestore();
    renameSync(from, to);
    cpSync(join(t.dir, 'lanbook.db'), join(cut, 'lanbook.db'));
  });
  await t.call.system.restore({ name: made.name });
  const engine = startEngine({ dataDir: cut });
  expect(engine.setup).toMatchObject({ technician: '张玉' });
  expect(engine.incarnation).not.toBe(before);
  expect(
    engine.db.value('SELECT value FROM _settings WHERE key = ?', `serial.${given.slice(0, -5).replaceAll('-', '.')}`),
  ).toBe('1');
  engine.close();
  rmSync(cut, { recursive: true });
});

test.each(['half a copy', 'no copy'])(
  'a restore that fails with %s gives everything back, also what was not yet in the main file',
  async (left) => {
    await register('A-1');
    const made = await t.call.system.backup();
    const file = join(t.dir, 'lanbook.db');
    t.engine.db.raw.pragma('wal_checkpoint(TRUNCATE)');
    // Somebody reads meanwhile, so that the last commit stays in the -wal file.
    const reader = new (t.engine.db.raw.constructor as new (file: string) => typeof t.engine.db.raw)(file);
    reader.exec('BEGIN; SELECT count(*) FROM assets');
    reader.prepare('SELECT count(*) FROM assets').get();
    t.engine.db.raw.pragma('busy_timeout=50');
    await register('A-2');
    jest.spyOn(fs, 'linkSync').mockImplementation(() => {
      throw Object.assign(new Error('no links here'), { code: 'EPERM' });
    });
    const copy = fs.copyFileSync;
    jest.spyOn(fs, 'copyFileSync').mockImplementation((from, to) => {
      if (from !== file) return copy(from, to);
      if (left === 'half a copy') fs.writeFileSync(to, 'half');
      throw Object.assign(new Error('disk full'), { code: 'ENOSPC' });
    });
    expect((await refusalOf(t.call.system.restore({ name: made.name }))).code).toBe('restore_failed');
    reader.close();
    expect(await tags()).toEqual(['A-1', 'A-2']);
    expect((await t.call.system.backups()).backups.map(({ name }) => name)).toEqual([made.name]);
  },
);

test('a downloaded backup does not carry the key to the central store', async () => {
  writeState(t.engine.db, newState({ address: 'https://hub.test', pin: null }, 'geheim-token-4711', 'epoch', 'origin'));
  writeSetting(t.engine.db, 'sync.device', 'L03-device');
  const { name } = await t.call.system.backup();
  const plain = readFileSync(join(t.dir, 'backups', name));
  expect(plain.includes('geheim-token-4711')).toBe(true);
  const bytes = gunzipSync(await download(name));
  expect(bytes.includes('geheim-token-4711')).toBe(false);
  expect(readdirSync(join(t.dir, 'backups')).toSorted()).toEqual([name, `${name}.json`]);
  // Here it is still this laptop's own.
  const staged = await bring(bytes);
  await t.call.system.restore({ staged });
  expect(t.engine.db.value<string>("SELECT value FROM _settings WHERE key = 'sync'")).toContain('geheim-token-4711');
});

test('a newer file that did not pass its check does not push out the verified one of that day', async () => {
  await register('A-1');
  await backupIfDue(t.engine);
  const [made] = (await t.call.system.backups()).backups;
  const path = join(t.dir, 'backups', made!.name);
  const later = join(t.dir, 'backups', 'lanbook-20260929-180000-daily.db');
  copyFileSync(path, later);
  fs.utimesSync(later, new Date(), new Date('2026-09-29T18:00+08:00'));
  prune(t.dir);
  expect((await t.call.system.backups()).backups).toMatchObject([{ name: made!.name, verified: true }]);
});

test('a downloaded backup comes back as a file, gzip or plain', async () => {
  await register('A-1');
  const { name } = await t.call.system.backup();
  const packed = await download(name);
  const plain = readFileSync(join(t.dir, 'backups', name));
  for (const bytes of [packed, plain]) {
    await register(`X-${bytes.length}`);
    const staged = await bring(bytes);
    expect(await t.call.system.inspectBackup({ staged })).toMatchObject({ counts: { assets: 1 } });
    await t.call.system.restore({ staged });
    expect(await tags()).toEqual(['A-1']);
  }
});

test('files that are no backup, damaged, cut short or too new are each told apart, and change nothing', async () => {
  await register('A-1');
  const { name } = await t.call.system.backup();
  const plain = readFileSync(join(t.dir, 'backups', name));
  const newer = join(t.dir, 'newer.db');
  copyFileSync(join(t.dir, 'backups', name), newer);
  const other = new (t.engine.db.raw.constructor as new (file: string) => typeof t.engine.db.raw)(newer);
  other.pragma('user_version=9999');
  other.close();
  const cut = plain.subarray(0, plain.length - 8192);
  const flipped = Buffer.from(plain);
  flipped.fill(0xa5, 4096 * 3, 4096 * 9);
  const codes = [];
  for (const bytes of [
    Buffer.from('hello, this is no database at all'.repeat(200)),
    readFileSync(newer),
    cut,
    flipped,
    gzipSync(plain).subarray(0, 5000),
  ]) {
    const staged = await bring(bytes);
    codes.push((await refusalOf(t.call.system.restore({ staged }))).code);
  }
  expect(codes).toEqual(['backup_not_ours', 'backup_newer', 'backup_damaged', 'backup_damaged', 'backup_damaged']);
  expect((await refusalOf(t.call.system.inspectBackup({ name: '../lanbook.db' }))).code).toBe('backup_missing');
  expect(await tags()).toEqual(['A-1']);
  expect(existsSync(join(t.dir, 'replaced'))).toBe(false);
});

test('a backup that lost a commit still restores, but says that its log is not continuous', async () => {
  await register('A-1');
  await register('A-2');
  const { name } = await t.call.system.backup();
  const file = join(t.dir, 'backups', name);
  const other = new (t.engine.db.raw.constructor as new (file: string) => typeof t.engine.db.raw)(file);
  other.exec("UPDATE _ops SET body = replace(body, 'A-1', 'A-9')");
  other.close();
  expect(await t.call.system.inspectBackup({ name })).toMatchObject({ intact: false });
});

test('one backup a day by itself', async () => {
  await register('A-1');
  await backupIfDue(t.engine);
  await backupIfDue(t.engine);
  const daily = async () => (await t.call.system.backups()).backups.filter(({ kind }) => kind === 'daily').length;
  expect(await daily()).toBe(1);
  t.clock.set(24 * 3_600_000);
  await backupIfDue(t.engine);
  expect(await daily()).toBe(2);
});

test('an automatic backup that fails is remembered for the settings screen, and forgotten after the next good one', async () => {
  const full: SpawnHelper = () => ({
    postMessage: () => undefined,
    onMessage: (tell) =>
      void setTimeout(() => tell({ ok: false, code: 'SQLITE_FULL', message: 'database or disk is full' })),
    onExit: () => undefined,
    kill: () => undefined,
  });
  const other = await testEngine({ ports: { spawnHelper: full } });
  await backupIfDue(other.engine);
  expect((await other.call.system.backups()).problem).toMatchObject({ code: 'disk_full' });
  other.close();
  await backupIfDue(t.engine);
  expect((await t.call.system.backups()).problem).toBeNull();
});

test('a copy that was cut after it was verified is not shown as verified', async () => {
  await register('A-1');
  const { name } = await t.call.system.backup();
  truncateSync(join(t.dir, 'backups', name), 4096);
  expect((await t.call.system.backups()).backups).toMatchObject([{ name, verified: false }]);
  expect((await refusalOf(t.call.system.restore({}))).code).toBe('backup_none');
});

test('a backup taken while somebody writes is whole', async () => {
  for (let n = 0; n < 300; n += 1)
    t.engine.command('test.fill', (tx) => void tx.insert(assets, { ...pc, tag: `F-${n}` }));
  const taking = t.call.system.backup();
  let written = 0;
  const timer = setInterval(() => {
    t.engine.command('test.write', (tx) => void tx.insert(assets, { ...pc, tag: `W-${(written += 1)}` }));
  }, 2);
  const made = await taking;
  clearInterval(timer);
  expect(written).toBeGreaterThan(0);
  expect(made.verified).toBe(true);
  expect(await t.call.system.inspectBackup({ name: made.name })).toMatchObject({ intact: true });
  expect(readdirSync(join(t.dir, 'backups')).filter((each) => each.includes('.part'))).toEqual([]);
});

test('the rule keeps 7 days, 5 weeks and 12 months', () => {
  const backups = Array.from({ length: 500 }, (_, i) => {
    const day = addDays('2026-09-29', -i);
    return { day, taken_at: momentOf(day, 600), verified: true };
  });
  const days = [...kept(backups)].map(({ day }) => day).toSorted();
  expect(days.slice(-7)).toEqual([
    '2026-09-23',
    '2026-09-24',
    '2026-09-25',
    '2026-09-26',
    '2026-09-27',
    '2026-09-28',
    '2026-09-29',
  ]);
  expect(days).toContain('2026-09-20');
  expect(days).toContain('2025-10-31');
  expect(days).not.toContain('2025-09-30');
  expect(days.length).toBe(7 + 3 + 11);
});

test('another laptop keeps its own name when it takes in a backup', async () => {
  await register('A-1');
  const { name } = await t.call.system.backup();
  const bytes = await download(name);
  const other = await testEngine({ machine: 'L07', technician: '张玉' });
  const { staged } = await other.call.system.stageBackup({ data: bytes.toString('base64') });
  await other.call.system.restore({ staged });
  expect(await other.call.system.state()).toMatchObject({ setup: { machine: 'L07', technician: '张玉' } });
  expect((await other.call.assets.list({})).total).toBe(1);
  other.close();
});

test('the sides of a restore are cleared away', async () => {
  const { name } = await t.call.system.backup();
  await t.call.system.restore({ name });
  expect(existsSync(join(t.dir, 'restoring'))).toBe(false);
});

test('an import of more than 500 rows is preceded by a backup; a small one and a second look are not', async () => {
  const sheet = (from: number, rows: number): string =>
    [
      '资产编号,资产名称,类别,使用状况',
      ...Array.from({ length: rows }, (_, n) => `ZC-${from + n},台式计算机,台式机,在用`),
    ].join('\n');
  const importing = async (text: string): Promise<number> => {
    const { token } = await previewOf(t.call, text);
    await t.call.transfer.commit({ token });
    return (await t.call.system.backups()).backups.filter(({ kind }) => kind === 'import').length;
  };
  expect(await importing(sheet(0, 20))).toBe(0);
  expect(await importing(sheet(1000, 501))).toBe(1);
  const [made] = (await t.call.system.backups()).backups;
  expect(await t.call.system.inspectBackup({ name: made?.name })).toMatchObject({ counts: { assets: 20 } });
});

test('closing while a copy is written leaves nothing that counts as a backup', async () => {
  await register('A-1');
  const taking = t.call.system.backup();
  const refused = expect(taking).rejects.toThrow();
  await new Promise((resolve) => setTimeout(resolve, 5));
  t.reopen();
  await refused;
  expect((await t.call.system.backups()).backups.filter(({ verified }) => verified)).toEqual([]);
  expect(await t.call.system.backup()).toMatchObject({ verified: true });
});
