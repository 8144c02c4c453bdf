/** Opens a data folder as a running engine: lease, file, migrations, in that order. */
import { join } from 'node:path';
import { ReadDb, openDb } from './db.ts';
import { diskRefusal } from './disk-errors.ts';
import { Engine, nodePorts, type Ports } from './engine.ts';
import { takeLease } from './lease.ts';
import { migrate } from './migrate.ts';
import { parseIp } from '../../shared/ip.ts';

/** The database file inside a data folder. */
export const databaseFile = (dir: string): string => join(dir, 'lanbook.db');

/**
 * Opens or makes the data folder. Refuses, with nothing changed, when it is in use, read-only, damaged, of a newer version, or
 * on a full disk.
 */
export function startEngine(options: { dataDir: string; ports?: Partial<Ports> }): Engine {
  const dir = options.dataDir;
  const giveBack = takeLease(dir);
  try {
    const raw = openDb(databaseFile(dir));
    try {
      raw.function('ip_order', { deterministic: true, directOnly: true }, (ip) => (typeof ip === 'string' ? parseIp(ip) : null));
      migrate(raw, dir);
      const engine = new Engine(new ReadDb(raw), dir, { ...nodePorts, ...options.ports });
      engine.onClose(giveBack);
      engine.onClose(() => raw.close());
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
