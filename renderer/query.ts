/** What the window knows of the engine's data: cached by TanStack Query, refetched when a commit changed a table it came from. */
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient } from '@tanstack/react-query';
import { client, useLine } from './rpc.ts';
import { refusalOf } from './ui/refusal.ts';

declare module '@tanstack/react-query' {
  interface Register {
    /** The tables a query reads; a query that does not say is refetched after every commit. */
    queryMeta: { tables?: readonly string[] };
  }
}

/** `useQuery(rpc.assets.get.queryOptions({ input: { id } }))` */
export const rpc = createTanstackQueryUtils(client);

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The engine is on this machine and tells of every change: nothing goes stale by itself.
      staleTime: Infinity,
      networkMode: 'always',
      refetchOnWindowFocus: false,
      retry: (failures, error) => refusalOf(error) === null && failures < 2,
    },
    mutations: { networkMode: 'always' },
  },
});

/** A sweep or sync commits many times a second; lists follow at most this often. */
const REFETCH_PAUSE_MS = 200;
const changed = new Set<string>();
let timer: ReturnType<typeof setTimeout> | null = null;

function refetchChanged(): void {
  timer = null;
  const tables = new Set(changed);
  changed.clear();
  void queries.invalidateQueries({ predicate: ({ meta }) => meta?.tables?.some((table) => tables.has(table)) ?? true });
}
function noteChange(tables: readonly string[]): void {
  for (const table of tables) changed.add(table);
  timer ??= setTimeout(refetchChanged, REFETCH_PAUSE_MS);
}

/** Follows the engine's events for as long as the line holds; each new line starts with everything refetched. */
async function follow(): Promise<void> {
  try {
    for await (const { tables } of await client.system.events()) noteChange(tables);
  } catch {
    // The line broke: `useLine` tells, and the next 'ready' starts a new stream.
  }
}
export function followEvents(): void {
  let first = true;
  useLine.subscribe((line) => {
    if (line.is !== 'ready') return;
    if (!first) void queries.invalidateQueries();
    first = false;
    void follow();
  });
}
