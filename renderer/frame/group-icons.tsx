/** One line drawing for each item of the rail. */
import {
  ApartmentOutlined,
  AuditOutlined,
  BarChartOutlined,
  ClusterOutlined,
  DashboardOutlined,
  HddOutlined,
  RadarChartOutlined,
  ScheduleOutlined,
  SettingOutlined,
  ToolOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { Group } from '../screens.ts';

export const groupIcons: Record<Group, ReactNode> = {
  today: <DashboardOutlined />,
  assets: <HddOutlined />,
  addresses: <ClusterOutlined />,
  tickets: <ToolOutlined />,
  rounds: <ScheduleOutlined />,
  discovery: <RadarChartOutlined />,
  topology: <ApartmentOutlined />,
  handover: <AuditOutlined />,
  reports: <BarChartOutlined />,
  settings: <SettingOutlined />,
};
