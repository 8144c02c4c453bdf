/**
 * What is written on a cable, after TIA-606: building, floor and closet, panel, port: `C-2A-B-12`. Panels have letters without I, O and Q.
 * The lead on the front of the panel carries the same with a P behind it, cables between devices `L` and a number: `C-2A-L-3`.
 */
export const PANEL_NAME = /^[A-HJ-NPR-Z]$/;
export const PLACE_CODE = /^[A-Z0-9]{1,6}(?:-\d{1,2}[A-HJ-NPR-Z])?$/;
const LABEL = /^[A-Z0-9]{1,6}(?:-\d{1,2}[A-HJ-NPR-Z])?-(?:[A-HJ-NPR-Z]-\d{1,3}P?|L-\d{1,3})$/;

export const isLabel = (text: string): boolean => LABEL.test(text);
/** As labels are compared: without the differences that no reader sees. */
export const plainLabel = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toUpperCase();

interface Panel {
  readonly code: string;
  readonly name: string;
}
const pad = (position: number): string => String(position).padStart(2, '0');
/** Of the cable that lies behind a panel. */
export const rearLabel = ({ code, name }: Panel, position: number): string => `${code}-${name}-${pad(position)}`;
/** Of the lead (跳线) on its front. */
export const frontLabel = (panel: Panel, position: number): string => `${rearLabel(panel, position)}P`;
export const linkLabel = (code: string, n: number): string => `${code}-L-${n}`;

/** The place code that a closet's name speaks of: `A2F 弱电间` gives `A-2A`. Empty when it speaks of none. */
export function placeCode(closet: string): string {
  const [, building, floor] = /([A-Z])\s*-?\s*0?(\d{1,2})\s*(?:F|层|楼)/i.exec(closet) ?? [];
  return building === undefined || floor === undefined ? '' : `${building.toUpperCase()}-${floor}A`;
}

/** Letters of panels, in order. */
export const panelNames = [...'ABCDEFGHJKLMNPRSTUVWXYZ'];
/** The first letter that no panel of the closet has. */
export const nextPanelName = (used: readonly string[]): string =>
  panelNames.find((letter) => !used.includes(letter)) ?? '';
