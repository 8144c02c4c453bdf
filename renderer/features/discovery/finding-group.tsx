/** The head of a group of findings: how many, what it means, what to do; its tick takes all of them. */
import { memo, type ReactNode } from 'react';
import type { AcceptAction } from '../../../shared/features/discovery/findings.ts';
import type { Verdict } from '../../../shared/features/discovery/verdicts.ts';
import { keyOf, useText } from '../../i18n.ts';
import { State } from '../../ui/state.tsx';
import { toneOf, verdictKey, type Entry } from './entries.ts';
import { actKey, groupActs } from './offers.ts';

interface HeadProps {
  readonly entries: readonly Entry[];
  readonly top: number;
  readonly height: number;
  readonly ticks: ReadonlySet<string>;
  readonly onTick: (entries: readonly Entry[]) => void;
}
/** Of a group that is ticked in part, the tick says so. */
function GroupTick({
  entries,
  ticks,
  onTick,
  label,
}: Pick<HeadProps, 'entries' | 'ticks' | 'onTick'> & { label: string }): ReactNode {
  const count = entries.filter(({ key }) => ticks.has(key)).length;
  return (
    <div className="finding-tick" role="gridcell">
      <input
        type="checkbox"
        className="tick"
        aria-label={label}
        ref={(box) => {
          if (box) box.indeterminate = count > 0 && count < entries.length;
        }}
        checked={count === entries.length}
        onChange={() => onTick(entries)}
      />
    </div>
  );
}

interface GroupHeadProps extends HeadProps {
  readonly verdict: Verdict;
  readonly onSettle: (action: AcceptAction, entries: readonly Entry[]) => void;
}
export const GroupHead = memo(function GroupHead(props: GroupHeadProps): ReactNode {
  const { verdict, entries, top, height, onSettle } = props;
  const t = useText();
  const [first] = groupActs(entries).toSorted((a, b) => likely(verdict, a) - likely(verdict, b));
  const means = keyOf(`discovery.means.${verdict}`);
  return (
    <div role="row" className="finding-head" style={{ height, transform: `translateY(${top}px)` }}>
      <GroupTick
        {...props}
        label={t('discovery.tick_group', { what: t(verdictKey(verdict)), count: entries.length })}
      />
      <div className="finding-what" role="gridcell">
        <h4>
          <State tone={toneOf[verdict]}>{t(verdictKey(verdict))}</State> <b>{entries.length}</b>
        </h4>
        {means === null ? null : <p title={t(means)}>{t(means)}</p>}
      </div>
      <div role="gridcell">
        {first === undefined || entries.length < 2 ? null : (
          <button type="button" className="row-button" tabIndex={-1} onClick={() => onSettle(first, entries)}>
            {t('discovery.settle_all', { action: t(actKey(first)), count: entries.length })}
          </button>
        )}
      </div>
    </div>
  );
});
/** What a whole group is most likely to need: unknown hosts are bound, moved ports taken over, silent ones put aside; the rest goes to tickets. */
const first: Partial<Record<Verdict, AcceptAction>> = {
  new_mac: 'register',
  unbound: 'bind',
  port_moved: 'port',
  silent: 'ignore',
};
const likely = (verdict: Verdict, act: AcceptAction): number => (act === (first[verdict] ?? 'ticket') ? 0 : 1);

export const PlaceHead = memo(function PlaceHead(props: HeadProps & { title: string }): ReactNode {
  const { title, entries, top, height } = props;
  const t = useText();
  return (
    <div role="row" className="finding-place" style={{ height, transform: `translateY(${top}px)` }}>
      <GroupTick {...props} label={t('discovery.tick_group', { what: title, count: entries.length })} />
      <div className="finding-what" role="gridcell">
        {title} <span className="grid-count">{entries.length}</span>
      </div>
    </div>
  );
});
