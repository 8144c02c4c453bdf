/** How far from the way out a device stands: by its kind, by what it is called, else by what hangs on it. Pure. */
import type { Layer } from '../../../../shared/features/topology.ts';

export interface Placed {
  readonly id: string;
  readonly category: string | null;
  /** Its names. */
  readonly words: string;
}
type Pairs = readonly { readonly a: string; readonly b: string }[];

const CALLED: readonly (readonly [RegExp, Layer])[] = [
  [/核心|\bcore\b/i, 'core'],
  [/汇聚|aggregation|distribution|\bagg\b/i, 'aggregation'],
  [/接入|\baccess\b/i, 'access'],
];
const KINDS: Readonly<Record<string, Layer>> = {
  firewall: 'edge',
  router: 'edge',
  ap: 'end',
  controller: 'end',
  converter: 'end',
};

function said({ category, words }: Placed): Layer | null {
  if (category === null || category === 'switch') return CALLED.find(([pattern]) => pattern.test(words))?.[1] ?? null;
  return KINDS[category] ?? 'end';
}

export function layersOf(devices: readonly Placed[], links: Pairs): Map<string, Layer> {
  const layers = new Map(
    devices.flatMap((device) => ((layer) => (layer ? [[device.id, layer] as const] : []))(said(device))),
  );
  const around = new Map<string, Set<string>>(devices.map(({ id }) => [id, new Set()]));
  for (const { a, b } of links) {
    around.get(a)?.add(b);
    around.get(b)?.add(a);
  }
  const degree = (id: string): number => around.get(id)?.size ?? 0;
  const open = devices.filter(({ id }) => !layers.has(id));
  if (![...layers.values()].includes('core')) {
    const most = open.toSorted((x, y) => degree(y.id) - degree(x.id) || (x.id < y.id ? -1 : 1))[0];
    if (most && degree(most.id) >= 3) layers.set(most.id, 'core');
  }
  const cores = new Set([...layers].flatMap(([id, layer]) => (layer === 'core' ? [id] : [])));
  for (const { id, category } of open) {
    if (layers.has(id)) continue;
    const near = [...(around.get(id) ?? [])];
    const below = near.filter((other) => !cores.has(other) && !['edge', 'end'].includes(layers.get(other) ?? ''));
    if (category === null && near.length < 2) layers.set(id, 'end');
    else layers.set(id, near.some((other) => cores.has(other)) && below.length >= 2 ? 'aggregation' : 'access');
  }
  return layers;
}
