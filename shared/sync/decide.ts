/**
 * What the hub makes of one commit, in hub order: the rows it changes, and what waits for a person. Pure: the world is passed in,
 * the verdict given back, and nothing is decided by a laptop's clock but which of two soft values to show first.
 */
import type { Op } from '../commit.ts';
import type { ClashField } from '../features/sync.ts';
import type { Field, RecordType } from '../record.ts';
import { recordOf } from '../records.ts';
import { ASK, RESOLVE } from './admit.ts';
import { approvalClash } from './approval.ts';
import { breach } from './breach.ts';
import { clash, nothing, type Clash, type Done, type Incoming } from './clash.ts';
import { later } from './estimate.ts';
import { againClash, giveSlice, leaseClash } from './lease-rule.ts';
import type { Result, Scalar } from './frames.ts';
import { mergeField } from './merge.ts';
import { stepOf } from './step.ts';
import type { HubRow, World } from './world.ts';

export type { Clash, Incoming };
export interface Decision {
  readonly outcome: Result['outcome'];
  readonly code: string | null;
  readonly clashes: readonly Clash[];
  readonly stored: Result['stored'];
}

/** Commits whose rows stand each for itself: one bad line of an import does not hold back the other 499. */
const ROW_WISE = /^(?:transfer\.|system\.(?:undo|demo))/;

/** Plain field patches may be done in part; everything else is one decision of its author (sync.md 2.2). */
const isSeparable = ({ command, ops }: Incoming): boolean =>
  ROW_WISE.test(command) ||
  ops.every(
    (op) =>
      op.op === 'patch' &&
      op.table !== 'bindings' &&
      op.table !== 'conflicts' &&
      !(op.table === 'tickets' && op.fields['state']),
  );

/** Decides an admissible commit. Its accepted rows are in `world.changes` afterwards. */
export function decide(commit: Incoming, world: World): Decision {
  const separable = isSeparable(commit);
  const clashes: Clash[] = [];
  const stored: Result['stored'] = [];
  for (const [index, op] of commit.ops.entries()) {
    const done = commit.denied?.has(index) ? clash(op, index, 'forbidden') : apply(commit, op, index, world);
    if (('values' in op || op.op === 'restore') && done.clashes[0]) world.hold(op.table, op.id, clashes.length);
    clashes.push(...done.clashes);
    stored.push(...done.stored);
    if (separable) world.accept();
  }
  const open = clashes.filter((clash) => !clash.noted);
  const first = open[0];
  if (!first || separable) {
    world.accept();
    return { outcome: first ? 'held' : 'applied', code: null, clashes, stored };
  }
  world.drop();
  if (commit.command === RESOLVE || commit.command === ASK)
    return {
      outcome: 'rejected',
      code:
        first.kind === 'forbidden' ? 'not_allowed' : first.table === 'conflicts' ? 'resolved_before' : 'changed_since',
      clashes: [],
      stored: [],
    };
  const fields = open
    .filter(({ table, id, kind }) => table === first.table && id === first.id && kind === first.kind)
    .flatMap((clash) => clash.fields);
  return {
    outcome: 'held',
    code: null,
    clashes: [{ ...first, fields, ops: commit.ops.map((_, index) => index) }],
    stored: [],
  };
}

function apply(commit: Incoming, op: Op, index: number, world: World): Done {
  const type = recordOf(op.table);
  if (!type) return nothing;
  switch (op.op) {
    case 'insert':
    case 'append':
      return insert(commit, op, index, type, world);
    case 'patch':
      return patch(commit, op, index, type, world);
    case 'remove':
      return remove(commit, op, index, world);
    case 'restore':
      return restore(commit, op, index, world);
  }
}

function insert(
  commit: Incoming,
  op: Extract<Op, { values: unknown }>,
  index: number,
  type: RecordType,
  world: World,
): Done {
  if (world.row(op.table, op.id)) return clash(op, index, 'rule', { rule: 'exists' });
  const values: Record<string, Scalar> = {};
  for (const name of Object.keys(type.fields)) values[name] = op.values[name] ?? null;
  const broken =
    breach(op, index, type, values, Object.keys(op.values), world) ??
    (op.table === 'approvals' ? approvalClash(op, index, values, commit, world) : null) ??
    leaseClash(commit, op, index, values, Object.keys(op.values), world);
  if (broken) return broken;
  const slice = op.table === 'leases' ? giveSlice(commit, op, index, values, world) : null;
  if (slice && 'broken' in slice) return slice.broken;
  world.put(op.table, op.id, { values: slice?.values ?? values, rv: commit.seq, fv: {}, deletedAt: null });
  return { clashes: [], stored: slice?.stored ?? [] };
}

