/** One field, changed on two laptops: what becomes of it, by the field's conflict class (sync.md 2.2). Pure, and the same at hub and laptop. */
import { diff3Merge } from 'node-diff3';
import type { Field } from '../record.ts';
import type { Scalar } from './frames.ts';

export type Verdict =
  /** Nobody else touched it, or both want the same. */
  | { readonly is: 'clean'; readonly value: Scalar }
  /** Both notes kept; `clash` when both rewrote the same lines and both versions now stand one after the other. */
  | { readonly is: 'merged'; readonly value: string | null; readonly clash: boolean }
  | { readonly is: 'soft'; readonly value: Scalar; readonly kept: 'mine' | 'theirs' }
  | { readonly is: 'held' };

/** Class B where a declaration says nothing: only what hurts when guessed wrong is declared C. */
const classOf = (field: Field): 'A' | 'B' | 'C' => field.class ?? 'B';

/**
 * `current` is the hub's value. Clean means by value: an operation whose base version is current but whose `before` is not what
 * stands there was made on top of an own change that the hub held back, and must be held with it.
 * `newer` tells which change is certainly the later one, null when nobody can tell.
 */
export function mergeField(
  field: Field,
  change: { readonly before: Scalar; readonly after: Scalar },
  current: Scalar,
  newer: () => 'mine' | 'theirs' | null,
): Verdict {
  if (current === change.after) return { is: 'clean', value: change.after };
  if (current === change.before) return { is: 'clean', value: change.after };
  switch (classOf(field)) {
    case 'A':
      return mergeNotes(field, change, current);
    case 'B': {
      const kept = newer() === 'mine' ? 'mine' : 'theirs';
      return { is: 'soft', value: kept === 'mine' ? change.after : current, kept };
    }
    case 'C':
      return { is: 'held' };
  }
}

const lines = (value: Scalar): string[] => (typeof value === 'string' && value !== '' ? value.split('\n') : []);

function mergeNotes(field: Field, { before, after }: { before: Scalar; after: Scalar }, current: Scalar): Verdict {
  const merged: string[] = [];
  let clash = false;
  for (const region of diff3Merge(lines(current), lines(before), lines(after))) {
    if (region.ok) merged.push(...region.ok);
    if (!region.conflict) continue;
    clash = true;
    merged.push(...region.conflict.a, ...region.conflict.b.filter((line) => !region.conflict?.a.includes(line)));
  }
  const value = merged.join('\n');
  const max = 'max' in field ? (field.max ?? 2000) : 2000;
  return value.length > max ? { is: 'held' } : { is: 'merged', value: value === '' ? null : value, clash };
}
