/** What must be unique among live rows, checked by the hub inside each commit and guarded there by partial UNIQUE indexes (sync.md 2.7). */
import type { Scalar } from './frames.ts';

export interface UniqueRule {
  readonly name: 'binding_ip' | 'binding_mac' | 'asset_tag' | 'ticket_number' | 'document_number';
  readonly table: string;
  readonly field: string;
  /** Whether a live row with these values holds its key. */
  readonly holds: (values: Readonly<Record<string, Scalar>>) => boolean;
  /** The same in SQL (SQLite and PostgreSQL alike), for looking up holders. */
  readonly where: string;
}
const always = (): boolean => true;
/** A reserved or suspended address is still taken: only release frees it. */
const notReleased = (values: Readonly<Record<string, Scalar>>): boolean => values['state'] !== 'released';

export const uniqueRules: readonly UniqueRule[] = [
  { name: 'binding_ip', table: 'bindings', field: 'ip', holds: notReleased, where: "state <> 'released'" },
  { name: 'binding_mac', table: 'bindings', field: 'mac', holds: notReleased, where: "state <> 'released'" },
  { name: 'asset_tag', table: 'assets', field: 'tag', holds: always, where: 'true' },
  { name: 'ticket_number', table: 'tickets', field: 'number', holds: always, where: 'true' },
  { name: 'document_number', table: 'documents', field: 'number', holds: always, where: 'true' },
];

/** The key a row holds under a rule, or null. */
export const keyOf = (rule: UniqueRule, values: Readonly<Record<string, Scalar>>): string | null => {
  const value = values[rule.field];
  return value === null || value === undefined || value === '' || !rule.holds(values) ? null : String(value);
};
