/** What a commit's texts say, read as this version understands it. */
import { op, type Op } from '../commit.ts';
import { upcast } from './upcast.ts';

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
