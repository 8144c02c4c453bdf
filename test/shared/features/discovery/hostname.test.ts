import { hostnameOf } from '../../../../shared/features/discovery/identity.ts';

test('a computer name is what the host calls itself; the title of its web page is none', () => {
  const title = { source: 'http', name: '核心交换机 Web网管' } as const;
  expect(hostnameOf({ name: title.name, names: [title] })).toBeNull();
  expect(hostnameOf({ name: title.name, names: [title, { source: 'netbios', name: '财务-PC01' }] })).toBe('财务-PC01');
  expect(hostnameOf({ name: 'sz-wangfang.school.local', names: [] })).toBe('sz-wangfang');
  expect(hostnameOf(null)).toBeNull();
});

test('a longer one is cut to what the register holds', () => {
  expect(hostnameOf({ name: null, names: [{ source: 'snmp', name: 'x'.repeat(200) }] })).toHaveLength(80);
});
