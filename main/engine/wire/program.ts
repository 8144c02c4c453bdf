/** What one of the system's own programs prints about this computer: from its fixed folder, without a shell, with an end. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const TIMEOUT_MS = 5000;
const MAX_BYTES = 4 << 20;

/** `program`: an absolute path; on Windows its path below the system's folder. Decoded as latin1: callers read ASCII columns. */
export async function readProgram(program: string, args: readonly string[]): Promise<string> {
  const path = process.platform === 'win32' ? join(process.env['SystemRoot'] ?? 'C:\\Windows', program) : program;
  const { stdout } = await run(path, args, {
    encoding: 'latin1',
    windowsHide: true,
    timeout: TIMEOUT_MS,
    maxBuffer: MAX_BYTES,
    env: { ...process.env, LC_ALL: 'C' },
  });
  return stdout;
}
