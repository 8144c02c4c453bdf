/** Every procedure of the contract, with the shape of its input. */
import { isContractProcedure } from '@orpc/contract';
import { z } from 'zod';
import { contract } from '../../shared/contract.ts';

interface Listed {
  readonly name: string;
  readonly input: z.ZodType | undefined;
}

/** Flat, in the contract's order: `assets.list`, `assets.get`, … */
export function procedures(): Listed[] {
  const found: Listed[] = [];
  const walk = (at: unknown, path: string): void => {
    if (isContractProcedure(at)) found.push({ name: path, input: at['~orpc'].inputSchema as z.ZodType | undefined });
    else if (typeof at === 'object' && at !== null)
      for (const [name, below] of Object.entries(at)) walk(below, path ? `${path}.${name}` : name);
  };
  walk(contract, '');
  return found;
}

/** `assets.setStatus {id, status, reason}`: required inputs plain, optional ones with a question mark. */
export function listCalls(): void {
  for (const { name, input } of procedures()) process.stdout.write(`${name} ${input ? shapeOf(input) : ''}`.trimEnd() + '\n');
}

function shapeOf(input: z.ZodType): string {
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as { properties?: object; required?: string[] };
  const names = Object.keys(schema.properties ?? {});
  return `{${names.map((name) => (schema.required?.includes(name) ? name : `${name}?`)).join(', ')}}`;
}
