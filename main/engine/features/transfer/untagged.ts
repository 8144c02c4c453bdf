/** Assets that have no number in the file. Nothing names them, so a row is one of the register's only when it says the same. */
import { assets } from '../../../../shared/features/assets.ts';
import { narrowKey } from '../../../../shared/features/transfer/cells.ts';
import type { ReadDb } from '../../db.ts';
import { iterateRecords } from '../../list.ts';
import type { RecordRow } from './match.ts';

const nameKey = (name: unknown): string => narrowKey(String(name ?? '')).toLowerCase();
const isNumbered = (asset: RecordRow): boolean => Boolean(asset['tag'] || asset['serial']);

export class Untagged {
  readonly #db: ReadDb;
  /** Records that a row of the file is already; each is one thing, so it is nobody else. */
  readonly #used = new Set<string>();
  #byName: ReadonlyMap<string, readonly RecordRow[]> | null = null;

  constructor(db: ReadDb) {
    this.#db = db;
  }

  use(id: string): void {
    this.#used.add(id);
  }

  /** The record without a number that says all a row says; of several alike each is taken once. */
  take(name: unknown, isSame: (asset: RecordRow) => boolean): RecordRow | null {
    const free = this.#named(name).find((asset) => !isNumbered(asset) && !this.#used.has(asset.id) && isSame(asset));
    if (free) this.use(free.id);
    return free ?? null;
  }

  /**
   * Records, not yet found in the file, that a row without a match may be after all: one of that name without a number (it was
   * edited since), or one that says the same and got its number later. Asked for when every row has been looked at.
   */
  twin(name: unknown, isSame: (asset: RecordRow) => boolean): RecordRow | null {
    return (
      this.#named(name).find((asset) => !this.#used.has(asset.id) && (!isNumbered(asset) || isSame(asset))) ?? null
    );
  }

  #named(name: unknown): readonly RecordRow[] {
    if (!this.#byName) {
      const byName = new Map<string, RecordRow[]>();
      for (const asset of iterateRecords(this.#db, assets, { filter: [], sort: [] })) {
        const key = nameKey(asset.name);
        const known = byName.get(key);
        if (known) known.push(asset);
        else byName.set(key, [asset]);
      }
      this.#byName = byName;
    }
    return this.#byName.get(nameKey(name)) ?? [];
  }
}
