/** The topology as a drawing on paper (F-07): millimetres, black on white, medium by kind of line, speed by its width. Pure. */
import type { PaperBlock, PaperShape } from '../../../../shared/paper.ts';
import type { TopologyMap, TopologyNode } from '../../../../shared/features/topology.ts';
import { shortPort } from '../../../../shared/port-name.ts';
import { dashes, lineKind, lineKinds, lineWord, strokeOf } from '../../../../shared/features/topology/lines.ts';
import type { Desk } from '../papers/desk.ts';
import { NODE } from './layout.ts';

type Drawing = Extract<PaperBlock, { kind: 'drawing' }>;
export interface TitleBlock {
  readonly number: string;
  readonly version: string;
  readonly date: string;
  readonly drawn: string;
}
/** Of the leaf, without margins, title and foot. */
const SHEETS = { landscape: { width: 244, height: 146 }, a3: { width: 376, height: 236 } } as const;
export type Sheet = keyof typeof SHEETS;
/** More devices cannot be read on A4. */
const ON_A4 = 14;
export const sheetFor = ({ nodes }: TopologyMap): Sheet => (nodes.length > ON_A4 ? 'a3' : 'landscape');

const BLOCK = { width: 96, row: 5.5 } as const;
/** A letter takes half the height of a Chinese character in width. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, char) => sum + ((char.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.56), 0);
const fitting = (text: string, width: number, most: number): number =>
  Math.max(0.8, Math.min(most, width / Math.max(1, widthOf(text))));

export function topologyDrawing(desk: Desk, map: TopologyMap, sheet: Sheet, title: TitleBlock): Drawing {
  const { t } = desk;
  const { width, height } = SHEETS[sheet];
  const legend = BLOCK.row * 4 + 3;
  const room = { width: width - 4, height: height - legend - 8 };
  const left = Math.min(...map.nodes.map(({ x }) => x));
  const top = Math.min(...map.nodes.map(({ y }) => y));
  const span = {
    x: Math.max(...map.nodes.map(({ x }) => x)) - left + NODE.width,
    y: Math.max(...map.nodes.map(({ y }) => y)) - top + NODE.height,
  };
  const across = Math.min(0.2, room.width / span.x);
  const down = Math.min(0.3, room.height / span.y);
  const box = { w: NODE.width * across, h: Math.min(NODE.height * down, NODE.width * across * 0.62, 13) };
  const margin = (room.width - span.x * across) / 2 + 2;
  const at = ({ x, y }: TopologyNode): { x: number; y: number } => ({
    x: margin + (x - left) * across,
    y: 4 + (y - top) * down,
  });
  const shapes: PaperShape[] = [{ kind: 'box', x: 0, y: 0, w: width, h: height, stroke: 0.5 }];
  const places = new Map(map.nodes.map((node) => [node.id, at(node)]));
  const words: PaperShape[] = [];
  const lanes = new Map<string, number>();
  for (const link of map.links) {
    const [a, b] = [places.get(link.a), places.get(link.b)];
    if (!a || !b) continue;
    // links side by side do not cover one another
    const pair = [link.a, link.b].toSorted().join(' ');
    const lane = lanes.get(pair) ?? 0;
    lanes.set(pair, lane + 1);
    const aside = (lane % 2 === 0 ? 1 : -1) * Math.ceil(lane / 2) * 2.4;
    const [upper, lower] = a.y <= b.y ? [a, b] : [b, a];
    const level = Math.abs(a.y - b.y) < box.h;
    const from = { x: upper.x + box.w / 2 + aside, y: level ? upper.y + box.h / 2 + aside : upper.y + box.h };
    const to = { x: lower.x + box.w / 2 + aside, y: level ? lower.y + box.h / 2 + aside : lower.y };
    const dash = dashes[lineKind(link)];
    shapes.push({
      kind: 'line',
      points: [
        [from.x, from.y],
        [to.x, to.y],
      ],
      stroke: strokeOf(link.speed_mbps),
      ...(dash ? { dash: [...dash] } : {}),
    });
    const ports = a.y <= b.y ? [link.a_port, link.b_port] : [link.b_port, link.a_port];
    const text = [
      ports[0] === null && ports[1] === null
        ? ''
        : ports.map((port) => (port === null ? '?' : shortPort(port))).join('—'),
      link.up === false ? '×' : '',
      link.conflict === null ? '' : '≠',
    ]
      .filter(Boolean)
      .join(' ');
    if (text === '') continue;
    words.push({
      kind: 'words',
      x: level ? (from.x + to.x) / 2 : to.x,
      y: level ? to.y - 0.8 : to.y - 1.2 - lane * 2,
      text,
      size: fitting(text, box.w + 5, 1.9),
      anchor: 'middle',
      mono: true,
      ground: true,
    });
  }
  for (const node of map.nodes) shapes.push(...nodeShapes(desk, node, at(node), box));
  shapes.push(...words, ...legendShapes(desk, height, legend), ...titleShapes(desk, width, height, title));
  const about = t('paper.f07.about', { nodes: map.nodes.length, links: map.links.length });
  return { kind: 'drawing', width, height, shapes, about };
}

function nodeShapes(
  { t }: Desk,
  node: TopologyNode,
  { x, y }: { x: number; y: number },
  box: { w: number; h: number },
): PaperShape[] {
  const lines = [
    node.name,
    node.model ?? '',
    node.ip ?? '',
    [node.place?.split(' / ').at(-1) ?? '', node.endpoints > 0 ? t('topology.endpoints', { n: node.endpoints }) : '']
      .filter(Boolean)
      .join(' · '),
  ].filter(Boolean);
  const step = box.h / (lines.length + 0.4);
  const double: PaperShape[] = node.spof
    ? [{ kind: 'box', x: x - 0.7, y: y - 0.7, w: box.w + 1.4, h: box.h + 1.4, r: 1, stroke: 0.2 }]
    : [];
  return [
    ...double,
    // paper under the device, so that no line runs through its words
    {
      kind: 'box',
      x,
      y,
      w: box.w,
      h: box.h,
      r: 0.8,
      fill: node.category === null ? 'none' : 'light',
      stroke: 0.3,
      dash: node.category === null,
    },
    ...lines.map((text, index): PaperShape => ({
      kind: 'words',
      x: x + box.w / 2,
      y: y + step * (index + 0.95),
      text,
      size: fitting(text, box.w - 1, Math.min(index === 0 ? 2.4 : 1.9, step * 0.9)),
      anchor: 'middle',
      bold: index === 0,
      mono: text === node.ip,
    })),
  ];
}

function legendShapes({ t }: Desk, height: number, legend: number): PaperShape[] {
  const y = height - legend + 1;
  const drawn = lineKinds.flatMap((kind, index): PaperShape[] => {
    const [x, line] = [4 + (index % 2) * 52, y + 4.5 + Math.floor(index / 2) * BLOCK.row];
    const dash = dashes[kind];
    return [
      {
        kind: 'line',
        points: [
          [x, line - 0.8],
          [x + 16, line - 0.8],
        ],
        stroke: 0.4,
        ...(dash ? { dash: [...dash] } : {}),
      },
      { kind: 'words', x: x + 18, y: line, text: t(lineWord(kind)), size: 2.4 },
    ];
  });
  const more = [t('topology.legend.spof'), t('topology.legend.width')];
  return [
    { kind: 'words', x: 4, y, text: t('topology.legend'), size: 2.6, bold: true },
    ...drawn,
    { kind: 'words', x: 56, y: y + 4.5 + 2 * BLOCK.row, text: more[0] ?? '', size: 2.4 },
    { kind: 'words', x: 4, y: y + 4.5 + 3 * BLOCK.row - 0.6, text: more[1] ?? '', size: 2.4 },
  ];
}

function titleShapes({ t, unit }: Desk, width: number, height: number, title: TitleBlock): PaperShape[] {
  const x = width - BLOCK.width;
  const rows: readonly (readonly [string, string, string, string])[] = [
    [t('paper.f07.unit'), unit, t('paper.f07.version'), title.version],
    [t('paper.f07.name'), t('form.F-07'), t('paper.f07.date'), title.date],
    [t('paper.f07.code'), title.number, '', ''],
    [t('paper.f07.drawn'), title.drawn, t('paper.f07.checked'), ''],
  ];
  return rows.flatMap((cells, index): PaperShape[] => {
    const y = height - (rows.length - index) * BLOCK.row;
    const wide = cells[2] === '';
    const widths = wide ? [14, BLOCK.width - 14] : [14, 44, 14, BLOCK.width - 72];
    let left = x;
    return widths.flatMap((w, cell): PaperShape[] => {
      const text = cells[cell] ?? '';
      const here = left;
      left += w;
      return [
        { kind: 'box', x: here, y, w, h: BLOCK.row, stroke: 0.25 },
        {
          kind: 'words',
          x: here + 1.2,
          y: y + 3.7,
          text,
          size: fitting(text, w - 2, cell % 2 === 0 ? 2.3 : 2.6),
          bold: cell % 2 === 0,
        },
      ];
    });
  });
}
