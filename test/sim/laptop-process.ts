/**
 * A laptop as a process of its own, to be killed: works a little on a data folder that has joined, says what is saved and how far it has
 * pulled, and syncs. `node laptop-process.ts FOLDER SEED COMMITS`. Slim: the engine without its router, so that it is there in a moment.
 */
import { writeSync } from 'node:fs';
import { assets } from '../../shared/features/assets.ts';
import { ticketEvents, tickets } from '../../shared/features/tickets.ts';
import { startEngine } from '../../main/engine/start.ts';
import { runSync } from '../../main/engine/sync/run.ts';
import { readState } from '../../main/engine/sync/state.ts';

const [folder = '', seed = '1', commits = '3'] = process.argv.slice(2);
// Straight to the pipe: what was said is out when the next line runs.
const say = (...words: (string | number)[]): void => void writeSync(1, `${words.join(' ')}\n`);

const engine = startEngine({ dataDir: folder });
const row = (table: string, nth: number): string => {
  const ids = engine.db.all<{ id: string }>(`SELECT id FROM ${table} WHERE deleted_at IS NULL ORDER BY id`);
  return ids[nth % ids.length]?.id ?? '';
};
for (let index = 0; index < Number(commits); index += 1) {
  const chance = Number(seed) * 7 + index * 3;
  const { batch } = engine.commit(index % 3 === 2 ? 'tickets.advance' : 'assets.update', (tx) => {
    if (index % 3 === 0) tx.insert(assets, { name: `机${seed}`, category: 'desktop', status: 'in_use' });
    else if (index % 3 === 1) tx.patch(assets, row('assets', chance), { serial: `S${chance}`, brand: `B${chance}` });
    else {
      // Two rows in one commit: both are there or neither.
      const id = row('tickets', chance);
      tx.patch(tickets, id, { phone: String(chance) });
      tx.append(ticketEvents, {
        ticket_id: id,
        kind: 'note',
        at: Math.trunc(engine.clock.now()),
        actor: engine.actor(),
      });
    }
  });
  say('saved', batch);
}
for await (const { phase } of runSync(engine)) {
  const state = readState(engine.db);
  if (phase === 'apply' && state) say('at', state.cursor.rv, state.cursor.ord);
}
say('done');
process.exit(0);
