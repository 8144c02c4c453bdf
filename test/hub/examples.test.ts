/** The example service and container: what they start must end as a service is ended. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { hasPostgres, noPostgres } from '../support/hub.ts';
import { describeIf } from '../support/skip.ts';

const example = (name: string): string => readFileSync(join('docs', 'hub', name), 'utf8');
/** The command of the systemd unit, on a data folder and a port of this test. */
function started(dir: string): string[] {
  const [, line = ''] = /^ExecStart=(.+)$/m.exec(example('lanbook-hub.service')) ?? [];
  return [...line.replace('0.0.0.0', '127.0.0.1').replace('/var/lib/lanbook/hub', dir).split(' '), '--port', '0'];
}

describeIf(hasPostgres && process.platform === 'linux', noPostgres)('the examples of docs/hub', () => {
  test('SIGTERM to the process of the service ends hub and database, without a kill', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'lanbook-service-'));
    const [program = '', ...args] = started(dir);
    const path = [join(process.cwd(), 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
    const hub = spawn(program, args, { env: { ...process.env, DATABASE_URL: '', PATH: path } });
    const ended = new Promise<number | null>((done) => hub.once('exit', done));
    let said = '';
    await new Promise<void>((ready, failed) => {
      hub.once('exit', () => failed(new Error(said)));
      hub.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
      hub.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes('hub is ready')) ready();
      });
    });
    const pid = join(dir, 'postgres', 'postmaster.pid');
    expect(existsSync(pid)).toBe(true);
    hub.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(existsSync(pid)).toBe(false);
    rmSync(dir, { recursive: true });
  }, 60_000);

  test('nothing is started through npm, which does not pass SIGTERM on', () => {
    expect(example('Dockerfile')).toMatch(/^CMD \["node", "hub\/index\.ts"/m);
    expect(example('compose.yaml')).toContain('exec node hub/index.ts ');
  });
});
