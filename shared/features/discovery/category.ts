/** Where a found device belongs in the asset register. */
import type { assetCategories } from '../assets.ts';
import type { DeviceKind } from './identity.ts';

const categories: Record<DeviceKind, (typeof assetCategories)[number]> = {
  router: 'router',
  switch: 'switch',
  access_point: 'ap',
  firewall: 'firewall',
  server: 'server',
  nas: 'storage',
  pc: 'desktop',
  printer: 'printer',
  camera: 'camera',
  recorder: 'nvr',
  ip_phone: 'phone',
  mobile: 'other',
  display: 'display',
  appliance: 'other',
};

/** Of a device that told too little: other. A person knows better. */
export const categoryOf = (kind: DeviceKind | null): (typeof assetCategories)[number] =>
  kind === null ? 'other' : categories[kind];
