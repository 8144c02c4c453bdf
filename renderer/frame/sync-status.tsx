/** Is the central store in reach, what waits for it, when it was last told. Without a network everything goes on. */
import { useSyncExternalStore, type ReactNode } from 'react';
import { useText } from '../i18n.ts';
import { to } from '../route.ts';
import { useSyncRun } from '../features/sync/run.ts';
import { useSyncNow, useSyncStatus } from '../features/sync/use-sync.ts';
import { State } from '../ui/state.tsx';
import { Moment } from '../ui/text.tsx';

const subscribe = (changed: () => void): (() => void) => {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
};
const useNetwork = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine);

export function SyncStatus(): ReactNode {
  const t = useText();
  const network = useNetwork();
  const sync = useSyncStatus();
  const running = useSyncRun((state) => state.running);
  const syncNow = useSyncNow();
  if (sync && !sync.enrolled)
    return (
      <>
        <State tone="off">{t('frame.standalone')}</State>
        <a className="bottom-link" href={to('sync')}>
          {t('sync.enrol')}
        </a>
      </>
    );
  // What the store last answered counts; before it was asked, whether there is a network at all.
  const byStick = sync?.address === null;
  const online = network && (sync?.online ?? true);
  return (
    <>
      {sync?.revoked ? (
        <a href={to('sync')}>
          <State tone="bad">{t('frame.revoked')}</State>
        </a>
      ) : byStick ? (
        <State tone="off">{t('sync.byStick')}</State>
      ) : online ? (
        <State tone="good">{t('frame.online')}</State>
      ) : (
        <State tone="off">{t('frame.offline')}</State>
      )}
      {sync ? (
        <a className="bottom-link" href={to('sync')}>
          <span>{t('frame.unsynced', { n: sync.unsynced.toLocaleString() })}</span>
          {sync.conflicts > 0 ? (
            <State tone="bad">{t('frame.conflicts', { n: sync.conflicts.toLocaleString() })}</State>
          ) : null}
          <span>
            {sync.last_at === null ? (
              t('frame.neverSynced')
            ) : (
              <>
                {t('frame.lastSync')} <Moment at={sync.last_at} />
              </>
            )}
          </span>
        </a>
      ) : null}
      {sync && !byStick ? (
        <button type="button" className="bottom-sync" disabled={running !== null || sync.running} onClick={syncNow}>
          {t(running ? `sync.phase.${running.phase}` : sync.running ? 'sync.running' : 'sync.now')}
        </button>
      ) : null}
    </>
  );
}
