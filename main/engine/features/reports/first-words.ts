/** The sentences a draft begins with: what the numbers say by themselves. Whoever edits one owns it from then on. */
import type { TextField } from '../../../../shared/features/reports.ts';
import type { ReportFigures } from '../../../../shared/features/reports/figures.ts';
import type { Engine } from '../../engine.ts';
import { deskOf, optionText } from '../papers/desk.ts';

export function firstWords(engine: Pick<Engine, 'setup'>, figures: ReportFigures): Partial<Record<TextField, string>> {
  const desk = deskOf(engine);
  const { t } = desk;
  const { n } = figures;
  const of = (key: string): number => n[key] ?? 0;
  const category = (code: string): string => optionText(desk, 'tickets', 'category', code);
  const words: Partial<Record<TextField, string>> = {};
  const isEmpty = ['users', 'opened', 'closed', 'reported'].every((key) => of(key) === 0);
  if (isEmpty) words.text_overview = t('reports.words.empty', { month: figures.month });
  else if (n['online'] == null) words.text_overview = t('reports.words.never_swept');
  if (!isEmpty && of('reported') === 0) words.text_faults = t('reports.words.no_faults');
  if (figures.common.length > 0)
    words.text_common = figures.common
      .map(({ category: code, count, action }, i) =>
        t('reports.words.common', { no: i + 1, category: category(code), count, action }),
      )
      .join('\n');
  const dangers = [
    of('ports_damaged') > 0 ? t('reports.words.ports', { n: of('ports_damaged') }) : '',
    of('letters_missing') > 0 ? t('reports.words.letters', { n: of('letters_missing') }) : '',
  ].filter(Boolean);
  if (dangers.length > 0) words.text_safety = dangers.join('\n');
  const problems = [
    of('overdue') > 0 ? t('reports.words.overdue', { n: of('overdue') }) : '',
    of('paused') > 0 ? t('reports.words.paused', { n: of('paused') }) : '',
  ].filter(Boolean);
  if (problems.length > 0) words.text_problems = problems.join('\n');
  if (of('backups') === 0) words.text_changes = t('reports.words.no_backup');
  return words;
}
