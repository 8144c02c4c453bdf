/** Places a file would make: one room written in two ways (`教学楼/3楼/301`, `教学楼301`) is one place. */
import type { RowIssue } from '../../../../shared/features/transfer.ts';
import { issueOf, type ColumnPlan } from './column-plan.ts';
import { isWithin, placeKey } from './lookups.ts';
import type { PlannedRow } from './plan.ts';

type Parts = readonly string[];
export type Merged = { readonly key: string } | { readonly options: string };

/** For each new place that a longer written one (or a place on its way) contains: that one, or the several it may be. */
export function mergePlaces(places: ReadonlyMap<string, Parts>): {
  merged: Map<string, Merged>;
  kept: Map<string, Parts>;
} {
  const byLast = new Map<string, Map<string, Parts>>();
  for (const parts of places.values())
    for (let end = 1; end <= parts.length; end += 1) {
      const path = parts.slice(0, end);
      const last = placeKey(path.slice(-1));
      byLast.set(last, (byLast.get(last) ?? new Map<string, Parts>()).set(placeKey(path), path));
    }
  const merged = new Map<string, Merged>();
  const kept = new Map(places);
  for (const [key, parts] of places) {
    const longer = [...(byLast.get(placeKey(parts.slice(-1))) ?? [])].filter(
      ([, path]) => path.length > parts.length && isWithin(parts, path),
    );
    // Of 教学楼/3楼/301 and 东校区/教学楼/3楼/301 only the longest counts: it is what the shorter one becomes
    const ends = longer.filter(
      ([, path]) => !longer.some(([, other]) => other.length > path.length && isWithin(path, other)),
    );
    if (ends.length === 0) continue;
    kept.delete(key);
    if (ends.length > 1)
      merged.set(key, {
        options: ends
          .slice(0, 3)
          .map(([, path]) => path.join(' / '))
          .join('；'),
      });
    else {
      const [target, path] = ends[0]!;
      merged.set(key, { key: target });
      kept.set(target, path);
    }
  }
  return { merged, kept };
}

/** A judged row once the whole file is known: its places merged, and out when one of them or anything else cannot be told. */
export function settled(
  row: PlannedRow,
  merged: ReadonlyMap<string, Merged>,
  columnOf: (field: string) => ColumnPlan | null,
  found: readonly RowIssue[],
): PlannedRow {
  const issues = [...found];
  const pending = { ...row.pending };
  for (const [field, { table, key }] of Object.entries(row.pending)) {
    const place = table === 'locations' ? merged.get(key) : undefined;
    if (!place) continue;
    if ('key' in place) pending[field] = { table, key: place.key };
    else issues.push(issueOf('place_ambiguous', columnOf(field), key, { text: key, ...place }));
  }
  return issues.length === 0
    ? { ...row, pending }
    : { ...row, verdict: 'error', values: {}, before: {}, pending: {}, issues: [...row.issues, ...issues] };
}
