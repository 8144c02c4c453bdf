/** What the hub lets in at all: known tables and fields, values their columns can hold, and conflicts touched only by resolving them. */
import type { Op } from '../commit.ts';
import type { Field } from '../record.ts';
import { recordOf } from '../records.ts';
import { fits, isId } from './fits.ts';

/** A conflict is settled whole or not at all; what a second person decided about it waits for nobody. */
export const RESOLVE = 'sync.resolve';
/** A person asks whoever holds what both want. */
export const ASK = 'sync.ask';
const ASKABLE = new Set(['asked_by', 'asked_at', 'asked_note']);
const RESOLVABLE = new Set(['state', 'how', 'resolved_by', 'resolved_at']);

/** Why a commit is never done, in words of the catalogue (`sync.rejection.<code>`). */
export const rejections = [
  'unknown_op',
  'unknown_table',
  'unknown_field',
  'append_only',
  'bad_value',
  'forbidden',
  'resolved_before',
  'changed_since',
  'not_allowed',
] as const;
type Rejection = (typeof rejections)[number];

interface Asked {
  readonly command: string;
  /** `name@machine` of the author. */
  readonly actor: string;
  readonly ops: readonly Op[];
}

/** Why a commit can never be applied, whoever asks again; null when it can be decided. Asked before its rows are even loaded. */
export const inadmissible = (commit: Asked): Rejection | null =>
  commit.ops.map((op) => refusal(commit, op)).find((code) => code !== null) ?? null;

function refusal(commit: Pick<Asked, 'command' | 'actor'>, op: Op): Rejection | null {
  const type = recordOf(op.table);
  if (!type) return 'unknown_table';
  if (op.table === 'conflicts') {
    const open = commit.command === RESOLVE ? RESOLVABLE : commit.command === ASK ? ASKABLE : null;
    const allowed = open !== null && op.op === 'patch' && Object.keys(op.fields).every((field) => open.has(field));
    if (!allowed || !signsItself(commit.actor, op)) return 'forbidden';
  }
  // A slice is given as a whole (lease-rule.ts): after that it can only be given back.
  if (op.table === 'leases' && op.op === 'patch' && Object.keys(op.fields).some((field) => field !== 'returned_at'))
    return 'forbidden';
  if (type.appendOnly !== (op.op === 'append')) return 'append_only';
  const values =
    op.op === 'patch'
      ? Object.entries(op.fields).map(([name, { after }]) => [name, after] as const)
      : 'values' in op
        ? Object.entries(op.values)
        : [];
  if (values.some(([name]) => !type.fields[name])) return 'unknown_field';
  const missing =
    op.op === 'insert' &&
    Object.entries(type.fields).some(([name, field]) => field.required && (op.values[name] ?? null) === null);
  return missing || !isId(op.id) || values.some(([name, value]) => !fits(type.fields[name] as Field, value))
    ? 'bad_value'
    : null;
}

/** Nobody settles or asks in a colleague's name. */
const signsItself = (actor: string, op: Extract<Op, { op: 'patch' }>): boolean =>
  [op.fields['resolved_by'], op.fields['asked_by']].every((change) => !change || change.after === actor);
