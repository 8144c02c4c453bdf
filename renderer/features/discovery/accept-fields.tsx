/** What a person adds for all rows of a group: whose they are, where, until when, why. Only what the action asks for. */
import { DatePicker, Input, Radio, Select } from 'antd';
import dayjs from 'dayjs';
import { useId, type ReactNode } from 'react';
import { addDays } from '../../../shared/day.ts';
import { assetCategories } from '../../../shared/features/assets.ts';
import type { AcceptAction, AcceptOrder } from '../../../shared/features/discovery/findings.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { RefPicker } from '../../ui/form/ref-picker.tsx';

export interface Given extends Pick<AcceptOrder, 'tickets'>, NonNullable<AcceptOrder['all']> {
  readonly reason: string;
  readonly until: string | null;
}
const IGNORE_DAYS = 7;
const LONGEST_REASON = 200;
export const givenAtFirst = (today: string, reason: string): Given => ({
  person_id: null,
  location_id: null,
  category: null,
  reason,
  until: addDays(today, IGNORE_DAYS),
  tickets: 'one',
});

type Part = 'person' | 'location' | 'category' | 'tickets' | 'until' | 'reason';
const parts: Record<AcceptAction, readonly Part[]> = {
  bind: ['person', 'location', 'reason'],
  register: ['category', 'location', 'person'],
  ticket: ['tickets'],
  ignore: ['until', 'reason'],
  port: [],
  hostname: [],
  card: ['reason'],
  move: ['reason'],
};

interface FieldsProps {
  /** How many findings it is about. */
  readonly count: number;
  readonly action: AcceptAction;
  readonly given: Given;
  readonly onChange: (given: Given) => void;
}
export function AcceptFields({ action, count, given, onChange }: FieldsProps): ReactNode {
  const t = useText();
  const id = useId();
  const set = (change: Partial<Given>): void => onChange({ ...given, ...change });
  const field = (part: Part, label: string, input: ReactNode): ReactNode => (
    <div className="field" key={part}>
      <label htmlFor={`${id}${part}`}>{label}</label>
      {input}
    </div>
  );
  const inputs: Record<Part, () => ReactNode> = {
    person: () =>
      field(
        'person',
        t('discovery.accept.person'),
        <RefPicker
          id={`${id}person`}
          table="people"
          value={given.person_id ?? null}
          onChange={(person_id) => set({ person_id })}
          clearable
        />,
      ),
    location: () =>
      field(
        'location',
        t('discovery.accept.location'),
        <RefPicker
          id={`${id}location`}
          table="locations"
          value={given.location_id ?? null}
          onChange={(location_id) => set({ location_id })}
          clearable
        />,
      ),
    category: () =>
      field(
        'category',
        t('discovery.accept.category'),
        <Select
          id={`${id}category`}
          allowClear
          placeholder={t('discovery.accept.category_auto')}
          value={given.category ?? null}
          onChange={(category: Given['category'] | undefined) => set({ category: category ?? null })}
          options={assetCategories.map((value) => ({ value, label: optionLabel(t, 'assets', 'category', value) }))}
        />,
      ),
    tickets: () =>
      field(
        'tickets',
        t('discovery.accept.tickets'),
        <Radio.Group
          id={`${id}tickets`}
          value={given.tickets}
          onChange={({ target }) => set({ tickets: target.value as Given['tickets'] })}
          options={[
            { value: 'one', label: t('discovery.accept.tickets_one') },
            { value: 'each', label: t('discovery.accept.tickets_each') },
          ]}
        />,
      ),
    until: () =>
      field(
        'until',
        t('discovery.ignore_until'),
        <DatePicker
          id={`${id}until`}
          allowClear={false}
          value={given.until === null || given.until === undefined ? null : dayjs(given.until)}
          onChange={(day: dayjs.Dayjs | null) => set({ until: day?.format('YYYY-MM-DD') ?? null })}
        />,
      ),
    reason: () =>
      field(
        'reason',
        t('common.reason'),
        <Input
          id={`${id}reason`}
          maxLength={LONGEST_REASON}
          value={given.reason}
          onChange={({ target }) => set({ reason: target.value })}
        />,
      ),
  };
  // one finding is one ticket
  const asked = parts[action].filter((part) => part !== 'tickets' || count > 1);
  return <div className="form accept-fields">{asked.map((part) => inputs[part]())}</div>;
}
