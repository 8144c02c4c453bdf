import fc from 'fast-check';
import {
  deviceVendors,
  interfaceName,
  snippetActions,
  snippetKinds,
  snippetOf,
  type DeviceLine,
} from '../../../../shared/features/opening/device.ts';

const line = (more: Partial<DeviceLine> = {}): DeviceLine => ({
  ip: '10.20.30.11',
  mac: '00E0FC01A2B3',
  vlan: 30,
  mask: '255.255.255.0',
  port: 'GE0/0/5',
  ...more,
});
const text = (...args: Parameters<typeof snippetOf>): string[] => snippetOf(...args).text.split('\n');

test.each([
  ['huawei', 'arp', 'add', ['system-view', 'arp static 10.20.30.11 00e0-fc01-a2b3', 'return']],
  ['huawei', 'arp', 'remove', ['system-view', 'undo arp static 10.20.30.11', 'return']],
  [
    'huawei',
    'dhcp',
    'add',
    [
      'system-view',
      'ip pool vlan30',
      ' static-bind ip-address 10.20.30.11 mac-address 00e0-fc01-a2b3',
      ' quit',
      'return',
    ],
  ],
  [
    'huawei',
    'dhcp',
    'remove',
    ['system-view', 'ip pool vlan30', ' undo static-bind ip-address 10.20.30.11', ' quit', 'return'],
  ],
  [
    'huawei',
    'guard',
    'add',
    [
      'system-view',
      'user-bind static ip-address 10.20.30.11 mac-address 00e0-fc01-a2b3 interface GigabitEthernet0/0/5 vlan 30',
      'return',
    ],
  ],
  [
    'huawei',
    'guard',
    'remove',
    [
      'system-view',
      'undo user-bind static ip-address 10.20.30.11 mac-address 00e0-fc01-a2b3 interface GigabitEthernet0/0/5 vlan 30',
      'return',
    ],
  ],
  ['h3c', 'arp', 'add', ['system-view', 'arp static 10.20.30.11 00e0-fc01-a2b3', 'return']],
  ['h3c', 'arp', 'remove', ['system-view', 'undo arp 10.20.30.11', 'return']],
  [
    'h3c',
    'dhcp',
    'add',
    [
      'system-view',
      'dhcp server ip-pool vlan30',
      ' static-bind ip-address 10.20.30.11 mask 255.255.255.0 hardware-address 00e0-fc01-a2b3',
      ' quit',
      'return',
    ],
  ],
  [
    'h3c',
    'guard',
    'remove',
    [
      'system-view',
      'interface GigabitEthernet0/0/5',
      ' undo ip source binding ip-address 10.20.30.11 mac-address 00e0-fc01-a2b3 vlan 30',
      ' quit',
      'return',
    ],
  ],
  ['ruijie', 'arp', 'add', ['configure terminal', 'arp 10.20.30.11 00e0.fc01.a2b3 arpa', 'end']],
  ['ruijie', 'arp', 'remove', ['configure terminal', 'no arp 10.20.30.11', 'end']],
  [
    'ruijie',
    'dhcp',
    'add',
    [
      'configure terminal',
      'ip dhcp pool lanbook-10-20-30-11',
      ' host 10.20.30.11 255.255.255.0',
      ' hardware-address 00e0.fc01.a2b3',
      ' exit',
      'end',
    ],
  ],
  ['ruijie', 'guard', 'add', ['configure terminal', 'address-bind 10.20.30.11 00e0.fc01.a2b3', 'end']],
  ['ruijie', 'guard', 'remove', ['configure terminal', 'no address-bind 10.20.30.11', 'end']],
  ['cisco', 'arp', 'add', ['configure terminal', 'arp 10.20.30.11 00e0.fc01.a2b3 arpa', 'end']],
  [
    'cisco',
    'dhcp',
    'add',
    [
      'configure terminal',
      'ip dhcp pool lanbook-10-20-30-11',
      ' host 10.20.30.11 255.255.255.0',
      ' client-identifier 0100.e0fc.01a2.b3',
      ' exit',
      'end',
    ],
  ],
  ['cisco', 'dhcp', 'remove', ['configure terminal', 'no ip dhcp pool lanbook-10-20-30-11', 'end']],
  [
    'cisco',
    'guard',
    'add',
    [
      'configure terminal',
      'ip source binding 00e0.fc01.a2b3 vlan 30 10.20.30.11 interface GigabitEthernet0/0/5',
      'end',
    ],
  ],
  [
    'cisco',
    'guard',
    'remove',
    [
      'configure terminal',
      'no ip source binding 00e0.fc01.a2b3 vlan 30 10.20.30.11 interface GigabitEthernet0/0/5',
      'end',
    ],
  ],
] as const)('%s %s %s', (vendor, kind, action, expected) => {
  expect(text(vendor, kind, action, [line()])).toEqual(expected);
});

