/** Any procedure by its name. */
import { text } from 'node:stream/consumers';
import { refuse } from '../../shared/refusal.ts';
import type { EngineClient } from '../engine/serve.ts';
import { procedures } from './calls.ts';
import { print } from './session.ts';

type Procedure = (input: unknown, options: { signal: AbortSignal }) => Promise<unknown>;

/** `assets.list` on the client. Refuses an unknown name, pointing to `calls`. */
export function procedureOf(client: EngineClient, name: string): Procedure {
  // The client answers to every name, so the contract says which exist.
  if (!procedures().some((procedure) => procedure.name === name)) throw refuse('unknown_procedure', { name });
  let at: unknown = client;
  for (const part of name.split('.')) at = (at as Record<string, unknown>)[part];
  return at as Procedure;
}

/**
 * Calls a procedure with JSON input and prints its answer, or each event of its stream. `-` reads the input from standard input: what stands in
 * the arguments of a process every user of the computer can read, and some inputs hold secrets.
 */
export async function callProcedure(
  client: EngineClient,
  name: string,
  input: string,
  signal: AbortSignal,
): Promise<void> {
  const given = input === '-' ? parse(await text(process.stdin), '-') : parse(input, input.slice(0, 80));
  const answer = await procedureOf(client, name)(given, { signal });
  if (!isStream(answer)) return print(answer);
  for await (const event of answer) print(event);
}

/** `shown`: how the refusal names what could not be read. */
function parse(input: string, shown: string): unknown {
  try {
    return JSON.parse(input) as unknown;
  } catch {
    throw refuse('bad_json', { input: shown });
  }
}

const isStream = (value: unknown): value is AsyncIterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
