/** Discovery: sweep, watch the map fill, then settle what differs from the register. Routes: `discovery`, `discovery/SWEEP_ID`. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useCallback, useDeferredValue, useEffectEvent, useMemo, useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import type { SweepSummary } from '../../../shared/features/discovery.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { AcceptSheet, type Settling } from './accept-sheet.tsx';
import { Actions, useActing } from './actions.tsx';
import { useCompared } from './compared.ts';
import type { Entry } from './entries.ts';
import type { Act } from './offers.ts';
import { Results, type ResultsProps, type Tab } from './results.tsx';
import { Running } from './running.tsx';
import { ScopeBar } from './scope-bar.tsx';
import { Summary } from './summary.tsx';
import { useSweep } from './sweep-store.ts';

const none: readonly Entry[] = [];
const nowhere: readonly string[] = [];

export function DiscoveryScreen({ rest }: ScreenProps): ReactNode {
  const t = useText();
  const running = useSweep((state) => state.running);
  const [chosen] = rest;
  const [tab, setTab] = useState<Tab>('findings');
  const [settling, setSettling] = useState<Settling | null>(null);
  const past = useQuery(rpc.discovery.sweeps.queryOptions({ input: { limit: 50 }, meta: { tables: ['_sweeps'] } }));
  const found = useCompared(chosen, !running);
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  const ended = useSweep(({ done }) => (done && done.total > 1 ? done.id : null));
  const home = homeOf(past.data ?? []);
  // until the new sweep is compared, what it told stays on the screen, not the sweep before it
  const live =
    running || (chosen === undefined && ended !== null && !found.error && isOlder(found.data?.sweep?.id, ended));
  const sweep = live ? null : (found.data?.sweep ?? null);
  const settle = useCallback(
    (action: Settling['action'], some: readonly Entry[]) => setSettling({ action, entries: some }),
    [],
  );
  const { doing, act, close } = useActing(sweep?.id ?? null, (action, entry) => settle(action, [entry]));
  const onAct = useEffectEvent((entry: Entry, what: Act) => act(entry, what));
  const actOn = useCallback((entry: Entry, what: Act) => onAct(entry, what), []);
  return (
    <Page actions={<PastSweeps sweeps={past.data ?? []} home={home?.id ?? null} chosen={sweep?.id ?? null} />}>
      <ScopeBar
        last={home}
        onDone={() => {
          // a single address is shown by its own name: the last sweep of a subnet stays the one to come back to
          const { done } = useSweep.getState();
          go(done?.total === 1 ? `discovery/${done.id}` : 'discovery');
          setTab('findings');
        }}
      />
      {running ? <Running /> : sweep ? <Summary sweep={sweep} /> : null}
      {found.error && !running ? <Failed error={found.error} retry={() => void found.refetch()} /> : null}
      {found.isPending && !running ? <Loading /> : null}
      {!live && !found.error && found.data?.sweep === null ? (
        <Empty title={t('discovery.never')} hint={t('discovery.never_hint')} />
      ) : null}
      <Shown
        live={live}
        sweep={sweep}
        entries={found.data?.entries ?? none}
        tab={tab}
        onTab={setTab}
        act={actOn}
        settle={settle}
      />
      <Actions doing={doing} onClose={close} />
      <AcceptSheet
        settling={settling}
        sweepId={sweep?.id ?? ''}
        today={state?.today ?? ''}
        onClose={() => setSettling(null)}
      />
    </Page>
  );
}

/** What the screen opens with, as the engine has it: the last sweep of a subnet, not a second look at one host nor a file. */
const homeOf = (sweeps: readonly SweepSummary[]): SweepSummary | null =>
  sweeps.find(({ source, total }) => source === 'sweep' && total > 1) ?? sweeps[0] ?? null;

/** Ids of sweeps ascend with time. */
const isOlder = (id: string | undefined, than: string): boolean => id === undefined || id < than;

interface ShownProps extends Pick<ResultsProps, 'tab' | 'onTab' | 'act' | 'settle'> {
  readonly live: boolean;
  readonly sweep: SweepSummary | null;
  /** Of the stored sweep. */
  readonly entries: readonly Entry[];
}
/** Drawn again as hosts come in; the rest of the screen is not. */
function Shown({ live, sweep, entries, ...props }: ShownProps): ReactNode {
  const cidrs = useSweep((state) => (live ? state.cidrs : nowhere));
  const coming = useSweep((state) => (live ? state.entries : none));
  const counts = useSweep((state) => (live ? state.counts : null));
  const now = useMemo(
    () => ({
      cidrs: live ? cidrs : (sweep?.cidrs ?? nowhere),
      entries: live ? coming : entries,
      counts,
      running: live,
      seenAt: sweep?.started_at ?? null,
    }),
    [live, cidrs, coming, counts, sweep, entries],
  );
  // drawn in slices between key presses: hosts stream in faster than anybody reads
  const shown = useDeferredValue(now);
  const first = useDeferredValue(shown.cidrs.length > 0, false);
  return first && shown.cidrs.length > 0 ? <Results {...props} {...shown} /> : null;
}

interface PastProps {
  readonly sweeps: readonly SweepSummary[];
  readonly home: string | null;
  readonly chosen: string | null;
}
function PastSweeps({ sweeps, home, chosen }: PastProps): ReactNode {
  const t = useText();
  const options = sweeps.map((sweep) => ({
    value: sweep.id,
    label: [showMoment(sweep.started_at), t('discovery.found', { count: sweep.found }), sweep.cidrs.join(' ')].join(
      ' · ',
    ),
  }));
  return (
    <Select
      className="sweep-past"
      aria-label={t('discovery.history')}
      placeholder={t('discovery.history')}
      value={chosen}
      options={options}
      onChange={(id: string) => go(id === home ? 'discovery' : `discovery/${id}`)}
      disabled={sweeps.length === 0}
      popupMatchSelectWidth={false}
    />
  );
}
