/** Findings settled in groups: each row by the usual command of its feature, all as one batch, refused ones left out and named. */
import { createHash } from 'node:crypto';
import type { FoundFact } from '../../../../shared/features/discovery.ts';
import type { AcceptOrder, AcceptRow } from '../../../../shared/features/discovery/findings.ts';
import { symptomOf } from '../../../../shared/features/discovery/say.ts';
import { refuse, type Refusal } from '../../../../shared/refusal.ts';
import { wordsOf } from '../../words.ts';
import type { WriteDb } from '../../door.ts';
import type { Engine } from '../../engine.ts';
import { deskOf, openTicket, type TicketDesk } from '../tickets.ts';
import { changesOf } from './changes.ts';
import { compare } from './compare.ts';
import { settle, type Given, type Opened, type Settling } from './settle.ts';
import { findSweep } from './store.ts';

type Result = {
  rows: AcceptRow[];
  tickets: Opened[];
};

/** What a fact was when it was shown: everything an action would rest on. */
function stampOf(fact: FoundFact): string {
  const { key, verdict, mac, macs, holder, other_holder, asset, port, naming, ticket, ignored, host } = fact;
  const seen = host && [host.name, host.kind, host.vendor];
  const text = JSON.stringify([
    key,
    verdict,
    mac,
    macs,
    holder,
    other_holder,
    asset,
    port && { ...port, at: 0 },
    naming,
  ]);
  return createHash('sha256')
    .update(text + JSON.stringify([ticket, ignored, seen]))
    .digest('hex')
    .slice(0, 32);
}

/** The facts of a sweep as they are now, by their keys; what else is wrong with an address leads to it as well. */
function factsOf(engine: Engine, sweepId: string): Map<string, FoundFact> {
  const sweep = findSweep(engine.db, sweepId);
  if (!sweep) throw refuse('sweep_unknown');
  const facts = new Map<string, FoundFact>();
  for (const fact of compare(engine.db, sweep, engine.today(), true).findings) {
    facts.set(fact.key, fact);
    for (const { key } of fact.also) if (!facts.has(key)) facts.set(key, fact);
  }
  return facts;
}

/** Runs the order row by row. What is refused has left nothing behind. */
function run(tx: WriteDb, facts: ReadonlyMap<string, FoundFact>, order: AcceptOrder, settling: Settling): Result {
  const tickets: Opened[] = [];
  const taken = new Set<string>();
  const rows = order.rows.map((row): AcceptRow => {
    const fact = facts.get(row.key);
    if (!fact || taken.has(row.key)) return refusedRow(row.key, fact, refuse('finding_gone'));
    taken.add(row.key);
    const stamp = stampOf(fact);
    if (row.stamp && row.stamp !== stamp) return refusedRow(row.key, fact, refuse('finding_changed', { ip: fact.ip }));
    const before = tx.ops.length;
    const given: Given = { ...order.all, ...dropEmpty(row), key: row.key };
    const done = tx.attempt(() => settle(tx, fact, given, order, settling));
    if (done.refusal) return refusedRow(row.key, fact, done.refusal);
    if (done.value) tickets.push(done.value);
    return { ...shownRow(row.key, fact, stamp), changes: changesOf(tx, tx.ops.slice(before), settling.t) };
  });
  if (order.action !== 'ticket' || order.tickets === 'each') return { rows, tickets };
  return oneTicket(tx, facts, order, settling, rows);
}

const dropEmpty = <T extends object>(row: T): Partial<T> =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== undefined)) as Partial<T>;

const shownRow = (key: string, fact: FoundFact | undefined, stamp: string): AcceptRow => ({
  key,
  // a fact that is gone is named by what its key says
  ip: fact?.ip ?? key.split('|')[1] ?? '',
  mac: fact?.mac ?? null,
  verdict: fact?.verdict ?? 'known',
  stamp,
  changes: [],
  refused: null,
});
const refusedRow = (key: string, fact: FoundFact | undefined, refusal: Refusal): AcceptRow => ({
  ...shownRow(key, fact, fact ? stampOf(fact) : ''),
  refused: { code: refusal.code, params: refusal.params },
});

