/** What a commit's texts say, read as this version understands it. */
import { z } from 'zod';
import { op, type Op } from '../commit.ts';
import { upcast } from './upcast.ts';
import { parseJson } from './wire.ts';

/** What every version can say of an operation, even of a kind that it does not know: logs are kept by it. */
const anyOp = z.object({ op: z.string(), table: z.string(), id: z.string() });

/** Throws a WireError for a text that is no operation of any version: no laptop could write it into its log, and all would stop at it. */
export const checkOps = (bodies: readonly string[]): void => {
  for (const body of bodies) parseJson(anyOp, body);
};

/** The operations of a commit written in version `schema`, as this one says them; null when it cannot read one of them. */
export function opsOf(bodies: readonly string[], schema: number): Op[] | null {
  const ops: Op[] = [];
  for (const body of bodies) {
    let value: unknown;
    try {
      value = JSON.parse(body);
    } catch {
      return null;
    }
    const parsed = op.safeParse(value);
    if (!parsed.success) return null;
    ops.push(upcast(parsed.data, schema));
  }
  return ops;
}
