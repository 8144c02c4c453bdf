/** The rows of a long list by pages of 200: only what is on screen is asked for, so 100,000 rows cost as much as 100. */
import { useQueries } from '@tanstack/react-query';
import { useRef } from 'react';
import type { ListQuery } from '../../../shared/list.ts';

export const PAGE = 200;
/** Pages scrolled away are forgotten after a minute. */
const FORGET_MS = 60_000;

interface ListPage<R> {
  readonly rows: R[];
  readonly total: number;
  readonly refs: Record<string, string>;
}
/** Any procedure that takes a list query: `rpc.assets.list`. */
export interface ListSource<R> {
  call(input: ListQuery, options?: { signal?: AbortSignal }): PromiseLike<ListPage<R>>;
}
export interface Rows<R> {
  /** Null until the first page is there. */
  readonly total: number | null;
  readonly refs: Readonly<Record<string, string>>;
  /** Undefined while its page is on the way. */
  at(index: number): R | undefined;
  /** Those of the pages that are here. */
  loaded(): readonly R[];
  readonly error: unknown;
  retry(): void;
}

export function useRows<R>(options: {
  id: string;
  list: ListSource<R>;
  query: ListQuery;
  /** Tables the list reads; it is refetched when one of them changes. */
  tables: readonly string[];
  first: number;
  last: number;
}): Rows<R> {
  const { id, list, query, tables, first, last } = options;
  const from = Math.floor(Math.max(0, first) / PAGE);
  const to = Math.max(from, Math.floor(Math.max(0, last) / PAGE));
  const numbers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const pages = useQueries({
    queries: numbers.map((number) => ({
      queryKey: ['list', id, query, number] as const,
      queryFn: async ({ signal }: { signal: AbortSignal }): Promise<ListPage<R>> =>
        list.call({ ...query, offset: number * PAGE, limit: PAGE }, { signal }),
      meta: { tables },
      gcTime: FORGET_MS,
    })),
  });
  const loaded = pages.find((page) => page.data)?.data;
  const now: Rows<R> = {
    total: loaded?.total ?? null,
    refs: useRefs(pages.map((page) => page.data)),
    at: (index) => pages[Math.floor(index / PAGE) - from]?.data?.rows[index % PAGE],
    loaded: () => pages.flatMap((page) => page.data?.rows ?? []),
    error: pages.find((page) => page.error)?.error ?? null,
    retry: () => {
      for (const page of pages) void page.refetch();
    },
  };
  // While a new filter or sort is on the way the old rows stay: a list that blinks at each key press cannot be read.
  const shown = useRef(now);
  if (loaded || now.error) shown.current = now;
  return shown.current;
}

/** The titles of all loaded pages; the same object while none of them changed, so that rows need not be drawn again. */
function useRefs(pages: readonly (ListPage<unknown> | undefined)[]): Readonly<Record<string, string>> {
  const made = useRef<{ from: typeof pages; refs: Record<string, string> }>({ from: [], refs: {} });
  const { from } = made.current;
  if (from.length !== pages.length || from.some((page, index) => page !== pages[index]))
    made.current = { from: pages, refs: Object.fromEntries(pages.flatMap((page) => Object.entries(page?.refs ?? {}))) };
  return made.current.refs;
}
