/** Small pictures of a watched device: its last probes, and its last day. Each says in a shape what it says in a colour. */
import { memo, type ReactNode } from 'react';
import { PROBES_KEPT, type WatchDay } from '../../../shared/features/watch.ts';
import { latencyOf, levelOf, showMs, showPercent } from '../../../shared/features/watch/latency.ts';
import { useText } from '../../i18n.ts';

const STEP = 2;
const WIDTH = PROBES_KEPT * STEP;
const HEIGHT = 24;
const BASE = HEIGHT - 4;

/** Unbroken runs of answers; a lost probe is a gap. The newest probe stands at the right edge. */
function linesOf(probes: readonly (number | null)[]): string {
  let path = '';
  let pen = false;
  probes.forEach((rtt, index) => {
    if (rtt === null) {
      pen = false;
      return;
    }
    const x = WIDTH - (probes.length - index) * STEP + 1;
    const y = Math.round(BASE - levelOf(rtt) * (BASE - 2)) + 0.5;
    // a single answer between two gaps would be a point without length
    path += pen ? `H${x}V${y}` : `M${x - 1} ${y}H${x}`;
    pen = true;
  });
  return path;
}
/** A short upright mark under each gap. */
const lossesOf = (probes: readonly (number | null)[]): string =>
  probes
    .map((rtt, index) =>
      rtt === null ? `M${WIDTH - (probes.length - index) * STEP + 0.5} ${HEIGHT - 4}V${HEIGHT}` : '',
    )
    .join('');

export const Spark = memo(function Spark({ probes }: { probes: readonly (number | null)[] }): ReactNode {
  const t = useText();
  const { avg, loss_percent } = latencyOf(probes);
  const label =
    probes.length === 0
      ? t('watch.spark_none')
      : t('watch.spark_say', { n: probes.length, avg: showMs(avg), loss: showPercent(loss_percent) });
  return (
    <svg
      className="spark"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      <path className="spark-base" d={`M0 ${BASE + 0.5}H${WIDTH}`} />
      <path className="spark-line" d={linesOf(probes)} />
      <path className="spark-loss" d={lossesOf(probes)} />
    </svg>
  );
});

/** The hatch that both bars fill with; once a screen. */
export const HatchDefs = (): ReactNode => (
  <svg className="watch-defs" width="0" height="0" aria-hidden="true">
    <defs>
      <pattern id="watch-hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect className="hatch-ground" width="4" height="4" />
        <rect className="hatch-line" width="2" height="4" />
      </pattern>
    </defs>
  </svg>
);

const SLOT = 2;
const BAR = 14;
type Look = 'good' | 'bad' | 'none';
const lookOf = ([up, seen]: readonly [number, number]): Look => (seen === 0 ? 'none' : up === seen ? 'good' : 'bad');

export const DayBar = memo(function DayBar({ day }: { day: WatchDay | undefined }): ReactNode {
  const t = useText();
  const slots = day?.slots ?? [];
  const label = !day || day.seen === 0 ? t('watch.day_none') : t('watch.day_say', { up: day.up, seen: day.seen });
  const runs: { look: Look; from: number; to: number }[] = [];
  slots.forEach((slot, at) => {
    const look = lookOf(slot);
    const last = runs.at(-1);
    if (last?.look === look) last.to = at + 1;
    else runs.push({ look, from: at, to: at + 1 });
  });
  const width = 96 * SLOT;
  return (
    <svg
      className="day-bar"
      preserveAspectRatio="none"
      width={width}
      height={BAR}
      viewBox={`0 0 ${width} ${BAR}`}
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      <rect className="day-none" x="0" y={BAR / 2 - 1} width={width} height="2" />
      {runs
        .filter(({ look }) => look !== 'none')
        .map(({ look, from, to }) => (
          <rect
            key={from}
            className={`day-${look}`}
            x={from * SLOT}
            y={look === 'bad' ? 0 : 3}
            width={(to - from) * SLOT}
            height={look === 'bad' ? BAR : BAR - 6}
          />
        ))}
    </svg>
  );
});
