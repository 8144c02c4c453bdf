/**
 * How a record type is declared, once, for every room.
 *
 * From one declaration follow the TypeScript type, the zod schema of values and patches, the columns of both databases
 * (a test proves they agree), forms, list columns, history view, import and export. Field names are the column names.
 */
import { z } from 'zod';
import { ipText } from './ip.ts';
import { macHex } from './mac.ts';
import { dayText } from './day.ts';

/** What the hub does when two laptops changed the same field: A merges, B soft scalar, C held for a person (sync.md 2.2). */
export type ConflictClass = 'A' | 'B' | 'C';
/** How the one search box finds the field: `name` also by pinyin, `text` by any characters, `key` by a fragment without separators. */
export type SearchMode = 'name' | 'text' | 'key';

interface Options {
  /** Schema version (shared/commit.ts) in which it came; a laptop of an older one is not told of it. Left out: it was there from the first. */
  readonly since?: number;
  readonly required?: boolean;
  readonly class?: ConflictClass;
  readonly search?: SearchMode;
  readonly personal?: boolean;
}
type Declared<K extends string, O> = { readonly kind: K } & O & Options;

const make =
  <K extends string, Fixed extends object = object>(kind: K) =>
  <const O extends Options & Fixed>(options: O = {} as O): Declared<K, O> => ({ kind, ...options });

/** One line of text; `max` counts characters (default 200). */
export const text = make<'text', { max?: number }>('text');
/** Text of several lines (default 2,000 characters). */
export const note = make<'note', { max?: number }>('note');
/** A local calendar date, `YYYY-MM-DD`, with no time zone. */
export const day = make('day');
/** A moment: milliseconds since 1970 UTC. */
export const instant = make('instant');
export const int = make<'int', { min?: number; max?: number }>('int');
/** Money in cents (分). */
export const money = make('money');
export const flag = make('flag');
/** A MAC address as 12 upper-case hex digits; every usual style is accepted on the way in. */
export const mac = make('mac');
/** An IPv4 address in dotted form without leading zeros. */
export const ip = make('ip');
/** JSON text owned by one feature, which checks its shape. */
export const json = make<'json', { max?: number }>('json');
/** One of a closed list of codes; labels are `option.<table>.<field>.<code>` in the catalogue. */
export const choice = <const C extends readonly [string, ...string[]], const O extends Options>(
  options: C,
  rest: O = {} as O,
): Declared<'choice', O & { readonly options: C }> => ({ kind: 'choice', options, ...rest });
/** The id of a row of another table. */
export const ref = <const T extends string, const O extends Options>(
  table: T,
  rest: O = {} as O,
): Declared<'ref', O & { readonly table: T }> => ({ kind: 'ref', table, ...rest });

export type Field = Options &
  (
    | { readonly kind: 'text' | 'note' | 'json'; readonly max?: number }
    | { readonly kind: 'int'; readonly min?: number; readonly max?: number }
    | { readonly kind: 'day' | 'instant' | 'money' | 'flag' | 'mac' | 'ip' }
    | { readonly kind: 'choice'; readonly options: readonly [string, ...string[]] }
    | { readonly kind: 'ref'; readonly table: string }
  );
export type Fields = Readonly<Record<string, Field>>;

/** Of a declaration known only at run time, any stored value. */
type Value<F> = Field extends F
  ? string | number | boolean
  : F extends { kind: 'choice'; options: infer C extends readonly string[] }
    ? C[number]
    : F extends { kind: 'int' | 'money' | 'instant' }
      ? number
      : F extends { kind: 'flag' }
        ? boolean
        : string;
type Nullable<F> = F extends { required: true } ? never : null;
/** The values of a record type as stored: an absent optional value is null. */
export type Values<F extends Fields> = { -readonly [K in keyof F]: Value<F[K]> | Nullable<F[K]> };
/** What creating a record takes: optional fields may be left out. */
export type Draft<F extends Fields> = {
  -readonly [K in keyof F as F[K] extends { required: true } ? K : never]: Value<F[K]>;
} & { -readonly [K in keyof F as F[K] extends { required: true } ? never : K]?: Value<F[K]> | null };

