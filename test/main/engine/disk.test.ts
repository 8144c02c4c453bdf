import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../../../main/engine/engine.ts';
import { clientOf, type EngineClient } from '../../../main/engine/serve.ts';
import { startEngine } from '../../../main/engine/start.ts';
import { isRefusal } from '../../../shared/refusal.ts';
import { refusalOf } from '../../support/engine.ts';
import { describeIf } from '../../support/skip.ts';

// Each backup is a process of its own; a busy machine takes its time to start one.
jest.setTimeout(30_000);

const setup = { unit: '临江市第三中学', technician: '李明', machine: 'L03', language: 'zh-CN' } as const;
const pc = { name: '台式机', category: 'desktop', status: 'in_use' } as const;
let engine: Engine | null = null;
let dir: string;
const open = async (): Promise<EngineClient> => {
  engine = startEngine({ dataDir: dir });
  const call = clientOf(engine);
  if (!engine.setup) await call.system.setup(setup);
  return call;
};
const close = (): void => {
  engine?.close();
  engine = null;
};
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (isRefusal(error)) return error.code;
    throw error;
  }
  return 'none';
};

describe('a data folder', () => {
  beforeEach(() => {
    dir = join(mkdtempSync(join(tmpdir(), 'lanbook-disk-')), 'data');
  });
  afterEach(() => {
    close();
    rmSync(join(dir, '..'), { recursive: true, force: true });
  });
  const file = (): string => join(dir, 'lanbook.db');
  const spoil = (): void => {
    const handle = openSync(file(), 'r+');
    writeSync(handle, Buffer.alloc(4096, 0x5a), 0, 4096, 0);
    closeSync(handle);
  };

  test('in use by another engine is refused, and free again once that one closes', async () => {
    await open();
    expect(codeOf(() => startEngine({ dataDir: dir }))).toBe('folder_in_use');
    close();
    await open();
  });

  test('a damaged file without a backup is refused and left exactly as it is', async () => {
    const call = await open();
    await call.assets.create({ ...pc, tag: 'A-1' });
    close();
    spoil();
    const before = readFileSync(file());
    expect(codeOf(() => startEngine({ dataDir: dir }))).toBe('database_damaged');
    expect(readFileSync(file()).equals(before)).toBe(true);
  });

  test('a damaged file gives way to the newest verified backup, is kept, and it is told', async () => {
    let call = await open();
    await call.assets.create({ ...pc, tag: 'A-1' });
    const made = await call.system.backup();
    await call.assets.create({ ...pc, tag: 'A-2' });
    const before = (await call.system.state()).incarnation;
    close();
    spoil();
    const damaged = readFileSync(file());
    call = await open();
    expect((await call.assets.list({})).rows.map(({ tag }) => tag)).toEqual(['A-1']);
    expect((await call.system.state()).incarnation).not.toBe(before);
    const told = await call.system.rescued();
    expect(told?.from).toBe(made.taken_at);
    expect(readFileSync(join(dir, told?.aside ?? '', 'lanbook.db')).equals(damaged)).toBe(true);
    await call.system.rescueSeen();
    expect(await call.system.rescued()).toBeNull();
    await call.assets.create({ ...pc, tag: 'A-3' });
  });

  const lose = {
    damaged: spoil,
    empty: () => writeFileSync(file(), ''),
    missing: () => rmSync(file()),
  };
  test.each(['damaged', 'empty', 'missing'] as const)(
    'after a rescue from a %s file no number is given out twice, of a new month either',
    async (how) => {
      let call = await open();
      const slip = async (): Promise<string> =>
        (await call.tickets.open({ reporter: '张三', symptom: '网络不通' })).number;
      await call.system.backup();
      const before = [await slip(), await slip()];
      close();
      lose[how]();
      call = await open();
      expect(await call.system.rescued()).not.toBeNull();
      expect(before).not.toContain(await slip());
    },
  );

  test('a new folder is a new notebook', async () => {
    const call = await open();
    expect(await call.system.rescued()).toBeNull();
    close();
    rmSync(file());
    // Nobody took a backup: there is nothing to take over.
    expect((await (await open()).assets.list({})).total).toBe(0);
  });

  test('a backup that was damaged too is passed over for an older one', async () => {
    let call = await open();
    await call.assets.create({ ...pc, tag: 'A-1' });
    await call.system.backup();
    await call.assets.create({ ...pc, tag: 'A-2' });
    const second = await call.system.backup();
    close();
    spoil();
    const newer = join(dir, 'backups', second.name);
    const bytes = readFileSync(newer);
    bytes.fill(0, 4096, 40_960);
    writeFileSync(newer, bytes);
    call = await open();
    expect((await call.assets.list({})).total).toBe(1);
  });
});