function patch(
  commit: Incoming,
  op: Extract<Op, { op: 'patch' }>,
  index: number,
  type: RecordType,
  world: World,
): Done {
  const row = world.row(op.table, op.id);
  if (!row) return clash(op, index, 'dependent', world.waitsFor(op.table, op.id) ?? {});
  if (row.deletedAt !== null) return clash(op, index, 'deleted', { theirs: row.rv, ...mergedInto(row) });
  const step = op.table === 'tickets' ? stepOf(op, index, row) : null;
  if (step && !step.noted) return { clashes: [step], stored: [] };
  const clashes: Clash[] = step ? [step] : [];
  const stored: { op: number; field: string; value: Scalar }[] = [];
  const values = { ...row.values };
  const fv = { ...row.fv };
  const held: ClashField[] = [];
  let heldBy: number | undefined;
  for (const [name, change] of Object.entries(op.fields)) {
    const field = type.fields[name] as Field;
    const current = row.values[name] ?? null;
    const changedAt = row.fv[name] ?? 0;
    const fields = [{ field: name, base: change.before, mine: change.after, theirs: current }];
    const theirs = changedAt || row.rv;
    // A pause on top of what a colleague did meanwhile: the step was judged whole.
    const asked = step && name === 'state' ? { before: current, after: change.after } : change;
    const verdict = mergeField(field, asked, current, () => newer(commit, world, changedAt));
    switch (verdict.is) {
      case 'clean':
        break;
      case 'held':
        held.push(...fields);
        heldBy ??= theirs;
        continue;
      case 'merged':
        if (verdict.clash)
          clashes.push({ kind: 'note', table: op.table, id: op.id, ops: [index], fields, theirs, noted: true });
        stored.push({ op: index, field: name, value: verdict.value });
        break;
      case 'soft':
        clashes.push({ kind: 'soft', table: op.table, id: op.id, ops: [index], fields, theirs, noted: true });
        if (verdict.kept === 'theirs') stored.push({ op: index, field: name, value: verdict.value });
        break;
    }
    if (verdict.value !== current) fv[name] = commit.seq;
    values[name] = verdict.value;
  }
  if (held.length > 0)
    clashes.push({
      kind: 'field',
      table: op.table,
      id: op.id,
      ops: [index],
      fields: held,
      ...(heldBy ? { theirs: heldBy } : {}),
    });
  if (held.length === Object.keys(op.fields).length) return { clashes, stored: [] };
  const touched = Object.keys(op.fields).filter((name) => values[name] !== row.values[name]);
  const broken =
    touched.length > 0
      ? (breach(op, index, type, values, touched, world, row.values) ??
        leaseClash(commit, op, index, values, touched, world) ??
        againClash(commit, op, index, values, world))
      : null;
  if (broken) return broken;
  world.put(op.table, op.id, { values, rv: commit.seq, fv, deletedAt: null });
  return { clashes, stored };
}

/** A removed record that turned out to be another one says which. */
const mergedInto = (row: HubRow): { holder?: string } => {
  const into = row.values['merged_into_id'];
  return typeof into === 'string' ? { holder: into } : {};
};

function newer(commit: Incoming, world: World, changedAt: number): 'mine' | 'theirs' | null {
  const other = world.author(changedAt);
  const certain = other ? later(commit, other) : null;
  return certain === null ? null : certain === 'a' ? 'mine' : 'theirs';
}

/** A removal that did not know of a colleague's change would take that change with it. */
function remove(commit: Incoming, op: Extract<Op, { op: 'remove' }>, index: number, world: World): Done {
  const row = world.row(op.table, op.id);
  if (!row) return clash(op, index, 'dependent', world.waitsFor(op.table, op.id) ?? {});
  if (row.deletedAt !== null) return touch(commit, op, row.deletedAt, world);
  const unseen = Object.entries(row.fv).filter(
    ([, seq]) => seq > (op.base ?? 0) && world.author(seq)?.incarnation !== commit.incarnation && seq !== commit.seq,
  );
  const latest = unseen.toSorted(([, a], [, b]) => b - a)[0];
  if (latest) {
    const fields = unseen.map(([field]) => ({ field, base: null, mine: null, theirs: row.values[field] ?? null }));
    return clash(op, index, 'changed', { fields, theirs: latest[1] });
  }
  if (world.referred(op.table, op.id)) return clash(op, index, 'children');
  return touch(commit, op, commit.est_at, world);
}

function restore(commit: Incoming, op: Extract<Op, { op: 'restore' }>, index: number, world: World): Done {
  const row = world.row(op.table, op.id);
  const type = recordOf(op.table);
  if (!row || !type) return clash(op, index, 'dependent');
  if (row.deletedAt === null) return touch(commit, op, null, world);
  const refs = Object.entries(type.fields).flatMap(([name, field]) => (field.kind === 'ref' ? [name] : []));
  return (
    breach(op, index, type, { ...row.values }, refs, world) ??
    againClash(commit, op, index, row.values, world) ??
    touch(commit, op, null, world)
  );
}

function touch(commit: Incoming, op: Op, deletedAt: number | null, world: World): Done {
  const row = world.row(op.table, op.id);
  if (row) world.put(op.table, op.id, { ...row, rv: commit.seq, deletedAt });
  return nothing;
}
