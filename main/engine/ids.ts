/** Ids of new records: UUIDv7, in the order they were made also within one millisecond, so that lists by id show that order. */
import { v7 } from 'uuid';

/** Only ever grows: what is made for another moment in between (a sweep of last week) must not set the order of this one back. */
let count = 0;

/** `now` is the moment it is made for, ms UTC; the parts of a millisecond are told by the order of calls. */
export function newId(now: number): string {
  // Thirty-two bits of the id hold it.
  count = (count + 1) >>> 0;
  return v7({ msecs: Math.trunc(now), seq: count });
}
