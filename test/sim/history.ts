/** A whole history, from the first turn to the reckoning: all come back, sync until nothing is left, and are held to every invariant. */
import { refusalOf } from '../support/engine.ts';
import { i1Convergence, i10GaplessHead, i2Idempotence } from './invariants/convergence.ts';
import { i13WorkLog, i3Decided, i3HandedOver, i3i4i19EachOnce, i6OwnOrder } from './invariants/durability.ts';
import { hubLog, i8i12i15LogTellsAll } from './invariants/log.ts';
import {
  i11OneHolder,
  i11Parents,
  i11Slices,
  i14ApprovedAsIs,
  i16HeldIsRecorded,
  i18ResolvedStays,
} from './invariants/rules.ts';
import type { SimLaptop } from './laptop.ts';
import { begin, play, type Played } from './play.ts';
import type { School } from './school.ts';
import type { History } from './steps.ts';

/** What histories came to, so that none passes in which nothing happened. */
export interface Totals {
  histories: number;
  applied: number;
  held: number;
  restored: number;
  forked: number;
  /** Which turn is being played. */
  at: string;
}
export const newTotals = (): Totals => ({ histories: 0, applied: 0, held: 0, restored: 0, forked: 0, at: '' });

/** Once to bring all home, once to fetch what the others brought; a copied folder may need another to find out that it is one. */
const ROUNDS = 3;

/** Who may still come; a laptop whose access was ended hands over what it had not sent. */
async function comeHome({ scene }: Played): Promise<{ back: SimLaptop[]; away: SimLaptop[] }> {
  const { rows } = await scene.store.hub.pool.query<{ machine: string }>(
    'SELECT machine FROM sync.device WHERE revoked_at IS NOT NULL',
  );
  const revoked = new Set(rows.map(({ machine }) => machine));
  const back = scene.laptops.filter(({ machine }) => !revoked.has(machine));
  for (let round = 0; round < ROUNDS; round += 1) for (const laptop of back) await laptop.sync();
  const away = scene.laptops.filter(({ machine }) => revoked.has(machine));
  for (const laptop of away) expect((await refusalOf(laptop.sync())).code).toBe('device_revoked');
  return { back, away };
}

export async function reckon(played: Played, totals: Totals): Promise<void> {
  const { hub } = played.scene.store;
  const { back, away } = await comeHome(played);
  const commits = await hubLog(hub);
  await i1Convergence(hub, back);
  for (const laptop of back) i3Decided(laptop);
  await i3i4i19EachOnce(hub, played.ledger, commits);
  await i3HandedOver(hub, away);
  i6OwnOrder(commits);
  const { applied, held } = await i8i12i15LogTellsAll(hub, commits);
  await i10GaplessHead(hub);
  await i11OneHolder(hub);
  await i11Slices(hub, played.scene.time.ms);
  await i11Parents(hub);
  await i14ApprovedAsIs(back);
  await i13WorkLog(hub, commits, back);
  await i16HeldIsRecorded(hub, commits);
  i18ResolvedStays(commits);
  await i2Idempotence(hub, back);
  totals.histories += 1;
  totals.applied += applied;
  totals.held += held;
  totals.restored += (await hub.pool.query("SELECT 1 FROM sync.event WHERE kind = 'restored'")).rows.length;
  totals.forked += back.filter(
    ({ engine: { db } }) => db.value("SELECT 1 FROM _sync_log WHERE code = 'forked' LIMIT 1") !== undefined,
  ).length;
}

/** `look` sees the end of it before all is thrown away. */
export async function playHistory(
  school: School,
  { laptops, turns }: History,
  totals: Totals,
  honest = false,
  look: (played: Played) => Promise<void> = async () => undefined,
): Promise<void> {
  const scene = await school.scene(laptops, honest);
  try {
    const played = begin(scene, honest);
    for (const [index, turn] of turns.entries()) {
      totals.at = String(index);
      await play(played, turn);
    }
    totals.at = 'the end';
    await reckon(played, totals);
    await look(played);
  } finally {
    await scene.close();
  }
}
