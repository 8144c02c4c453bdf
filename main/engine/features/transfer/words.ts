/** Labels in the user's language for files and sentences made on the engine's side, and every word that means a code. */
import { choiceWords, type Target } from '../../../../shared/features/transfer/targets.ts';
import { plainWord } from '../../../../shared/features/transfer/cells.ts';
import type { MessageKey } from '../../../../shared/messages.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import { translator } from '../../../../shared/translate.ts';
import type { Field } from '../../../../shared/record.ts';
import { showMac } from '../../../../shared/mac.ts';

/** The catalogue's text, `{{name}}` filled in; the key itself where a newer record has none yet. */
export const word = (t: Translate, key: string, params: Record<string, string | number> = {}): string =>
  t(key as MessageKey, params);
export const fieldWord = (t: Translate, target: Target, field: string): string => word(t, `field.${target}.${field}`);

export interface ChoiceWords {
  readonly codes: ReadonlyMap<string, string>;
  readonly legal: string;
}
export function choiceWordsOf(t: Translate, target: Target, name: string, field: Field): ChoiceWords {
  const codes = new Map<string, string>();
  if (field.kind !== 'choice') return { codes, legal: '' };
  const label = (code: string, at: Translate): string => word(at, `option.${target}.${name}.${code}`);
  // Synonyms first, labels over them: a label always means its own code
  for (const [code, words] of Object.entries(choiceWords[`${target}.${name}`] ?? {}))
    for (const each of words) codes.set(plainWord(each), code);
  for (const code of field.options)
    for (const text of [code, label(code, translator('zh-CN')), label(code, translator('en-US')), label(code, t)])
      codes.set(plainWord(text), code);
  return { codes, legal: field.options.map((code) => label(code, t)).join('、') };
}

/** A stored value as a person reads it; references are given their titles by `titleOf`. */
export function showValue(
  t: Translate,
  target: Target,
  name: string,
  field: Field | undefined,
  value: unknown,
  titleOf: (id: string, table: string) => string,
): string {
  if (value === null || value === undefined || value === '') return '';
  switch (field?.kind) {
    case 'choice':
      return word(t, `option.${target}.${name}.${String(value)}`);
    case 'money':
      return (Number(value) / 100).toFixed(2);
    case 'mac':
      return showMac(String(value));
    case 'ref':
      return titleOf(String(value), field.table);
    default:
      return String(value);
  }
}
