/** Round trips by the hour: a bar from the shortest to the longest, a line at the average, hatching where packets were lost. */
import type { ReactNode } from 'react';
import type { WatchHour } from '../../../shared/features/watch.ts';
import { levelOf, showMs, showPercent } from '../../../shared/features/watch/latency.ts';
import { showMoment } from '../../../shared/day.ts';
import { useText } from '../../i18n.ts';

const WIDTH = 504;
const HEIGHT = 132;
const LEFT = 28;
const HOUR_MS = 3_600_000;
const MARKS = [1, 10, 100] as const;
const yOf = (ms: number): number => Math.round((1 - levelOf(ms)) * (HEIGHT - 8)) + 4.5;

export function HoursChart({ from, to, hours }: { from: number; to: number; hours: readonly WatchHour[] }): ReactNode {
  const t = useText();
  const count = Math.round((to - from) / HOUR_MS);
  const step = (WIDTH - LEFT) / count;
  const xOf = (at: number): number => LEFT + ((at - from) / HOUR_MS) * step;
  /** Every sixth hour of a day, every midnight of a week. */
  const every = count > 24 ? 24 : 6;
  const ticks = Array.from({ length: count }, (_, n) => from + n * HOUR_MS).filter(
    (at) => Number(showMoment(at).slice(11, 13)) % every === 0,
  );
  const wide = Math.max(1, step - (count > 24 ? 0.6 : 4));
  return (
    <svg className="hours" viewBox={`0 0 ${WIDTH} ${HEIGHT + 18}`} role="img" aria-label={t('watch.chart')}>
      {MARKS.map((ms) => (
        <g key={ms}>
          <path className="hours-grid" d={`M${LEFT} ${yOf(ms)}H${WIDTH}`} />
          <text className="hours-word" x={LEFT - 4} y={yOf(ms) + 4} textAnchor="end">
            {ms}
          </text>
        </g>
      ))}
      {ticks.map((at) => (
        <g key={at}>
          <path className="hours-grid" d={`M${Math.round(xOf(at)) + 0.5} 4V${HEIGHT + 2}`} />
          <text className="hours-word" x={xOf(at)} y={HEIGHT + 14} textAnchor={xOf(at) > WIDTH - 16 ? 'end' : 'middle'}>
            {every === 24 ? showMoment(at).slice(5, 10) : showMoment(at).slice(11, 16)}
          </text>
        </g>
      ))}
      {hours.map((hour) => {
        const { at, sent, lost, min_ms, avg_ms, max_ms, minutes } = hour;
        const x = xOf(at) + (step - wide) / 2;
        const loss = (100 * lost) / sent;
        return (
          <g key={at}>
            <title>
              {t('watch.chart_say', {
                time: showMoment(at),
                min: showMs(min_ms),
                avg: showMs(avg_ms),
                max: showMs(max_ms),
                loss: showPercent(loss),
                minutes,
              })}
            </title>
            <rect className="hours-hit" x={xOf(at)} y="0" width={step} height={HEIGHT} />
            {min_ms === null || max_ms === null ? null : (
              <rect
                className="hours-bar"
                x={x}
                y={yOf(max_ms)}
                width={wide}
                height={Math.max(1, yOf(min_ms) - yOf(max_ms))}
              />
            )}
            {avg_ms === null ? null : <rect className="hours-avg" x={x} y={yOf(avg_ms) - 1} width={wide} height="2" />}
            {lost === 0 ? null : (
              <rect
                className="day-bad"
                x={x}
                y={HEIGHT - Math.max(3, (loss / 100) * HEIGHT)}
                width={wide}
                height={Math.max(3, (loss / 100) * HEIGHT)}
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}
