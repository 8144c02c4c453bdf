/** What a table shows now: text, filters, sort (forgotten at the end of the session) and columns (kept on this computer). */
import { create } from 'zustand';
import type { FilterClause, ListQuery } from '../../../shared/list.ts';

export interface Columns {
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  readonly widths: Readonly<Record<string, number>>;
  readonly dense: boolean;
}
export interface TableView {
  readonly text: string;
  readonly filter: readonly FilterClause[];
  readonly sort: readonly { field: string; dir: 'asc' | 'desc' }[];
  readonly columns: Columns;
  /** Ids ticked, in the order of ticking. */
  readonly selected: readonly string[];
}

const plain: Columns = { order: [], hidden: [], widths: {}, dense: true };
const keptAs = (id: string): string => `lanbook-columns-${id}`;

function keptColumns(id: string): Columns {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keptAs(id)) ?? 'null');
    return typeof kept === 'object' && kept !== null ? { ...plain, ...kept } : plain;
  } catch {
    return plain;
  }
}

const useViews = create<{ views: Readonly<Record<string, TableView>> }>(() => ({ views: {} }));
const fresh = (id: string): TableView => ({ text: '', filter: [], sort: [], columns: keptColumns(id), selected: [] });
const freshViews = new Map<string, TableView>();
function firstView(id: string): TableView {
  const made = freshViews.get(id) ?? fresh(id);
  freshViews.set(id, made);
  return made;
}

/** The view of the table with this id, e.g. for an export of exactly what it shows. */
export const useTableView = (id: string): TableView => useViews(({ views }) => views[id] ?? firstView(id));
export const tableView = (id: string): TableView => useViews.getState().views[id] ?? firstView(id);

export function changeView(id: string, change: Partial<TableView>): void {
  const next = { ...tableView(id), ...change };
  useViews.setState(({ views }) => ({ views: { ...views, [id]: next } }));
  if (change.columns) localStorage.setItem(keptAs(id), JSON.stringify(change.columns));
}

/** The same view as a question to the engine, without its window. */
export const viewQuery = (view: TableView, base: readonly FilterClause[] = []): ListQuery => ({
  ...(view.text.trim() === '' ? {} : { text: view.text.trim() }),
  filter: [...base, ...view.filter],
  sort: [...view.sort],
});

/** Replaces what is filtered on one field; null takes the filter away. */
export const withFilter = (
  filter: readonly FilterClause[],
  field: string,
  clause: FilterClause | null,
): readonly FilterClause[] => [...filter.filter((each) => each.field !== field), ...(clause ? [clause] : [])];
