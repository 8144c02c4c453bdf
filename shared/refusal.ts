/** Refusals: what the engine says no to, as a value with a code. The renderer words it from the catalogue. */
import { z } from 'zod';
import type { MessageKey } from './messages.ts';

type Suffix<K> = K extends `refusal.${infer Code}` ? Code : never;
/** Every refusal has a sentence `refusal.<code>` in both languages, or it does not compile. */
export type RefusalCode = Suffix<MessageKey>;
export type RefusalParams = Record<string, string | number>;

export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly params: RefusalParams;
  constructor(code: RefusalCode, params: RefusalParams) {
    super(`${code} ${JSON.stringify(params)}`);
    this.name = 'Refusal';
    this.code = code;
    this.params = params;
  }
}
/** Makes a refusal to throw: `throw refuse('ip_in_use', { ip, holder })`. */
export const refuse = (code: RefusalCode, params: RefusalParams = {}): Refusal => new Refusal(code, params);
/** True across bundles and realms, where `instanceof` is not. */
export const isRefusal = (error: unknown): error is Refusal =>
  error instanceof Error && error.name === 'Refusal' && 'code' in error;

/** How a refusal crosses the wire. */
export const refusalData = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
