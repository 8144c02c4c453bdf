/** The contract on the engine's side. Features implement it; refusals become the one typed error every caller knows. */
import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../shared/contract.ts';
import { problemOf } from '../../shared/problem.ts';
import { isRefusal, type RefusalParams } from '../../shared/refusal.ts';
import { diskRefusal } from './disk-errors.ts';
import type { Engine } from './engine.ts';
import { z } from 'zod';

export interface EngineContext {
  readonly engine: Engine;
}

const refused = (code: string, params: RefusalParams): ORPCError<'REFUSED', unknown> =>
  new ORPCError('REFUSED', { defined: true, status: 409, message: code, data: { code, params } });

/** Input that does not fit the contract is worded like any other refusal: the field, and what is wrong with it. */
function asRefused(error: unknown, dir: string): unknown {
  if (isRefusal(error)) return refused(error.code, error.params);
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST' && hasIssues(error.data)) {
    const { field, problem } = problemOf(new z.ZodError(error.data.issues));
    return refused('invalid', { field, problem });
  }
  const disk = diskRefusal(error, dir);
  return disk ? refused(disk.code, disk.params) : error;
}

const hasIssues = (data: unknown): data is { issues: z.core.$ZodIssue[] } =>
  typeof data === 'object' && data !== null && 'issues' in data && Array.isArray(data.issues);

const base = implement(contract).$context<EngineContext>();

/** The implementer every feature builds on: `os.assets.router({ ... })`. Streams are guarded too. */
export const os = base.use(async ({ next, context }) => {
  try {
    const result = await next({});
    return isStream(result.output)
      ? { ...result, output: guarded(result.output, context.engine.dir) as never }
      : result;
  } catch (error) {
    throw asRefused(error, context.engine.dir);
  }
});

const isStream = (value: unknown): value is AsyncGenerator =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

async function* guarded(stream: AsyncGenerator, dir: string): AsyncGenerator {
  try {
    yield* stream;
  } catch (error) {
    throw asRefused(error, dir);
  }
}
