/** Places that two cables or more are in. One laptop refuses the second; two laptops offline can each be right on their own. */
import type { Doubled } from '../../../../shared/features/cabling/calls.ts';
import { endNames, endOf, sameEnd, type Cable, type CableEnd } from '../../../../shared/features/cabling/ends.ts';
import type { PanelSide } from '../../../../shared/features/cabling.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import type { ReadDb } from '../../db.ts';
import { historyOf } from '../../history.ts';
import { cablesAt, endPlace, endText, farEnd, nameOfEnd } from './ends.ts';

/** A device as such takes many. */
const ENDS = endNames
  .flatMap((name) => [
    ...(['port', 'outlet'] as const).map(
      (kind) =>
        `SELECT id AS cable, '${kind}' AS kind, ${name}_${kind}_id AS at, NULL AS position, NULL AS side
         FROM cables WHERE ${name}_${kind}_id IS NOT NULL AND deleted_at IS NULL`,
    ),
    `SELECT id, 'panel', ${name}_panel_id, ${name}_position, ${name}_side FROM cables WHERE ${name}_panel_id IS NOT NULL AND deleted_at IS NULL`,
  ])
  .join(' UNION ALL ');

type Place = { at: string } & (
  { kind: 'port' | 'outlet'; position: null; side: null } | { kind: 'panel'; position: number; side: PanelSide }
);

/** Every such place, by its name. */
export function breachesOf(db: ReadDb, t: Translate): Doubled[] {
  const places = db.all<Place>(
    `SELECT kind, at, position, side FROM (${ENDS}) GROUP BY kind, at, position, side HAVING count(DISTINCT cable) > 1`,
  );
  return places
    .flatMap(
      (place) =>
        doubledAt(
          db,
          t,
          place.kind === 'panel'
            ? { kind: 'panel', id: place.at, position: place.position, side: place.side }
            : { kind: place.kind, id: place.at },
        ) ?? [],
    )
    .toSorted((a, b) => a.place.localeCompare(b.place, 'zh', { numeric: true }));
}

/** The places along a way that hold more than its own cable. */
export function breachesAlong(db: ReadDb, t: Translate, cables: readonly Cable[]): Doubled[] {
  const ends = cables.flatMap((cable) => endNames.flatMap((name) => endOf(cable, name) ?? []));
  return ends
    .filter((end, index) => ends.findIndex((other) => sameEnd(other, end)) === index)
    .flatMap((end) => doubledAt(db, t, end) ?? []);
}

function doubledAt(db: ReadDb, t: Translate, end: CableEnd): Doubled | null {
  if (end.kind === 'asset') return null;
  const held = cablesAt(db, end);
  if (held.length < 2) return null;
  return {
    place: endText(db, t, end),
    where: endPlace(db, end),
    cables: held.map((cable) => {
      const far = farEnd(cable, end);
      const name = nameOfEnd(cable, end);
      return {
        id: cable.id,
        label: cable.label,
        end: name,
        far: far && endText(db, t, far),
        ...putBy(db, cable, name),
      };
    }),
  };
}

/** Who said that this end is there, and when: the last change of that end, else what made the cable. Null where the log does not reach back. */
function putBy(db: ReadDb, { id }: Cable, name: 'a' | 'b'): { by: string | null; at: number | null } {
  const entry = historyOf(db, id).entries.find(
    ({ op, fields, undone }) =>
      undone === null &&
      (op === 'insert' ||
        fields.some(({ field }) => /^[ab]_(?:\w+_id|position|side)$/.test(field) && field.startsWith(`${name}_`))),
  );
  return { by: entry?.actor ?? null, at: entry?.at ?? null };
}
