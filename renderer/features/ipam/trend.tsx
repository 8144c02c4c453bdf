/** How the use of a subnet grew in half a year, as a small line, and when it is full at that pace. */
import { memo, type ReactNode } from 'react';
import type { Forecast } from '../../../shared/features/ipam/trend.ts';
import { useText, type Text } from '../../i18n.ts';
import { State } from '../../ui/state.tsx';

const STEP = 3;
const HEIGHT = 20;

/** Against all addresses of the subnet, so that two lines can be compared. */
export const TrendLine = memo(function TrendLine({
  weeks,
  hosts,
}: {
  weeks: readonly number[];
  hosts: number;
}): ReactNode {
  const t = useText();
  const label = t('ipam.trendSay', { first: weeks[0] ?? 0, last: weeks.at(-1) ?? 0 });
  const width = (weeks.length - 1) * STEP + 2;
  const points = weeks.map((held, index) => {
    const y = HEIGHT - 2 - (held / Math.max(1, hosts)) * (HEIGHT - 4);
    return `${index * STEP + 1},${Math.round(y * 10) / 10}`;
  });
  return (
    <svg
      className="trend"
      width={width}
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      <path className="trend-base" d={`M0 ${HEIGHT - 1.5}H${width}`} />
      <polyline className="trend-line" points={points.join(' ')} />
    </svg>
  );
});

export const forecastText = (t: Text, forecast: Forecast): string =>
  forecast.kind === 'in' ? t('ipam.forecast.in', forecast) : t(`ipam.forecast.${forecast.kind}`);

/** Less than a term away asks for planning. */
const SOON_WEEKS = 18;

export function ForecastText({ forecast }: { forecast: Forecast }): ReactNode {
  const t = useText();
  const text = forecastText(t, forecast);
  if (forecast.kind === 'full') return <State tone="bad">{text}</State>;
  return forecast.kind === 'in' && forecast.weeks <= SOON_WEEKS ? <State tone="warn">{text}</State> : text;
}
