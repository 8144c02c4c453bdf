/** Discovery: sweep, watch the map fill, then settle what differs from the register. Routes: `discovery`, `discovery/SWEEP_ID`. */
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useCallback, useEffectEvent, useMemo, useState, type ReactNode } from 'react';
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
import { factEntry, type Entry } from './entries.ts';
import type { Act } from './offers.ts';
import { Results, type Tab } from './results.tsx';
import { Running } from './running.tsx';
import { ScopeBar } from './scope-bar.tsx';
import { Summary } from './summary.tsx';
import { useSweep } from './sweep-store.ts';

const TABLES = [
  'bindings',
  'assets',
  'subnets',
  'address_ranges',
  'people',
  'locations',
  'ignored_findings',
  'naming_rules',
  'tickets',
  '_sweeps',
];
const none: readonly Entry[] = [];

export function DiscoveryScreen({ rest }: ScreenProps): ReactNode {
  const t = useText();
  const running = useSweep((state) => state.running);
  const [chosen] = rest;
  const [tab, setTab] = useState<Tab>('findings');
  const [settling, setSettling] = useState<Settling | null>(null);
  const past = useQuery(rpc.discovery.sweeps.queryOptions({ input: { limit: 50 }, meta: { tables: ['_sweeps'] } }));
  const found = useQuery({
    ...rpc.discovery.findings.queryOptions({
      input: { ...(chosen === undefined ? {} : { sweep_id: chosen }), ignored: true },
      meta: { tables: TABLES },
    }),
    enabled: !running,
    placeholderData: (before) => before,
    // comparing thousands of rows field by field would hold up the keyboard
    structuralSharing: false,
  });
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  const sweep = running ? null : (found.data?.sweep ?? null);
  const entries = useMemo(() => found.data?.findings.map(factEntry) ?? none, [found.data]);
  const settle = useCallback(
    (action: Settling['action'], some: readonly Entry[]) => setSettling({ action, entries: some }),
    [],
  );
  const { doing, act, close } = useActing(sweep?.id ?? null, (action, entry) => settle(action, [entry]));
  const onAct = useEffectEvent((entry: Entry, what: Act) => act(entry, what));
  const actOn = useCallback((entry: Entry, what: Act) => onAct(entry, what), []);
  return (
    <Page actions={<PastSweeps sweeps={past.data ?? []} chosen={sweep?.id ?? null} />}>
      <ScopeBar
        last={past.data?.[0] ?? null}
        onDone={() => {
          go('discovery');
          setTab('findings');
        }}
      />
      {running ? <Running /> : sweep ? <Summary sweep={sweep} /> : null}
      {found.error && !running ? <Failed error={found.error} retry={() => void found.refetch()} /> : null}
      {found.isPending && !running ? <Loading /> : null}
      {!running && found.data?.sweep === null ? (
        <Empty title={t('discovery.never')} hint={t('discovery.never_hint')} />
      ) : null}
      {running ? (
        <LiveResults tab={tab} onTab={setTab} act={actOn} settle={settle} />
      ) : sweep === null ? null : (
        <Results
          key={sweep.id}
          cidrs={sweep.cidrs}
          entries={entries}
          counts={null}
          running={false}
          seenAt={sweep.started_at}
          tab={tab}
          onTab={setTab}
          act={actOn}
          settle={settle}
        />
      )}
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

type LiveProps = Pick<Parameters<typeof Results>[0], 'tab' | 'onTab' | 'act' | 'settle'>;
/** Drawn again as hosts come in; the rest of the screen is not. */
function LiveResults(props: LiveProps): ReactNode {
  const cidrs = useSweep((state) => state.cidrs);
  const entries = useSweep((state) => state.entries);
  const counts = useSweep((state) => state.counts);
  return cidrs.length === 0 ? null : (
    <Results {...props} cidrs={cidrs} entries={entries} counts={counts} running seenAt={null} />
  );
}

function PastSweeps({ sweeps, chosen }: { sweeps: readonly SweepSummary[]; chosen: string | null }): ReactNode {
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
      onChange={(id: string) => go(id === sweeps[0]?.id ? 'discovery' : `discovery/${id}`)}
      disabled={sweeps.length === 0}
      popupMatchSelectWidth={false}
    />
  );
}
