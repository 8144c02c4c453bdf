/** How each imported column is read. */
import type { CellContext } from '../../../../shared/features/transfer/cells.ts';
import { severityOf, type IssueCode } from '../../../../shared/features/transfer/issues.ts';
import { keyFields, recordOfTarget, type Target } from '../../../../shared/features/transfer/targets.ts';
import type { Decisions, RowIssue } from '../../../../shared/features/transfer.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import type { Field } from '../../../../shared/record.ts';
import { ZeroWatch } from './digits.ts';
import type { Layout } from './layout.ts';
import { choiceWordsOf } from './words.ts';

export interface ColumnPlan {
  readonly index: number;
  readonly name: string;
  readonly field: Field;
  readonly context: CellContext;
  readonly zeros: ZeroWatch | null;
}

export function columnsOf(layout: Layout, target: Target, decisions: Decisions, t: Translate): ColumnPlan[] {
  const { fields } = recordOfTarget[target];
  return layout.columns.flatMap(({ index, field: name }) => {
    const field = name === null ? undefined : fields[name];
    if (name === null || !field) return [];
    const { codes, legal } = choiceWordsOf(t, target, name, field);
    const isKey = keyFields[target].includes(name);
    const context = { isKey, dates: decisions.dates, words: field.kind === 'choice' ? codes : undefined, legal };
    const zeros = isKey && field.kind === 'text' ? new ZeroWatch(layout.rows, index) : null;
    return [{ index, name, field, context, zeros }];
  });
}

export function issueOf(
  code: IssueCode,
  column: ColumnPlan | null,
  text = '',
  params: RowIssue['params'] = {},
  field = column?.name ?? null,
): RowIssue {
  const severity = severityOf(code);
  return { code, severity, field, column: column?.index ?? null, text: text.slice(0, 200), params };
}
