/** The school's addressing plan (domain.md §4). The second octet is the campus: 20 for the first, one more for each further one. */

export interface SubnetPlan {
  readonly name: string;
  readonly vlan: number | null;
  readonly cidr: string;
  readonly gateway: string | null;
  readonly purpose:
    'device' | 'office' | 'teaching' | 'classroom' | 'lab' | 'printer' | 'camera' | 'server' | 'wireless' | 'legacy';
  /** First and last address that is given out in order, or left to DHCP. */
  readonly range: readonly [kind: 'allocate' | 'dhcp', first: string, last: string] | null;
}

type Line = readonly [name: string, vlan: number, third: number, prefix: number, purpose: SubnetPlan['purpose']];
const LINES: readonly Line[] = [
  ['设备管理', 10, 10, 24, 'device'],
  ['行政办公', 20, 20, 24, 'office'],
  ['教师办公', 30, 30, 24, 'teaching'],
  ['教室', 40, 40, 25, 'classroom'],
  ...[1, 2, 3, 4, 5].map((n): Line => [`机房${n}`, 50 + n, 50 + n, 26, 'lab']),
  ['电子阅览室', 60, 60, 26, 'lab'],
  ['实验室与网络中心', 70, 70, 26, 'lab'],
  ['打印', 80, 80, 28, 'printer'],
  ['监控', 90, 90, 27, 'camera'],
  ['服务器', 110, 110, 28, 'server'],
  ['无线', 100, 100, 22, 'wireless'],
];

/** The plan of one campus. Host 1 is the gateway, hosts up to 9 of a /24 are kept for the network's own devices. */
export function subnetPlans(campus: number): SubnetPlan[] {
  const net = 20 + campus;
  const plans = LINES.map(([name, vlan, third, prefix, purpose]): SubnetPlan => {
    const at = (host: number): string => `10.${net}.${third + Math.floor(host / 256)}.${host % 256}`;
    const last = 2 ** (32 - prefix) - 2;
    return {
      name,
      vlan,
      purpose,
      cidr: `10.${net}.${third}.0/${prefix}`,
      gateway: at(1),
      range: [purpose === 'wireless' ? 'dhcp' : 'allocate', at(2), at(last)],
    };
  });
  const legacy: SubnetPlan = {
    name: '遗留网段',
    vlan: null,
    cidr: '192.168.1.0/24',
    gateway: null,
    purpose: 'legacy',
    range: null,
  };
  return campus === 0 ? [...plans, legacy] : plans;
}
