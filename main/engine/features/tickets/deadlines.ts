/** By which rule and on which days the unit counts its repair deadlines. */
import { calendarOf, type Calendar } from '../../../../shared/calendar.ts';
import { daysFor, policyOf, slaRules, standardRules, type SlaChoice } from '../../../../shared/features/sla-rules.ts';
import type { Policy } from '../../../../shared/sla.ts';
import { markedDays } from '../../calendar.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';

export interface Deadlines {
  readonly policy: Policy;
  readonly calendar: Calendar;
}
type Kept = SlaChoice & { readonly id: string };

/** Oldest first: of two rows that laptops wrote apart the later id counts, on every laptop alike. */
const keptRules = (db: ReadDb): Kept[] =>
  db.all<Kept>('SELECT id, rule, workdays, vacation FROM sla_rules WHERE deleted_at IS NULL ORDER BY id');

export function readRules(db: ReadDb): SlaChoice {
  const { rule, workdays, vacation } = keptRules(db).at(-1) ?? standardRules;
  return { rule, workdays, vacation };
}

export function writeRules(tx: WriteDb, rules: SlaChoice): void {
  const last = keptRules(tx).at(-1);
  if (last) tx.patch(slaRules, last.id, rules);
  else tx.insert(slaRules, rules);
}

export function readDeadlines(db: ReadDb): Deadlines {
  const rules = readRules(db);
  return { policy: policyOf(rules), calendar: calendarOf(daysFor(rules, markedDays(db))) };
}
