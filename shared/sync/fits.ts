/**
 * Whether a value can stand in its typed column at the hub. Looser than the schema of forms on purpose: codes and lengths of a
 * newer version pass, so that field work is never stranded; what PostgreSQL could not store at all does not.
 */
import type { Field } from '../record.ts';
import { LAST_MS } from './estimate.ts';
import type { Scalar } from './frames.ts';

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const MAC = /^[0-9A-F]{12}$/;
const IP = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}$/;

export const isId = (id: string): boolean => ID.test(id);

export function fits(field: Field, value: Scalar): boolean {
  if (value === null) return !field.required;
  switch (field.kind) {
    case 'int':
    case 'money':
      return typeof value === 'number' && Number.isSafeInteger(value);
    case 'instant':
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= LAST_MS;
    case 'flag':
      return typeof value === 'boolean';
    default:
      return typeof value === 'string' && fitsText(field.kind, value);
  }
}

function fitsText(kind: Field['kind'], value: string): boolean {
  switch (kind) {
    case 'day':
      return DAY.test(value) && value >= '0001' && new Date(`${value}T00:00:00Z`).toISOString().startsWith(value);
    case 'mac':
      return MAC.test(value);
    case 'ip':
      return IP.test(value);
    case 'ref':
      return ID.test(value);
    default:
      // Half a character (a lone surrogate) is no text to PostgreSQL.
      return !value.includes('\0') && value.isWellFormed();
  }
}
