/** The filter of one column: what can be asked depends on what the field holds. */
import { FilterFilled, FilterOutlined } from '@ant-design/icons';
import { Button, Checkbox, DatePicker, Input, InputNumber, Popover } from 'antd';
import dayjs from 'dayjs';
import { useState, type ReactNode } from 'react';
import type { FilterClause } from '../../../shared/list.ts';
import type { Field } from '../../../shared/record.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { RefPicker } from '../form/ref-picker.tsx';

interface FilterProps {
  readonly table: string;
  readonly field: string;
  readonly declared: Field;
  readonly label: string;
  readonly clause: FilterClause | null;
  readonly onChange: (clause: FilterClause | null) => void;
}

export function ColumnFilter(props: FilterProps): ReactNode {
  const t = useText();
  const [open, setOpen] = useState(false);
  const active = props.clause !== null;
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={open}
      onOpenChange={setOpen}
      arrow={false}
      destroyOnHidden
      content={<FilterBody {...props} close={() => setOpen(false)} />}
    >
      <button
        type="button"
        className={active ? 'head-filter active' : 'head-filter'}
        aria-label={t('table.filterBy', { column: props.label })}
        aria-expanded={open}
        onClick={(event) => event.stopPropagation()}
      >
        {active ? <FilterFilled /> : <FilterOutlined />}
      </button>
    </Popover>
  );
}

function FilterBody({ close, ...props }: FilterProps & { close: () => void }): ReactNode {
  const t = useText();
  const { clause, field, onChange } = props;
  const blank = clause?.op === 'empty';
  return (
    <div className="filter-body">
      <div className="filter-title">{props.label}</div>
      {blank ? null : <FilterInput {...props} />}
      {props.declared.required ? null : (
        <Checkbox checked={blank} onChange={(event) => onChange(event.target.checked ? { field, op: 'empty' } : null)}>
          {t('table.onlyEmpty')}
        </Checkbox>
      )}
      <div className="filter-foot">
        <Button size="small" disabled={clause === null} onClick={() => onChange(null)}>
          {t('table.clear')}
        </Button>
        <Button size="small" type="primary" onClick={close}>
          {t('common.close')}
        </Button>
      </div>
    </div>
  );
}

const bounds = (clause: FilterClause | null): [string | number | null, string | number | null] =>
  clause?.op === 'between' ? clause.value : [null, null];

function FilterInput({ table, field, declared, label, clause, onChange }: FilterProps): ReactNode {
  const t = useText();
  const between = (low: string | number | null, high: string | number | null): void =>
    onChange(low === null && high === null ? null : { field, op: 'between', value: [low, high] });
  const among = (codes: string[]): void => onChange(codes.length > 0 ? { field, op: 'in', value: codes } : null);
  const [low, high] = bounds(clause);
  switch (declared.kind) {
    case 'choice':
      return (
        <Checkbox.Group
          className="filter-options"
          value={clause?.op === 'in' ? clause.value : []}
          onChange={(codes) => among(codes.map(String))}
          options={declared.options.map((code) => ({ value: code, label: optionLabel(t, table, field, code) }))}
        />
      );
    case 'flag':
      return null;
    case 'day':
      return (
        <DatePicker.RangePicker
          allowEmpty={[true, true]}
          aria-label={label}
          value={[low === null ? null : dayjs(low), high === null ? null : dayjs(high)]}
          onChange={(days) => between(days?.[0]?.format('YYYY-MM-DD') ?? null, days?.[1]?.format('YYYY-MM-DD') ?? null)}
        />
      );
    case 'instant':
      return (
        <DatePicker.RangePicker
          allowEmpty={[true, true]}
          aria-label={label}
          value={[low === null ? null : dayjs(low), high === null ? null : dayjs(high)]}
          onChange={(days) =>
            between(days?.[0]?.startOf('day').valueOf() ?? null, days?.[1]?.endOf('day').valueOf() ?? null)
          }
        />
      );
    case 'int':
    case 'money': {
      const scale = declared.kind === 'money' ? 100 : 1;
      const shown = (bound: string | number | null): number | null => (bound === null ? null : Number(bound) / scale);
      const stored = (value: number | null): number | null => (value === null ? null : Math.round(value * scale));
      return (
        <div className="filter-range">
          <InputNumber
            aria-label={t('table.from')}
            placeholder={t('table.from')}
            value={shown(low)}
            onChange={(value) => between(stored(value), high)}
          />
          <InputNumber
            aria-label={t('table.to')}
            placeholder={t('table.to')}
            value={shown(high)}
            onChange={(value) => between(low, stored(value))}
          />
        </div>
      );
    }
    default:
      // A place is picked and stands for everything in it; other references are found by part of their name.
      if (declared.kind === 'ref' && declared.table === 'locations')
        return (
          <RefPicker
            table="locations"
            label={label}
            value={clause?.op === 'equals' ? String(clause.value) : null}
            onChange={(id) => onChange(id === null ? null : { field, op: 'equals', value: id })}
          />
        );
      return (
        <Input
          autoFocus
          allowClear
          aria-label={label}
          placeholder={t('table.contains')}
          defaultValue={clause?.op === 'contains' ? clause.value : ''}
          onChange={({ target, nativeEvent }) => {
            if ('isComposing' in nativeEvent && nativeEvent.isComposing === true) return;
            onChange(target.value.trim() ? { field, op: 'contains', value: target.value.trim() } : null);
          }}
          onCompositionEnd={({ currentTarget }) => onChange({ field, op: 'contains', value: currentTarget.value })}
        />
      );
  }
}

/** More of them would push the list off the screen. */
const MANY = 12;

/** A filter in words, for the row above the list: `类别: 交换机, 路由器`. */
export function clauseText(
  clause: FilterClause,
  words: { label: string; value: (value: string | number) => string; empty: string; notEmpty: string },
): string {
  const say = (value: string | number | null): string => (value === null ? '…' : words.value(value));
  switch (clause.op) {
    case 'contains':
      return `${words.label}: ${clause.value}`;
    case 'equals':
      return `${words.label}: ${say(clause.value)}`;
    case 'in':
      return `${words.label}: ${clause.value.length > MANY ? `${clause.value.slice(0, MANY).map(say).join(', ')}, … (${clause.value.length})` : clause.value.map(say).join(', ')}`;
    case 'between':
      return `${words.label}: ${say(clause.value[0])} ~ ${say(clause.value[1])}`;
    case 'empty':
      return `${words.label}: ${words.empty}`;
    case 'not_empty':
      return `${words.label}: ${words.notEmpty}`;
  }
}
