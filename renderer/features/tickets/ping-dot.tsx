/** Whether the address answers now, asked again every quarter of a minute while it is on screen. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { State } from '../../ui/state.tsx';
import { rttText } from '../discovery/words.ts';

const AGAIN_MS = 15_000;

export function PingDot({ ip }: { ip: string }): ReactNode {
  const t = useText();
  const { data, error } = useQuery({
    ...rpc.discovery.history.ping.queryOptions({ input: { ip, count: 1 } }),
    refetchInterval: AGAIN_MS,
    retry: false,
  });
  // An address of no network of this notebook: nothing can be said from here.
  if (error || data?.missing) return <State tone="off">{t('tickets.pingNo')}</State>;
  if (!data) return <State tone="off">{t('tickets.pinging')}</State>;
  return data.rtt_ms === null ? (
    <State tone="off">{t('tickets.offline')}</State>
  ) : (
    <State tone="good">{t('tickets.online', { rtt: rttText(data.rtt_ms, t) })}</State>
  );
}
