/** Opens a data folder as a running engine: lease, file, migrations, in that order. */
import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { isRefusal, refuse } from '../../shared/refusal.ts';
import { scheduleBackups } from './backup.ts';
import { rescue } from './backup/rescue.ts';
import { ReadDb } from './db.ts';
import { diskRefusal } from './disk-errors.ts';
import { Engine, nodePorts, type Ports } from './engine.ts';
import { takeLease } from './lease.ts';
import { databaseFile, openNotebook } from './open.ts';
import { keepGrace } from './sync/grace.ts';
import { keepSearchUp } from './search-later.ts';

/**
 * Opens or makes the data folder. Refuses, with nothing changed, when it is in use, read-only, of a newer version, on a full disk, or
 * damaged without a backup.
 */
export function startEngine(options: { dataDir: string; ports?: Partial<Ports> }): Engine {
  try {
    return openFolder(options);
  } catch (error) {
    const refusal = isRefusal(error) ? error : diskRefusal(error, options.dataDir);
    // Nothing was to be saved yet: what did not succeed is the opening.
    throw refusal?.code === 'disk_full' ? refuse('disk_full_open') : (refusal ?? error);
  }
}

function openFolder({ dataDir: dir, ports: given }: { dataDir: string; ports?: Partial<Ports> }): Engine {
  const giveBack = takeLease(dir);
  try {
    const ports: Ports = { ...nodePorts, ...given };
    const raw = openOrRescue(dir, ports);
    try {
      const engine = new Engine(new ReadDb(raw), dir, ports);
      engine.onClose(giveBack);
      // A restore may have exchanged the file since.
      engine.onClose(() => engine.db.raw.close());
      scheduleBackups(engine);
      keepGrace(engine);
      keepSearchUp(engine);
      return engine;
    } catch (error) {
      raw.close();
      throw error;
    }
  } catch (error) {
    giveBack();
    throw error;
  }
}

/**
 * A damaged file gives way to the newest verified backup (it is kept, see rescue.ts); without one it is refused as it is. An empty or
 * missing file is a loss too where a verified backup shows that there was a notebook, and not the blank one that SQLite would make
 * of it. Whoever wants to begin anew takes another folder. Without a verified backup it is the first start of a new folder.
 */
function openOrRescue(dir: string, ports: Ports): Database {
  const now = Math.trunc(ports.clock.now());
  const size = statSync(databaseFile(dir), { throwIfNoEntry: false })?.size ?? 0;
  const rescued = size === 0 ? rescue(dir, now) : null;
  if (rescued) return rescued;
  try {
    return openNotebook(dir);
  } catch (error) {
    const refusal = diskRefusal(error, dir);
    if (refusal?.code !== 'database_damaged') throw error;
    const instead = rescue(dir, now);
    if (!instead) throw refusal;
    return instead;
  }
}

export type { Engine } from './engine.ts';
