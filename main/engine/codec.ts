/** Between a record's values and its SQLite row: only flags differ (0/1). */
import type { Fields, RecordType, Row } from '../../shared/record.ts';
import type { Bind, Raw } from './db.ts';

export type Stored = string | number | boolean | null;

export const toColumn = (value: Stored | undefined): Bind =>
  value === undefined ? null : typeof value === 'boolean' ? Number(value) : value;

/** A row as declared, from a row as selected (`SELECT *` or at least id, rv and the declared columns). */
export function decode<F extends Fields>(type: RecordType<F>, raw: Raw): Row<F> {
  const row: Record<string, unknown> = { id: raw['id'], rv: raw['rv'] ?? null };
  for (const [name, field] of Object.entries(type.fields)) {
    const value = raw[name] ?? null;
    row[name] = field.kind === 'flag' && value !== null ? value !== 0 : value;
  }
  return row as Row<F>;
}
