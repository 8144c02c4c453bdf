/** What readings are called on the screens. */
import { portEnds, type PortCandidate } from '../../../shared/features/switches/candidate.ts';
import type { Device, Reading } from '../../../shared/features/switches.ts';
import type { useText } from '../../i18n.ts';
import type { Tone } from '../../ui/state.tsx';

/** What the screens of this feature are made of: any change of these and they ask again. */
export const deviceTables = ['_device_reads', '_snmp_credentials', 'assets', 'bindings', 'people'];

export type Text = ReturnType<typeof useText>;

export const endTone: Readonly<Record<Reading['end'], Tone>> = {
  complete: 'good',
  partial: 'warn',
  silent: 'bad',
  closed: 'bad',
  wrong_credential: 'bad',
  garbage: 'bad',
  stopped: 'off',
};
export const stateTone: Readonly<Record<Reading['tables']['arp'], Tone>> = {
  read: 'good',
  absent: 'off',
  cut: 'warn',
  failed: 'bad',
  not_asked: 'off',
};
export const tableNames = ['interfaces', 'bridge', 'qbridge', 'vendor', 'arp', 'lldp'] as const;

const MINUTE = 60_000;
/** How long ago, in the largest unit that fits. */
export function age(t: Text, at: number, now: number): string {
  const minutes = Math.max(0, Math.floor((now - at) / MINUTE));
  if (minutes < 1) return t('port.age.now');
  if (minutes < 60) return t('port.age.minutes', { count: minutes });
  if (minutes < 48 * 60) return t('port.age.hours', { count: Math.floor(minutes / 60) });
  return t('port.age.days', { count: Math.floor(minutes / 1440) });
}

/** Why this is, or is not, the place: one sentence. */
export function reason(t: Text, candidate: PortCandidate, now: number): string {
  const { end, macs, read_at, uplink_because } = candidate;
  if (candidate.kind === 'self') return age(t, read_at, now);
  if (candidate.kind === 'edge') {
    const known = end ?? portEnds[0];
    return t(`port.reason.${known}`, { count: macs, age: age(t, read_at, now) });
  }
  return uplink_because.map((why) => t(`port.uplink_because.${why}`, { count: macs })).join('；');
}

export const deviceName = (t: Text, { name, ip }: Pick<Device, 'name' | 'ip'>): string =>
  name ?? `${t('switches.unnamed')} ${ip}`;
