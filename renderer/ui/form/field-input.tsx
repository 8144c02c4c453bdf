/** The input that fits a field's kind. Values are those of the record: ids, codes, cents, `YYYY-MM-DD`, null for nothing. */
import { DatePicker, Input, InputNumber, Select, Switch } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { parseMac, showMac } from '../../../shared/mac.ts';
import type { Field } from '../../../shared/record.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { RefPicker } from './ref-picker.tsx';

interface FieldInputProps {
  readonly id: string;
  readonly table: string;
  readonly name: string;
  readonly field: Field;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly invalid?: boolean;
  readonly autoFocus?: boolean;
  /** Title of the record a `ref` value points to. */
  readonly refTitle?: string | undefined;
  /** Ids of the texts that describe the input (its error, its hint). */
  readonly describedBy?: string | undefined;
}

const asText = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
const asNumber = (value: unknown): number | null => (typeof value === 'number' ? value : null);
const CENTS = 100;
/** With more options than this the list can be typed into. */
const MANY = 8;

export function FieldInput(props: FieldInputProps): ReactNode {
  const { id, table, name, field, value, onChange } = props;
  const t = useText();
  const common = {
    id,
    autoFocus: props.autoFocus,
    status: props.invalid ? ('error' as const) : undefined,
    'aria-invalid': props.invalid,
    'aria-describedby': props.describedBy,
    'aria-required': field.required,
  };
  switch (field.kind) {
    case 'text':
    case 'json':
      // No maxLength here and below: what is pasted would be cut without a word, and saved so. The form says that it is too long.
      return <Input {...common} value={asText(value)} onChange={(event) => onChange(event.target.value)} />;
    case 'note':
      return (
        <Input.TextArea {...common} rows={3} value={asText(value)} onChange={(event) => onChange(event.target.value)} />
      );
    case 'mac':
      return <MacInput {...common} value={asText(value)} onChange={onChange} />;
    case 'ip':
      return (
        <Input
          {...common}
          className="mono"
          maxLength={40}
          placeholder="10.20.30.40"
          value={asText(value)}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'choice': {
      // An option of a newer version is shown as its code, and left alone.
      const isNewer = asText(value) !== '' && !field.options.includes(asText(value));
      return (
        <Select
          {...common}
          disabled={isNewer}
          title={isNewer ? t('form.newerOption') : undefined}
          value={asText(value) || null}
          allowClear={!field.required}
          showSearch={field.options.length > MANY ? { optionFilterProp: 'label' } : false}
          options={field.options.map((code) => ({ value: code, label: optionLabel(t, table, name, code) }))}
          onChange={(code) => onChange(code ?? null)}
          placeholder={t('form.choose')}
        />
      );
    }
    case 'ref':
      return (
        <RefPicker
          {...common}
          table={field.table}
          value={asText(value) || null}
          title={props.refTitle}
          invalid={props.invalid ?? false}
          onChange={(refId) => onChange(refId)}
        />
      );
    case 'day':
      return (
        <DatePicker
          {...common}
          className="wide"
          value={typeof value === 'string' && value !== '' ? dayjs(value) : null}
          onChange={(date) => onChange(date ? date.format('YYYY-MM-DD') : null)}
        />
      );
    case 'instant':
      return (
        <DatePicker
          {...common}
          className="wide"
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          value={typeof value === 'number' ? dayjs(value) : null}
          onChange={(date) => onChange(date ? date.valueOf() : null)}
        />
      );
    case 'int':
      return (
        <InputNumber
          {...common}
          className="wide"
          precision={0}
          min={field.min}
          max={field.max}
          value={asNumber(value)}
          onChange={onChange}
        />
      );
    case 'money': {
      const cents = asNumber(value);
      return (
        <InputNumber
          {...common}
          className="wide"
          precision={2}
          min={0}
          prefix="¥"
          value={cents === null ? null : cents / CENTS}
          onChange={(yuan) => onChange(yuan === null ? null : Math.round(yuan * CENTS))}
        />
      );
    }
    case 'flag':
      return <Switch id={id} checked={value === true} onChange={onChange} />;
  }
}

/** Takes a MAC in any style, a full-width one too, and shows it in ours as soon as it is left. */
function MacInput({
  value,
  onChange,
  ...rest
}: {
  value: string;
  onChange: (value: unknown) => void;
  id: string;
}): ReactNode {
  const shown = parseMac(value) === value ? showMac(value) : value;
  return (
    <Input
      {...rest}
      className="mono"
      maxLength={40}
      placeholder="AA-BB-CC-DD-EE-FF"
      value={shown}
      onChange={(event) => onChange(event.target.value)}
      // Leaving it unchanged is no change: a form would drop the sentence that it just showed.
      onBlur={() => {
        const hex = parseMac(value);
        if (hex !== null && hex !== value) onChange(hex);
      }}
    />
  );
}