test('one pool or interface is entered once for the lines that follow each other in it', () => {
  const two = [line(), line({ ip: '10.20.30.12', mac: '00E0FC01A2B4' })];
  expect(text('huawei', 'dhcp', 'add', two)).toEqual([
    'system-view',
    'ip pool vlan30',
    ' static-bind ip-address 10.20.30.11 mac-address 00e0-fc01-a2b3',
    ' static-bind ip-address 10.20.30.12 mac-address 00e0-fc01-a2b4',
    ' quit',
    'return',
  ]);
  expect(
    text('h3c', 'guard', 'add', [two[0]!, { ...two[1]!, port: 'GE0/0/6' }]).filter((each) => each === ' quit'),
  ).toHaveLength(2);
});

test('what cannot be written is left out and said, never guessed', () => {
  expect(snippetOf('cisco', 'guard', 'add', [line({ port: '5' })])).toEqual({
    text: '',
    left: [{ ip: '10.20.30.11', why: 'port' }],
  });
  expect(snippetOf('h3c', 'dhcp', 'add', [line({ vlan: null })]).left).toEqual([{ ip: '10.20.30.11', why: 'vlan' }]);
  expect(
    snippetOf('huawei', 'arp', 'add', [line({ mac: null }), line({ mac: 'FFFFFFFFFFFF' })]).left.map(({ why }) => why),
  ).toEqual(['mac', 'mac']);
  // without a port the binding of VRP holds on all of them
  expect(text('huawei', 'guard', 'add', [line({ port: '5口' })])[1]).toBe(
    'user-bind static ip-address 10.20.30.11 mac-address 00e0-fc01-a2b3 vlan 30',
  );
});

test('ports are written as each maker names them', () => {
  expect(deviceVendors.map((vendor) => interfaceName(vendor, 'XGE1/0/49'))).toEqual([
    'XGigabitEthernet1/0/49',
    'Ten-GigabitEthernet1/0/49',
    'TenGigabitEthernet1/0/49',
    'TenGigabitEthernet1/0/49',
  ]);
  expect(interfaceName('cisco', 'Gi1/0/5')).toBe('GigabitEthernet1/0/5');
  expect(interfaceName('huawei', 'GE0/0/5\nreboot')).toBeNull();
});

test('nothing that is typed into the register becomes a command of its own', () => {
  const hostile = fc.string({ unit: 'binary', maxLength: 40 });
  const odd = fc.oneof(
    hostile,
    fc.constantFrom('GE0/0/5\nreboot', 'GE0/0/5 ; reset saved-configuration', '10.20.30.11\nundo vlan 30'),
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...deviceVendors),
      fc.constantFrom(...snippetKinds),
      fc.constantFrom(...snippetActions),
      odd,
      odd,
      odd,
      (vendor, kind, action, ip, mac, port) => {
        const made = snippetOf(vendor, kind, action, [
          line({ ip }),
          line({ mac }),
          line({ port }),
          line({ mask: mac }),
        ]);
        for (const each of made.text.split('\n')) expect(each).toMatch(/^ ?[a-zA-Z][a-zA-Z0-9 ./-]*$|^$/);
        expect(made.text.split('\n').length).toBeLessThanOrEqual(2 + 4 * 5);
      },
    ),
  );
});
