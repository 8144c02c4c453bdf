/** Which rows of a list are ticked. Rows are remembered as they were last seen, so that they can be copied when scrolled away. */
import { useCallback, useEffectEvent, useMemo, useRef } from 'react';
import type { Rows } from './rows.ts';
import { changeView, tableView, type TableView } from './view.ts';

/** Only lists that fit on the first page can be ticked as a whole; longer ones are filtered first. */
const ALL_AT_ONCE = 200;

interface Ticks<R> {
  readonly ids: ReadonlySet<string>;
  readonly rows: readonly R[];
  readonly toggle: (row: R) => void;
  readonly all: {
    readonly all: boolean;
    readonly some: boolean;
    readonly possible: boolean;
    readonly toggle: () => void;
  };
}

export function useTicks<R extends { id: string }>(id: string, view: TableView, rows: Rows<R>): Ticks<R> {
  const known = useRef(new Map<string, R>());
  const toggle = useRef((row: R): void => {
    known.current.set(row.id, row);
    const { selected } = tableView(id);
    changeView(id, {
      selected: selected.includes(row.id) ? selected.filter((each) => each !== row.id) : [...selected, row.id],
    });
  });
  const ids = new Set(view.selected);
  // What is done to ticked rows changes them: what is on offer next follows what they are now.
  if (view.selected.length > 0)
    for (const row of rows.loaded()) if (known.current.has(row.id)) known.current.set(row.id, row);
  const ticked = view.selected.flatMap((each) => known.current.get(each) ?? []);
  const last = useRef<readonly R[]>(ticked);
  // The same list while nothing in it changed: whoever draws it is spared.
  if (ticked.length !== last.current.length || ticked.some((row, index) => row !== last.current[index]))
    last.current = ticked;
  const total = rows.total ?? 0;
  const first = total <= ALL_AT_ONCE ? Array.from({ length: total }, (_, index) => rows.at(index)) : [];
  const loaded = first.flatMap((row) => row ?? []);
  const possible = total > 0 && loaded.length === total;
  const all = possible && loaded.every((row) => ids.has(row.id));
  const toggleAll = useEffectEvent((): void => {
    for (const row of loaded) known.current.set(row.id, row);
    changeView(id, { selected: all ? [] : loaded.map((row) => row.id) });
  });
  const some = ids.size > 0;
  const onToggleAll = useCallback(() => toggleAll(), []);
  return {
    ids,
    rows: last.current,
    toggle: toggle.current,
    all: useMemo(() => ({ all, some, possible, toggle: onToggleAll }), [all, some, possible, onToggleAll]),
  };
}
