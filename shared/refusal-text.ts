/** Words a refusal in the user's language, for screens, papers and the command line alike. */
import { catalogue, type MessageKey } from './messages.ts';
import type { RefusalParams } from './refusal.ts';

export type Translate = (key: MessageKey, params?: Record<string, string | number>) => string;

const has = (key: string): key is MessageKey => key in catalogue;

/** The label of `assets.mac` or `system.unit`; of a field that only calls have (`id`), its plain word, at worst its name. */
function fieldLabel(t: Translate, field: string): string {
  const name = field.slice(field.lastIndexOf('.') + 1);
  const key = [`field.${field}`, field, `common.field.${name}`].find(has);
  return key ? t(key) : name;
}

/** The sentence `refusal.<code>`; a code this version does not know (a newer hub) is shown as it is. */
export function refusalText(t: Translate, code: string, params: RefusalParams): string {
  const key = `refusal.${code}`;
  if (!has(key)) return code;
  const problem = `problem.${params['problem']}`;
  const worded: Record<string, string | number> = { ...params };
  if (params['field'] !== undefined) worded['field'] = fieldLabel(t, String(params['field']));
  if (has(problem)) worded['problem'] = t(problem);
  return t(key, worded);
}
