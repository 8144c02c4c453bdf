/** Panels that other features add to the settings screen, in this order (each one a `<section className="setting">`). */
import type { ComponentType } from 'react';
import type { MessageKey } from '../../shared/messages.ts';
import { SpacePanel } from './attachments/space-panel.tsx';
import { BackupPanel } from './backup.tsx';
import { CalendarPanel } from './calendar/panel.tsx';
import { NamingPanel } from './discovery/naming-panel.tsx';
import { VendorPanel } from './discovery/vendor-panel.tsx';
import { RulesPanel } from './tickets/rules-panel.tsx';
import { CredentialsPanel } from './switches/credentials.tsx';
import { RetentionPanel } from './sweeps/retention-panel.tsx';

interface SettingsPanel {
  /** `#/settings?at=snmp` leads to it. */
  readonly at: string;
  readonly title: MessageKey;
  readonly Panel: ComponentType;
}
export const panels: readonly SettingsPanel[] = [
  { at: 'backup', title: 'backup.title', Panel: BackupPanel },
  { at: 'attachments', title: 'attachments.space.title', Panel: SpacePanel },
  { at: 'calendar', title: 'calendar.title', Panel: CalendarPanel },
  { at: 'deadlines', title: 'rules.title', Panel: RulesPanel },
  { at: 'snmp', title: 'snmp.title', Panel: CredentialsPanel },
  { at: 'naming', title: 'naming.title', Panel: NamingPanel },
  { at: 'vendors', title: 'vendors.title', Panel: VendorPanel },
  { at: 'retention', title: 'retention.title', Panel: RetentionPanel },
];
