/** Words a refusal in the user's language, for screens, papers and the command line alike. */
import { catalogue, type MessageKey } from './messages.ts';
import type { RefusalParams } from './refusal.ts';

export type Translate = (key: MessageKey, params?: Record<string, string | number>) => string;

const has = (key: string): key is MessageKey => key in catalogue;

/** The label of `assets.mac`, or of a bare `mac` as any record type names it. */
export function fieldLabel(t: Translate, field: string): string {
  const exact = `field.${field}`;
  if (has(exact)) return t(exact);
  const other = Object.keys(catalogue).find((key) => key.startsWith('field.') && key.endsWith(`.${field}`));
  return other && has(other) ? t(other) : field;
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
