/** Which rows of a list are ticked. Rows are remembered as they were ticked, so that they can be copied when scrolled away. */
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
    rows: useMemo(() => view.selected.flatMap((each) => known.current.get(each) ?? []), [view.selected]),
    toggle: toggle.current,
    all: useMemo(() => ({ all, some, possible, toggle: onToggleAll }), [all, some, possible, onToggleAll]),
  };
}
