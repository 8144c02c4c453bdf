/**
 * What asks for a decision, gravest first. The list is one place for the keyboard: arrows move, Enter does the likely thing, letters do
 * the others, Space ticks, Ctrl+A ticks all, Esc lets go.
 */
import { useVirtualizer } from '@tanstack/react-virtual';
import { Button } from 'antd';
import {
  useCallback,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import type { AcceptAction } from '../../../shared/features/discovery/findings.ts';
import { useText } from '../../i18n.ts';
import { go } from '../../route.ts';
import { isComposing } from '../../ui/keys.ts';
import { Key } from '../../ui/text.tsx';
import type { Entry } from './entries.ts';
import { GroupHead, PlaceHead } from './finding-group.tsx';
import { findingLines, lineHeight } from './finding-lines.ts';
import { FindingRow } from './finding-row.tsx';
import { actKey, groupActs, keyFor, mainOf, offersOf, type Act } from './offers.ts';
import type { SubnetName } from './subnet-names.ts';

const PAGE = 8;
interface FindingListProps {
  readonly entries: readonly Entry[];
  readonly names: readonly SubnetName[];
  /** What is searched for: a new search is read from its beginning. */
  readonly search: string;
  readonly picked: string | null;
  readonly onPick: (ip: string | null) => void;
  readonly act: (entry: Entry, what: Act) => void;
  /** Several at once, with a look at what would be done. */
  readonly settle: (action: AcceptAction, entries: readonly Entry[]) => void;
}

export function FindingList({ entries, names, search, picked, onPick, act, settle }: FindingListProps): ReactNode {
  const t = useText();
  const scroll = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => findingLines(entries, names), [entries, names]);
  const [ticks, setTicks] = useState<ReadonlySet<string>>(new Set());
  // what was settled is not ticked any more, also when it comes back by an undo
  const [known, setKnown] = useState(entries);
  if (known !== entries) {
    setKnown(entries);
    const left = new Set(entries.flatMap(({ key }) => (ticks.has(key) ? [key] : [])));
    if (left.size < ticks.size) setTicks(left);
  }
  const ticked = useMemo(() => entries.filter(({ key }) => ticks.has(key)), [entries, ticks]);
  const rows = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => (lines[index] ? lineHeight(lines[index]) : 0),
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 6,
  });
  const at = lines.findIndex((line) => line.is === 'finding' && line.entry.ip === picked);
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at);
  }, [at, rows]);
  useEffect(() => rows.measure(), [lines, rows]);
  // Chromium answers a scroll with a promise, which is no way to clean up
  useEffect(() => {
    scroll.current?.scrollTo({ top: 0 });
  }, [search]);

  const tick = useCallback(
    (some: readonly Entry[]) =>
      setTicks((before) => {
        const next = new Set(before);
        const all = some.every(({ key }) => before.has(key));
        for (const { key } of some)
          if (all) next.delete(key);
          else next.add(key);
        return next;
      }),
    [],
  );
  const onPickRow = useEffectEvent((entry: Entry) => {
    onPick(entry.ip);
    scroll.current?.focus({ preventScroll: true });
  });
  const pickRow = useCallback((entry: Entry) => onPickRow(entry), []);
  const move = (by: number): void => {
    const turn = Math.sign(by);
    let [next, left, found] = [at, Math.abs(by), at];
    while (left > 0 && lines[next + turn] !== undefined) {
      next += turn;
      if (lines[next]?.is !== 'finding') continue;
      found = next;
      left -= 1;
    }
    const line = lines[found];
    if (line?.is === 'finding') onPick(line.entry.ip);
    if (turn < 0 && found === lines.findIndex(({ is }) => is === 'finding')) rows.scrollToIndex(0);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event.nativeEvent) || event.target !== event.currentTarget) return;
    const line = lines[at];
    const entry = line?.is === 'finding' ? line.entry : null;
    if (!pressed(event, entry)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    ArrowUp: -1,
    PageDown: PAGE,
    PageUp: -PAGE,
    End: lines.length,
    Home: -lines.length,
  };
  const pressed = (event: KeyboardEvent, entry: Entry | null): boolean => {
    const step = steps[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) {
      if (event.key !== 'a') return false;
      tick(entries);
    } else if (step !== undefined) move(step);
    else if (event.key === 'Escape') {
      if (ticks.size === 0 && picked === null) return false;
      setTicks(new Set());
      onPick(null);
    } else if (!entry) return false;
    else if (event.key === ' ') tick([entry]);
    else if (event.key.toUpperCase() === 'H') go(`hosts/${entry.ip}`);
    else if (ticked.length > 0) {
      const several = groupActs(ticked).find(
        (each) => event.key === 'Enter' || keyFor[each] === event.key.toUpperCase(),
      );
      if (!several) return false;
      settle(several, ticked);
    } else {
      const wanted =
        event.key === 'Enter'
          ? mainOf(entry)
          : offersOf(entry).find((each) => keyFor[each] === event.key.toUpperCase());
      if (!wanted) return false;
      act(entry, wanted);
    }
    return true;
  };
  return (
    <>
      <div
        className="grid-scroll finding-scroll"
        ref={scroll}
        role="grid"
        tabIndex={0}
        aria-label={t('discovery.findings')}
        aria-multiselectable
        aria-rowcount={lines.length}
        aria-activedescendant={at >= 0 ? `finding-${at}` : undefined}
        onKeyDown={onKeyDown}
      >
        <div className="grid-body" role="rowgroup" style={{ height: rows.getTotalSize() }}>
          {rows.getVirtualItems().map(({ index, start, size }) => {
            const line = lines[index];
            const place = { top: start, height: size };
            if (!line) return null;
            if (line.is === 'group')
              return (
                <GroupHead
                  key={line.key}
                  {...place}
                  verdict={line.verdict}
                  entries={line.entries}
                  ticks={ticks}
                  onTick={tick}
                  onSettle={settle}
                />
              );
            if (line.is === 'place')
              return (
                <PlaceHead
                  key={line.key}
                  {...place}
                  title={line.title}
                  entries={line.entries}
                  ticks={ticks}
                  onTick={tick}
                />
              );
            return (
              <FindingRow
                key={line.key}
                {...place}
                id={`finding-${index}`}
                entry={line.entry}
                active={index === at}
                ticked={ticks.has(line.key)}
                onTick={tick}
                onPick={pickRow}
                act={act}
              />
            );
          })}
        </div>
      </div>
      {ticked.length === 0 ? (
        <p className="finding-keys">
          <Key>↑</Key> <Key>↓</Key> {t('discovery.keys.move')} <Key>Enter</Key> {t('discovery.keys.main')}{' '}
          <Key>Space</Key> {t('discovery.keys.tick')} <Key>H</Key> {t('discovery.keys.host')} <Key>Esc</Key>{' '}
          {t('discovery.keys.leave')}
        </p>
      ) : (
        <div className="finding-bulk" role="toolbar" aria-label={t('discovery.ticked', { count: ticked.length })}>
          <b>{t('discovery.ticked', { count: ticked.length })}</b>
          {groupActs(ticked).map((each) => (
            <Button key={each} size="small" onClick={() => settle(each, ticked)}>
              {t(actKey(each))}
              {each === 'port' || each === 'hostname' ? '' : '…'} <Key>{keyFor[each]}</Key>
            </Button>
          ))}
          <Button size="small" type="text" onClick={() => setTicks(new Set())}>
            {t('discovery.untick')}
          </Button>
        </div>
      )}
    </>
  );
}
