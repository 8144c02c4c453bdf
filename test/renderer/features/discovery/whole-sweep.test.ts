import { factEntry, type Entry } from '../../../../renderer/features/discovery/entries.ts';
import { proxies, unregistered, withoutPort } from '../../../../renderer/features/discovery/whole-sweep.ts';
import type { FoundFact } from '../../../../shared/features/discovery.ts';

const known = (ip: string, change: Partial<FoundFact>): Entry =>
  factEntry({
    key: `known|${ip}|`,
    verdict: 'known',
    ip,
    host: null,
    holder: null,
    port: null,
    ignored: null,
    ...change,
  } as FoundFact);
const seen = (ip: string): Entry => known(ip, { host: { ip } as FoundFact['host'] });

test('a swept range is to be registered when somebody answered there and no subnet touches it', () => {
  const cidrs = ['10.1.2.0/24', '10.1.3.0/24', '10.1.4.0/24', '10.1.5.7/32'];
  const entries = [seen('10.1.2.5'), seen('10.1.3.5'), known('10.1.4.5', {}), seen('10.1.5.7')];
  expect(unregistered(cidrs, entries, [{ cidr: '10.1.2.128/25', name: '机房' }])).toEqual(['10.1.3.0/24']);
  expect(unregistered(cidrs, entries, [])).toEqual(['10.1.2.0/24', '10.1.3.0/24']);
});

test('nothing is asked before the subnets of the register are known', () => {
  expect(unregistered(['10.1.2.0/24'], [seen('10.1.2.5')], null)).toEqual([]);
});

test('a port is to be written where the switches saw it, the binding has none, and nobody set it aside', () => {
  const port = { switch_name: 'JXL-3F', switch_port: '7', at: 0, registered: null, asset_id: null };
  const holder = { id: 'b1' } as NonNullable<FoundFact['holder']>;
  const missing = known('10.1.2.5', { port, holder });
  expect(
    withoutPort([
      missing,
      known('10.1.2.6', { port }),
      known('10.1.2.7', { port: { ...port, registered: { switch_name: 'JXL-3F', switch_port: '8' } }, holder }),
      known('10.1.2.8', {
        port,
        holder,
        ignored: { id: 'i', until: '2026-12-01', reason: '' },
      }),
      known('10.1.2.9', { holder }),
    ]),
  ).toEqual([missing]);
});

test('routers that answered for others are named by where they are at home, or by their card, the busiest first', () => {
  const at = (ip: string, mac: string, verdict: FoundFact['verdict']): Entry =>
    known(ip, { verdict, mac, host: { ip, mac } as FoundFact['host'] });
  expect(
    proxies([
      at('10.1.2.1', 'A', 'known'),
      at('10.1.2.2', 'C', 'known'),
      at('10.1.2.5', 'B', 'proxied'),
      at('10.1.2.6', 'A', 'proxied'),
      at('10.1.2.7', 'A', 'proxied'),
    ]),
  ).toEqual([
    { mac: 'A', ip: '10.1.2.1', count: 2 },
    { mac: 'B', ip: null, count: 1 },
  ]);
});
