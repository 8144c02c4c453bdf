/** The house look of a workbook: one font everywhere (a cell without its own falls back to the viewer's), shared style objects. */
import type { Style } from '@cj-tech-master/excelts';
import type { ColumnSpec } from './types.ts';

const FAMILY = '宋体';
/** Red and grey mean "changed since the last submitted copy" and "taken out of use" (domain.md F-01); nothing else is coloured. */
const RED = 'FFFF0000';
const GREY = 'FF808080';
const LINE = { style: 'thin', color: { argb: 'FFBFBFBF' } } as const;
const BOX = { top: LINE, left: LINE, bottom: LINE, right: LINE } as const;

export const DEFAULT_FONT = { name: FAMILY, size: 11 } as const;
export const TITLE: Partial<Style> = {
  font: { name: FAMILY, size: 18, bold: true },
  alignment: { horizontal: 'center', vertical: 'middle' },
};
/** Over several pages side by side a centred title would stand on the cut. */
export const WIDE_TITLE: Partial<Style> = { ...TITLE, alignment: { horizontal: 'left', vertical: 'middle' } };
export const SUBTITLE: Partial<Style> = { font: DEFAULT_FONT, alignment: { horizontal: 'left', vertical: 'middle' } };
export const HEADER: Partial<Style> = {
  font: { name: FAMILY, size: 11, bold: true },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE7E9ED' } },
  alignment: { horizontal: 'center', vertical: 'middle', wrapText: true },
  border: BOX,
};

const FORMAT: Record<ColumnSpec['kind'], string> = { text: '@', day: 'yyyy-mm-dd', money: '#,##0.00', int: '0' };
const FONTS = {
  plain: DEFAULT_FONT,
  red: { ...DEFAULT_FONT, color: { argb: RED } },
  gone: { ...DEFAULT_FONT, color: { argb: GREY }, strike: true },
} as const;
export type Ink = keyof typeof FONTS;

/** One object per (kind, ink): the writer recognises styles by object, which keeps 100,000 rows fast. */
export function cellStyles(kind: ColumnSpec['kind']): Record<Ink, Partial<Style>> {
  const horizontal = kind === 'money' || kind === 'int' ? 'right' : kind === 'day' ? 'center' : 'left';
  const style = (ink: Ink): Partial<Style> => ({
    numFmt: FORMAT[kind],
    font: FONTS[ink],
    border: BOX,
    alignment: { horizontal, vertical: 'middle' },
  });
  return { plain: style('plain'), red: style('red'), gone: style('gone') };
}
