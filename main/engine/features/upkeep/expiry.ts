/** Who and what is past its last day, or soon will be. */
import { addDays } from '../../../../shared/day.ts';
import { SOON_DAYS, type expiryKinds, type expiryStates } from '../../../../shared/features/upkeep.ts';
import type { ReadDb } from '../../db.ts';
import type { Scope } from '../../list.ts';

type Kind = (typeof expiryKinds)[number];
type State = (typeof expiryStates)[number];

/** The table, the day that counts, and which rows still matter. A letter counts as long as its holder has an address. */
const about: Readonly<Record<Kind, { table: 'people' | 'applications'; day: string; where: string }>> = {
  people: {
    table: 'people',
    day: 'people.valid_until',
    where: "people.status = 'active'",
  },
  letters: {
    table: 'people',
    day: 'people.letter_until',
    where:
      "people.status = 'active' AND people.letter IN ('signed', 'expired') AND EXISTS (SELECT 1 FROM bindings b WHERE b.person_id = people.id AND b.state <> 'released' AND b.deleted_at IS NULL)",
  },
  applications: { table: 'applications', day: 'applications.until_on', where: "applications.state = 'opened'" },
};

/** Expired: the last day is over. Soon: it is today or within 30 days. Undefined: both. */
export function expiryScope(kind: Kind, state: State | undefined, today: string): Scope {
  const { day, where } = about[kind];
  const soon = addDays(today, SOON_DAYS);
  switch (state) {
    case 'expired':
      return { where: `${where} AND ${day} < ?`, params: [today] };
    case 'soon':
      return { where: `${where} AND ${day} BETWEEN ? AND ?`, params: [today, soon] };
    case undefined:
      return { where: `${where} AND ${day} <= ?`, params: [soon] };
  }
}

export function expiryCounts(db: ReadDb, kind: Kind, today: string): { expired: number; soon: number } {
  const { table } = about[kind];
  const count = (state: State): number => {
    const { where, params } = expiryScope(kind, state, today);
    return db.value<number>(`SELECT count(*) FROM ${table} WHERE deleted_at IS NULL AND ${where}`, ...params) ?? 0;
  };
  return { expired: count('expired'), soon: count('soon') };
}
