/** A Pareto as a table of bars: longest first, with the share of all up to there; each bar opens its tickets. */
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { NONE } from '../../ui/text.tsx';

export interface Bar {
  readonly key: string;
  readonly label: string;
  readonly count: number;
  readonly late: number;
  readonly median_hours: number | null;
  /** Null: the group has no list of its own. */
  readonly open: (() => void) | null;
}

/** Of the width of the drawing; the cumulative point stands on the same scale of 0 to 100. */
const FULL = 100;

export function Pareto({ title, bars, total }: { title: string; bars: readonly Bar[]; total: number }): ReactNode {
  const t = useText();
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const upTo = bars.map((_, index) => bars.slice(0, index + 1).reduce((sum, { count }) => sum + count, 0));
  return (
    <table className="pareto">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t('figures.what')}</th>
          <th scope="col">{t('figures.share')}</th>
          <th scope="col" className="number">
            {t('figures.count')}
          </th>
          <th scope="col" className="number">
            {t('figures.cumulative')}
          </th>
          <th scope="col" className="number">
            {t('figures.late')}
          </th>
          <th scope="col" className="number">
            {t('figures.median')}
          </th>
        </tr>
      </thead>
      <tbody>
        {bars.map(({ key, label, count, late, median_hours, open }, index) => {
          const share = total === 0 ? 0 : ((upTo[index] ?? 0) / total) * FULL;
          return (
            <tr key={key}>
              <th scope="row">
                {open ? (
                  <button type="button" className="text-button" onClick={open}>
                    {label}
                  </button>
                ) : (
                  label
                )}
              </th>
              <td aria-label={`${Math.round((count / Math.max(1, total)) * FULL)}%`}>
                <svg
                  className={open ? 'pareto-bar pareto-opens' : 'pareto-bar'}
                  onClick={open ?? undefined}
                  viewBox="0 0 100 10"
                  preserveAspectRatio="none"
                  aria-hidden="true"
                >
                  <rect className="pareto-all" x="0" y="1" width={(count / most) * FULL} height="8" />
                  <rect className="pareto-late" x="0" y="1" width={(late / most) * FULL} height="8" />
                  <rect className="pareto-sum" x={Math.max(0, share - 1)} y="0" width="1" height="10" />
                </svg>
              </td>
              <td className="number">{count}</td>
              <td className="number">{Math.round(share)}%</td>
              <td className="number">{late === 0 ? NONE : late}</td>
              <td className="number">{median_hours === null ? NONE : t('figures.hours', { n: median_hours })}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
