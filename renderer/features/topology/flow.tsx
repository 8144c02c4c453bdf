/** Devices and links as React Flow draws them. */
import {
  Handle,
  Position,
  useInternalNode,
  useStore,
  type Edge,
  type EdgeProps,
  type Node,
  type NodeProps,
} from '@xyflow/react';
import { memo, type ReactNode } from 'react';
import { dashes, lineKind, strokeOf } from '../../../shared/features/topology/lines.ts';
import type { TopologyLink, TopologyMap, TopologyNode } from '../../../shared/features/topology.ts';
import { shortPort } from '../../../shared/port-name.ts';
import { useText } from '../../i18n.ts';

export type DeviceNode = Node<{ device: TopologyNode }, 'device'>;
/** `lane`: its place among the links of the same two devices, from 0. */
export type LinkEdge = Edge<{ link: TopologyLink; lane: number }, 'link'>;

/** Pixels of a millimetre of paper. */
const PX = 4;
const LANE = 9;
/** Below this, words are too small to be read, and only in the way. */
const WORDS_FROM = 0.45;
const CENTRE = { x: 84, y: 32 } as const;

const Device = memo(function Device({ data: { device } }: NodeProps<DeviceNode>): ReactNode {
  const t = useText();
  const { name, ip, model, place, endpoints, alone, category } = device;
  const below = [
    category === null ? t('topology.unregistered') : (place?.split(' / ').at(-1) ?? t('topology.no_place')),
    alone ? t('topology.alone') : '',
    endpoints > 0 ? t('topology.endpoints', { n: endpoints }) : '',
  ];
  return (
    <div className="topo-node" title={[name, model, ip, place].filter(Boolean).join('\n')}>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <b>{name}</b>
      <span className="mono">{ip ?? model ?? ''}</span>
      <small>{below.filter(Boolean).join(' · ')}</small>
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </div>
  );
});

const Link = memo(function Link({ source, target, data }: EdgeProps<LinkEdge>): ReactNode {
  const [from, to] = [useInternalNode(source), useInternalNode(target)];
  const readable = useStore((state) => state.transform[2] >= WORDS_FROM);
  if (!from || !to || !data) return null;
  const { link, lane } = data;
  const aside = (lane % 2 === 0 ? 1 : -1) * Math.ceil(lane / 2) * LANE;
  const centre = ({ internals }: typeof from): { x: number; y: number } => ({
    x: internals.positionAbsolute.x + CENTRE.x + aside,
    y: internals.positionAbsolute.y + CENTRE.y,
  });
  const [a, b] = [centre(from), centre(to)];
  const level = Math.abs(a.y - b.y) < CENTRE.y * 2;
  const start = level ? a : { x: a.x, y: a.y + Math.sign(b.y - a.y) * CENTRE.y };
  const end = level ? b : { x: b.x, y: b.y - Math.sign(b.y - a.y) * CENTRE.y };
  const kind = lineKind(link);
  const dash = dashes[kind]?.map((each) => each * PX).join(' ');
  const words = [
    link.a_port === null && link.b_port === null
      ? ''
      : [link.a_port, link.b_port].map((port) => (port === null ? '?' : shortPort(port))).join('—'),
    link.up === false ? '×' : '',
    link.conflict === null ? '' : '≠',
  ];
  // beside the lower of the two, where lines have parted
  const near = start.y > end.y ? start : end;
  const share = level ? 0.5 : 0.2;
  const far = near === start ? end : start;
  const path = `M ${start.x} ${start.y} L ${end.x} ${end.y}`;
  return (
    <>
      <path className="react-flow__edge-interaction" d={path} fill="none" strokeOpacity={0} strokeWidth={16} />
      <path
        className={`topo-line topo-line-${kind}${link.bridge ? ' topo-line-bridge' : ''}`}
        d={path}
        strokeWidth={strokeOf(link.speed_mbps) * PX}
        strokeDasharray={dash}
      />
      {readable && (link.a_port !== null || link.b_port !== null || link.up === false || link.conflict !== null) ? (
        <text
          className="topo-ports"
          textAnchor="middle"
          x={near.x + (far.x - near.x) * share}
          y={near.y + (far.y - near.y) * share - 4 - lane * 12}
        >
          {words.filter(Boolean).join(' ')}
        </text>
      ) : null}
    </>
  );
});
export const nodeTypes = { device: Device };
export const edgeTypes = { link: Link };

/** What a filter leaves: devices of the building, and what they are joined to. */
export function shownIds({ nodes, links }: TopologyMap, building: string | null): ReadonlySet<string> {
  if (building === null) return new Set(nodes.map(({ id }) => id));
  const own = new Set(nodes.flatMap((node) => (node.building === building ? [node.id] : [])));
  return new Set([...own, ...links.flatMap(({ a, b }) => (own.has(a) ? [b] : own.has(b) ? [a] : []))]);
}

export function flowNodes(
  map: TopologyMap,
  shown: ReadonlySet<string>,
  found: ReadonlySet<string> | null,
  outline: boolean,
): DeviceNode[] {
  return map.nodes.flatMap((device): DeviceNode[] => {
    if (!shown.has(device.id)) return [];
    const classes = [
      `topo-${device.layer}`,
      device.category === null ? 'topo-unregistered' : '',
      outline && device.spof ? 'topo-spof' : '',
      found === null ? '' : found.has(device.id) ? 'topo-found' : 'topo-dim',
    ];
    return [
      {
        id: device.id,
        type: 'device',
        position: { x: device.x, y: device.y },
        data: { device },
        className: classes.filter(Boolean).join(' '),
        // a device that is not on record has no row to remember its place with
        draggable: device.category !== null,
        ariaLabel: [device.name, device.ip, device.place].filter(Boolean).join(', '),
        width: CENTRE.x * 2,
        height: CENTRE.y * 2,
      },
    ];
  });
}
export function flowEdges(
  { links }: TopologyMap,
  shown: ReadonlySet<string>,
  found: ReadonlySet<string> | null,
): LinkEdge[] {
  const lanes = new Map<string, number>();
  return links.flatMap((link): LinkEdge[] => {
    if (!shown.has(link.a) || !shown.has(link.b)) return [];
    const pair = [link.a, link.b].toSorted().join(' ');
    const lane = lanes.get(pair) ?? 0;
    lanes.set(pair, lane + 1);
    const dim = found !== null && !found.has(link.a) && !found.has(link.b);
    return [
      {
        id: link.id,
        type: 'link',
        source: link.a,
        target: link.b,
        data: { link, lane },
        ...(dim ? { className: 'topo-dim' } : {}),
      },
    ];
  });
}
