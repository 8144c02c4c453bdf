import { spawnSync } from 'node:child_process';
import type { DiscoveryEvent, SweepSummary } from '../../shared/features/discovery.ts';
import { describeIf } from '../support/skip.ts';
import { CIDR, buildLab, noLab, type Lab } from './lab.ts';
import { notebook, type Notebook } from './notebook.ts';

const octets = (first: number, count: number): number[] => Array.from({ length: count }, (_, at) => first + at * 2);

// building namespaces takes seconds where everything else is being tested at the same time
jest.setTimeout(60_000);

const why = noLab();
describeIf(why === null, `The lab is not built: ${why}.`)('a sweep that loses its power in the middle', () => {
  let lab: Lab;
  let book: Notebook;
  beforeAll(() => {
    lab = buildLab({ plain: octets(3, 30), silent: octets(4, 8), far: { plain: [], silent: [] } });
    book = notebook(lab);
  });
  afterAll(() => {
    lab.close();
    book.close();
  });
  const forget = (): void => void spawnSync('/usr/sbin/ip', ['-n', lab.me, 'neigh', 'flush', 'all']);
  const newest = (): SweepSummary => (book.call('discovery.sweeps', {}) as SweepSummary[])[0] as SweepSummary;

  test('goes on where it was, and refuses to behind another gateway', async () => {
    forget();
    const running = book.start('discovery.sweep', { cidrs: [CIDR], effort: 'thorough', rtt: false, identify: 'none' });
    let text = '';
    running.stdout?.on('data', (data: Buffer) => (text += data.toString()));
    // the dead are given up after three seconds; the power goes before that
    const begun = (): boolean => text.split('"kind":"host"').length > 30;
    while (!begun()) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    running.kill('SIGKILL');
    await new Promise((resolve) => running.once('exit', resolve));

    const broken = newest();
    expect(broken).toMatchObject({ ending: 'running', total: 254, found: 40 });
    expect(broken.covered).toBeGreaterThanOrEqual(38);
    expect(broken.covered).toBeLessThan(254);

    lab.swapRouter('00:1b:21:ee:ee:ee');
    forget();
    expect(() => book.call('discovery.sweep', { resume: broken.id })).toThrow(/sweep_other_network|不是同一个/);
    lab.swapRouter(routerMac());

    forget();
    const lines = book.lines('discovery.sweep', {
      resume: broken.id,
      rtt: false,
      identify: 'none',
    }) as DiscoveryEvent[];
    expect(lines.at(-1)).toMatchObject({
      kind: 'done',
      sweep: { id: broken.id, ending: 'finished', covered: 254, found: 40 },
    });
    expect(newest().id).toBe(broken.id);
    expect(book.call('discovery.sweeps', {})).toHaveLength(1);
  }, 60_000);

  /** As the sweep saw it. */
  function routerMac(): string {
    const out = book.call('discovery.findings', {}) as { findings: { ip: string; mac: string }[] };
    const mac = out.findings.find(({ ip }) => ip === '10.77.0.1')?.mac ?? '';
    return (mac.match(/../g) ?? []).join(':');
  }
});
