/** Two cards that take turns at one address over several sweeps. */

export function grouped<T>(rows: readonly T[], keyOf: (row: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

/**
 * IPs that went from one MAC to another and back over several sweeps, with all their MACs: two hosts fight for one address, and a
 * single look at the neighbour table shows only the winner. `sightings` oldest first.
 */
export function flipping(sightings: readonly { ip: string; mac: string | null }[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [ip, rows] of grouped(sightings, (row) => (row.mac === null ? null : row.ip))) {
    const changes = rows.map((row) => row.mac as string).filter((mac, at, all) => mac !== all[at - 1]);
    const distinct = new Set(changes);
    if (changes.length > distinct.size) found.set(ip, [...distinct].toSorted());
  }
  return found;
}
