/** The command line's input: from the arguments, or from standard input for what nobody else should see. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

jest.setTimeout(60_000);
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lanbook-cli-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const run = (input: string, stdin: string): { status: number | null; out: string; err: string } => {
  const done = spawnSync(process.execPath, ['main/cli.ts', '--data', dir, 'call', 'system.setup', input], {
    input: stdin,
    encoding: 'utf8',
  });
  return { status: done.status, out: done.stdout, err: done.stderr };
};

test('an input of "-" is read from standard input', () => {
  const setup = { unit: '三中', technician: '李明', machine: 'L03', language: 'zh-CN' };
  const { status, out } = run('-', JSON.stringify(setup));
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject(setup);
});

test('what cannot be read there is refused without being repeated', () => {
  const { status, out, err } = run('-', '{"community":"geheim-4711"');
  expect(status).toBe(1);
  expect(out).toContain('bad_json');
  expect(out + err).not.toContain('geheim');
});
