/** The way from a record with an address to its watch, or into the list of what is watched. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { isPrivate } from '../../../shared/features/discovery/scope.ts';
import { parseIp } from '../../../shared/ip.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { to } from '../../route.ts';

interface LinkProps {
  readonly ip: string | null;
  /** What the form of a new one begins with. */
  readonly name?: string | null;
  readonly asset?: string | null;
  readonly place?: string | null;
}
export function WatchLink({ ip, name, asset, place }: LinkProps): ReactNode {
  const t = useText();
  const { data } = useQuery(
    rpc.watch.list.queryOptions({ meta: { tables: ['watched_devices', '_watch', 'assets', 'locations'] } }),
  );
  const address = ip === null ? null : parseIp(ip);
  // What may not be watched is not offered.
  if (!data || ip === null || address === null || !isPrivate(address)) return null;
  const known = data.devices.find((each) => each.ip === ip);
  if (known) return <a href={to('watch', known.id)}>{t('watch.link_known')}</a>;
  const start = Object.entries({ ip, name, asset, place }).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return <a href={`#/watch/new?${new URLSearchParams(start).toString()}`}>{t('watch.link_new')}</a>;
}
