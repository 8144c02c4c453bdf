/** What everybody's letter is worth today, as conditions on the register of people. */
import type { LetterState } from '../../../../shared/features/letters.ts';
import type { Bind, ReadDb } from '../../db.ts';
import type { Scope } from '../../list.ts';

/** The same as `letterToday`; takes the day once. */
const STATE = "CASE WHEN letter = 'signed' AND letter_until < ? THEN 'expired' ELSE letter END";
const HOLDS =
  "EXISTS (SELECT 1 FROM bindings b WHERE b.person_id = people.id AND b.state <> 'released' AND b.deleted_at IS NULL)";

export interface Whom {
  readonly holders: boolean;
  /** Undefined: all; null: of those without one. */
  readonly department?: string | null | undefined;
  readonly state?: LetterState | undefined;
}

/** Active people only: who left owes nobody a letter. */
export function whomScope({ holders, department, state }: Whom, today: string): Scope {
  const parts = ["people.status = 'active'"];
  const params: Bind[] = [];
  if (holders) parts.push(HOLDS);
  if (department === null) parts.push('people.department IS NULL');
  else if (department !== undefined) {
    parts.push('people.department = ?');
    params.push(department);
  }
  if (state !== undefined) {
    parts.push(`${STATE} = ?`);
    params.push(today, state);
  }
  return { where: parts.join(' AND '), params };
}

export interface Counts {
  signed: number;
  unsigned: number;
  expired: number;
}
/** How many letters are in which state, in all and by department. */
export function letterCounts(
  db: ReadDb,
  whom: Pick<Whom, 'holders' | 'department'>,
  today: string,
): Counts & { departments: (Counts & { name: string | null })[] } {
  const all = whomScope({ holders: whom.holders }, today);
  const rows = db.all<{ department: string | null; state: LetterState; n: number }>(
    `SELECT department, ${STATE} AS state, count(*) AS n FROM people WHERE deleted_at IS NULL AND ${all.where} GROUP BY 1, 2 ORDER BY department IS NULL, department`,
    today,
    ...all.params,
  );
  const departments = [...Map.groupBy(rows, ({ department }) => department)].map(([name, of]) => ({
    name,
    ...tally(of),
  }));
  const shown = whom.department === undefined ? rows : rows.filter(({ department }) => department === whom.department);
  return { ...tally(shown), departments };
}

function tally(rows: readonly { state: LetterState; n: number }[]): Counts {
  const counts: Counts = { signed: 0, unsigned: 0, expired: 0 };
  for (const { state, n } of rows) counts[state] += n;
  return counts;
}
