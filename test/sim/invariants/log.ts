/**
 * The hub's log alone tells the whole story. Done again in its order it gives the rows: I8 causal order, I12 legal tickets, I15 no
 * resurrection, and no change over a value its author had not seen without a record of it (M15: silent loss is none).
 */
import type { Op } from '../../../shared/commit.ts';
import { ticketStates, type Ticket } from '../../../shared/features/tickets.ts';
import { stepsFrom, takeStep } from '../../../shared/features/tickets/steps.ts';
import { recordOf, records } from '../../../shared/records.ts';
import { commitHead, result as resultShape, type CommitHead, type Result } from '../../../shared/sync/frames.ts';
import { opsOf } from '../../../shared/sync/ops.ts';
import { parseJson } from '../../../shared/sync/wire.ts';
import type { Hub } from '../../../hub/hub.ts';
import { effectOf } from '../../../main/engine/sync/outbox.ts';

export interface HubCommit extends CommitHead {
  readonly seq: number;
  readonly bodies: readonly string[];
  readonly result: Result;
}

export async function hubLog(hub: Hub): Promise<HubCommit[]> {
  const { rows } = await hub.pool.query<{ seq: number; body: string; result: string }>(
    'SELECT seq, body, result FROM sync.commit ORDER BY seq',
  );
  return rows.map(({ seq, body, result }) => {
    const [first = '', ...bodies] = body.split('\n');
    return { ...parseJson(commitHead, first), seq, bodies, result: parseJson(resultShape, result) };
  });
}

/** Rows that the hub makes itself: the log tells only what people did to them. */
const byHub = (table: string): boolean => table === 'conflicts';

/** All that any step asks to be told. */
const told = { remark: '换水晶头', action: '换水晶头', advice: '换电源', cause: 'line', satisfaction: 'good' };
/** What one step of the work log may do to a ticket. */
const legal = new Set(
  ticketStates.flatMap((state) =>
    stepsFrom(state).flatMap((step) => {
      const { changes } = takeStep(
        { state, number: '' } as Ticket,
        { step, reason: 'user', ...told } as Parameters<typeof takeStep>[1],
        { now: 0, actor: '' },
      );
      return `${state} ${changes.state ?? state}`;
    }),
  ),
);
/** A person who settles a conflict or takes work back may put a ticket where no step leads. */
const BY_HAND = /^(?:sync\.|system\.undo)/;

interface Told {
  values: Record<string, unknown>;
  gone: boolean;
  /** The last change by whom, for what a removal must have seen. */
  changed: { seq: number; by: string } | null;
}
const noted = (hub: Map<string, Set<string>>, commit: HubCommit, field: string): boolean =>
  hub.get(`${commit.incarnation} ${commit.mut_no}`)?.has(field) ?? false;

export async function i8i12i15LogTellsAll(
  hub: Hub,
  commits: readonly HubCommit[],
): Promise<{ applied: number; held: number }> {
  const rows = new Map<string, Told>();
  const counts = { applied: 0, held: 0 };
  const softs = await softFields(hub);
  for (const commit of commits) {
    if (commit.result.outcome !== 'rejected') counts[commit.result.outcome] += 1;
    for (const [index, op] of (opsOf(commit.bodies, commit.schema) ?? []).entries()) {
      const effect = effectOf(op, index, commit.result);
      if (effect && !(byHub(op.table) && !rows.has(op.id) && op.op !== 'patch')) tell(rows, commit, effect, softs);
    }
  }
  await sameRows(hub, rows);
  return counts;
}

