/**
 * Rules between rows, the same at laptop and hub (sync.md 2.7): what must be unique among live rows (checked by the hub inside each
 * commit and guarded there by partial UNIQUE indexes), and what keeps a row from being removed.
 */
import type { Scalar } from './frames.ts';

export interface UniqueRule {
  readonly name: 'binding_ip' | 'binding_mac' | 'asset_tag' | 'ticket_number';
  readonly table: string;
  readonly field: string;
  /** Whether a live row with these values holds its key. */
  readonly holds: (values: Readonly<Record<string, Scalar>>) => boolean;
  /** The same in SQL (SQLite and PostgreSQL alike), for looking up holders. */
  readonly where: string;
  /** `zc-001` and `ZC-001` are one key (letters A to Z only, the same in all three places). */
  readonly folds?: true;
}
const always = (): boolean => true;
/** A reserved or suspended address is still taken: only release frees it. */
const notReleased = (values: Readonly<Record<string, Scalar>>): boolean => values['state'] !== 'released';

export const uniqueRules: readonly UniqueRule[] = [
  { name: 'binding_ip', table: 'bindings', field: 'ip', holds: notReleased, where: "state <> 'released'" },
  {
    name: 'binding_mac',
    table: 'bindings',
    field: 'mac',
    holds: (values) => notReleased(values) && values['shared_ok'] !== true,
    where: "state <> 'released' AND shared_ok IS NOT TRUE",
  },
  { name: 'asset_tag', table: 'assets', field: 'tag', holds: always, where: 'true', folds: true },
  { name: 'ticket_number', table: 'tickets', field: 'number', holds: always, where: 'true' },
];

/** A live row of `from` that points to a row of `to` keeps it from being removed. */
export interface Hold {
  readonly from: string;
  readonly field: string;
  readonly to: string;
  /** Whether a live row with these values holds what it points to. */
  readonly holds: (values: Readonly<Record<string, Scalar>>) => boolean;
  /** The same in SQL. */
  readonly where: string;
}
const whole = { holds: always, where: 'true' };
const unreleased = { holds: notReleased, where: "state <> 'released'" };

/** References not listed here (a ticket's, an asset's user, a released address) are history: they show the removed record's name. */
export const holds: readonly Hold[] = [
  { from: 'bindings', field: 'person_id', to: 'people', ...unreleased },
  { from: 'bindings', field: 'asset_id', to: 'assets', ...unreleased },
  { from: 'bindings', field: 'location_id', to: 'locations', ...unreleased },
  { from: 'bindings', field: 'subnet_id', to: 'subnets', ...unreleased },
  { from: 'address_ranges', field: 'subnet_id', to: 'subnets', ...whole },
  { from: 'locations', field: 'parent_id', to: 'locations', ...whole },
  { from: 'assets', field: 'location_id', to: 'locations', ...whole },
  { from: 'people', field: 'location_id', to: 'locations', ...whole },
  { from: 'subnets', field: 'location_id', to: 'locations', ...whole },
  { from: 'handover_items', field: 'handover_id', to: 'handovers', ...whole },
  { from: 'outlets', field: 'location_id', to: 'locations', ...whole },
  { from: 'panels', field: 'location_id', to: 'locations', ...whole },
  { from: 'tools', field: 'location_id', to: 'locations', ...whole },
  { from: 'envelopes', field: 'location_id', to: 'locations', ...whole },
  ...(['a', 'b'] as const).flatMap((end): Hold[] => [
    { from: 'cables', field: `${end}_port_id`, to: 'switch_ports', ...whole },
    { from: 'cables', field: `${end}_panel_id`, to: 'panels', ...whole },
    { from: 'cables', field: `${end}_outlet_id`, to: 'outlets', ...whole },
  ]),
];

/** The key a row holds under a rule, or null. */
export const keyOf = (rule: UniqueRule, values: Readonly<Record<string, Scalar>>): string | null => {
  const value = values[rule.field];
  if (value === null || value === undefined || value === '' || !rule.holds(values)) return null;
  return rule.folds ? String(value).replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : String(value);
};

/** What a key is compared with in SQL. `lower` of SQLite, and of PostgreSQL under the collation "C", knows A to Z only. */
export const keyColumn = (rule: UniqueRule, database: 'sqlite' | 'postgres'): string => {
  const column = `"${rule.field}"`;
  if (!rule.folds) return column;
  return database === 'postgres' ? `lower(${column} COLLATE "C")` : `lower(${column})`;
};
