/** What a sweep found: the legend over all of it, the map beside the findings or the hosts, or the map alone. */
import { Input, Segmented, Switch } from 'antd';
import { memo, startTransition, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { AcceptAction } from '../../../shared/features/discovery/findings.ts';
import type { Verdict } from '../../../shared/features/discovery/verdicts.ts';
import { useText } from '../../i18n.ts';
import { go } from '../../route.ts';
import { Empty } from '../../ui/blank.tsx';
import { countEntries, holds, isOpen, type Counts, type Entry } from './entries.ts';
import { FindingList } from './finding-list.tsx';
import { HostList } from './host-list.tsx';
import { Hints } from './hints.tsx';
import { Legend } from './legend.tsx';
import { SweepMap } from './map/map.tsx';
import type { Act } from './offers.ts';
import { useSubnetNames, type SubnetName } from './subnet-names.ts';

const noNames: readonly SubnetName[] = [];
export type Tab = 'findings' | 'list' | 'map';
const tabs: readonly Tab[] = ['findings', 'list', 'map'];

export interface ResultsProps {
  readonly cidrs: readonly string[];
  /** All of them, also those somebody set aside. */
  readonly entries: readonly Entry[];
  /** Null: to be counted here. */
  readonly counts: Counts | null;
  readonly running: boolean;
  /** When the sweep was; null while it runs. */
  readonly seenAt: number | null;
  readonly tab: Tab;
  readonly onTab: (tab: Tab) => void;
  readonly act: (entry: Entry, what: Act) => void;
  readonly settle: (action: AcceptAction, entries: readonly Entry[]) => void;
}

const FRAMES: Readonly<Record<Tab, string>> = { findings: '', list: '', map: ' wide' };

const notAside = (entries: readonly Entry[]): readonly Entry[] =>
  entries.some(({ fact }) => fact?.ignored) ? entries.filter(({ fact }) => !fact?.ignored) : entries;

/** The parts come one after the other: all of them in one go would hold up the first moment of a sweep. */
const STAGES = 2;
function useStage(): number {
  const [stage, setStage] = useState(0);
  useEffect(() => {
    if (stage >= STAGES) return;
    const frame = requestAnimationFrame(() => startTransition(() => setStage(stage + 1)));
    return () => cancelAnimationFrame(frame);
  }, [stage]);
  return stage;
}

export function Results(props: ResultsProps): ReactNode {
  const { cidrs, running, seenAt, tab, onTab, act, settle } = props;
  const t = useText();
  const stage = useStage();
  const told = useSubnetNames();
  const names = told ?? noNames;
  const [only, setOnly] = useState<ReadonlySet<Verdict> | null>(null);
  const [typed, setTyped] = useState('');
  const [withIgnored, setWithIgnored] = useState(false);
  const [picked, setPicked] = useState<string | null>(null);
  const plain = useMemo(() => notAside(props.entries), [props.entries]);
  const ignored = props.entries.length - plain.length;
  const entries = withIgnored ? props.entries : plain;
  const counts = useMemo(() => props.counts ?? countEntries(entries), [props.counts, entries]);
  const shown = useMemo(
    () =>
      only === null && typed.trim() === ''
        ? entries
        : entries.filter((entry) => (only === null || only.has(entry.verdict)) && holds(entry, typed)),
    [entries, only, typed],
  );
  const open = useMemo(() => (running ? [] : shown.filter(({ verdict }) => isOpen(verdict))), [running, shown]);
  const hosts = useMemo(() => shown.filter(({ host }) => host !== null).length, [shown]);
  // what was picked in the map is shown where it stands
  const elsewhere = picked !== null && entries.some(({ ip, verdict }) => ip === picked && !isOpen(verdict));
  const view: Tab = tab === 'findings' && (running || elsewhere) ? 'list' : tab;
  const openHost = useCallback((ip: string) => go(`hosts/${ip}`), []);
  const filtered = only !== null || typed.trim() !== '';
  return (
    <>
      <div className="sweep-head">
        <Legend counts={counts} only={only} onChange={setOnly} />
        <Tools
          view={view}
          running={running}
          found={open.length}
          hosts={hosts}
          typed={typed}
          onTyped={setTyped}
          ignored={ignored}
          withIgnored={withIgnored}
          onWithIgnored={setWithIgnored}
          onTab={(next) => {
            setPicked(null);
            onTab(next);
          }}
        />
      </div>
      {running ? null : <Hints cidrs={cidrs} entries={plain} names={told} settle={settle} />}
      <div className={`sweep-split${FRAMES[view]}`}>
        <aside className="sweep-side" aria-label={t('discovery.map')}>
          {stage < 1 ? null : (
            <SweepMap
              cidrs={cidrs}
              entries={entries}
              only={only}
              picked={picked}
              names={names}
              onPick={setPicked}
              onOpen={openHost}
            />
          )}
        </aside>
        {view === 'map' || stage < STAGES ? null : (
          <div className="sweep-main">
            {view === 'list' ? (
              <HostList entries={shown} picked={picked} onPick={setPicked} seenAt={seenAt} />
            ) : open.length > 0 ? (
              <FindingList
                entries={open}
                names={names}
                search={typed}
                picked={picked}
                onPick={setPicked}
                act={act}
                settle={settle}
              />
            ) : (
              <Empty title={t(filtered ? 'table.nothingFound' : 'discovery.findings_none')}>
                {filtered ? (
                  <button
                    type="button"
                    className="text-button"
                    onClick={() => {
                      setOnly(null);
                      setTyped('');
                    }}
                  >
                    {t('discovery.filter_all')}
                  </button>
                ) : undefined}
              </Empty>
            )}
          </div>
        )}
      </div>
    </>
  );
}

interface ToolsProps {
  readonly view: Tab;
  readonly running: boolean;
  readonly found: number;
  readonly hosts: number;
  readonly typed: string;
  readonly onTyped: (typed: string) => void;
  readonly ignored: number;
  readonly withIgnored: boolean;
  readonly onWithIgnored: (shown: boolean) => void;
  readonly onTab: (tab: Tab) => void;
}
const Tools = memo(function Tools(props: ToolsProps): ReactNode {
  const { view, running, found, hosts, typed, onTyped, ignored, withIgnored, onWithIgnored, onTab } = props;
  const t = useText();
  const labels: Record<Tab, string> = {
    findings: running ? t('discovery.findings') : t('discovery.findings_n', { count: found }),
    list: running ? t('discovery.list') : t('discovery.list_n', { count: hosts }),
    map: t('discovery.map_alone'),
  };
  return (
    <div className="sweep-tools">
      <Segmented<Tab>
        value={view}
        onChange={onTab}
        options={tabs.map((value) => ({ value, label: labels[value], disabled: running && value === 'findings' }))}
      />
      <Input
        className="grid-search"
        allowClear
        value={typed}
        onChange={(event) => onTyped(event.target.value)}
        placeholder={t('discovery.filter')}
        aria-label={t('discovery.filter')}
      />
      {ignored === 0 ? null : (
        <label className="sweep-ignored">
          <Switch size="small" checked={withIgnored} onChange={onWithIgnored} />{' '}
          {t('discovery.show_ignored', { count: ignored })}
        </label>
      )}
    </div>
  );
});
