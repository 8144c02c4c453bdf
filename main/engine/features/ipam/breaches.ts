/** Addresses and cards that two living bindings hold. One laptop refuses that; two laptops offline can each be right on their own. */
import { bindings } from '../../../../shared/features/ipam.ts';
import type { RowOf } from '../../../../shared/record.ts';
import { decode } from '../../codec.ts';
import type { ReadDb } from '../../db.ts';

export interface Breach {
  readonly kind: 'ip' | 'mac';
  readonly value: string;
  /** Oldest first: the first holder is the one that stays unless a person decides otherwise (sync.md 2.7). */
  readonly bindings: RowOf<typeof bindings>[];
}

const LIVE = "deleted_at IS NULL AND state <> 'released'";
/** A card that is shared on purpose (VRRP, bond, VM) breaks nothing. */
const purposely = { ip: '', mac: ' AND shared_ok IS NOT TRUE' } as const;

function breachesIn(db: ReadDb, kind: 'ip' | 'mac'): Breach[] {
  const values = db.all<{ value: string }>(
    `SELECT ${kind} AS value FROM bindings WHERE ${LIVE}${purposely[kind]} AND ${kind} IS NOT NULL GROUP BY ${kind} HAVING count(*) > 1 ORDER BY ${kind}`,
  );
  return values.map(({ value }) => ({
    kind,
    value,
    bindings: db
      .all(`SELECT * FROM bindings WHERE ${kind} = ? AND ${LIVE}${purposely[kind]} ORDER BY opened_at, id`, value)
      .map((raw) => decode(bindings, raw)),
  }));
}

export const breachesOf = (db: ReadDb): Breach[] => [...breachesIn(db, 'ip'), ...breachesIn(db, 'mac')];
