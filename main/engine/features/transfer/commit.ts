/** Puts a judged file into the register: one batch, all or nothing. */
import { assets } from '../../../../shared/features/assets.ts';
import { locations } from '../../../../shared/features/locations.ts';
import { people } from '../../../../shared/features/people.ts';
import { defaultsOf, type Target } from '../../../../shared/features/transfer/targets.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import type { DraftOf } from '../../../../shared/record.ts';
import { isRefusal, refuse } from '../../../../shared/refusal.ts';
import { refusalText } from '../../../../shared/refusal-text.ts';
import { backupBefore } from '../../backup.ts';
import type { Stored } from '../../codec.ts';
import type { WriteDb } from '../../door.ts';
import type { Engine } from '../../engine.ts';
import { wordsOf } from '../../words.ts';
import { createAsset, updateAsset } from '../assets.ts';
import { lastCommit } from './judge.ts';
import { kindOfPlace, placeKey, placesOf, type Places } from './lookups.ts';
import type { Pending, Plan, PlannedRow } from './plan.ts';
import { judgedOf, judgeFile } from './preview.ts';
import { stagingOf } from './staging.ts';

/** Rows from which on an import is preceded by a backup (security.md R4). */
const LARGE = 500;
/** A register that is written to all the time (a sync of months) lets no judgement end: then try later. */
const TRIES = 5;

export interface Committed {
  batch: string;
  added: number;
  updated: number;
  skipped: number;
  errors: number;
  places: number;
  people: number;
}

/**
 * Refuses `import_done` for a file that is in already (a double click), `import_nothing` when every row is skipped or wrong, and
 * `import_changed` when the register changed since the dry run in a way that changes the verdicts.
 */
export async function commitFile(engine: Engine, token: string): Promise<Committed> {
  const staging = stagingOf(engine);
  if (staging.get(token).batch !== null) throw refuse('import_done');
  let { plan, options } = await judgedOf(engine, token);
  if (plan.counts.add + plan.counts.update > LARGE) await backupBefore(engine, 'import');
  const before = plan.counts;
  // Judging pauses for other work: what was written meanwhile must be judged too.
  for (let tries = 0; plan.seen !== lastCommit(engine.db); tries += 1) {
    if (tries === TRIES) throw refuse('import_changed');
    for await (const step of judgeFile(engine, token, options)) if ('plan' in step) plan = step.plan;
    if (Object.entries(before).some(([verdict, n]) => plan.counts[verdict as keyof typeof before] !== n))
      throw refuse('import_changed');
  }
  // From the last check above on without a pause: nothing comes between it and the transaction.
  if (staging.get(token).batch !== null) throw refuse('import_done');
  if (plan.counts.add + plan.counts.update === 0)
    throw refuse('import_nothing', { skip: plan.counts.skip, error: plan.counts.error });
  const { result, batch } = engine.commit('transfer.commit', (tx) => apply(tx, options.target, plan, wordsOf(engine)));
  staging.committed(token, batch);
  const { add: added, update: updated, skip: skipped, error: errors } = plan.counts;
  return { batch, added, updated, skipped, errors, ...result };
}

function apply(tx: WriteDb, target: Target, plan: Plan, t: Translate): { places: number; people: number } {
  const maker = new Maker(tx, plan);
  for (const row of plan.rows) {
    if (row.verdict !== 'add' && row.verdict !== 'update') continue;
    try {
      write(tx, target, row, maker.resolve(row));
    } catch (error) {
      // The whole batch is rolled back; the row that stopped it is named
      if (isRefusal(error))
        throw refuse('import_row', {
          row: row.row,
          why: refusalText(t, error.code, error.params),
        });
      throw error;
    }
  }
  return { places: maker.places, people: maker.people };
}

/** The shapes were judged field by field with the record's own rules; the door checks them once more. */
function write(tx: WriteDb, target: Target, { id }: PlannedRow, values: Readonly<Record<string, Stored>>): void {
  switch (target) {
    case 'assets':
      if (id === null) createAsset(tx, values as DraftOf<typeof assets>);
      else updateAsset(tx, id, values);
      return;
    case 'people':
      if (id === null) tx.insert(people, values as DraftOf<typeof people>);
      else tx.patch(people, id, values);
  }
}

/** Makes the places and people that rows refer to, each once, when the first row needs it. */
class Maker {
  readonly #tx: WriteDb;
  readonly #plan: Plan;
  readonly #known: Places;
  readonly #made = new Map<string, string>();
  places = 0;
  people = 0;

  constructor(tx: WriteDb, plan: Plan) {
    this.#tx = tx;
    this.#plan = plan;
    this.#known = placesOf(tx);
  }

  resolve(row: PlannedRow): Record<string, Stored> {
    const values = { ...row.values };
    for (const [field, pending] of Object.entries(row.pending)) values[field] = this.#id(pending);
    return values;
  }

  #id({ table, key }: Pending): string {
    const known = this.#made.get(`${table}/${key}`);
    if (known !== undefined) return known;
    const id = table === 'people' ? this.#person(key) : this.#place(this.#plan.places.get(key) ?? [key]);
    this.#made.set(`${table}/${key}`, id);
    return id;
  }

  #person(key: string): string {
    const wanted = this.#plan.people.get(key);
    const { id } = this.#tx.insert(people, {
      ...defaultsOf.people,
      name: wanted?.name ?? key,
      department: wanted?.department ?? null,
    } as DraftOf<typeof people>);
    this.people += 1;
    return id;
  }

  /** Along the path: parts that this import made already are used, the others made below the deepest known one. */
  #place(parts: readonly string[]): string {
    const { parent, rest } = this.#known.above(parts);
    const from = parts.length - rest.length;
    let at = parent;
    rest.forEach((name, i) => {
      const key = `locations/${placeKey(parts.slice(0, from + i + 1))}`;
      const made = this.#made.get(key);
      if (made === undefined) {
        at = this.#tx.insert(locations, { name, kind: kindOfPlace(name), parent_id: at }).id;
        this.places += 1;
        this.#made.set(key, at);
      } else at = made;
    });
    if (at === null) throw refuse('not_found');
    return at;
  }
}
