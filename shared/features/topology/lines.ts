/** How a link is drawn, on the screen and on paper: medium by kind of line, speed by width; plain dashes are a link that is down. */
import type { TopologyLink } from '../topology.ts';

export const lineKinds = ['copper', 'multi_mode', 'single_mode', 'unknown', 'down'] as const;
export type LineKind = (typeof lineKinds)[number];
/** Lengths of dash and gap in millimetres; null: a plain line. */
export const dashes: Readonly<Record<LineKind, readonly number[] | null>> = {
  copper: null,
  multi_mode: [5, 1, 1, 1],
  single_mode: [5, 1, 1, 1, 1, 1],
  unknown: [0.6, 0.9],
  down: [2.2, 1.8],
};
export const lineKind = ({ medium, up }: Pick<TopologyLink, 'medium' | 'up'>): LineKind =>
  up === false
    ? 'down'
    : medium === null
      ? 'unknown'
      : medium === 'single_mode' || medium === 'multi_mode'
        ? medium
        : 'copper';
/** Millimetres. */
export const strokeOf = (mbps: number | null): number =>
  mbps === null ? 0.25 : mbps >= 10_000 ? 0.7 : mbps >= 1000 ? 0.4 : 0.2;
/** `10G`, `100M`: as technicians write it. */
export const speedText = (mbps: number | null): string =>
  mbps === null ? '' : mbps >= 1000 ? `${mbps / 1000}G` : `${mbps}M`;
export const lineWord = (kind: LineKind): `topology.medium.${Exclude<LineKind, 'down'>}` | 'topology.down' =>
  kind === 'down' ? 'topology.down' : `topology.medium.${kind}`;
