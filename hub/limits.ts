/** How often somebody may ask: a fixed window per key, in memory. Time is passed in. */
export interface Limiter {
  /** Null when the request may go on, otherwise the seconds to wait (for Retry-After). */
  hit(key: string, now: number): number | null;
}

/** More keys than this at once are an attack from many addresses: the oldest are forgotten, the memory stays bounded. */
const MAX_KEYS = 10_000;

export function limiter(max: number, windowMs: number): Limiter {
  const seen = new Map<string, { since: number; count: number }>();
  return {
    hit(key, now) {
      const known = seen.get(key);
      if (!known || now - known.since >= windowMs) {
        seen.delete(key);
        seen.set(key, { since: now, count: 1 });
        const oldest = seen.size > MAX_KEYS ? seen.keys().next().value : undefined;
        if (oldest !== undefined) seen.delete(oldest);
        return null;
      }
      known.count += 1;
      return known.count <= max ? null : Math.ceil((known.since + windowMs - now) / 1000);
    },
  };
}
