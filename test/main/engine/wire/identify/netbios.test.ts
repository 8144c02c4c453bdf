import fc from 'fast-check';
import { nodeStatusQuestion, readNodeStatus } from '../../../../../main/engine/wire/identify/netbios.ts';
import { hostileStrings } from '../../../../support/hostile.ts';
import { nodeStatusAnswer, type NetbiosName } from '../../../../lab/devices/netbios.ts';

const ID = 0x4c42;
const answer = (names: readonly NetbiosName[], mac = '001B21000005'): Buffer =>
  nodeStatusAnswer(nodeStatusQuestion(ID), names, mac);
const GROUP = 0x8400;
const UNIQUE = 0x0400;

test('the question is the 50 bytes of RFC 1002', () => {
  expect(nodeStatusQuestion(ID).toString('latin1')).toBe(
    `LB\0\0\0\u0001\0\0\0\0\0\0\u0020CK${'A'.repeat(30)}\0\0\u0021\0\u0001`,
  );
});

test('a Windows computer of a Chinese office: its name in GBK, its roles, its card', () => {
  const packet = answer([
    { text: 'WORKGROUP', suffix: 0x00, flags: GROUP },
    { text: '财务-PC01', suffix: 0x00, flags: UNIQUE },
    { text: '财务-PC01', suffix: 0x20, flags: UNIQUE },
  ]);
  expect(readNodeStatus(packet, ID)).toEqual({ name: '财务-PC01', roles: ['<00>', '<20>'], mac: '001B21000005' });
});

test('a name longer than the field keeps what fits', () => {
  const packet = answer([{ text: '教务处资料室三号电脑', suffix: 0, flags: UNIQUE }]);
  expect(readNodeStatus(packet, ID)?.name).toBe('教务处资料室三');
});

test('a domain controller; an old web server that calls itself like one is none', () => {
  const roles = (names: NetbiosName[]): readonly string[] => readNodeStatus(answer(names), ID)?.roles ?? [];
  expect(roles([{ text: 'SCHOOL', suffix: 0x1c, flags: GROUP }])).toEqual(['<1C>']);
  expect(roles([{ text: 'INet~Services', suffix: 0x1c, flags: GROUP }])).toEqual([]);
});

test('Samba leaves its MAC out', () => {
  expect(readNodeStatus(answer([{ text: 'NAS', suffix: 0, flags: UNIQUE }], '000000000000'), ID)?.mac).toBeNull();
});

test('what is no answer to the question is none', () => {
  const good = answer([{ text: 'PC', suffix: 0, flags: UNIQUE }]);
  expect(readNodeStatus(good, ID + 1)).toBeNull();
  expect(readNodeStatus(nodeStatusQuestion(ID), ID)).toBeNull();
  for (let length = 0; length < 57; length++) expect(readNodeStatus(good.subarray(0, length), ID)).toBeNull();
});

test('a count that lies reads what is there', () => {
  const packet = answer([{ text: 'PC', suffix: 0, flags: UNIQUE }]);
  packet[56] = 255;
  expect(readNodeStatus(packet, ID)?.name).toBe('PC');
  packet[56] = 0;
  expect(readNodeStatus(packet, ID)).toMatchObject({ name: null, roles: [] });
});

test('hostile names lose what hides or commands; garbage of any kind never throws', () => {
  for (const text of hostileStrings) {
    const name = readNodeStatus(answer([{ text, suffix: 0, flags: UNIQUE }]), ID)?.name ?? '';
    expect(name).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 700 }), fc.boolean(), (bytes, asAnswer) => {
      const packet = asAnswer ? Buffer.concat([answer([]).subarray(0, 56), bytes]) : Buffer.from(bytes);
      const status = readNodeStatus(packet, ID);
      expect(status?.name ?? '').not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(status?.roles.length ?? 0).toBeLessThanOrEqual(255);
    }),
    { numRuns: 3000 },
  );
});
