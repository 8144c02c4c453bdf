/** The watch on a network of namespaces: a host goes away and comes back while it is watched; one that drops echoes is not called down. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Outage } from '../../shared/features/watch.ts';
import { describeIf } from '../support/skip.ts';
import { buildLab, noLab, type Lab } from './lab.ts';

const RUN = join(import.meta.dirname, 'watch-run.ts');
const STEADY = '10.77.0.3';
/** Refuses TCP as any host does, and answers no echo. */
const SILENT = '10.77.0.11';
const COMES_AND_GOES = { ip: '10.77.0.240', mac: '00:1b:21:aa:00:01' };

interface Line {
  readonly ip?: string;
  readonly state?: string;
  readonly network?: string;
  readonly outages?: Outage[];
  readonly stopped_ms?: number;
}
/** The lines of a program, waited for one at a time. */
function linesOf(child: ChildProcess) {
  const lines: Line[] = [];
  const waiters: (() => void)[] = [];
  if (child.stdout)
    createInterface(child.stdout).on('line', (text) => {
      lines.push(JSON.parse(text) as Line);
      for (const wake of waiters.splice(0)) wake();
    });
  return async (fits: (line: Line) => boolean): Promise<Line> => {
    for (;;) {
      const at = lines.findIndex(fits);
      if (at >= 0) return lines.splice(0, at + 1).at(-1) as Line;
      await new Promise<void>((resolve) => waiters.push(resolve));
    }
  };
}

const why = noLab();
describeIf(why === null, `The lab is not built: ${why}.`)('the watch on a network of namespaces', () => {
  let lab: Lab;
  beforeAll(() => {
    lab = buildLab({ plain: [3], silent: [11] });
  });
  afterAll(() => lab.close());

  const start = (...ips: string[]) => {
    const [program, args] = lab.command(process.execPath, [RUN, '1', ...ips]);
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    return { line: linesOf(child), end: () => child.stdin.end() };
  };

  test('a host that goes away is down after three misses, and up again when it is back', async () => {
    const leave = lab.add(COMES_AND_GOES);
    const { line, end } = start(STEADY, SILENT, COMES_AND_GOES.ip);
    const is = (ip: string, state: string) => (each: Line) => each.ip === ip && each.state === state;
    await line(is(COMES_AND_GOES.ip, 'up'));
    leave();
    await line(is(COMES_AND_GOES.ip, 'down'));
    const again = lab.add(COMES_AND_GOES);
    await line(is(COMES_AND_GOES.ip, 'up'));
    end();
    const last = await line(({ outages }) => outages !== undefined);
    again();
    // only the one that went away, and it came back
    expect(last.outages?.map(({ ip, ending }) => [ip, ending])).toEqual([[COMES_AND_GOES.ip, 'up']]);
    expect(last.stopped_ms).toBeLessThan(1000);
  }, 60_000);

  test('a pulled cable calls nobody down', async () => {
    const { line, end } = start(STEADY, SILENT);
    await line(({ ip, state }) => ip === STEADY && state === 'up');
    lab.cable(false);
    await line(({ network }) => network === 'gone');
    // longer than three misses take
    await new Promise((resolve) => setTimeout(resolve, 5000));
    lab.cable(true);
    await line(({ network }) => network === 'ready');
    await line(({ ip, state }) => ip === STEADY && state === 'up');
    end();
    const last = await line(({ outages }) => outages !== undefined);
    expect(last.outages?.map(({ device_id, ending }) => [device_id, ending])).toEqual([[null, 'up']]);
  }, 60_000);
});
