/** How the unit counts its repair deadlines. One row; of two that met at the store the one written last counts. */
import type { MarkedDay } from '../calendar.ts';
import { choice, int, record, type RowOf } from '../record.ts';
import { standardPolicy, type Policy } from '../sla.ts';

export const slaRules = record(
  'sla_rules',
  {
    /** Close of business of the 2nd working day after the report, or 2 x 8 working hours from acceptance (domain.md §5.3). */
    rule: choice(['close_of_day', 'working_hours'], { required: true, class: 'C' }),
    workdays: int({ required: true, min: 1, max: 30, class: 'C' }),
    /** Days the unit marked off itself: its deadlines rest on them (only days kept as duty count), or run by the public calendar. */
    vacation: choice(['duty_days', 'public'], { required: true, class: 'C' }),
  },
  { since: 2 },
);
export type SlaChoice = Pick<RowOf<typeof slaRules>, 'rule' | 'workdays' | 'vacation'>;
export const standardRules: SlaChoice = {
  rule: standardPolicy.rule,
  workdays: standardPolicy.workdays,
  vacation: 'duty_days',
};

export const policyOf = ({ rule, workdays }: SlaChoice): Policy => ({ ...standardPolicy, rule, workdays });
/** The days that count for deadlines: by the public calendar the unit's own days off are worked through. */
export const daysFor = ({ vacation }: SlaChoice, days: readonly MarkedDay[]): readonly MarkedDay[] =>
  vacation === 'public' ? days.filter(({ kind, source }) => kind === 'work' || source === 'notice') : days;
