/** What a device is, as a sign and a word. */
import {
  ApartmentOutlined,
  ApiOutlined,
  CloudServerOutlined,
  ClusterOutlined,
  DesktopOutlined,
  FireOutlined,
  FundProjectionScreenOutlined,
  HddOutlined,
  MobileOutlined,
  PhoneOutlined,
  PrinterOutlined,
  VideoCameraOutlined,
  PlaySquareOutlined,
  WifiOutlined,
} from '@ant-design/icons';
import type { ComponentType, ReactNode } from 'react';
import type { DeviceKind } from '../../../shared/features/discovery/identity.ts';
import { useText } from '../../i18n.ts';

const signs: Record<DeviceKind, ComponentType> = {
  router: ApartmentOutlined,
  switch: ClusterOutlined,
  access_point: WifiOutlined,
  firewall: FireOutlined,
  server: CloudServerOutlined,
  nas: HddOutlined,
  pc: DesktopOutlined,
  printer: PrinterOutlined,
  camera: VideoCameraOutlined,
  recorder: PlaySquareOutlined,
  ip_phone: PhoneOutlined,
  mobile: MobileOutlined,
  display: FundProjectionScreenOutlined,
  appliance: ApiOutlined,
};
export function KindMark({ kind }: { kind: DeviceKind }): ReactNode {
  const t = useText();
  const Sign = signs[kind];
  return (
    <span className="kind-mark">
      <span aria-hidden="true">
        <Sign />
      </span>{' '}
      {t(`discovery.kind.${kind}`)}
    </span>
  );
}
