/** What a new row must have, and what may be taken for granted where the file is silent. */
import { plainWord } from '../../../../shared/features/transfer/cells.ts';
import type { IssueCode } from '../../../../shared/features/transfer/issues.ts';
import { defaultsOf, recordOfTarget, type Target } from '../../../../shared/features/transfer/targets.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import type { Stored } from '../../codec.ts';
import { choiceWordsOf } from './words.ts';

export interface Completion {
  readonly code: IssueCode;
  readonly field: string;
  readonly text?: string;
}
/** Fills defaults into `values` and says what is still missing or was judged by something else. */
export type Completer = (values: Record<string, Stored>) => Completion[];

export function completerOf(t: Translate, target: Target): Completer {
  const { fields } = recordOfTarget[target];
  const defaults = Object.entries(defaultsOf[target]);
  const required = Object.entries(fields).flatMap(([name, field]) =>
    field.required && defaultsOf[target][name] === undefined ? [name] : [],
  );
  const category = fields['category'];
  const words = category ? choiceWordsOf(t, target, 'category', category).codes : new Map<string, string>();
  return (values) => {
    const said: Completion[] = [];
    for (const [name, value] of defaults) values[name] ??= value;
    if (category && values['category'] === undefined) {
      const text = String(values['name'] ?? '');
      const code = categoryIn(text, words);
      if (code !== null) {
        values['category'] = code;
        said.push({ code: 'category_from_name', field: 'category', text });
      }
    }
    for (const field of required) if (values[field] === undefined) said.push({ code: 'required', field });
    return said;
  };
}

/** The category whose longest word is in the name (联想笔记本电脑 is a laptop, not a 电脑); never "other". */
function categoryIn(name: string, words: ReadonlyMap<string, string>): string | null {
  const plain = plainWord(name);
  let best: { word: string; code: string } | null = null;
  for (const [word, code] of words)
    if (word.length >= 2 && code !== 'other' && plain.includes(word) && word.length > (best?.word.length ?? 0))
      best = { word, code };
  return best?.code ?? null;
}
