/** Where a refusal belongs in a form: at the field that it names, or that its code is about. */
import type { Params } from '../../i18n.ts';

/** Codes that name no field, by their whole name or by how they begin; the first that fits. */
const places: readonly (readonly [start: string, field: string])[] = [
  ['tag_in_use', 'tag'],
  ['serial_', 'serial'],
  ['asset_serial_', 'serial'],
  ['asset_mac_', 'mac'],
  ['asset_ip_', 'ip'],
  ['subnet_full', 'ip'],
  ['subnet_needed', 'subnet_id'],
  ['subnet_', 'cidr'],
  ['gateway_', 'gateway'],
  ['range_outside', 'first_ip'],
  ['range_overlap', 'first_ip'],
  ['range_', 'last_ip'],
  ['ip_', 'ip'],
  ['mac_', 'mac'],
  ['person_', 'person_id'],
  ['opened_later', 'opened_on'],
  ['location_loop', 'parent_id'],
];

/** The field of this form, or null: then the refusal is about the whole. Engines name fields as `assets.mac`. */
export function refusedField(
  refusal: { readonly code: string; readonly params: Params } | null,
  fields: readonly string[],
): string | null {
  if (!refusal) return null;
  const named = refusal.params['field'];
  const field =
    typeof named === 'string'
      ? named.slice(named.lastIndexOf('.') + 1)
      : refusal.code.endsWith('_needs_reason')
        ? 'reason'
        : places.find(([start]) => refusal.code.startsWith(start))?.[1];
  return field !== undefined && fields.includes(field) ? field : null;
}
