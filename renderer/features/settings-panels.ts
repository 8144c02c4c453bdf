/** Panels that other features add to the settings screen, in this order (each one a `<section className="setting">`). */
import type { ComponentType } from 'react';
import { BackupPanel } from './backup.tsx';
import { CalendarPanel } from './calendar/panel.tsx';
import { NamingPanel } from './discovery/naming-panel.tsx';
import { VendorPanel } from './discovery/vendor-panel.tsx';
import { CredentialsPanel } from './switches/credentials.tsx';
import { RetentionPanel } from './sweeps/retention-panel.tsx';

export const panels: readonly ComponentType[] = [
  BackupPanel,
  CalendarPanel,
  CredentialsPanel,
  NamingPanel,
  VendorPanel,
  RetentionPanel,
];
