/** Hosts as virtual rows: by verdict with what can be done, or all by address. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { verdicts, type Verdict } from '../../../shared/features/discovery/match.ts';
import { useText, type Text } from '../../i18n.ts';
import { State } from '../../ui/state.tsx';
import { Mac, NONE } from '../../ui/text.tsx';
import { showMoment } from '../../../shared/day.ts';
import { RowActions, type Act } from './row-actions.tsx';
import { isOpen, sayFact, toneOf, verdictKey, type Entry } from './entries.ts';

const ROW = 32;
const TALL = 52;
const TEMPLATE = '120px 122px 152px minmax(100px, 1.2fr) minmax(84px, 1fr) 80px minmax(136px, 1.6fr)';

interface ListProps {
  readonly entries: readonly Entry[];
  readonly picked: string | null;
  readonly onPick: (ip: string) => void;
}

/** Every host, one line each. */
export function HostList({ entries, picked, onPick }: ListProps): ReactNode {
  const t = useText();
  const scroll = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const at = entries.findIndex((entry) => entry.ip === picked);
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at);
  }, [at, rows]);
  const heads = [
    'discovery.verdict',
    'discovery.ip',
    'discovery.mac',
    'discovery.vendor',
    'discovery.name',
    'discovery.rtt',
    'discovery.registered',
  ] as const;
  return (
    <div
      className="grid-scroll"
      ref={scroll}
      role="table"
      aria-label={t('discovery.list')}
      aria-rowcount={entries.length}
    >
      <div className="grid-head" role="row" style={{ gridTemplateColumns: TEMPLATE }}>
        {heads.map((key) => (
          <div key={key} className={key === 'discovery.rtt' ? 'cell right' : 'cell'} role="columnheader">
            {t(key)}
          </div>
        ))}
      </div>
      <div className="grid-body" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const entry = entries[index];
          return entry ? (
            <HostRow key={entry.key} entry={entry} top={start} picked={entry.ip === picked} onPick={onPick} t={t} />
          ) : null;
        })}
      </div>
    </div>
  );
}

function ms(value: number | null | undefined, t: Text): string {
  if (typeof value !== 'number') return NONE;
  return value < 0.1
    ? t('discovery.ms_tiny')
    : t('discovery.ms', { value: value < 10 ? value.toFixed(1) : Math.round(value) });
}

/** Shows the address in the map. */
const PickIp = ({ ip, onPick }: { ip: string; onPick: (ip: string) => void }): ReactNode => (
  <button type="button" className="pick-ip mono" onClick={() => onPick(ip)}>
    {ip}
  </button>
);

function HostRow({
  entry,
  top,
  picked,
  onPick,
  t,
}: {
  entry: Entry;
  top: number;
  picked: boolean;
  onPick: (ip: string) => void;
  t: Text;
}): ReactNode {
  const { host, fact } = entry;
  return (
    <div
      role="row"
      className={`grid-row${picked ? ' opened' : ''}`}
      style={{ gridTemplateColumns: TEMPLATE, height: ROW, transform: `translateY(${top}px)` }}
    >
      <div className="cell" role="cell">
        <State tone={toneOf[entry.verdict]}>{t(verdictKey(entry.verdict))}</State>
      </div>
      <div className="cell" role="cell">
        <PickIp ip={entry.ip} onPick={onPick} />
      </div>
      <div className="cell" role="cell">
        <Mac hex={entry.mac} />
      </div>
      <div className="cell" role="cell" title={host?.vendor ?? undefined}>
        {host?.self ? t('discovery.self') : (host?.vendor ?? (host?.random ? t('discovery.random') : NONE))}
      </div>
      <div className="cell" role="cell" title={host?.name ?? undefined}>
        {host?.name ?? NONE}
      </div>
      <div
        className="cell right"
        role="cell"
        title={host ? `${t('discovery.proof')}: ${t(`discovery.proof.${host.proof}`)}` : undefined}
      >
        {ms(host?.rtt_ms, t)}
      </div>
      <div className="cell" role="cell" title={fact ? sayFact(fact, t) : undefined}>
        {fact ? sayFact(fact, t) || NONE : NONE}
      </div>
    </div>
  );
}

type Line = { readonly head: Verdict; readonly count: number } | { readonly entry: Entry };

/** What asks for a decision, gravest first, each with its actions. */
export function FindingList({
  entries,
  picked,
  onPick,
  act,
}: ListProps & { act: (entry: Entry, what: Act) => void }): ReactNode {
  const t = useText();
  const scroll = useRef<HTMLDivElement>(null);
  const lines = useMemo(
    () =>
      verdicts.filter(isOpen).flatMap((verdict): Line[] => {
        const group = entries.filter((entry) => entry.verdict === verdict);
        return group.length === 0 ? [] : [{ head: verdict, count: group.length }, ...group.map((entry) => ({ entry }))];
      }),
    [entries],
  );
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => (lines[index] && 'head' in lines[index] ? ROW : TALL),
    overscan: 8,
  });
  const at = lines.findIndex((line) => 'entry' in line && line.entry.ip === picked);
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at);
  }, [at, rows]);
  useEffect(() => rows.measure(), [lines, rows]);
  return (
    <div className="grid-scroll" ref={scroll}>
      <ul className="grid-body" style={{ height: rows.getTotalSize() }} aria-label={t('discovery.findings')}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const line = lines[index];
          if (!line) return null;
          return 'head' in line ? (
            <li key={line.head} className="finding-head" style={{ height: ROW, transform: `translateY(${start}px)` }}>
              <h4>
                <State tone={toneOf[line.head]}>{t(verdictKey(line.head))}</State>{' '}
                <span className="grid-count">{line.count}</span>
              </h4>
            </li>
          ) : (
            <FindingRow
              key={line.entry.key}
              entry={line.entry}
              top={start}
              picked={line.entry.ip === picked}
              onPick={onPick}
              act={act}
              t={t}
            />
          );
        })}
      </ul>
    </div>
  );
}

interface FindingRowProps {
  readonly entry: Entry;
  readonly top: number;
  readonly picked: boolean;
  readonly onPick: (ip: string) => void;
  readonly act: (entry: Entry, what: Act) => void;
  readonly t: Text;
}
function FindingRow({ entry, top, picked, onPick, act, t }: FindingRowProps): ReactNode {
  const { host, fact } = entry;
  if (!fact) return null;
  const seen =
    fact.verdict !== 'silent'
      ? null
      : fact.last_seen_at === null
        ? t('discovery.never_seen')
        : t('discovery.last_seen', { time: showMoment(fact.last_seen_at) });
  const about = [
    host?.vendor ?? (host?.random ? t('discovery.random') : null),
    host?.name,
    host?.rtt_ms === null || host?.rtt_ms === undefined ? null : ms(host.rtt_ms, t),
    seen,
  ];
  const put = fact.ignored
    ? t('discovery.ignored_until', { until: fact.ignored.until, reason: fact.ignored.reason })
    : null;
  return (
    <li className={`finding${picked ? ' picked' : ''}`} style={{ height: TALL, transform: `translateY(${top}px)` }}>
      <div className="finding-what">
        <div className="finding-line">
          <span className="finding-ip">
            <PickIp ip={fact.ip} onPick={onPick} />
          </span>
          {fact.verdict === 'conflict' ? null : <Mac hex={fact.mac} />}
          <span className="finding-about">{about.filter(Boolean).join(' · ')}</span>
        </div>
        <div className="finding-say" title={sayFact(fact, t)}>
          {put ?? sayFact(fact, t)}
        </div>
      </div>
      <RowActions entry={entry} act={act} />
    </li>
  );
}
