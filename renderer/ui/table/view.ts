/** What a table shows now: text, filters, sort (forgotten at the end of the session) and columns (kept on this computer). */
import { create } from 'zustand';
import { keepText, keptObject } from '../../kept.ts';
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
const keptAs = (id: string): string => `columns.${id}`;
const keptColumns = (id: string): Columns => ({ ...plain, ...keptObject(keptAs(id)) });

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
  if (change.columns) keepText(keptAs(id), JSON.stringify(change.columns));
}

/** What a view asks of the engine, without its window: the question an export must ask to get what the list shows. */
export const viewQuery = (
  { text, filter, sort }: Pick<TableView, 'text' | 'filter' | 'sort'>,
  base: readonly FilterClause[] = [],
): ListQuery => ({
  ...(text.trim() === '' ? {} : { text: text.trim() }),
  filter: [...base, ...filter],
  sort: [...sort],
});

/** Fields of the columns a table shows now, in their order; kept up to date by the table while it is on screen. */
export const shownColumns = new Map<string, readonly string[]>();

/** Replaces what is filtered on one field; null takes the filter away. */
export const withFilter = (
  filter: readonly FilterClause[],
  field: string,
  clause: FilterClause | null,
): readonly FilterClause[] => [...filter.filter((each) => each.field !== field), ...(clause ? [clause] : [])];