/** A live row: its values, its id, and the hub's version of it (null until the hub confirmed it). */
export type Row<F extends Fields> = Values<F> & { id: string; rv: number | null };

export interface RecordType<F extends Fields = Fields> {
  readonly table: string;
  readonly fields: F;
  /** Schema version in which the table came (1: it was there from the first). */
  readonly since: number;
  /** Rows are only ever added (work log, pieces of a document): no patch, no removal. */
  readonly appendOnly: boolean;
  readonly draft: z.ZodType<Draft<F>>;
  readonly patch: z.ZodType<Partial<Values<F>>>;
  readonly row: z.ZodType<Row<F>>;
}
export type RowOf<R> = R extends RecordType<infer F> ? Row<F> : never;
export type DraftOf<R> = R extends RecordType<infer F> ? Draft<F> : never;
export type PatchOf<R> = R extends RecordType<infer F> ? Partial<Values<F>> : never;

export const idText = z.uuid();

function valueSchema(field: Field): z.ZodType {
  switch (field.kind) {
    case 'text':
      return z
        .string()
        .trim()
        .max(field.max ?? 200);
    case 'note':
      return z
        .string()
        .trim()
        .max(field.max ?? 2000);
    case 'json':
      return z.string().max(field.max ?? 100_000);
    case 'day':
      return dayText;
    case 'instant':
      return z.int().min(0);
    case 'int':
      return z
        .int()
        .min(field.min ?? Number.MIN_SAFE_INTEGER)
        .max(field.max ?? Number.MAX_SAFE_INTEGER);
    case 'money':
      return z.int().min(0);
    case 'flag':
      return z.boolean();
    case 'mac':
      return macHex;
    case 'ip':
      return ipText;
    case 'choice':
      return z.enum(field.options);
    case 'ref':
      return idText;
  }
}

/** An empty text means "nothing": it is stored as null, or refused where the field is required. */
function fieldSchema(field: Field): z.ZodType {
  const schema = valueSchema(field);
  const blankToNull = (value: unknown): unknown => (typeof value === 'string' && value.trim() === '' ? null : value);
  return z.preprocess(blankToNull, field.required ? schema : schema.nullable());
}

/** Declares a record type. `table` is the name in both databases and on the wire. */
export function record<const F extends Fields>(
  table: string,
  fields: F,
  options: { appendOnly?: boolean; since?: number } = {},
): RecordType<F> {
  const entries = Object.entries(fields).map(([name, field]) => [name, field, fieldSchema(field)] as const);
  const draft = Object.fromEntries(
    entries.map(([name, field, schema]) => [name, field.required ? schema : schema.optional()]),
  );
  const patch = Object.fromEntries(entries.map(([name, , schema]) => [name, schema.optional()]));
  const row = Object.fromEntries(entries.map(([name, field]) => [name, rowSchema(field)]));
  return {
    table,
    fields,
    since: options.since ?? 1,
    appendOnly: options.appendOnly ?? false,
    draft: z.strictObject(draft) as unknown as z.ZodType<Draft<F>>,
    patch: z.strictObject(patch) as unknown as z.ZodType<Partial<Values<F>>>,
    row: z.object({ ...row, id: z.string(), rv: z.number().nullable() }) as unknown as z.ZodType<Row<F>>,
  };
}

/** Rows come from our own database: their shape is checked, their rules are not run again. */
function rowSchema(field: Field): z.ZodType {
  switch (field.kind) {
    case 'int':
    case 'money':
    case 'instant':
      return z.number().nullable();
    case 'flag':
      return z.boolean().nullable();
    default:
      return z.string().nullable();
  }
}
