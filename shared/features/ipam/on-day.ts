/** What became of an address between a day and today. Pure. */
import { z } from 'zod';

export const dayChange = z.enum(['same', 'changed', 'given', 'released']);
export type DayChange = z.infer<typeof dayChange>;

interface Held {
  readonly person: string;
  readonly mac: string | null;
  readonly place: string;
  readonly state: string;
}

/** `given`: nobody had it then. `changed`: another person, card, place or state. */
export function changeOf(then: Held | null, now: Held | null): DayChange {
  if (then === null) return 'given';
  if (now === null) return 'released';
  const same =
    then.person === now.person && then.mac === now.mac && then.place === now.place && then.state === now.state;
  return same ? 'same' : 'changed';
}
