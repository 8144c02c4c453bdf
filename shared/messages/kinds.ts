/** What kinds of device are called: on a host, in a filter, in a naming rule. One wording for all of them. */
import type { DeviceKind } from '../features/discovery/identity.ts';

type Words = readonly [zh: string, en: string];
const words: Readonly<Record<DeviceKind, Words>> = {
  router: ['路由器', 'Router'],
  switch: ['交换机', 'Switch'],
  access_point: ['无线 AP', 'Access point'],
  firewall: ['防火墙', 'Firewall'],
  server: ['服务器', 'Server'],
  nas: ['网络存储', 'Network storage'],
  pc: ['电脑', 'Computer'],
  printer: ['打印机', 'Printer'],
  camera: ['摄像头', 'Camera'],
  recorder: ['录像机', 'Recorder'],
  ip_phone: ['IP 电话', 'IP phone'],
  mobile: ['手机、平板', 'Phone or tablet'],
  display: ['大屏、投影', 'Display'],
  appliance: ['其他网络设备', 'Other network device'],
};

const under = <Prefix extends string>(
  prefix: Prefix,
): { readonly [Kind in DeviceKind as `${Prefix}.${Kind}`]: Words } =>
  Object.fromEntries(Object.entries(words).map(([kind, each]) => [`${prefix}.${kind}`, each])) as never;

export const kindMessages = { ...under('discovery.kind'), ...under('option.naming_rules.kind') };
