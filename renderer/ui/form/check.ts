/** Advice in the form: the record's own schema says which fields are wrong, before the engine does. */
import type { Field, Fields, RecordType } from '../../../shared/record.ts';
import { textNow, type Text } from '../../i18n.ts';
import type { Values } from './draft.ts';

export type Problems = Readonly<Record<string, string>>;

/** The form's values as the engine takes them: empty texts are nothing, only declared fields. */
export const cleanValues = (fields: Fields, values: Values): Record<string, unknown> =>
  Object.fromEntries(
    Object.keys(fields)
      .filter((name) => name in values)
      .map((name) => [name, values[name] === '' ? null : values[name]]),
  );

export function problemsOf(
  record: Pick<RecordType, 'fields' | 'draft' | 'patch'>,
  values: Values,
  whole: boolean,
  t: Text = textNow,
): Problems {
  const parsed = (whole ? record.draft : record.patch).safeParse(values);
  if (parsed.success) return {};
  return Object.fromEntries(
    parsed.error.issues.flatMap((issue) => {
      const name = issue.path[0];
      const field = typeof name === 'string' ? record.fields[name] : undefined;
      return typeof name === 'string' && field ? [[name, sentence(field, values[name], t)]] : [];
    }),
  );
}

function sentence(field: Field, value: unknown, t: Text): string {
  if (value === null || value === undefined || (typeof value === 'string' && value.trim() === ''))
    return t('form.required');
  switch (field.kind) {
    case 'mac':
      return t('form.badMac');
    case 'ip':
      return t('form.badIp');
    case 'day':
      return t('form.badDay');
    case 'int':
    case 'money':
      return t('form.badNumber');
    case 'text':
    case 'note':
    case 'json':
      return t('form.tooLong', { max: field.max ?? (field.kind === 'note' ? 2000 : 200) });
    default:
      return t('form.badValue');
  }
}

/** What an edit changed against the row as it was. */
export const changesOf = (before: Values, after: Values): Record<string, unknown> =>
  Object.fromEntries(Object.entries(after).filter(([name, value]) => (value ?? null) !== (before[name] ?? null)));
