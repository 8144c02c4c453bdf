/** Whether this laptop has a network. Without one everything goes on: the notebook works offline. */
import { useSyncExternalStore, type ReactNode } from 'react';
import { useText } from '../i18n.ts';
import { State } from '../ui/state.tsx';

const subscribe = (changed: () => void): (() => void) => {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
};

export function SyncStatus(): ReactNode {
  const t = useText();
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return online ? <State tone="good">{t('frame.online')}</State> : <State tone="off">{t('frame.offline')}</State>;
}
