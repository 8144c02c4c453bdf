/** Discovery: sweep, watch the map fill, then settle what differs from the register. Routes: `discovery`, `discovery/SWEEP_ID`. */
import { useQuery } from '@tanstack/react-query';
import { Input, Segmented, Select, Switch } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import type { SweepSummary } from '../../../shared/features/discovery.ts';
import type { Verdict } from '../../../shared/features/discovery/match.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { Progress } from '../../ui/progress.tsx';
import { useSay } from '../../ui/say.ts';
import { Actions, actAtOnce, type Doing } from './actions.tsx';
import { countEntries, factEntries, holds, isOpen, liveEntries, type Entry } from './entries.ts';
import { FindingList, HostList } from './host-list.tsx';
import { Legend } from './legend.tsx';
import { SweepMap } from './map.tsx';
import type { Act } from './row-actions.tsx';
import { ScopeBar } from './scope-bar.tsx';
import { useSweep } from './sweep-store.ts';

const TABLES = [
  'bindings',
  'assets',
  'subnets',
  'address_ranges',
  'people',
  'locations',
  'ignored_findings',
  'tickets',
  '_sweeps',
];
type Tab = 'findings' | 'list';

export function DiscoveryScreen({ rest }: ScreenProps): ReactNode {
  const t = useText();
  const say = useSay();
  const live = useSweep();
  const [chosen] = rest;
  const [tab, setTab] = useState<Tab>('findings');
  const [only, setOnly] = useState<ReadonlySet<Verdict> | null>(null);
  const [typed, setTyped] = useState('');
  const [withIgnored, setWithIgnored] = useState(false);
  const [picked, setPicked] = useState<string | null>(null);
  const [doing, setDoing] = useState<Doing | null>(null);
  const past = useQuery(rpc.discovery.sweeps.queryOptions({ input: { limit: 50 }, meta: { tables: ['_sweeps'] } }));
  const found = useQuery({
    ...rpc.discovery.findings.queryOptions({
      input: { ...(chosen === undefined ? {} : { sweep_id: chosen }), ignored: true },
      meta: { tables: TABLES },
    }),
    enabled: !live.running,
    placeholderData: (before) => before,
  });

  const all = useMemo(
    () => (live.running ? liveEntries(live) : factEntries(found.data?.findings ?? [])),
    [live, found.data],
  );
  const ignored = all.filter((entry) => entry.fact?.ignored).length;
  const entries = useMemo(() => (withIgnored ? all : all.filter((entry) => !entry.fact?.ignored)), [all, withIgnored]);
  const counts = useMemo(() => countEntries(entries), [entries]);
  const shown = useMemo(
    () => entries.filter((entry) => (only === null || only.has(entry.verdict)) && holds(entry, typed)),
    [entries, only, typed],
  );
  const open = shown.filter((entry) => isOpen(entry.verdict));
  const sweep = live.running ? null : (found.data?.sweep ?? null);
  const cidrs = live.running ? live.cidrs : (sweep?.cidrs ?? []);
  // what was picked in the map is shown where it stands
  const elsewhere = picked !== null && all.some((entry) => entry.ip === picked && !isOpen(entry.verdict));
  const view: Tab = live.running || elsewhere ? 'list' : tab;

  const act = (entry: Entry, what: Act): void => {
    if (!entry.fact) return;
    // once it is settled it stands elsewhere, and the list should not jump after it
    setPicked(null);
    const next = { act: what, fact: entry.fact };
    const run = async (): Promise<void> => {
      try {
        if (!(await actAtOnce(next))) setDoing(next);
      } catch (error) {
        say.failed(error);
      }
    };
    void run();
  };
  return (
    <Page actions={<PastSweeps sweeps={past.data ?? []} chosen={sweep?.id ?? null} />}>
      <ScopeBar
        onStarted={() => {
          setOnly(null);
          setPicked(null);
        }}
        onDone={() => {
          go('discovery');
          setTab('findings');
        }}
      />
      {live.running ? <Running /> : sweep ? <Summary sweep={sweep} /> : null}
      {found.error && !live.running ? <Failed error={found.error} retry={() => void found.refetch()} /> : null}
      {found.isPending && !live.running ? <Loading /> : null}
      {!live.running && found.data?.sweep === null ? <Empty title={t('discovery.never')} /> : null}
      {cidrs.length === 0 ? null : (
        <div className="sweep-split">
          <aside className="sweep-side" aria-label={t('discovery.map')}>
            <SweepMap cidrs={cidrs} entries={entries} only={only} picked={picked} onPick={setPicked} />
          </aside>
          <div className="sweep-main">
            <Legend counts={counts} only={only} onChange={setOnly} />
            <div className="sweep-tools">
              <Segmented<Tab>
                value={view}
                disabled={live.running}
                onChange={(next) => {
                  setTab(next);
                  setPicked(null);
                }}
                options={[
                  { value: 'findings', label: `${t('discovery.findings')} ${live.running ? '' : open.length}` },
                  { value: 'list', label: `${t('discovery.list')} ${shown.filter((entry) => entry.host).length}` },
                ]}
              />
              <Input
                className="grid-search"
                allowClear
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                placeholder={t('discovery.filter')}
                aria-label={t('discovery.filter')}
              />
              {only === null ? null : (
                <button type="button" className="text-button" onClick={() => setOnly(null)}>
                  {t('discovery.filter_all')}
                </button>
              )}
              {ignored === 0 ? null : (
                <label className="sweep-ignored">
                  <Switch size="small" checked={withIgnored} onChange={setWithIgnored} />{' '}
                  {t('discovery.show_ignored', { count: ignored })}
                </label>
              )}
            </div>
            {view === 'list' ? <HostList entries={shown} picked={picked} onPick={setPicked} /> : null}
            {view === 'findings' && open.length > 0 ? (
              <FindingList entries={open} picked={picked} onPick={setPicked} act={act} />
            ) : null}
            {view === 'findings' && open.length === 0 && found.data ? (
              <Empty title={t('discovery.findings_none')} />
            ) : null}
          </div>
        </div>
      )}
      <Actions doing={doing} onClose={() => setDoing(null)} />
    </Page>
  );
}

function Running(): ReactNode {
  const t = useText();
  const progress = useSweep((state) => state.progress);
  const params = { asked: progress?.asked ?? 0, total: progress?.total ?? 0 };
  const label = [
    t(`discovery.phase.${progress?.phase ?? 'asking'}`, params),
    t('discovery.found', { count: progress?.found ?? 0 }),
  ].join(' · ');
  return (
    <div className="sweep-state" aria-live="polite">
      <Progress label={label} done={progress?.asked ?? 0} total={progress?.total ?? null} />
    </div>
  );
}

function Summary({ sweep }: { sweep: SweepSummary }): ReactNode {
  const t = useText();
  const partial = sweep.ending !== 'finished';
  return (
    <div className="sweep-state">
      <p>
        {t('discovery.summary', { time: showMoment(sweep.started_at), covered: sweep.covered, found: sweep.found })}
        {partial ? <strong className="sweep-partial"> · {t(`discovery.ending.${sweep.ending}`)}</strong> : null}
      </p>
      {sweep.ping_missing ? <p className="sweep-note">{t('discovery.ping_missing')}</p> : null}
    </div>
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
