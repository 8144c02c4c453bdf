/** How a square of the map is drawn: a colour and a shape for each verdict, so that it can be told without colour too. Drawn once, copied then. */
import { verdicts, type Verdict } from '../../../../shared/features/discovery/verdicts.ts';
import type { Tokens } from '../../../tokens.ts';

/** An address that is no entry: asked and no answer, an edge of the subnet, not asked. */
export type Kind = Verdict | 'dead' | 'edge' | 'unasked';
export const kinds: readonly Kind[] = ['unasked', 'edge', 'dead', ...verdicts];

type Pen = CanvasRenderingContext2D;
type Draw = (pen: Pen, size: number, ink: Tokens) => void;

function ground(pen: Pen, size: number, fill: string, line?: string): void {
  pen.fillStyle = fill;
  pen.fillRect(0, 0, size, size);
  if (line === undefined) return;
  pen.strokeStyle = line;
  pen.lineWidth = 1;
  pen.strokeRect(0.5, 0.5, size - 1, size - 1);
}
function shape(pen: Pen, size: number, points: readonly (readonly [number, number])[]): void {
  pen.beginPath();
  for (const [x, y] of points) pen.lineTo(x * size, y * size);
  pen.closePath();
}
function circle(pen: Pen, size: number, radius: number): void {
  pen.beginPath();
  pen.arc(size / 2, size / 2, radius * size, 0, Math.PI * 2);
}
/** A frame and a corner in fewer pixels would be one blot. */
const SMALL = 12;
/** Outlines stay visible in the smallest squares. */
const lineFor = (size: number): number => Math.max(1, size / 11);
const TRIANGLE = [
  [0.5, 0.22],
  [0.8, 0.76],
  [0.2, 0.76],
] as const;
const DIAMOND = [
  [0.5, 0.2],
  [0.8, 0.5],
  [0.5, 0.8],
  [0.2, 0.5],
] as const;
const PLAY = [
  [0.32, 0.22],
  [0.76, 0.5],
  [0.32, 0.78],
] as const;

function hatch(pen: Pen, size: number, colour: string): void {
  pen.save();
  pen.beginPath();
  pen.rect(0, 0, size, size);
  pen.clip();
  pen.strokeStyle = colour;
  pen.lineWidth = lineFor(size);
  for (let at = -size; at < size; at += Math.max(3, size / 4)) {
    pen.beginPath();
    pen.moveTo(at, size);
    pen.lineTo(at + size, 0);
    pen.stroke();
  }
  pen.restore();
}

