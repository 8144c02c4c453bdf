import { readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { habitsOf, parseMacArp, parseProcArp, parseWindowsArp } from '../../../../main/engine/wire/neighbours.ts';

const LINUX = `IP address       HW type     Flags       HW address            Mask     Device
10.20.30.1       0x1         0x2         70:c7:f2:11:22:33     *        eth0
10.20.30.9       0x1         0x0         00:00:00:00:00:00     *        eth0
10.20.30.10      0x1         0x6         00:1b:21:00:00:0a     *        eth0
`;
const windows = (words: { head: string; columns: string; dynamic: string; fixed: string }): string =>
  `
${words.head}: 10.20.30.77 --- 0xb
  ${words.columns}
  10.20.30.1            70-c7-f2-11-22-33     ${words.dynamic}
  10.20.30.10           00-1b-21-00-00-0a     ${words.dynamic}
  10.20.30.255          ff-ff-ff-ff-ff-ff     ${words.fixed}
  224.0.0.22            01-00-5e-00-00-16     ${words.fixed}
  255.255.255.255       ff-ff-ff-ff-ff-ff     ${words.fixed}
`.replaceAll('\n', '\r\n');
const ENGLISH = windows({
  head: 'Interface',
  columns: 'Internet Address      Physical Address      Type',
  dynamic: 'dynamic',
  fixed: 'static',
});
const CHINESE = windows({
  head: '接口',
  columns: 'Internet 地址         物理地址              类型',
  dynamic: '动态',
  fixed: '静态',
});
const MAC = `? (10.20.30.1) at 70:c7:f2:11:22:33 on en0 ifscope [ethernet]
? (10.20.30.9) at (incomplete) on en0 ifscope [ethernet]
? (10.20.30.10) at 0:1b:21:0:0:a on en0 ifscope [ethernet]
? (10.20.30.255) at ff:ff:ff:ff:ff:ff on en0 ifscope [ethernet]
? (224.0.0.251) at 1:0:5e:0:0:fb on en0 ifscope permanent [ethernet]
`;
const answered = (rows: { ip: string; mac: string | null }[]): string[] =>
  rows.filter((row) => row.mac !== null).map((row) => `${row.ip} ${row.mac}`);
const BOTH = ['10.20.30.1 70C7F2112233', '10.20.30.10 001B2100000A'];

test('Linux tells who has not answered', () => {
  const rows = parseProcArp(LINUX);
  expect(answered(rows)).toEqual(BOTH);
  expect(rows[1]).toEqual({ ip: '10.20.30.9', mac: null, device: 'eth0' });
});
test.each([
  ['English', Buffer.from(ENGLISH)],
  ['Chinese as UTF-8', Buffer.from(CHINESE)],
  ['Chinese as GBK', iconv.encode(CHINESE, 'gbk')],
])('Windows in %s', (_, bytes) => expect(answered(parseWindowsArp(bytes.toString('latin1')))).toEqual(BOTH));
test('macOS pads single digits and drops broadcast and multicast', () => {
  expect(answered(parseMacArp(MAC))).toEqual(BOTH);
  expect(parseMacArp(MAC)[1]).toEqual({ ip: '10.20.30.9', mac: null, device: 'en0' });
});
test.each([parseProcArp, parseWindowsArp, parseMacArp])('nothing in, nothing out', (parse) => {
  expect(parse('')).toEqual([]);
  expect(parse('\u0000\ufffd 999.1.1.1 at zz (1.2.3)')).toEqual([]);
});
test('Linux may ask for more at once than a table of 256 entries could hold', () => {
  expect(habitsOf('linux').window).toBeGreaterThan(habitsOf('win32').window);
  expect(habitsOf('win32').window).toBeLessThan(256);
});
test('this parser reads what this machine prints', () => {
  if (process.platform !== 'linux') return;
  const text = readFileSync('/proc/net/arp', 'latin1');
  expect(parseProcArp(text)).toHaveLength(text.trim().split('\n').length - 1);
});
