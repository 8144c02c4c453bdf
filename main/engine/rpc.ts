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
function asRefused(error: unknown, dir: string, path: readonly string[]): unknown {
  if (isRefusal(error)) return refused(error.code, error.params);
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST' && hasIssues(error.data)) {
    const { field, problem } = problemOf(new z.ZodError(error.data.issues));
    // Of an address typed by hand or an old link: what is no id is the id of no record.
    if (field === 'id' && problem === 'wrong') return refused('not_found', {});
    return refused('invalid', { field: `${subjectOf(path)}.${field}`, problem });
  }
  const disk = diskRefusal(error, dir);
  return disk ? refused(disk.code, disk.params) : error;
}

/** What a call's fields belong to: `people.create` has those of `people`, `ipam.createSubnet` those of `subnets`. */
function subjectOf([feature = '', call = '']: readonly string[]): string {
  if (feature === 'custody') return call;
  if (feature === 'handover') return 'handovers';
  if (feature === 'discovery')
    return { register: 'assets', report: 'tickets' }[call] ?? (/namingrule/i.test(call) ? 'naming_rules' : feature);
  if (feature === 'addressing') return /request/i.test(call) ? 'range_requests' : 'address_ranges';
  if (feature === 'cabling')
    return /panel/i.test(call)
      ? 'panels'
      : /outlet/i.test(call)
        ? 'outlets'
        : /port/i.test(call)
          ? 'switch_ports'
          : 'cables';
  if (feature !== 'ipam') return feature;
  return /subnet/i.test(call) ? 'subnets' : /range/i.test(call) ? 'address_ranges' : 'bindings';
}

const hasIssues = (data: unknown): data is { issues: z.core.$ZodIssue[] } =>
  typeof data === 'object' && data !== null && 'issues' in data && Array.isArray(data.issues);

const base = implement(contract).$context<EngineContext>();

/** The implementer every feature builds on: `os.assets.router({ ... })`. Streams are guarded too. */
export const os = base.use(async ({ next, context, path }) => {
  try {
    const result = await next({});
    return isStream(result.output)
      ? { ...result, output: guarded(result.output, context.engine.dir, path) as never }
      : result;
  } catch (error) {
    throw asRefused(error, context.engine.dir, path);
  }
});

const isStream = (value: unknown): value is AsyncGenerator =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

async function* guarded(stream: AsyncGenerator, dir: string, path: readonly string[]): AsyncGenerator {
  try {
    yield* stream;
  } catch (error) {
    throw asRefused(error, dir, path);
  }
}
