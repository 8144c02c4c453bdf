/** Sync at the press of a button, with one sentence about how it went; and asking now and then whether the store is there. */
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { SyncStatus } from '../../../shared/features/sync.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { useSay } from '../../ui/say.ts';
import { onlineOf } from './online.ts';
import { runSync } from './run.ts';

/** How often the store is asked whether it is there. */
const PROBE_MS = 30_000;

export function useSyncStatus(): SyncStatus | undefined {
  // No tables named: every commit here is one more that waits.
  const { data, dataUpdatedAt } = useQuery(rpc.sync.status.queryOptions({ input: { probe: false } }));
  const probe = useQuery(
    rpc.sync.status.queryOptions({
      input: { probe: true },
      enabled: data?.enrolled === true,
      refetchInterval: PROBE_MS,
      meta: { tables: [] },
    }),
  );
  return data ? { ...data, online: onlineOf(data, dataUpdatedAt, probe.data, probe.dataUpdatedAt) } : undefined;
}

/** Starts a sync of a notebook that has joined. */
export function useSyncNow(): () => void {
  const t = useText();
  const say = useSay();
  return useCallback(() => {
    runSync()
      .then((summary) => {
        if (!summary) return;
        const { sent, received, held, rejected } = summary;
        say.done(held > 0 ? t('sync.doneHeld', { sent, received, held }) : t('sync.done', { sent, received }));
        if (held > 0 || rejected > 0) go('sync');
      })
      .catch((error: unknown) => say.failed(error));
  }, [say, t]);
}
