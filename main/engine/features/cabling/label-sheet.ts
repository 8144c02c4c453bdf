/**
 * Labels to stick on cables, two for each: one at either end, with where it begins and where it leads. First comes a sheet on plain paper with a
 * ruler, since printers shrink pages unasked: when 100 mm are 100 mm, the labels fall where they are cut.
 */
import type { LabelSheet } from '../../../../shared/features/cabling/calls.ts';
import type { Paper, PaperSection, PaperShape } from '../../../../shared/paper.ts';
import { paperOf, type Desk } from '../papers/desk.ts';

interface CableLabel {
  readonly label: string;
  readonly here: string;
  readonly far: string;
}
interface Layout {
  readonly page: PaperSection['page'];
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
  readonly w: number;
  readonly h: number;
  readonly left: number;
  readonly top: number;
  /** Printed twice with a fold between, to wrap around the cable and be read from both sides. */
  readonly wrap: boolean;
}
/** Millimetres. 3x8 is the common sheet of 24 labels of 70 x 37; the tape lengths hold a label of 14 characters. */
const layouts: Record<LabelSheet, Layout> = {
  a4_3x8: { page: 'sheet', width: 210, height: 297, columns: 3, rows: 8, w: 70, h: 37, left: 0, top: 0.5, wrap: false },
  a4_wrap: { page: 'sheet', width: 210, height: 297, columns: 3, rows: 8, w: 60, h: 30, left: 15, top: 20, wrap: true },
  tape_12: { page: 'tape12', width: 50, height: 12, columns: 1, rows: 1, w: 50, h: 12, left: 0, top: 0, wrap: false },
  tape_24: { page: 'tape24', width: 60, height: 24, columns: 1, rows: 1, w: 60, h: 24, left: 0, top: 0, wrap: false },
};

export function labelSheet(
  desk: Desk,
  number: string,
  labels: readonly CableLabel[],
  { sheet, first, ruler }: { sheet: LabelSheet; first: number; ruler: boolean },
): Paper {
  const layout = layouts[sheet];
  const both = labels.flatMap(({ label, here, far }): CableLabel[] => [
    { label, here, far },
    { label, here: far, far: here },
  ]);
  const places = layout.columns * layout.rows;
  const skipped = layout.page === 'sheet' ? Math.min(first - 1, places - 1) : 0;
  const pages = Array.from({ length: Math.ceil((both.length + skipped) / places) }, (_, page) =>
    both.slice(Math.max(0, page * places - skipped), (page + 1) * places - skipped).map((one, index) => {
      const place = page === 0 ? index + skipped : index;
      return drawn(
        one,
        layout,
        layout.left + (place % layout.columns) * layout.w,
        layout.top + Math.floor(place / layout.columns) * layout.h,
      );
    }),
  );
  const section = (shapes: PaperShape[]): PaperSection => ({
    page: layout.page,
    title: '',
    blocks: [
      { kind: 'drawing', width: layout.width, height: layout.height, shapes, about: desk.t('cabling.sheet.title') },
    ],
  });
  return paperOf(desk, 'labels', {
    number,
    sections: [...(ruler ? [section(trial(desk, layout))] : []), ...pages.map((page) => section(page.flat()))],
  });
}

/** Characters of this height (mm) that fit a width: digits and capitals are about 0.62 high wide, Chinese ones 1. */
const fitting = (text: string, size: number, width: number): number => {
  const wide = [...text].reduce((sum, char) => sum + (char.charCodeAt(0) > 0x2e80 ? 1 : 0.62), 0);
  return Math.min(size, width / Math.max(1, wide));
};

function drawn({ label, here, far }: CableLabel, { w, h, wrap }: Layout, x: number, y: number): PaperShape[] {
  const width = wrap ? w / 2 : w;
  const small = h < 15;
  const inner = width - 4;
  const lines = [here === '' ? '' : here, far === '' ? '' : `→ ${far}`].filter(Boolean);
  const side = (left: number): PaperShape[] => [
    words(
      label,
      left + width / 2,
      y + (small ? 5.4 : h * 0.42),
      fitting(label, small ? 4.6 : wrap ? 5 : 7, inner),
      true,
    ),
    ...lines.map((line, index) => {
      const size = fitting(line, small ? 2.2 : 2.8, inner);
      return words(line, left + width / 2, y + (small ? 8.4 : h * 0.62) + index * (small ? 2.5 : 4), size, false);
    }),
  ];
  if (!wrap) return side(x);
  return [
    { kind: 'box', x, y, w, h, stroke: 0.1, dash: true },
    {
      kind: 'line',
      points: [
        [x + w / 2, y],
        [x + w / 2, y + h],
      ],
      stroke: 0.1,
      dash: [0.6, 0.6],
    },
    ...side(x),
    ...side(x + w / 2),
  ];
}
const words = (text: string, x: number, y: number, size: number, bold: boolean): PaperShape => ({
  kind: 'words',
  x,
  y,
  text,
  size,
  bold,
  mono: bold,
  anchor: 'middle',
});

/** Outlines of the labels, and a ruler as long as the page allows. */
function trial(desk: Desk, { page, columns, rows, w, h, left, top, width, height }: Layout): PaperShape[] {
  const length = page === 'sheet' ? 100 : Math.floor((width - 8) / 10) * 10;
  const [x, y] = page === 'sheet' ? [55, height / 2] : [4, height - 3];
  const marks = Array.from({ length: length + 1 }, (_, mm): PaperShape => ({
    kind: 'line',
    points: [
      [x + mm, y],
      [x + mm, y - (mm % 10 === 0 ? 4 : mm % 5 === 0 ? 3 : 1.8)],
    ],
    stroke: 0.15,
  }));
  const numbers = Array.from({ length: length / 10 + 1 }, (_, cm) =>
    words(String(cm * 10), x + cm * 10, y + 2.6, 2.2, false),
  );
  const outlines = Array.from({ length: columns * rows }, (_, place): PaperShape => ({
    kind: 'box',
    x: left + (place % columns) * w,
    y: top + Math.floor(place / columns) * h,
    w,
    h,
    stroke: 0.15,
    dash: true,
  }));
  const said = desk.t('cabling.sheet.trial', { length });
  const size = page === 'sheet' ? 3.2 : fitting(said, 2.2, width - 3);
  const hint = words(said, page === 'sheet' ? x + length / 2 : width / 2, y - 5, size, false);
  return [...outlines, ...marks, ...numbers, hint];
}
