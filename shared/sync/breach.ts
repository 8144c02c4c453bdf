/** Rules between rows, asked of one operation: what it would point to, lie in, and hold. */
import type { Op } from '../commit.ts';
import type { RecordType } from '../record.ts';
import { clash, type Done } from './clash.ts';
import type { Scalar } from './frames.ts';
import type { World } from './world.ts';

/** Whether a row would come to lie in itself: two laptops may each have moved one place into the other. */
const loops = (
  op: Op,
  type: RecordType,
  values: Readonly<Record<string, Scalar>>,
  touched: readonly string[],
  world: World,
): boolean =>
  touched.some((name) => {
    const field = type.fields[name];
    if (field?.kind !== 'ref' || field.table !== op.table) return false;
    const seen = new Set<Scalar>();
    for (let at = values[name] ?? null; typeof at === 'string' && !seen.has(at);) {
      if (at === op.id) return true;
      seen.add(at);
      at = world.row(op.table, at)?.values[name] ?? null;
    }
    return false;
  });

/**
 * Parents that are gone, and keys that somebody else holds. With `before` only keys that are new are asked for: twins of an older
 * store (tags that differ in case) may be edited without being held for it.
 */
export function breach(
  op: Op,
  index: number,
  type: RecordType,
  values: Readonly<Record<string, Scalar>>,
  touched: readonly string[],
  world: World,
  before: Readonly<Record<string, Scalar>> | null = null,
): Done | null {
  for (const name of touched) {
    const field = type.fields[name];
    const target = values[name];
    if (field?.kind !== 'ref' || typeof target !== 'string' || world.live(field.table, target)) continue;
    const parent = world.waitsFor(field.table, target);
    // One the store never had may wait in the quarantine, or be lost; it was not removed.
    const is = parent || !world.row(field.table, target) ? 'dependent' : 'parent';
    return clash(op, index, is, { holder: target, rule: field.table, ...parent });
  }
  if (loops(op, type, values, touched, world)) return clash(op, index, 'rule', { rule: 'loop' });
  const rival = world.rival(op.table, op.id, values, before);
  if (!rival) return null;
  const { rule } = rival;
  const fields = [rule.field, ...telling(type, rule.field)].flatMap((field) => {
    const [mine, theirs] = [values[field] ?? null, rival.row.values[field] ?? null];
    return field === rule.field || mine !== theirs ? [{ field, base: null, mine, theirs }] : [];
  });
  return clash(op, index, 'unique', { fields, rule: rule.name, holder: rival.id, theirs: rival.row.rv });
}

/** Fields by which a person tells two records apart: those that are searched for or must not be guessed. */
const telling = (type: RecordType, besides: string): string[] =>
  Object.entries(type.fields).flatMap(([name, field]) =>
    name !== besides && (field.search || field.class === 'C') ? [name] : [],
  );