/** As long as a ticket's symptom may be. */
const SYMPTOM_MAX = 1000;
/** One ticket about all that were not refused: their sentences, as many as fit, and how many more there are. */
function oneTicket(
  tx: WriteDb,
  facts: ReadonlyMap<string, FoundFact>,
  order: AcceptOrder,
  { t, desk }: Settling,
  rows: AcceptRow[],
): Result {
  const about = rows.filter((row) => row.refused === null).map((row) => facts.get(row.key) as FoundFact);
  if (about.length === 0) return { rows, tickets: [] };
  const lines = about.map((fact) => symptomOf(fact, t));
  const head = t('finding.symptom.several', { count: about.length });
  const more = (left: number): string => t('finding.symptom.more', { count: left });
  let fitting = lines.length;
  const whole = (): string =>
    [head, ...lines.slice(0, fitting), ...(fitting < lines.length ? [more(lines.length - fitting)] : [])].join('\n');
  while (whole().length > SYMPTOM_MAX && fitting > 0) fitting -= 1;
  const before = tx.ops.length;
  const done = tx.attempt(() =>
    openTicket(
      tx,
      {
        symptom: order.symptom || (lines.length === 1 ? (lines[0] as string) : whole()),
        ...(order.ticket_category ? { category: order.ticket_category } : {}),
        ...(order.all.person_id ? { person_id: order.all.person_id } : {}),
        ...(order.all.location_id ? { location_id: order.all.location_id } : {}),
        ...(about.length === 1 && about[0] ? { ip: about[0].ip } : {}),
        kind: 'fault',
        channel: 'scan',
      },
      desk,
    ),
  );
  if (done.refusal) {
    const { refusal } = done;
    return {
      rows: rows.map((row) => (row.refused ? row : refusedRow(row.key, facts.get(row.key), refusal))),
      tickets: [],
    };
  }
  const changes = changesOf(tx, tx.ops.slice(before), t);
  const { id, number } = done.value;
  return { rows: rows.map((row) => (row.refused ? row : { ...row, changes })), tickets: [{ id, number }] };
}

const countsOf = (rows: readonly AcceptRow[]): { ready: number; refused: number } => {
  const refused = rows.filter((row) => row.refused !== null).length;
  return { ready: rows.length - refused, refused };
};
const settlingOf = (engine: Engine): Settling => {
  const t = wordsOf(engine);
  const desk: TicketDesk = deskOf(engine);
  return { t, desk, at: { now: Math.trunc(engine.clock.now()), today: engine.today() } };
};

/** What `accept` would do to each row, by doing it and taking it back. */
export function preview(
  engine: Engine,
  order: AcceptOrder,
): { rows: AcceptRow[]; counts: ReturnType<typeof countsOf> } {
  const facts = factsOf(engine, order.sweep_id);
  const settling = settlingOf(engine);
  const { rows } = engine.rehearse((tx) => run(tx, facts, order, settling));
  return { rows, counts: countsOf(rows) };
}

export interface Accepted {
  readonly batch: string | null;
  readonly counts: ReturnType<typeof countsOf>;
  readonly refused: AcceptRow[];
  readonly tickets: Opened[];
}
/** Facts are read and rows written without a pause between: nothing another window does comes in between. */
export function accept(engine: Engine, order: AcceptOrder): Accepted {
  const facts = factsOf(engine, order.sweep_id);
  const settling = settlingOf(engine);
  const { action } = order;
  const { result, batch } = engine.commit(
    `discovery.accept_${action}`,
    (tx) => run(tx, facts, order, settling),
    order.reason || null,
  );
  const refused = result.rows.filter((row) => row.refused !== null);
  const [first] = refused;
  if (first)
    engine.recordRefusal(engine.actor(), `discovery.accept_${action}`, 'finding_rows', {
      count: refused.length,
      ip: first.ip,
    });
  const counts = countsOf(result.rows);
  return { batch: counts.ready > 0 ? batch : null, counts, refused, tickets: result.tickets };
}
