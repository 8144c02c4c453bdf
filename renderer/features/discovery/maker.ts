/** A card's maker as people call it, where they do; else as the registry writes it. */
import { brandOf, type Brand } from '../../../shared/features/discovery/brands.ts';
import { catalogue } from '../../../shared/messages.ts';
import type { Text } from '../../i18n.ts';

/** Thousands of rows share a few dozen makers: sorting by maker must not search the patterns for each. */
const known = new Map<string, Brand | null>();
function brand(vendor: string): Brand | null {
  const before = known.get(vendor);
  if (before !== undefined) return before;
  const found = brandOf(vendor);
  known.set(vendor, found);
  return found;
}

export function makerName(vendor: string, t: Text): string {
  const own = brand(vendor);
  return own === null ? vendor : t(`maker.${own}`);
}

/** All a maker may be looked for by: both languages, and the registry's name. */
export function makerWords(vendor: string): string[] {
  const own = brand(vendor);
  return own === null ? [vendor] : [vendor, ...catalogue[`maker.${own}`]];
}
