/** Places of devices: layers from top to bottom, the order within a layer by dagre, which keeps crossings few. Pure. */
import { graphlib, layout } from '@dagrejs/dagre';
import { layers, type Layer } from '../../../../shared/features/topology.ts';

/** Size of a device in units of the screen, and what is left between two. */
export const NODE = { width: 168, height: 64 } as const;
const GAP = 26;
const LAYER_GAP = 170;
const ROW_GAP = 100;
/** More in a row are too small on A3. */
const MOST_IN_ROW = 24;

export interface ToPlace {
  readonly id: string;
  readonly layer: Layer;
}
type Pairs = readonly { readonly a: string; readonly b: string }[];
export interface Spot {
  readonly x: number;
  readonly y: number;
}

function across(devices: readonly ToPlace[], links: Pairs): Map<string, number> {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: GAP, ranksep: 60 });
  graph.setDefaultEdgeLabel(() => ({}));
  const rank = new Map(devices.map(({ id, layer }) => [id, layers.indexOf(layer)]));
  for (const { id } of devices) graph.setNode(id, { width: NODE.width, height: NODE.height });
  for (const { a, b } of links) {
    const down = (rank.get(b) ?? 0) - (rank.get(a) ?? 0);
    // links within a layer would push one end a layer down: they do not order anything
    if (down > 0) graph.setEdge(a, b, { minlen: down });
    else if (down < 0) graph.setEdge(b, a, { minlen: -down });
  }
  layout(graph);
  return new Map(devices.map(({ id }) => [id, (graph.node(id) as { x?: number } | undefined)?.x ?? 0]));
}

/** Pushes apart what dagre put above one another, and keeps the middle of the row where it was. */
function spread(row: readonly { id: string; x: number }[]): Map<string, number> {
  const step = NODE.width + GAP;
  const placed: { id: string; x: number }[] = [];
  for (const each of row) placed.push({ id: each.id, x: Math.max(each.x, (placed.at(-1)?.x ?? -Infinity) + step) });
  const middle = (list: readonly { x: number }[]): number =>
    list.reduce((sum, { x }) => sum + x, 0) / Math.max(1, list.length);
  const shift = middle(row) - middle(placed);
  return new Map(placed.map(({ id, x }) => [id, x + shift]));
}

/** The upper left corner of each device. Those joined to nothing stand below all others. */
export function layOut(devices: readonly ToPlace[], links: Pairs): Map<string, Spot> {
  const joined = new Set(links.flatMap(({ a, b }) => [a, b]));
  const order = across(
    devices.filter(({ id }) => joined.has(id)),
    links,
  );
  const width = Math.max(MOST_IN_ROW * (NODE.width + GAP), ...order.values());
  const spots = new Map<string, Spot>();
  let y = 0;
  const put = (row: Map<string, number>): void => {
    for (const [id, x] of row) spots.set(id, { x: Math.round(x - NODE.width / 2), y: Math.round(y) });
  };
  for (const layer of layers) {
    const row = devices
      .flatMap(({ id, layer: own }) => (own === layer && joined.has(id) ? [{ id, x: order.get(id) ?? 0 }] : []))
      .toSorted((a, b) => a.x - b.x || (a.id < b.id ? -1 : 1));
    if (row.length === 0) continue;
    const rows = Math.ceil(row.length / MOST_IN_ROW);
    const each = Math.ceil(row.length / rows);
    for (let at = 0; at < row.length; at += each) {
      const piece = row.slice(at, at + each);
      if (at > 0) y += ROW_GAP;
      put(rows === 1 ? spread(piece) : new Map(piece.map(({ id }, n) => [id, (width * (n + 0.5)) / each])));
    }
    y += LAYER_GAP;
  }
  const alone = devices.filter(({ id }) => !joined.has(id));
  const start = Math.min(NODE.width / 2, ...[...spots.values()].map(({ x }) => x + NODE.width / 2));
  const wide = Math.max(8, Math.min(MOST_IN_ROW, Math.round(width / 2 / (NODE.width + GAP))));
  for (let at = 0; at < alone.length; at += wide) {
    put(new Map(alone.slice(at, at + wide).map(({ id }, n) => [id, start + n * (NODE.width + GAP)])));
    y += ROW_GAP;
  }
  return spots;
}