/** Fields the hub chose itself or merged, by commit: the other value stands in a conflict record. */
async function softFields(hub: Hub): Promise<Map<string, Set<string>>> {
  const { rows } = await hub.pool.query<{ incarnation: string; mut_no: number; fields: string }>(
    'SELECT incarnation, mut_no, fields FROM app.conflicts',
  );
  const found = new Map<string, Set<string>>();
  for (const { incarnation, mut_no, fields } of rows) {
    const key = `${incarnation} ${mut_no}`;
    const names = found.get(key) ?? new Set();
    const parsed = (typeof fields === 'string' ? JSON.parse(fields) : fields) as { field: string }[];
    for (const { field } of parsed) names.add(field);
    found.set(key, names);
  }
  return found;
}

function tell(rows: Map<string, Told>, commit: HubCommit, op: Op, softs: Map<string, Set<string>>): void {
  const type = recordOf(op.table);
  const where = `${op.table} ${op.op} at ${commit.seq} (${commit.command})`;
  const row = rows.get(op.id);
  if ('values' in op) {
    expect([where, row?.values]).toEqual([where, undefined]);
    i8ParentsFirst(rows, op, where);
    rows.set(op.id, { values: { ...op.values }, gone: false, changed: null });
    return;
  }
  if (!row) {
    expect(['I8', where, byHub(op.table)]).toEqual(['I8', where, true]);
    if (op.op === 'patch')
      rows.set(op.id, {
        values: Object.fromEntries(Object.entries(op.fields).map(([name, { after }]) => [name, after])),
        gone: false,
        changed: null,
      });
    return;
  }
  switch (op.op) {
    case 'remove':
      // Nobody else's change was taken away unseen.
      if (!row.gone && row.changed && row.changed.by !== commit.incarnation)
        expect(['I15', where, row.changed.seq <= (op.base ?? 0)]).toEqual(['I15', where, true]);
      row.gone = true;
      return;
    case 'restore':
      row.gone = false;
      return;
    case 'patch':
      expect(['I15', where, row.gone]).toEqual(['I15', where, false]);
      for (const [name, { before, after }] of Object.entries(op.fields)) {
        const current = row.values[name] ?? null;
        const field = type?.fields[name];
        if (current !== before && current !== after && field) {
          // A hold on top of a colleague's step is done, and stands noted (sync.md 2.7).
          const onTop = op.table === 'tickets' && name === 'state' && after === 'paused' && noted(softs, commit, name);
          if (field.class === 'C' && !onTop)
            expect(['M15', where, name, current]).toEqual(['M15', where, name, before]);
          else if (field.class !== 'A')
            expect(['M15', where, name, noted(softs, commit, name)]).toEqual(['M15', where, name, true]);
        }
        if (op.table === 'tickets' && name === 'state' && !BY_HAND.test(commit.command))
          expect(['I12', where, legal.has(`${String(current)} ${String(after)}`)]).toEqual(['I12', where, true]);
        if (current !== after) row.changed = { seq: commit.seq, by: commit.incarnation };
        row.values[name] = after;
      }
  }
}

function i8ParentsFirst(rows: Map<string, Told>, op: Extract<Op, { values: unknown }>, where: string): void {
  for (const [name, field] of Object.entries(recordOf(op.table)?.fields ?? {})) {
    const target = field.kind === 'ref' ? op.values[name] : null;
    if (typeof target === 'string') expect(['I8', where, name, rows.has(target)]).toEqual(['I8', where, name, true]);
  }
}

const plain = (value: unknown): unknown => (typeof value === 'boolean' ? Number(value) : (value ?? null));

async function sameRows(hub: Hub, rows: Map<string, Told>): Promise<void> {
  for (const { table, fields } of records.filter((each) => !byHub(each.table))) {
    const stored = await hub.pool.query<Record<string, unknown>>(
      `SELECT *, deleted_rv IS NOT NULL AS is_gone FROM app.${table}`,
    );
    for (const row of stored.rows) {
      const told = rows.get(String(row['id']));
      expect([table, told?.gone]).toEqual([table, row['is_gone']]);
      for (const name of Object.keys(fields))
        expect([table, name, plain(told?.values[name])]).toEqual([table, name, plain(row[name])]);
    }
  }
}
