import iconv from 'iconv-lite';
import { gatewayOf } from '../../../../main/engine/wire/network.ts';
import { parseMacRoutes, parseProcRoutes, parseWindowsRoutes } from '../../../../main/engine/wire/routes.ts';

const LINUX = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
wlp2s0\t00000000\t011E140A\t0003\t0\t0\t600\t00000000\t0\t0\t0
docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0
wlp2s0\t001E140A\t00000000\t0001\t0\t0\t600\t00FFFFFF\t0\t0\t0
wlp2s0\t00004E0A\tFE1E140A\t0003\t0\t0\t0\t0000FFFF\t0\t0\t0
`;
const windows = (words: {
  list: string;
  table: string;
  active: string;
  columns: string;
  onLink: string;
  lasting: string;
}): string =>
  `===========================================================================
${words.list}
 12...70 c7 f2 11 22 33 ......Realtek PCIe GbE Family Controller
  1...........................Software Loopback Interface 1
===========================================================================

${words.table}
===========================================================================
${words.active}
${words.columns}
          0.0.0.0          0.0.0.0       10.20.30.1      10.20.30.77     25
        10.20.30.0    255.255.255.0         ${words.onLink}       10.20.30.77    281
      10.20.30.77  255.255.255.255         ${words.onLink}       10.20.30.77    281
        10.78.0.0      255.255.0.0     10.20.30.254      10.20.30.77     26
        127.0.0.0        255.0.0.0         ${words.onLink}         127.0.0.1    331
  255.255.255.255  255.255.255.255         ${words.onLink}         127.0.0.1    331
===========================================================================
${words.lasting}
`.replaceAll('\n', '\r\n');
const ENGLISH = windows({
  list: 'Interface List',
  table: 'IPv4 Route Table',
  active: 'Active Routes:',
  columns: 'Network Destination        Netmask          Gateway       Interface  Metric',
  onLink: 'On-link',
  lasting: 'Persistent Routes:\n  None',
});
const CHINESE = windows({
  list: '接口列表',
  table: 'IPv4 路由表',
  active: '活动路由:',
  columns: '网络目标        网络掩码          网关       接口   跃点数',
  onLink: '在链路上',
  lasting: '永久路由:\n  无',
});
const MAC = `Routing tables

Internet:
Destination        Gateway            Flags               Netif Expire
default            10.20.30.1         UGScg                 en0
10.20.30/24        link#11            UCS                   en0      !
10.20.30.1/32      link#11            UCS                   en0      !
10.78/16           10.20.30.254       UGSc                  en0
127                127.0.0.1          UCS                   lo0
224.0.0/4          link#11            UmCS                  en0      !
`;
const EXPECTED = [
  { cidr: '0.0.0.0/0', gateway: '10.20.30.1' },
  { cidr: '10.78.0.0/16', gateway: '10.20.30.254' },
];

test('Linux', () => expect(parseProcRoutes(LINUX)).toEqual(EXPECTED));
test.each([
  ['English', Buffer.from(ENGLISH)],
  ['Chinese as UTF-8', Buffer.from(CHINESE)],
  ['Chinese as GBK', iconv.encode(CHINESE, 'gbk')],
])('Windows in %s', (_, bytes) => expect(parseWindowsRoutes(bytes.toString('latin1'))).toEqual(EXPECTED));
test('macOS', () => expect(parseMacRoutes(MAC)).toEqual(EXPECTED));
test.each([parseProcRoutes, parseWindowsRoutes, parseMacRoutes])('nothing in, nothing out', (parse) => {
  expect(parse('')).toEqual([]);
  expect(parse('\u0000 default zz\n1.2.3.4 999.0.0.0 10.0.0.1 10.0.0.2 x\n')).toEqual([]);
});

test('the gateway of a subnet is the way to everywhere; without one, the way to somewhere; else there is none', () => {
  const at = (cidr: string, routes = EXPECTED): string | null => gatewayOf({ cidr }, routes);
  expect(at('10.20.30.0/24')).toBe('10.20.30.1');
  expect(at('10.20.30.0/24', EXPECTED.slice(1))).toBe('10.20.30.254');
  expect(at('192.168.1.0/24')).toBeNull();
});
