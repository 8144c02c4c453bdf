import { spawnSync } from 'node:child_process';
import type { DiscoveryEvent, FoundFact } from '../../shared/features/discovery.ts';
import { describeIf } from '../support/skip.ts';
import { CIDR, buildLab, noLab, type Lab } from './lab.ts';
import { notebook, type Notebook } from './notebook.ts';

interface Findings {
  readonly counts: Record<string, number>;
  readonly findings: FoundFact[];
}
const QUICK = { cidrs: [CIDR], effort: 'quick', rtt: false, identify: 'none' };

// building namespaces takes seconds where everything else is being tested at the same time
jest.setTimeout(60_000);

const why = noLab();
describeIf(why === null, `The lab is not built: ${why}.`)(
  'the notebook on a network of namespaces, by its command line',
  () => {
    let lab: Lab;
    let book: Notebook;
    beforeAll(() => {
      lab = buildLab({ plain: [3, 5, 7, 9], silent: [11, 13] });
      book = notebook(lab);
      call('ipam.createSubnet', { cidr: CIDR, name: '行政办公', purpose: 'office' });
    });
    afterAll(() => {
      lab.close();
      book.close();
    });

    const call = (procedure: string, input: unknown): unknown => book.call(procedure, input);
    /** The kernel of the lab's laptop knows nobody. */
    const sweepAfresh = (): DiscoveryEvent => {
      spawnSync('/usr/sbin/ip', ['-n', lab.me, 'neigh', 'flush', 'all']);
      return call('discovery.sweep', QUICK) as DiscoveryEvent;
    };
    const findings = (): Findings => call('discovery.findings', {}) as Findings;
    const commits = (): number => (call('audit.list', { limit: 1 }) as { total: number }).total;

    test('a second identical sweep changes nothing', () => {
      expect(sweepAfresh()).toMatchObject({
        kind: 'done',
        sweep: { ending: 'finished', found: 7, covered: 254 },
        counts: { new_mac: 6, known: 1 },
      });
      const before = { commits: commits(), findings: findings().findings.map(({ key }) => key) };
      sweepAfresh();
      expect({ commits: commits(), findings: findings().findings.map(({ key }) => key) }).toEqual(before);
    }, 60_000);

    test('a bound host is no finding any more; its address with another card is', () => {
      const person = call('people.create', { name: '王芳', identity: 'staff', letter: 'signed', status: 'active' }) as {
        id: string;
      };
      const reason = '扫描发现已在使用';
      call('ipam.bind', { ip: '10.77.0.3', mac: '00:1b:21:00:00:03', person_id: person.id, reason });
      call('ipam.bind', { ip: '10.77.0.5', mac: '00:1b:21:ff:00:05', person_id: person.id, reason });
      expect(findings().findings.filter(({ ip }) => ip === '10.77.0.3' || ip === '10.77.0.5')).toMatchObject([
        { verdict: 'known', holder: { person: '王芳' } },
        { verdict: 'ip_taken', mac: '001B21000005', holder: { mac: '001B21FF0005' } },
      ]);
    }, 60_000);

    test('two cards that fight for one address are a conflict', () => {
      for (const mac of ['00:1b:21:aa:00:01', '00:1b:21:aa:00:02', '00:1b:21:aa:00:01']) {
        const leave = lab.add({ ip: '10.77.0.240', mac });
        sweepAfresh();
        leave();
      }
      expect(findings().findings.find(({ ip }) => ip === '10.77.0.240')).toMatchObject({
        verdict: 'conflict',
        macs: ['001B21AA0001', '001B21AA0002'],
      });
    }, 60_000);

    test('the MAC of one live host is looked up for the binding form', () => {
      expect(call('discovery.lookUp', { ip: '10.77.0.13' })).toEqual({
        ip: '10.77.0.13',
        mac: '001B2100000D',
        vendor: 'Intel Corporate',
      });
    }, 30_000);
  },
);
