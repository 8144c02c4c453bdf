/** Opens a data folder as a running engine: lease, file, migrations, in that order. */
import { scheduleBackups } from './backup.ts';
import { ReadDb } from './db.ts';
import { diskRefusal } from './disk-errors.ts';
import { Engine, nodePorts, type Ports } from './engine.ts';
import { takeLease } from './lease.ts';
import { openNotebook } from './open.ts';

/**
 * Opens or makes the data folder. Refuses, with nothing changed, when it is in use, read-only, damaged, of a newer version, or
 * on a full disk.
 */
export function startEngine(options: { dataDir: string; ports?: Partial<Ports> }): Engine {
  const dir = options.dataDir;
  const giveBack = takeLease(dir);
  try {
    const raw = openNotebook(dir);
    try {
      const engine = new Engine(new ReadDb(raw), dir, { ...nodePorts, ...options.ports });
      engine.onClose(giveBack);
      // A restore may have exchanged the file since.
      engine.onClose(() => engine.db.raw.close());
      scheduleBackups(engine);
      return engine;
    } catch (error) {
      raw.close();
      throw error;
    }
  } catch (error) {
    giveBack();
    throw diskRefusal(error, dir) ?? error;
  }
}

export type { Engine } from './engine.ts';