const draws: Record<Kind, Draw> = {
  unasked: (pen, size, ink) => {
    pen.fillStyle = ink.edge;
    pen.fillRect(Math.floor(size / 2), Math.floor(size / 2), 1, 1);
  },
  edge: (pen, size, ink) => {
    pen.fillStyle = ink.edge;
    pen.fillRect(size * 0.3, Math.floor(size / 2), size * 0.4, 1);
  },
  dead: (pen, size, ink) => ground(pen, size, ink.sheet, ink.line),
  known: (pen, size, ink) => {
    ground(pen, size, ink.goodTint);
    pen.fillStyle = ink.good;
    circle(pen, size, 0.24);
    pen.fill();
  },
  dynamic: (pen, size, ink) => {
    ground(pen, size, ink.workTint);
    pen.fillStyle = ink.work;
    shape(pen, size, PLAY);
    pen.fill();
  },
  // nothing of its own: a dash where a host would be
  proxied: (pen, size, ink) => {
    ground(pen, size, ink.offTint);
    pen.fillStyle = ink.off;
    pen.fillRect(size * 0.28, size * 0.5 - lineFor(size) / 2, size * 0.44, lineFor(size));
  },
  silent: (pen, size, ink) => {
    ground(pen, size, ink.offTint, ink.edge);
    pen.strokeStyle = ink.off;
    pen.lineWidth = lineFor(size);
    circle(pen, size, 0.24);
    pen.stroke();
  },
  unseen: (pen, size, ink) => {
    ground(pen, size, ink.sheet, ink.edge);
    pen.strokeStyle = ink.edge;
    pen.lineWidth = lineFor(size);
    circle(pen, size, 0.2);
    pen.stroke();
  },
  unbound: (pen, size, ink) => {
    ground(pen, size, ink.awaitTint);
    pen.strokeStyle = ink.await;
    pen.lineWidth = lineFor(size);
    pen.strokeRect(size * 0.28, size * 0.28, size * 0.44, size * 0.44);
  },
  misnamed: (pen, size, ink) => {
    ground(pen, size, ink.awaitTint);
    pen.fillStyle = ink.await;
    for (const at of [0.3, 0.58]) pen.fillRect(size * 0.24, size * at, size * 0.52, lineFor(size) * 1.2);
  },
  // the corner says: not in the register
  new_mac: (pen, size, ink) => {
    ground(pen, size, ink.warnTint, size < SMALL ? undefined : ink.warn);
    pen.fillStyle = ink.warn;
    shape(pen, size, [
      [0.42, 0],
      [1, 0],
      [1, 0.58],
    ]);
    pen.fill();
  },
  moved: (pen, size, ink) => {
    ground(pen, size, ink.warnTint, ink.warn);
    pen.fillStyle = ink.warn;
    shape(pen, size, DIAMOND);
    pen.fill();
  },
  port_moved: (pen, size, ink) => {
    ground(pen, size, ink.warnTint, ink.warn);
    pen.strokeStyle = ink.warn;
    pen.lineWidth = lineFor(size);
    shape(pen, size, DIAMOND);
    pen.stroke();
  },
  ip_taken: (pen, size, ink) => {
    ground(pen, size, ink.badTint, ink.bad);
    pen.fillStyle = ink.bad;
    shape(pen, size, TRIANGLE);
    pen.fill();
  },
  mac_twice: (pen, size, ink) => {
    ground(pen, size, ink.badTint, ink.bad);
    pen.fillStyle = ink.bad;
    for (const at of [0.2, 0.54]) pen.fillRect(size * at, size * at, size * 0.28, size * 0.28);
  },
  conflict: (pen, size, ink) => {
    ground(pen, size, ink.badTint);
    hatch(pen, size, ink.bad);
    ground(pen, size, 'transparent', ink.bad);
  },
};

/** All kinds of one size side by side, in device pixels; made anew for another size, theme or screen. */
export interface Stamps {
  readonly sheet: HTMLCanvasElement;
  readonly side: number;
}
const made = new WeakMap<Tokens, Map<string, Stamps>>();
export function stampsOf(ink: Tokens, size: number, scale: number): Stamps {
  const bySize = made.get(ink) ?? new Map<string, Stamps>();
  made.set(ink, bySize);
  const name = `${size} ${scale}`;
  const known = bySize.get(name);
  if (known) return known;
  const side = Math.round(size * scale);
  const sheet = document.createElement('canvas');
  sheet.width = side * kinds.length;
  sheet.height = side;
  const pen = sheet.getContext('2d');
  if (pen)
    kinds.forEach((kind, at) => {
      pen.setTransform(side / size, 0, 0, side / size, at * side, 0);
      draws[kind](pen, size, ink);
    });
  const stamps = { sheet, side };
  bySize.set(name, stamps);
  return stamps;
}

/** What the legend leaves out stays visible as a shadow. */
const DIMMED = 0.22;
/** Draws one square where it belongs on the canvas of its block. `pitch` and `size` in CSS pixels. */
export function stamp(pen: Pen, stamps: Stamps, where: { x: number; y: number; kind: number; dim: boolean }): void {
  const { sheet, side } = stamps;
  pen.clearRect(where.x, where.y, side, side);
  pen.globalAlpha = where.dim ? DIMMED : 1;
  pen.drawImage(sheet, where.kind * side, 0, side, side, where.x, where.y, side, side);
  pen.globalAlpha = 1;
}
