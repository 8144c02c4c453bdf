/** Places of devices: layers from top to bottom, the order within a layer by dagre, which keeps crossings few. Pure. */
import { graphlib, layout } from '@dagrejs/dagre';
import { layers, type Layer } from '../../../../shared/features/topology.ts';

/** Size of a device in units of the screen, and what is left between two. */
export const NODE = { width: 168, height: 64 } as const;
const GAP = 26;
const LAYER_GAP = 170;
const ROW_GAP = 104;
/** A layer of more stands in several rows, each device under the gap of two above it: else nothing could be read. */
const ONE_ROW = 10;
const ROW = 16;
const rowsFor = (count: number): number => (count <= ONE_ROW ? 1 : Math.max(2, Math.ceil(count / ROW)));

export interface ToPlace {
  readonly id: string;
  readonly layer: Layer;
}
type Pairs = readonly { readonly a: string; readonly b: string }[];
export interface Spot {
  readonly x: number;
  readonly y: number;
}

function across(devices: readonly ToPlace[], links: Pairs, rows: (layer: Layer) => number): Map<string, number> {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: GAP, ranksep: 60 });
  graph.setDefaultEdgeLabel(() => ({}));
  const rank = new Map(devices.map(({ id, layer }) => [id, layers.indexOf(layer)]));
  for (const { id, layer } of devices)
    graph.setNode(id, { width: (NODE.width + GAP) / rows(layer) - GAP, height: NODE.height });
  for (const { a, b } of links) {
    const down = (rank.get(b) ?? 0) - (rank.get(a) ?? 0);
    // links within a layer would push one end a layer down: they do not order anything
    if (down > 0) graph.setEdge(a, b, { minlen: down });
    else if (down < 0) graph.setEdge(b, a, { minlen: -down });
  }
  layout(graph);
  return new Map(devices.map(({ id }) => [id, (graph.node(id) as { x?: number } | undefined)?.x ?? 0]));
}

/** Pushes apart what dagre put above one another, and keeps the middle of the layer where it was. */
function spread(row: readonly { id: string; x: number }[], step: number): { id: string; x: number }[] {
  const placed: { id: string; x: number }[] = [];
  for (const each of row) placed.push({ id: each.id, x: Math.max(each.x, (placed.at(-1)?.x ?? -Infinity) + step) });
  const middle = (list: readonly { x: number }[]): number =>
    list.reduce((sum, { x }) => sum + x, 0) / Math.max(1, list.length);
  const shift = middle(row) - middle(placed);
  return placed.map(({ id, x }) => ({ id, x: x + shift }));
}

/** The upper left corner of each device. Those joined to nothing stand below all others. */
export function layOut(devices: readonly ToPlace[], links: Pairs): Map<string, Spot> {
  const joined = new Set(links.flatMap(({ a, b }) => [a, b]));
  const drawn = devices.filter(({ id }) => joined.has(id));
  const rows = new Map(layers.map((layer) => [layer, rowsFor(drawn.filter((each) => each.layer === layer).length)]));
  const order = across(drawn, links, (layer) => rows.get(layer) ?? 1);
  const spots = new Map<string, Spot>();
  const put = (id: string, x: number, y: number): void =>
    void spots.set(id, { x: Math.round(x - NODE.width / 2), y: Math.round(y) });
  let y = 0;
  for (const layer of layers) {
    const row = drawn
      .flatMap(({ id, layer: own }) => (own === layer ? [{ id, x: order.get(id) ?? 0 }] : []))
      .toSorted((a, b) => a.x - b.x || (a.id < b.id ? -1 : 1));
    if (row.length === 0) continue;
    const count = rows.get(layer) ?? 1;
    for (const [index, { id, x }] of spread(row, (NODE.width + GAP) / count).entries())
      put(id, x, y + (index % count) * ROW_GAP);
    y += LAYER_GAP + (count - 1) * ROW_GAP;
  }
  const alone = devices.filter(({ id }) => !joined.has(id));
  const xs = [...spots.values()].map(({ x }) => x);
  const start = xs.length === 0 ? 0 : Math.min(...xs);
  const wide = xs.length === 0 ? ROW : Math.max(8, Math.round((Math.max(...xs) - start) / (NODE.width + GAP)));
  for (const [index, { id }] of alone.entries())
    put(id, start + NODE.width / 2 + (index % wide) * (NODE.width + GAP), y + Math.floor(index / wide) * ROW_GAP);
  return spots;
}
