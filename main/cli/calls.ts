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
  for (const { name, input } of procedures())
    process.stdout.write(`${name} ${input ? shapeOf(input) : ''}`.trimEnd() + '\n');
}

function shapeOf(input: z.ZodType): string {
  const names = fieldsOf(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Shape);
  return `{${[...names].map(([name, required]) => (required ? name : `${name}?`)).join(', ')}}`;
}

interface Shape {
  readonly properties?: object;
  readonly required?: string[];
  readonly allOf?: Shape[];
  readonly anyOf?: Shape[];
  readonly oneOf?: Shape[];
}
/** Each field with whether it is required; of alternatives (the steps of a ticket) only what all of them ask for is. */
function fieldsOf(shape: Shape): Map<string, boolean> {
  const own = Object.keys(shape.properties ?? {}).map(
    (name) => [name, shape.required?.includes(name) ?? false] as const,
  );
  const parts = (shape.allOf ?? []).flatMap((part) => [...fieldsOf(part)]);
  const ways = (shape.oneOf ?? shape.anyOf ?? []).map(fieldsOf);
  const names = new Set(ways.flatMap((way) => [...way.keys()]));
  const either = [...names].map((name) => [name, ways.every((way) => way.get(name) === true)] as const);
  return new Map([...own, ...parts, ...either]);
}
