/** The unit's naming rules, and after how many misses somebody counts as silent: what a sweep is judged by. */
import type { NamingRule } from '../../../../shared/features/discovery/naming.ts';
import { namingRules, readPattern } from '../../../../shared/features/discovery/naming.ts';
import { subnets } from '../../../../shared/features/ipam.ts';
import type { DraftOf, PatchOf } from '../../../../shared/record.ts';
import { refuse } from '../../../../shared/refusal.ts';
import { decode } from '../../codec.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import { readSetting, writeSetting } from '../../settings.ts';

export const rulesOf = (db: ReadDb): NamingRule[] =>
  db
    .all('SELECT * FROM naming_rules WHERE deleted_at IS NULL ORDER BY label, id')
    .map((raw) => decode(namingRules, raw));

function check(tx: WriteDb, rule: PatchOf<typeof namingRules>): void {
  if (rule.subnet_id) tx.need(subnets, rule.subnet_id);
  const pattern = rule.pattern === undefined ? null : readPattern(rule.pattern);
  if (pattern && !pattern.ok) throw refuse(pattern.problem, { pattern: rule.pattern ?? '' });
}
export function createRule(tx: WriteDb, draft: DraftOf<typeof namingRules>): NamingRule {
  check(tx, draft);
  return tx.insert(namingRules, draft);
}
export function updateRule(tx: WriteDb, id: string, changes: PatchOf<typeof namingRules>): NamingRule {
  check(tx, changes);
  return tx.patch(namingRules, id, changes);
}

/** A PC that is off over a weekend is no finding; three sweeps on end in vain are worth a look. */
const SILENT_AFTER = 3;
const SILENCE = 'discovery.silent_after';
export const silentAfter = (db: ReadDb): number => readSetting<number>(db, SILENCE) ?? SILENT_AFTER;
export const setSilentAfter = (db: ReadDb, after: number): void => writeSetting(db, SILENCE, after);
