/** The bottom line, always there: is the engine and the centre reachable, what waits to be synced, whose notebook this is. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { WatchStatus } from '../features/watch/status.tsx';
import { useText } from '../i18n.ts';
import { rpc } from '../query.ts';
import { useLine } from '../rpc.ts';
import { State } from '../ui/state.tsx';
import { SyncStatus } from './sync-status.tsx';

export function BottomBar(): ReactNode {
  const t = useText();
  const line = useLine();
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  return (
    <footer className="bottom" aria-label={t('frame.status')}>
      {line.is === 'ready' ? <SyncStatus /> : <State tone="warn">{t('frame.goneShort')}</State>}
      <WatchStatus />
      <span className="grid-space" />
      {state?.setup ? (
        <>
          <span>{state.setup.unit}</span>
          <span>{state.setup.technician}</span>
          <span className="mono">{state.setup.machine}</span>
        </>
      ) : null}
      <span>{state ? `v${state.version}` : ''}</span>
    </footer>
  );
}
