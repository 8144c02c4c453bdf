/** Ids of new records: UUIDv7, in the order they were made also within one millisecond, so that lists by id show that order. */
import { v7 } from 'uuid';

let last = 0;
let count = 0;

/** `now` is the clock's ms UTC; a clock that was set back starts its own order again. */
export function newId(now: number): string {
  count = now === last ? count + 1 : 0;
  last = now;
  return v7({ msecs: now, seq: count });
}
