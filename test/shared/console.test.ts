import fc from 'fast-check';
import { parseConsole, type Parsed } from '../../shared/features/console/parse.ts';
import { MAX_TEXT } from '../../shared/features/console/clean.ts';
import type { ConsoleTable, Rows } from '../../shared/features/console/rows.ts';
import * as pastes from '../support/console/fixtures.ts';

function rows<T extends ConsoleTable>(parsed: Parsed, table: T): Rows[T][] {
  return parsed.sections.filter((each) => each.table === table).flatMap((each) => each.rows as Rows[T][]);
}
const shape = (parsed: Parsed): string[] =>
  parsed.sections.map(({ vendor, table, host, rows: own }) => [vendor, table, host, own.length].join(' '));

it('reads every line of every dialect, and says whose it is', () => {
  expect(shape(parseConsole(pastes.huaweiOld))).toEqual([
    'huawei arp JX-A1-SW1 3',
    'huawei mac JX-A1-SW1 3',
    'huawei interfaces JX-A1-SW1 7',
    'huawei neighbours JX-A1-SW1 1',
  ]);
  expect(shape(parseConsole(pastes.huaweiNew))).toEqual([
    'huawei arp 核心-S5732 2',
    'huawei mac 核心-S5732 1',
    'huawei neighbours 核心-S5732 1',
  ]);
  expect(shape(parseConsole(pastes.huaweiVerbose))).toEqual(['huawei neighbours SW-C1 3']);
  expect(shape(parseConsole(pastes.comware5))).toEqual([
    'h3c arp B1-JR 2',
    'h3c mac B1-JR 2',
    'h3c interfaces B1-JR 6',
    'h3c neighbours B1-JR 1',
  ]);
  expect(shape(parseConsole(pastes.comware7))).toEqual([
    'h3c arp C2-JR2 1',
    'h3c mac C2-JR2 1',
    'h3c interfaces C2-JR2 2',
    'h3c neighbours C2-JR2 1',
    'h3c neighbours C2-JR2 1',
  ]);
  expect(shape(parseConsole(pastes.comware7Short))).toEqual(['h3c neighbours H3C 1']);
  expect(shape(parseConsole(pastes.zteOld))).toEqual(['zte arp ZXR10 2', 'zte mac ZXR10 2', 'zte interfaces ZXR10 3']);
  expect(shape(parseConsole(pastes.zteNew))).toEqual([
    'zte mac ZXR10 1',
    'zte neighbours ZXR10 1',
    'zte neighbours ZXR10 1',
  ]);
  expect(shape(parseConsole(pastes.ruijie))).toEqual([
    'ruijie arp B2-RG 2',
    'ruijie mac B2-RG 2',
    'ruijie interfaces B2-RG 4',
    'ruijie neighbours B2-RG 1',
    'ruijie neighbours B2-RG 1',
  ]);
  expect(shape(parseConsole(pastes.cisco))).toEqual([
    'cisco arp C9200 2',
    'cisco mac C9200 1',
    'cisco interfaces C9200 4',
    'cisco neighbours C9200 2',
    'cisco neighbours C9200 1',
  ]);
  expect(shape(parseConsole(pastes.ciscoDetail))).toEqual(['cisco neighbours SW1 1', 'cisco neighbours SW1 1']);
  for (const [name, text] of Object.entries(pastes))
    if (name !== 'broken') expect({ name, unread: parseConsole(text).unread }).toEqual({ name, unread: [] });
});

