/** Hosts that sweeps saw and whose address or card holds what was typed so far: the end of a MAC is what stands on a label. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import { showMac } from '../../../shared/mac.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { to } from '../../route.ts';

const SHOWN = 8;
/** No address is longer. */
const LONGEST = 60;
interface Match {
  readonly ip: string;
  readonly mac: string | null;
  readonly name: string | null;
  readonly at: number;
}
const none: readonly Match[] = [];
const orderOf = (text: string): { text: string; limit: number } => ({ text: text.slice(0, LONGEST), limit: SHOWN });

export const findMatches = async (text: string): Promise<readonly Match[]> =>
  await client.discovery.history.find(orderOf(text));

export function useMatches(text: string, enabled: boolean): readonly Match[] {
  const { data } = useQuery({
    ...rpc.discovery.history.find.queryOptions({
      input: orderOf(text),
      meta: { tables: ['_sweeps'] },
    }),
    enabled,
    placeholderData: keepPreviousData,
  });
  return enabled ? (data ?? none) : none;
}

export function Matches({ hosts }: { hosts: readonly Match[] }): ReactNode {
  const t = useText();
  if (hosts.length === 0) return null;
  return (
    <ul className="host-matches" aria-label={t('hosts.matches')}>
      {hosts.map(({ ip, mac, name, at }) => (
        <li key={`${ip} ${mac ?? ''}`}>
          <a className="mono" href={to('hosts', ip)}>
            {ip}
          </a>{' '}
          <span className="mono">{mac === null ? '' : showMac(mac)}</span> {name}{' '}
          <span className="cell-sub">{showMoment(at)}</span>
        </li>
      ))}
    </ul>
  );
}
