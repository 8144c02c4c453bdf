/** Standings that are followed through a command are those that would be read again: any order of bindings, devices and steps taken back. */
import fc from 'fast-check';
import { standingsOf, type Standing } from '../../../../main/engine/features/ipam/plan.ts';
import { standingsNow } from '../../../../main/engine/features/ipam/running.ts';
import { assets } from '../../../../shared/features/assets.ts';
import { bindings, subnets } from '../../../../shared/features/ipam.ts';
import { people } from '../../../../shared/features/people.ts';
import { refuse } from '../../../../shared/refusal.ts';
import { testEngine, type TestEngine } from '../../../support/engine.ts';

let test_: TestEngine;
beforeAll(async () => {
  test_ = await testEngine();
});
afterAll(() => test_.close());

const sorted = (all: readonly Standing[]): string[] =>
  all.map(({ address, kind, id, mac, state }) => [address, kind, id, mac, state].join(' ')).toSorted();
const step = fc.record({
  what: fc.constantFrom('bind', 'bind elsewhere', 'device', 'device moves', 'release', 'taken back', 'other'),
  octet: fc.integer({ min: 1, max: 6 }),
});

test('followed through a command, they are what reading them again gives', () => {
  const { engine } = test_;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      engine.rehearse((tx) => {
        const person = tx.insert(people, { name: '王芳', identity: 'teacher', letter: 'signed', status: 'active' });
        const [own, other] = ['10.20.30.0/24', '10.20.31.0/24'].map((cidr) =>
          tx.insert(subnets, { cidr, name: cidr, purpose: 'office' }),
        );
        if (!own || !other) throw new Error('no subnets');
        const asset = (ip: string): string =>
          tx.insert(assets, { name: 'PC', category: 'desktop', status: 'in_use', ip }).id;
        const moving = asset('10.20.30.1');
        const bindAt = (subnet: { id: string }, ip: string): string =>
          tx.insert(bindings, {
            ip,
            subnet_id: subnet.id,
            person_id: person.id,
            state: 'reserved',
            opened_on: '2026-09-01',
            opened_at: 1,
          }).id;
        let last: string | null = null;
        standingsNow(tx, own, '2026-09-02');
        for (const { what, octet } of steps) {
          const ip = `10.20.30.${octet}`;
          const taken = standingsOf(tx, own, '2026-09-02').some(
            (each) => each.kind === 'held' && each.address % 256 === octet,
          );
          if (what === 'bind' && !taken) last = bindAt(own, ip);
          else if (what === 'bind elsewhere') bindAt(other, `10.20.31.${octet}`);
          else if (what === 'device') asset(ip);
          else if (what === 'device moves') tx.patch(assets, moving, { ip });
          else if (what === 'release' && last)
            tx.patch(bindings, last, { state: 'released', released_at: 1_788_000_000_000 });
          else if (what === 'other') tx.patch(people, person.id, { department: String(octet) });
          else if (what === 'taken back' && !taken)
            tx.attempt(() => {
              bindAt(own, ip);
              standingsNow(tx, own, '2026-09-02');
              throw refuse('not_found');
            });
          expect(sorted(standingsNow(tx, own, '2026-09-02'))).toEqual(sorted(standingsOf(tx, own, '2026-09-02')));
        }
      });
    }),
    { numRuns: 60 },
  );
});
