/** What a column of a record table shows, how wide it starts and what is copied from it, by the kind of its field. */
import type { ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import { showMac } from '../../../shared/mac.ts';
import type { Field, Fields, RecordType } from '../../../shared/record.ts';
import type { MessageKey } from '../../../shared/messages.ts';
import { fieldLabel, optionLabel, type Text } from '../../i18n.ts';
import { OptionState } from '../state.tsx';
import { NONE, showMoney } from '../text.tsx';

export type Refs = Readonly<Record<string, string>>;
export interface Column<R> {
  readonly field: string;
  /** Heading when it is not a field of the record. */
  readonly title?: MessageKey;
  readonly width?: number;
  readonly render?: (row: R, refs: Refs) => ReactNode;
  /** Text for the clipboard when it is not the field's own. */
  readonly copy?: (row: R, refs: Refs) => string;
  /** Starts hidden; the user may show it. */
  readonly hidden?: boolean;
  readonly sortable?: boolean;
}
/** A column made whole: every choice taken. */
export interface FullColumn<R> extends Column<R> {
  readonly label: string;
  readonly kind: Field['kind'] | 'custom';
  readonly declared: Field | null;
  readonly width: number;
  readonly show: (row: R, refs: Refs) => ReactNode;
  readonly text: (row: R, refs: Refs) => string;
}

const widths: Record<Field['kind'] | 'custom', number> = {
  text: 140,
  note: 200,
  json: 200,
  day: 104,
  instant: 136,
  int: 72,
  money: 104,
  flag: 64,
  mac: 142,
  ip: 126,
  choice: 112,
  ref: 176,
  custom: 140,
};
export const isNumeric = (kind: string): boolean => kind === 'int' || kind === 'money';
export const isMono = (kind: string): boolean => kind === 'mac' || kind === 'ip';

/** About how wide a text is drawn, in pixels: Chinese characters are square, others a little over half of that. */
export const textWidth = (text: string, size: number): number =>
  [...text].reduce((sum, char) => sum + (char > '\u2e7f' ? size : size * 0.58), 0);
export const CELL_PADDING = 16;
/** The arrow beside a heading and its gap. */
export const SORT_ARROW = 12;
/** The tag around a state: shape, gap, padding. */
export const STATE_TRIM = 28;

/** Wide enough for its heading in this language, and a choice for the longest of its words. */
function widthOf(
  table: string,
  name: string,
  label: string,
  field: Field | null,
  given: number | undefined,
  t: Text,
): number {
  const heading = textWidth(label, 13) + CELL_PADDING + SORT_ARROW;
  if (given !== undefined) return Math.ceil(Math.max(given, heading));
  if (field?.kind !== 'choice') return Math.ceil(Math.max(widths[field?.kind ?? 'custom'], heading));
  const words = field.options.map((code) => textWidth(optionLabel(t, table, name, code), 13));
  return Math.ceil(Math.max(heading, ...words.map((word) => word + CELL_PADDING + STATE_TRIM)));
}

const valueOf = (row: unknown, field: string): unknown =>
  typeof row === 'object' && row !== null ? (row as Record<string, unknown>)[field] : undefined;

/** A stored value as plain text, as it is copied and shown. Empty text for nothing. */
export function valueText(options: {
  t: Text;
  table: string;
  name: string;
  field: Field | null;
  value: unknown;
  refs: Refs;
}): string {
  const { t, table, name, field, value, refs } = options;
  if (value === null || value === undefined || value === '') return '';
  switch (field?.kind) {
    case 'mac':
      return showMac(String(value));
    case 'money':
      return showMoney(Number(value));
    case 'instant':
      return showMoment(Number(value));
    case 'flag':
      return t(value === true ? 'common.yes' : 'common.no');
    case 'choice':
      return optionLabel(t, table, name, String(value));
    case 'ref':
      return refs[String(value)] ?? NONE;
    default:
      return String(value);
  }
}

/** The room first, where it is behind it: the end of a path is what tells rows apart, and what a narrow column must not cut. */
function Place({ path }: { path: string }): ReactNode {
  const parts = path.split(' / ');
  return (
    <>
      {parts.at(-1)} <span className="cell-sub">{parts.slice(0, -1).join(' / ')}</span>
    </>
  );
}

export function fullColumn<F extends Fields, R>(
  type: RecordType<F>,
  column: Column<R> | string,
  t: Text,
): FullColumn<R> {
  const given: Column<R> = typeof column === 'string' ? { field: column } : column;
  const declared: Field | null = type.fields[given.field] ?? null;
  const kind = declared?.kind ?? 'custom';
  const text = (row: R, refs: Refs): string =>
    valueText({ t, table: type.table, name: given.field, field: declared, value: valueOf(row, given.field), refs });
  const show = (row: R, refs: Refs): ReactNode => {
    const value = valueOf(row, given.field);
    if (kind === 'choice' && typeof value === 'string')
      return <OptionState table={type.table} field={given.field} code={value} />;
    const shown = text(row, refs);
    if (declared?.kind === 'ref' && declared.table === 'locations' && shown !== '') return <Place path={shown} />;
    return shown || NONE;
  };
  const label = given.title ? t(given.title) : fieldLabel(t, type.table, given.field);
  return {
    sortable: declared !== null && kind !== 'json',
    ...given,
    label,
    kind,
    declared,
    width: widthOf(type.table, given.field, label, declared, given.width, t),
    show: given.render ?? show,
    text: given.copy ?? text,
  };
}