const isRoot = process.getuid?.() === 0;
const canMount = isRoot && spawnSync('unshare', ['--mount', 'true']).status === 0;
describeIf(canMount, 'A full disk is tried on a small tmpfs, which only root can mount; run npm test as root.')(
  'a full disk',
  () => {
    const MB = 1024 * 1024;
    let mounted: string;
    beforeEach(() => {
      mounted = mkdtempSync(join(tmpdir(), 'lanbook-tmpfs-'));
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', mounted]);
      dir = join(mounted, 'data');
      mkdirSync(dir);
    });
    afterEach(() => {
      close();
      execFileSync('umount', [mounted]);
      rmSync(mounted, { recursive: true, force: true });
    });
    const filler = (): string => join(mounted, 'filler');
    const fill = (): void => {
      for (const size of [MB, 65_536, 4096, 512]) {
        try {
          for (;;) appendFileSync(filler(), Buffer.alloc(size));
        } catch (error) {
          expect((error as { code?: string }).code).toBe('ENOSPC');
        }
      }
    };

    test('a command is refused whole, and works again once there is room', async () => {
      const call = await open();
      await call.assets.create({ ...pc, tag: 'A-0' });
      fill();
      let saved = 1;
      let refusal: { code: string } | null = null;
      for (let n = 1; n < 5000 && refusal === null; n += 1) {
        try {
          await call.assets.create({ ...pc, tag: `A-${n}`, remark: 'x'.repeat(1500) });
          saved += 1;
        } catch (error) {
          refusal = (error as { data: { code: string } }).data;
        }
      }
      expect(refusal?.code).toBe('disk_full');
      expect((await call.assets.list({})).total).toBe(saved);
      expect(await call.audit.verify()).toMatchObject({ ok: true, checked: saved });
      expect((await refusalOf(call.assets.create({ ...pc, tag: 'B-1' }))).code).toBe('disk_full');
      rmSync(filler());
      await call.assets.create({ ...pc, tag: 'B-1' });
      expect((await call.assets.list({})).total).toBe(saved + 1);
      expect(await call.audit.verify()).toMatchObject({ ok: true });
    });

    test('opening says so, and opens once there is room, with everything there', async () => {
      const call = await open();
      await call.assets.create({ ...pc, tag: 'A-1' });
      close();
      fill();
      expect(codeOf(() => startEngine({ dataDir: dir }))).toBe('disk_full_open');
      rmSync(filler());
      expect((await (await open()).assets.list({})).total).toBe(1);
    });

    test('a backup asks for room before it begins, and leaves nothing behind', async () => {
      const call = await open();
      await call.assets.create({ ...pc, tag: 'A-1' });
      fill();
      expect((await refusalOf(call.system.backup())).code).toBe('backup_no_space');
      expect(existsSync(join(dir, 'backups')) ? readdirSync(join(dir, 'backups')) : []).toEqual([]);
    });

    test('a restore that does not fit is refused and changes nothing', async () => {
      const call = await open();
      await call.assets.create({ ...pc, tag: 'A-1' });
      const made = await call.system.backup();
      await call.assets.create({ ...pc, tag: 'A-2' });
      fill();
      expect((await refusalOf(call.system.restore({ name: made.name }))).code).toBe('disk_full');
      expect((await call.assets.list({})).total).toBe(2);
      rmSync(filler());
      await call.system.restore({ name: made.name });
      expect((await call.assets.list({})).total).toBe(1);
    });

    test('a read-only disk is told apart from a full one', async () => {
      await open();
      close();
      execFileSync('mount', ['-o', 'remount,ro', mounted]);
      expect(codeOf(() => startEngine({ dataDir: dir }))).toBe('folder_read_only');
      execFileSync('mount', ['-o', 'remount,rw', mounted]);
      await open();
    });
  },
);
