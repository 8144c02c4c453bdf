/** Single points of failure: what falls apart when one device or one link is lost. Pure; Tarjan's algorithm, without recursion. */

export interface Edge {
  readonly id: string;
  readonly a: string;
  readonly b: string;
}
export interface Weak {
  /** Devices whose loss separates others (articulation points). */
  readonly points: ReadonlySet<string>;
  /** Links whose loss separates their ends (bridges); of two side by side, neither is one. */
  readonly bridges: ReadonlySet<string>;
}

export function weakPoints(nodes: readonly string[], edges: readonly Edge[]): Weak {
  const known = new Set(nodes);
  const around = new Map<string, { edge: string; to: string }[]>(nodes.map((id) => [id, []]));
  for (const { id, a, b } of edges) {
    if (a === b || !known.has(a) || !known.has(b)) continue;
    around.get(a)?.push({ edge: id, to: b });
    around.get(b)?.push({ edge: id, to: a });
  }
  const found = new Map<string, number>();
  const low = new Map<string, number>();
  const points = new Set<string>();
  const bridges = new Set<string>();
  const lower = (id: string, value: number): void => void low.set(id, Math.min(low.get(id) ?? value, value));
  for (const root of nodes) {
    if (found.has(root)) continue;
    let roots = 0;
    const stack: { id: string; by: string | null; next: number }[] = [{ id: root, by: null, next: 0 }];
    found.set(root, found.size);
    lower(root, found.get(root) ?? 0);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const step = around.get(top.id)?.[top.next];
      top.next += 1;
      if (step) {
        if (step.edge === top.by) continue;
        const seen = found.get(step.to);
        if (seen !== undefined) lower(top.id, seen);
        else {
          found.set(step.to, found.size);
          lower(step.to, found.get(step.to) ?? 0);
          if (top.id === root) roots += 1;
          stack.push({ id: step.to, by: step.edge, next: 0 });
        }
        continue;
      }
      stack.pop();
      const up = stack.at(-1);
      if (!up || top.by === null) continue;
      const own = low.get(top.id) ?? 0;
      lower(up.id, own);
      const at = found.get(up.id) ?? 0;
      if (own > at) bridges.add(top.by);
      if (own >= at && up.id !== root) points.add(up.id);
    }
    if (roots > 1) points.add(root);
  }
  return { points, bridges };
}