it('takes ports, VLANs, speeds and who stands at the other end', () => {
  const old = parseConsole(pastes.huaweiOld);
  expect(rows(old, 'arp')).toEqual([
    { ip: '10.20.10.21', mac: '00E0FC110021', port: 'Vlanif10', vlan: 10, own: true },
    { ip: '10.20.10.1', mac: '00E0FC110001', port: 'GE0/0/24', vlan: 10, own: false },
    { ip: '10.20.20.35', mac: '8C1645000035', port: 'GE0/0/5', vlan: 20, own: false },
  ]);
  expect(rows(old, 'mac').map(({ port, vlan, status }) => [port, vlan, status])).toEqual([
    ['GE0/0/5', 20, 'learned'],
    ['GE0/0/6', 20, 'static'],
    ['GE0/0/24', 10, 'learned'],
  ]);
  expect(
    rows(old, 'interfaces')
      .filter(({ admin_up }) => !admin_up)
      .map(({ port }) => port),
  ).toEqual(['GigabitEthernet0/0/7']);
  expect(rows(old, 'neighbours')[0]).toMatchObject({ port: 'GE0/0/24', name: 'JX-核心 S7706', remote: 'GE1/0/3' });
  expect(rows(parseConsole(pastes.huaweiNew), 'neighbours')[0]).toMatchObject({
    port: 'XGE0/0/3',
    name: 'A1 汇聚',
    remote: 'GE1/0/49',
  });
  expect(rows(parseConsole(pastes.huaweiVerbose), 'neighbours')).toMatchObject([
    {
      port: 'GigabitEthernet0/0/1',
      chassis: '3C8C40000011',
      remote: 'GigabitEthernet1/0/24',
      name: 'A1-HJ',
      ip: '10.20.10.11',
      capabilities: ['bridge', 'router'],
      system: 'H3C Comware Platform Software Copyright: all of it H3C S5560X-54C',
    },
    { port: 'GigabitEthernet0/0/2', name: 'AP-1', capabilities: ['access_point'] },
    { port: 'GigabitEthernet0/0/2', chassis: '001122334455', name: null },
  ]);
  const h3c = rows(parseConsole(pastes.comware5), 'interfaces');
  expect(h3c.find(({ port }) => port === 'GE1/0/7')).toEqual({
    port: 'GE1/0/7',
    up: true,
    admin_up: true,
    speed_mbps: 1000,
    vlan: 30,
    alias: 'B101 讲台',
    ip: null,
  });
  expect(h3c.find(({ port }) => port === 'Vlan10')?.ip).toBe('10.20.10.31');
  expect(h3c.find(({ port }) => port === 'GE1/0/9')).toMatchObject({ up: false, admin_up: false, speed_mbps: null });
  expect(rows(parseConsole(pastes.comware7), 'neighbours')).toMatchObject([
    { port: 'XGE1/0/49', chassis: '3C8C40000013', remote: 'Ten-GigabitEthernet1/0/2', name: 'C-HJ' },
    { port: 'Ten-GigabitEthernet1/0/49', name: 'C-HJ', ip: '10.20.10.13', capabilities: ['bridge', 'router'] },
  ]);
  expect(rows(parseConsole(pastes.comware7Short), 'neighbours')[0]).toMatchObject({
    chassis: '001EC1000001',
    remote: 'GigabitEthernet2/0/23',
  });
  expect(rows(parseConsole(pastes.zteOld), 'arp')[1]).toMatchObject({ port: 'gei_1/3', vlan: 40, own: false });
  expect(
    rows(parseConsole(pastes.zteOld), 'interfaces').map(({ up, admin_up, speed_mbps }) => [up, admin_up, speed_mbps]),
  ).toEqual([
    [true, true, 1000],
    [false, true, 100],
    [false, false, 100],
  ]);
  for (const each of rows(parseConsole(pastes.zteNew), 'neighbours'))
    expect(each).toMatchObject({
      port: 'xgei-0/1/1/25',
      chassis: '3C8C40000012',
      remote: 'GigabitEthernet1/0/3',
      name: 'B-HJ',
    });
  const rg = parseConsole(pastes.ruijie);
  expect(rows(rg, 'mac')[0]).toEqual({ mac: '04D9F5000009', vlan: 30, port: 'GigabitEthernet0/9', status: 'learned' });
  expect(
    rows(rg, 'interfaces').map(({ port, up, admin_up, speed_mbps, vlan }) => [port, up, admin_up, speed_mbps, vlan]),
  ).toEqual([
    ['GigabitEthernet0/9', true, true, 1000, 30],
    ['GigabitEthernet0/10', false, true, null, 1],
    ['GigabitEthernet0/11', false, false, null, 1],
    ['TenGigabitEthernet0/25', true, true, 10_000, null],
  ]);
  expect(rows(rg, 'neighbours')).toMatchObject([
    { port: 'Te0/25', name: 'B-HJ', remote: 'GigabitEthernet1/0/4', capabilities: ['bridge', 'router'] },
    {
      port: 'TenGigabitEthernet0/25',
      chassis: '3C8C40000012',
      name: 'B-HJ',
      remote: 'GigabitEthernet1/0/4',
      ip: '10.20.10.12',
    },
  ]);
  const ios = parseConsole(pastes.cisco);
  expect(rows(ios, 'interfaces')[0]).toMatchObject({
    port: 'Gi1/0/5',
    up: true,
    speed_mbps: 1000,
    vlan: 70,
    alias: 'lab C103 PC',
  });
  expect(rows(ios, 'neighbours')).toMatchObject([
    { port: 'Te1/1/1', name: 'C-HJ', remote: 'Te1/0/7' },
    { port: 'Gi1/0/24', name: 'a-very-long-name-of-a-switch.lj3z.example', remote: 'Gi0/1' },
    { port: 'Gig1/0/23', name: 'OLD-2960', remote: 'Gig0/1', capabilities: ['bridge'] },
  ]);
  expect(rows(parseConsole(pastes.ciscoDetail), 'neighbours')).toMatchObject([
    { port: 'Te1/1/1', name: 'C-HJ', ip: '10.20.10.13', capabilities: ['bridge', 'router'] },
    {
      port: 'GigabitEthernet1/0/23',
      name: 'OLD-2960',
      remote: 'GigabitEthernet0/1',
      ip: '10.20.10.62',
      capabilities: ['bridge'],
    },
  ]);
});

