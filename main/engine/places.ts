/** The law of the tree of places, asked by its own commands and by settling a conflict about it. */
import { locations } from '../../shared/features/locations.ts';
import { refuse } from '../../shared/refusal.ts';
import type { WriteDb } from './door.ts';

/** Refuses a parent that lies below the place itself. A loop that sync left above is no reason to walk for ever. */
export function checkParent(tx: WriteDb, id: string, parent: string | null | undefined): void {
  const self = tx.need(locations, id);
  const seen = new Set<string>();
  for (let at = parent ?? null; at !== null && !seen.has(at); at = tx.need(locations, at).parent_id) {
    if (at === id) throw refuse('location_loop', { name: self.name });
    seen.add(at);
  }
}
