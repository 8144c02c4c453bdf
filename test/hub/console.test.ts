/** The hub's console commands where no store is: they must not make one, as its codes would be no running hub's. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

test.each(['code', 'devices'])(
  '"%s" for a folder without a store names the folder and how to name another',
  async (command) => {
    const folder = join(tmpdir(), 'lanbook-no-store-here');
    const env = { ...process.env, DATABASE_URL: '' };
    const { code, said } = await new Promise<{ code: unknown; said: string }>((done) =>
      execFile(
        process.execPath,
        ['hub/index.ts', command, '--data', folder],
        { env, timeout: 30_000 },
        (error, out, err) => done({ code: error?.code, said: out + err }),
      ),
    );
    expect(code).toBe(1);
    expect(said).toMatch(new RegExp(`^There is no store in .*lanbook-no-store-here.*hub -- ${command} --data FOLDER`));
    expect(existsSync(folder)).toBe(false);
  },
  40_000,
);
