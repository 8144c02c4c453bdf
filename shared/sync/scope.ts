/**
 * Areas: which part of the store a laptop gets, and which part it may change. One declaration for each table, in plain code, so that what is
 * sent (hub/scope.ts), what is taken in, and what the laptop refuses beforehand can never say three different things.
 */
import type { Op } from '../commit.ts';
import type { Scalar } from './frames.ts';

/** The part of the store that goes with some places. */
export interface Part {
  /** The places and everything below them. */
  readonly inside: Pick<ReadonlySet<string>, 'has'>;
  /** What the places lie in. */
  readonly above: ReadonlySet<string>;
  /** Of the laptop: its papers name it as their author. */
  readonly machine: string;
  /** Incarnations of the laptop. */
  readonly own: ReadonlySet<string>;
}
export type RowValues = Readonly<Record<string, Scalar>>;
/** A row that a rule asks for, by its id or its number; undefined when there is none. */
export type Find = (table: string, field: 'id' | 'number', value: string) => RowValues | undefined;
export interface Look {
  readonly part: Part;
  readonly find: Find;
  /** The answer about something that hangs on a row nobody knows. */
  readonly unknown: boolean;
}

interface Rule {
  /** Fields the rule reads. */
  readonly fields: readonly string[];
  readonly sees: (values: RowValues, look: Look) => boolean;
  /** Where less may be changed than seen. */
  readonly changes?: (values: RowValues, look: Look) => boolean;
}