it('copes with pagers, wrapped and half lines, and shows what it did not read', () => {
  const parsed = parseConsole(pastes.broken);
  expect(rows(parsed, 'mac').map(({ mac, port }) => [mac, port])).toEqual([
    ['8C1645000035', 'GE0/0/5'],
    ['8C1645000036', 'GE0/0/6'],
    ['8C1645000037', 'GigabitEthernet0/0/7'],
    ['8C1645000038', 'GE0/0/8'],
  ]);
  expect(parsed.unread).toEqual([
    { line: 1, text: '0-fc11-0001  18        D-0' },
    { line: 9, text: '8c16-4500-00' },
  ]);
});

it('reads on behind a pager mark whose escape characters the log lost', () => {
  const wiped = `${' '.repeat(42)}[42D`;
  const parsed = parseConsole(
    `<A>display mac-address\nMAC Address    VLAN/VSI/BD/SI   Learned-From        Type                Age\n  ---- More ----[42D${wiped}8c16-4500-0036 20/-/-/-        GE0/0/6             dynamic             -`,
  );
  expect([rows(parsed, 'mac').map(({ port }) => port), parsed.unread]).toEqual([['GE0/0/6'], []]);
});

it('reads lines without a head when maker and command are chosen', () => {
  const bare = '8c16-4500-0035 20 - - GE0/0/5 dynamic 0/-\n';
  expect(parseConsole(bare).sections).toEqual([]);
  expect(shape(parseConsole(bare, { vendor: 'huawei', table: 'mac' }))).toEqual(['huawei mac  1']);
});

it('says what another maker or a computer printed, and keeps commands that it does not know as unread', () => {
  expect(
    parseConsole(
      '接口: 10.20.20.7 --- 0xb\n  Internet 地址         物理地址              类型\n  10.20.20.1    00-e0-fc-11-00-01   动态',
    ).foreign,
  ).toBe('windows');
  expect(parseConsole('root@ex2200> show ethernet-switching table\nEthernet switching table : 3 entries').foreign).toBe(
    'juniper',
  );
  expect(parseConsole('<SW1>display version\nHuawei Versatile Routing Platform').unread).toEqual([
    { line: 2, text: 'Huawei Versatile Routing Platform' },
  ]);
  expect(parseConsole('')).toEqual({ sections: [], hosts: [], unread: [], foreign: null });
});

it('is linear and never throws, whatever is pasted', () => {
  const all = Object.values(pastes).join('\n');
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 200 }),
          fc.nat(all.length).map((at) => all.slice(at, at + 150)),
        ),
      ),
      (parts) => {
        const parsed = parseConsole(parts.join('\n'));
        for (const { line } of parsed.unread) expect(line).toBeGreaterThan(0);
      },
    ),
    { numRuns: 300 },
  );
  const started = performance.now();
  for (const unit of ['a', ' ', '-', '1.', '[', ':', '\u001b[', 'GE0/0/1 ', '\b', 'a a ', '(a'])
    parseConsole(unit.repeat(Math.ceil(MAX_TEXT / unit.length)));
  parseConsole(`MAC Address    VLAN/VSI\n${'8c16-4500-0035 20 - - GE0/0/5 dynamic\n'.repeat(40_000)}`);
  parseConsole('x\n'.repeat(MAX_TEXT / 2));
  expect(performance.now() - started).toBeLessThan(20_000);
});
