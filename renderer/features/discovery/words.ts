/** Small texts about a host that several parts of the screen show alike. */
import type { DiscoveredHost } from '../../../shared/features/discovery.ts';
import { nameSources, type NameSource } from '../../../shared/features/discovery/identity.ts';
import type { Text } from '../../i18n.ts';

/** Its best name, and who says so. */
export function nameOf(host: DiscoveredHost | null | undefined): { name: string; source: NameSource | null } | null {
  if (!host) return null;
  for (const source of nameSources) {
    const told = host.names.find((each) => each.source === source);
    if (told) return told;
  }
  return host.name === null ? null : { name: host.name, source: null };
}

/** A round trip; NONE is the caller's. */
export function rttText(value: number, t: Text): string {
  if (value < 0.1) return t('discovery.ms_tiny');
  return t('discovery.ms', { value: value < 10 ? value.toFixed(1) : Math.round(value) });
}
