/** What went wrong with a call, in the user's words: a refusal has a sentence of its own, everything else is a fault of the program. */
import { ORPCError } from '@orpc/client';
import { refusalText } from '../../shared/refusal-text.ts';
import { refusalData } from '../../shared/refusal.ts';
import { keyOf, type Params, type Text } from '../i18n.ts';

/** The refusal an error carries, or null when it is something else. */
export function refusalOf(error: unknown): { code: string; params: Params } | null {
  if (!(error instanceof ORPCError) || error.code !== 'REFUSED') return null;
  const parsed = refusalData.safeParse(error.data);
  return parsed.success ? parsed.data : null;
}

export const isStopped = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

/** One sentence for any error of a call. */
export function sentenceOf(error: unknown, t: Text): string {
  const refusal = refusalOf(error);
  if (refusal && keyOf(`refusal.${refusal.code}`)) return refusalText(t, refusal.code, refusal.params);
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') return t('error.input');
  return t('error.unexpected', { what: error instanceof Error ? error.message : String(error) });
}
