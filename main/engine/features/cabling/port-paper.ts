/** The form F-05: a switch on a page, its faceplate drawn above, its ports below. Widths in millimetres. */
import type { SwitchLine, FacePort } from '../../../../shared/features/cabling/calls.ts';
import { portStates, testMethods, type PortState } from '../../../../shared/features/cabling.ts';
import type { Paper, PaperBlock, PaperSection, PaperShape } from '../../../../shared/paper.ts';
import { emptyRows } from '../papers/lists.ts';
import { heading, optionText, paperOf, signatures, type Desk } from '../papers/desk.ts';

type Table = Extract<PaperBlock, { kind: 'table' }>;
export interface PortSheet {
  readonly head: Pick<SwitchLine, 'title' | 'place'>;
  readonly ports: readonly FacePort[];
}

export const portColumns = ({ t }: Desk): Table['columns'] => [
  { label: t('field.switch_ports.name'), width: 24, mono: true },
  { label: t('field.switch_ports.outlet_id'), width: 22, mono: true },
  { label: t('paper.f05.room'), width: 27 },
  { label: t('paper.f05.people'), width: 18 },
  { label: 'IP', width: 25, mono: true },
  { label: 'VLAN', width: 11, align: 'center' },
  { label: t('field.switch_ports.speed'), width: 14, align: 'center' },
  { label: t('field.switch_ports.light'), width: 9, align: 'center' },
  { label: t('field.switch_ports.state'), width: 15, align: 'center' },
  { label: t('field.switch_ports.test_method'), width: 14, align: 'center' },
  { label: t('field.switch_ports.tested_on'), width: 19, align: 'center' },
  { label: t('field.switch_ports.tested_by'), width: 15 },
  { label: t('field.switch_ports.advice') },
  { label: t('field.switch_ports.ticket_id'), width: 19, mono: true },
];

export function portRow(desk: Desk, { port, outlet, room, people, ticket }: FacePort): string[] {
  const option = (field: string, code: string | null): string => optionText(desk, 'switch_ports', field, code);
  return [
    port.name,
    outlet?.title ?? '',
    room ?? '',
    people.map(({ name }) => name).join('、'),
    people.map(({ ip }) => ip).join(' '),
    port.vlan === null ? '' : String(port.vlan),
    option('speed', port.speed),
    option('light', port.light),
    option('state', port.state),
    option('test_method', port.test_method),
    port.tested_on ?? '',
    port.tested_by ?? '',
    port.advice ?? '',
    ticket ?? '',
  ];
}

/** Nothing is told of it but that nobody uses it. */
const isIdle = ({ port, cable, outlet, people }: FacePort): boolean =>
  port.state === 'unused' && !cable && !outlet && people.length === 0 && !port.advice && !port.tested_on;

/** Idle ports side by side are one line: a page of empty rows hides the ones that matter. */
function rowsOf(desk: Desk, ports: readonly FacePort[]): string[][] {
  const rows: string[][] = [];
  for (let at = 0; at < ports.length; at += 1) {
    const first = ports[at] as FacePort;
    let end = at;
    while (isIdle(first) && ports[end + 1] && isIdle(ports[end + 1] as FacePort)) end += 1;
    const row = portRow(desk, first);
    if (end > at) {
      // Names are never broken, so the second stands in the next cell.
      row[0] = `${first.port.name} …`;
      row[1] = `… ${ports[end]?.port.name ?? ''}`;
      row[2] = desk.t('paper.f05.folded', { count: end - at + 1 });
      at = end;
    }
    rows.push(row);
  }
  return rows;
}

/** Where a port stands on the faceplate: odd ones above, even ones below, 24 in a row. */
const AT = { x: 2, y: 5, w: 9.6, h: 8, group: 2 } as const;
const A_ROW = 24;
const PLATE_WIDTH = 255;