const all: Rule = { fields: [], sees: () => true };
const textOf = (values: RowValues, field: string): string | null => {
  const value = values[field];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** The first of these fields that is filled in decides: a place by lying in the area, another record by its own rule. With none it is everybody's. */
function follows(...links: readonly (readonly [field: string, table: string])[]): Rule {
  const by =
    (judge: typeof sees) =>
    (values: RowValues, look: Look): boolean => {
      for (const [field, table] of links) {
        const id = textOf(values, field);
        if (id === null) continue;
        return table === 'locations' ? look.part.inside.has(id) : through(judge, table, id, look);
      }
      return true;
    };
  return { fields: links.map(([field]) => field), sees: by(sees), changes: by(changes) };
}

function through(judge: typeof sees, table: string, id: string, look: Look): boolean {
  const row = look.find(table, 'id', id);
  return row ? judge(table, row, look) : look.unknown;
}

const place = ['location_id', 'locations'] as const;
const subnetOf = follows(['subnet_id', 'subnets']);
/** A cable is of the first of its ends that is known. */
const endsOf = (['a', 'b'] as const).flatMap((end) => [
  [`${end}_port_id`, 'switch_ports'] as const,
  [`${end}_panel_id`, 'panels'] as const,
  [`${end}_outlet_id`, 'outlets'] as const,
  [`${end}_asset_id`, 'assets'] as const,
]);

/** On a record of any table, named by its table and id. */
const hanging: Rule = {
  fields: ['tbl', 'row_id'],
  sees: (values, look) => through(sees, textOf(values, 'tbl') ?? '', textOf(values, 'row_id') ?? '', look),
  changes: (values, look) => through(changes, textOf(values, 'tbl') ?? '', textOf(values, 'row_id') ?? '', look),
};

/** About another record, or about one that was never made and is known by what its author wanted. */
const about: Rule = {
  fields: ['tbl', 'row_id', 'incarnation', 'ops'],
  sees(values, look) {
    if (look.part.own.has(textOf(values, 'incarnation') ?? '')) return true;
    const [table, id] = [textOf(values, 'tbl') ?? '', textOf(values, 'row_id') ?? ''];
    const ops = opsIn(values);
    const row = look.find(table, 'id', id);
    const made = row ? undefined : ops.find((op) => op.id === id && 'values' in op);
    const shown = row ?? (made && 'values' in made ? made.values : undefined);
    if (!shown || !sees(table, shown, look)) return false;
    // All that its author wanted travels in it, where that was one decision: it is for those who see the whole of it.
    return ops.every((op) => seesOp(op, look));
  },
};

/** Of an operation on a row that was never made, what its author wanted is looked at. One that nobody here can read is told to nobody else. */
export function seesOp(op: Op, look: Look): boolean {
  const row = look.find(op.table, 'id', op.id);
  if (row) return sees(op.table, row, look);
  return 'values' in op && sees(op.table, op.values, look);
}
function opsIn(values: RowValues): Op[] {
  try {
    return JSON.parse(textOf(values, 'ops') ?? '[]') as Op[];
  } catch {
    return [];
  }
}

export const scopeOf: Readonly<Record<string, Rule>> = {
  locations: { fields: ['parent_id'], sees: () => true },
  people: all,
  naming_rules: all,
  calendar_days: all,
  evidence_purges: all,
  ignored_findings: all,
  duty_entries: all,
  duty_areas: all,
  first_aid_lists: all,
  knowledge_articles: all,
  sla_rules: all,
  // Who was given which numbers is everybody's business: they are given out once in the whole store.
  leases: all,
  // Networks of the whole campus reach into every area: their addresses are seen, so that none is given out twice.
  subnets: {
    fields: ['location_id'],
    sees: (values, { part }) => {
      const at = textOf(values, 'location_id');
      return at === null || part.inside.has(at) || part.above.has(at);
    },
    changes: (values, { part }) => part.inside.has(textOf(values, 'location_id') ?? ''),
  },
  address_ranges: subnetOf,
  bindings: {
    fields: ['location_id', 'subnet_id'],
    sees: (values, look) => look.part.inside.has(textOf(values, 'location_id') ?? '') || subnetOf.sees(values, look),
    // An address is opened for a place: in a network that reaches here, but not for another area.
    changes: (values, look) => {
      const at = textOf(values, 'location_id');
      return at === null ? subnetOf.sees(values, look) : look.part.inside.has(at);
    },
  },
  assets: follows(place),
  range_requests: follows(place, ['subnet_id', 'subnets']),
  tickets: follows(place, ['asset_id', 'assets']),
  ticket_events: follows(['ticket_id', 'tickets']),
  watched_devices: follows(place, ['asset_id', 'assets']),
  outlets: follows(place),
  panels: follows(place),
  switch_ports: follows(['asset_id', 'assets']),
  cables: follows(...endsOf),
  topology_nodes: follows(['asset_id', 'assets']),
  handovers: follows(place),
  tools: follows(place),
  envelopes: follows(place),
  handover_items: follows(['handover_id', 'handovers']),
  // A frozen paper may list every asset of another building, and nothing in it says which: only its own laptop's, and those of a handover or a
  // monthly report it sees.
  documents: {
    fields: ['number', 'author'],
    sees: (values, look) => {
      if ((textOf(values, 'author') ?? '').endsWith(`@${look.part.machine}`)) return true;
      return ['handovers', 'reports'].some((table) => {
        const row = look.find(table, 'number', textOf(values, 'number') ?? '');
        return row !== undefined && sees(table, row, look);
      });
    },
    changes: () => true,
  },
  document_parts: follows(['document_id', 'documents']),
  reports: follows(place),
  receipts: follows(['document_id', 'documents']),
  attachments: hanging,
  approvals: hanging,
  applications: follows(place),
  letter_texts: all,
  conflicts: about,
};

/** Whether a row is of this part of the store. Of a table without a rule nothing is. */
export function sees(table: string, values: RowValues, look: Look): boolean {
  return scopeOf[table]?.sees(values, look) ?? false;
}

/** Whether what lies there may be changed by who has this part: places themselves are judged by their own id (authority.ts). */
export function changes(table: string, values: RowValues, look: Look): boolean {
  const rule = scopeOf[table];
  return rule ? (rule.changes ?? rule.sees)(values, look) : false;
}

/** What hangs on a row goes where the row goes, though it did not change itself: table and field by which it points there. */
export const hangsOn: readonly { readonly from: string; readonly field: string; readonly to: string }[] = [
  { from: 'address_ranges', field: 'subnet_id', to: 'subnets' },
  { from: 'bindings', field: 'subnet_id', to: 'subnets' },
  { from: 'range_requests', field: 'subnet_id', to: 'subnets' },
  { from: 'tickets', field: 'asset_id', to: 'assets' },
  { from: 'watched_devices', field: 'asset_id', to: 'assets' },
  { from: 'switch_ports', field: 'asset_id', to: 'assets' },
  { from: 'topology_nodes', field: 'asset_id', to: 'assets' },
  ...endsOf.map(([field, to]) => ({ from: 'cables', field, to })),
  { from: 'ticket_events', field: 'ticket_id', to: 'tickets' },
  { from: 'handover_items', field: 'handover_id', to: 'handovers' },
  { from: 'document_parts', field: 'document_id', to: 'documents' },
  { from: 'receipts', field: 'document_id', to: 'documents' },
];
