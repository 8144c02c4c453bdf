/**
 * Who had an address or a card, when, and what proves it: the bindings' rows replayed from the commit log, so that a binding that
 * changed its address, card or person during its life still answers for every day of it.
 */
import type { Op } from '../../../../shared/commit.ts';
import { bindings } from '../../../../shared/features/ipam.ts';
import type { Proof, Tenure } from '../../../../shared/features/ipam/tenure.ts';
import type { RowOf } from '../../../../shared/record.ts';
import { decode } from '../../codec.ts';
import type { ReadDb } from '../../db.ts';
import { effectOf, parseResult, POSITION } from '../../sync/outbox.ts';

type Binding = RowOf<typeof bindings>;
interface Line {
  body: string;
  position: number;
  result: string | null;
  at: number;
  actor: string;
  command: string;
  reason: string | null;
  incarnation: string;
  mut_no: number;
  seq: number | null;
}

/** Confirmed commits in the order of the central store, then this laptop's own that still wait. */
const OPS = `
  SELECT o.body, ${POSITION} AS position, c.result,
    c.at, c.actor, c.command, c.reason, c.incarnation, c.mut_no, c.seq
  FROM _ops o JOIN _commits c ON c.ord = o.commit_ord
  WHERE o.row_id = ? AND o.tbl = 'bindings'
  ORDER BY c.seq IS NULL, c.seq, o.ord`;

/** What took effect: an operation that the central store refused or held never did, and some values it stored differently. */
const effectsOf = (db: ReadDb, id: string): (readonly [Line, Op])[] =>
  db.all<Line>(OPS, id).flatMap((line) => {
    const op = effectOf(JSON.parse(line.body) as Op, line.position, parseResult(line.result));
    return op ? [[line, op] as const] : [];
  });

const proofOf = (line: Line): Proof => ({
  at: line.at,
  actor: line.actor,
  command: line.command,
  reason: line.reason,
  commit: `${line.incarnation.slice(0, 8)}-${line.mut_no}`,
  seq: line.seq,
});

/** The columns whose change begins a new stretch. */
const WATCHED = [
  'ip',
  'mac',
  'person_id',
  'location_id',
  'asset_id',
  'hostname',
  'outlet',
  'switch_name',
  'switch_port',
  'state',
] as const;

/** One binding's life as stretches, oldest first; the time in which it held nothing (released) is not one of them. */
export function tenuresOf(db: ReadDb, id: string): Tenure[] {
  const effects = effectsOf(db, id);
  if (effects[0]?.[1].op !== 'insert') return fromRow(db, id);
  const found: Tenure[] = [];
  let values: Partial<Binding> = {};
  let open: Tenure | null = null;
  let clock = 0;
  const end = (at: number, by: Proof): void => {
    if (!open) return;
    open.to = Math.max(at, open.from);
    open.ended_by = by;
    // Corrected in the same moment: nobody ever held it that way.
    if (open.to > open.from) found.push(open);
    open = null;
  };
  const begin = (at: number, by: Proof): void => {
    open = { ...stretch(id, values), from: at, to: null, voided: false, began_by: by, ended_by: null };
  };
  for (const [line, op] of effects) {
    const by = proofOf(line);
    // A laptop whose clock ran backwards cannot put a change before the one it follows.
    const at = Math.max(line.at, clock);
    switch (op.op) {
      case 'insert':
      case 'append':
        values = op.values;
        begin(Math.min(values.opened_at ?? at, at), by);
        if (values.state === 'released') end(values.released_at ?? at, by);
        break;
      case 'patch': {
        const after = Object.fromEntries(Object.entries(op.fields).map(([field, change]) => [field, change.after]));
        values = { ...values, ...after };
        if (!WATCHED.some((field) => field in op.fields)) break;
        end(values.state === 'released' ? Math.min(values.released_at ?? at, at) : at, by);
        if (values.state !== 'released') begin(at, by);
        break;
      }
      case 'remove':
        end(at, by);
        for (const each of found) each.voided = true;
        break;
      case 'restore':
        for (const each of found) each.voided = false;
        if (values.state !== 'released') begin(at, by);
        break;
    }
    clock = at;
  }
  if (open) found.push(open);
  return found;
}

const stretch = (
  id: string,
  values: Partial<Binding>,
): Omit<Tenure, 'from' | 'to' | 'voided' | 'began_by' | 'ended_by'> => ({
  binding_id: id,
  ip: values.ip ?? '',
  mac: values.mac ?? null,
  person_id: values.person_id ?? '',
  location_id: values.location_id ?? null,
  asset_id: values.asset_id ?? null,
  hostname: values.hostname ?? null,
  outlet: values.outlet ?? null,
  switch_name: values.switch_name ?? null,
  switch_port: values.switch_port ?? null,
  state: values.state ?? 'active',
});

/** A row without a step in this log answers by its own columns. */
function fromRow(db: ReadDb, id: string): Tenure[] {
  const raw = db.get('SELECT * FROM bindings WHERE id = ?', id);
  if (!raw) return [];
  const row = decode(bindings, raw);
  const to = row.state === 'released' ? (row.released_at ?? row.opened_at) : null;
  const state = row.state === 'released' ? 'active' : row.state;
  return [
    {
      ...stretch(id, row),
      state,
      from: row.opened_at,
      to,
      voided: raw['deleted_at'] !== null,
      began_by: null,
      ended_by: null,
    },
  ];
}

/** Every stretch in which this address or this card was held, oldest first. */
export function timelineOf(db: ReadDb, field: 'ip' | 'mac', value: string): Tenure[] {
  const ids = db.all<{ id: string }>(
    `SELECT id FROM bindings WHERE ${field} = ?
     UNION SELECT row_id FROM _ops WHERE tbl = 'bindings' AND op = 'patch' AND body ->> '$.fields.${field}.before' = ?`,
    value,
    value,
  );
  return ids
    .flatMap(({ id }) => tenuresOf(db, id))
    .filter((tenure) => tenure[field] === value)
    .toSorted((a, b) => a.from - b.from || (a.to ?? Infinity) - (b.to ?? Infinity));
}
