/** What the register knows of a reporter: place, telephone, address and device, so that nobody types them at the telephone. */
import { assets } from '../../../../shared/features/assets.ts';
import { bindings } from '../../../../shared/features/ipam.ts';
import { people } from '../../../../shared/features/people.ts';
import { listQuery, type FilterClause } from '../../../../shared/list.ts';
import type { Fields, RecordType, Row, RowOf } from '../../../../shared/record.ts';
import type { ReadDb } from '../../db.ts';
import { listRecords } from '../../list.ts';
import { readRow } from '../../read-row.ts';

export interface Reporter {
  readonly person_id?: string | null | undefined;
  readonly location_id?: string | null | undefined;
  readonly asset_id?: string | null | undefined;
}
export interface Known {
  phone: string | null;
  department: string | null;
  location_id: string | null;
  asset_id: string | null;
  ip: string | null;
}

function matching<F extends Fields>(
  db: ReadDb,
  type: RecordType<F>,
  filter: FilterClause[],
  newest?: string,
): Row<F>[] {
  const sort = newest === undefined ? [] : [{ field: newest, dir: 'desc' as const }];
  return listRecords(db, type, listQuery.parse({ filter, sort, limit: 20 })).rows;
}

/** The addresses a person uses now, the one opened last first. */
export const bindingsOf = (db: ReadDb, personId: string): RowOf<typeof bindings>[] =>
  matching(
    db,
    bindings,
    [
      { field: 'person_id', op: 'equals', value: personId },
      { field: 'state', op: 'equals', value: 'active' },
    ],
    'opened_at',
  );

/** A person who reports a fault most often means their computer. */
const COMPUTERS = new Set<string>(['desktop', 'laptop']);
function deviceOf(db: ReadDb, personId: string): RowOf<typeof assets> | undefined {
  const held = matching(db, assets, [
    { field: 'user_id', op: 'equals', value: personId },
    { field: 'status', op: 'equals', value: 'in_use' },
  ]);
  return held.find(({ category }) => COMPUTERS.has(category)) ?? held[0];
}

/** Refuses with `not_found` when a given person or device is not in the register. */
export function knownOf(db: ReadDb, { person_id, location_id, asset_id }: Reporter): Known {
  const person = person_id ? readRow(db, people, person_id) : undefined;
  const held = person ? bindingsOf(db, person.id) : [];
  const device = asset_id ?? held.find((binding) => binding.asset_id !== null)?.asset_id;
  const asset = device ? readRow(db, assets, device) : person && deviceOf(db, person.id);
  // Device and address belong together: a device has the address it is bound to or carries, never that of another machine.
  const bound = asset ? held.find((binding) => binding.asset_id === asset.id) : held[0];
  return {
    phone: person?.phone ?? null,
    department: person?.department ?? asset?.department ?? null,
    location_id: location_id ?? bound?.location_id ?? asset?.location_id ?? person?.location_id ?? null,
    asset_id: asset?.id ?? null,
    ip: bound?.ip ?? asset?.ip ?? null,
  };
}