/** The faceplate in millimetres: each port a box with its number and the letter of its state; what is broken is hatched. */
function plate(desk: Desk, ports: readonly (readonly [position: number, state: PortState | null])[]): PaperBlock {
  const last = Math.max(1, ...ports.map(([position]) => position));
  const rows = Math.ceil(last / (2 * A_ROW)) * 2;
  const shapes = ports.flatMap(([position, state]): PaperShape[] => {
    const place = (position - 1) % (2 * A_ROW);
    const column = Math.floor(place / 2);
    const row = Math.floor((position - 1) / (2 * A_ROW)) * 2 + (place % 2);
    const x = AT.x + column * AT.w + Math.floor(column / 6) * AT.group;
    const y = AT.y + row * AT.h + Math.floor(row / 2) * 5;
    const fill = state === 'damaged' ? 'hatch' : state === 'loose' ? 'dark' : state === 'disabled' ? 'light' : 'none';
    return [
      {
        kind: 'words',
        x: x + AT.w / 2 - 0.5,
        y: row % 2 === 0 ? y - 0.8 : y + AT.h + 2.2,
        text: String(position),
        size: 2.2,
        anchor: 'middle',
      },
      { kind: 'box', x, y, w: AT.w - 1, h: AT.h - 1, r: 0.6, fill, dash: state === 'unused' || state === 'reserved' },
      {
        kind: 'words',
        x: x + (AT.w - 1) / 2,
        y: y + 4.6,
        text: state === null ? '' : desk.t(`cabling.letter.${state}`),
        size: 3.2,
        anchor: 'middle',
        bold: true,
        ground: true,
      },
    ];
  });
  return {
    kind: 'drawing',
    width: PLATE_WIDTH,
    height: AT.y + rows * AT.h + (rows / 2 - 1) * 5 + 4,
    shapes,
    about: desk.t('cabling.faceplate'),
  };
}

const legend = (desk: Desk): PaperBlock => ({
  kind: 'text',
  lines: [
    portStates
      .map((state) => `${desk.t(`cabling.letter.${state}`)} = ${optionText(desk, 'switch_ports', 'state', state)}`)
      .join('   ') +
      `   ${desk.t('field.switch_ports.test_method')}: ${testMethods.map((method) => optionText(desk, 'switch_ports', 'test_method', method)).join(' / ')}`,
  ],
});

/** A section of F-05 for each switch; also an annex of other papers. */
export const portSections = (desk: Desk, sheets: readonly PortSheet[], number: string): PaperSection[] =>
  sheets.map(({ head, ports }) => ({
    page: 'landscape',
    title: heading(desk, 'F-05'),
    under: [
      `${desk.t('paper.f05.closet')}${head.place}`,
      `${desk.t('paper.f05.switch')}${head.title}`,
      `${desk.t('paper.number')}${number}`,
    ],
    blocks: [
      plate(
        desk,
        ports.flatMap(({ port }) => (port.position === null ? [] : [[port.position, port.state] as const])),
      ),
      legend(desk),
      {
        kind: 'table',
        columns: portColumns(desk),
        groups: [{ rows: rowsOf(desk, ports) }],
        empty: desk.t('paper.none'),
        signatures: signatures(desk, 'inspected', 'giver', 'reviewed'),
      },
    ],
  }));

export const portPaper = (desk: Desk, sheets: readonly PortSheet[], number: string): Paper =>
  paperOf(desk, 'F-05', {
    number,
    sections: portSections(desk, sheets, number),
    foot: { copies: desk.t('paper.f05.copies') },
  });

/** Rows that fill the page below the drawing of a switch of 48 ports. */
const ROWS = 10;
export function blankPorts(desk: Desk): Paper {
  const empty: PaperSection[] = portSections(desk, [{ head: { title: '', place: '' }, ports: [] }], '').map(
    (section) => ({
      ...section,
      blocks: section.blocks.map((block) =>
        block.kind === 'drawing'
          ? plate(
              desk,
              Array.from({ length: 48 }, (_, index) => [index + 1, null] as const),
            )
          : block.kind === 'table'
            ? emptyRows(block, ROWS)
            : block,
      ),
    }),
  );
  return paperOf(desk, 'F-05', { number: '', sections: empty });
}
