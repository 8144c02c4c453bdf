/** A ticket about a device that does not answer: the quick ticket, filled in from the register. */
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { liveStates } from '../../../shared/features/tickets.ts';
import { rpc } from '../../query.ts';
import { openQuickTicket } from '../tickets/quick-store.ts';

/** More troubles than that in one morning are one trouble. */
const MOST = 200;

interface About {
  readonly name: string;
  readonly ip: string;
  readonly asset_id: string | null;
}
/** The same function as long as nobody else sits down at the notebook. */
export function useTicket(): (about: About, symptom: string) => void {
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  const technician = state?.setup?.technician ?? '';
  return useCallback(
    ({ name, ip, asset_id }, symptom) =>
      openQuickTicket({
        // What the watch found was reported by the technician; a registered device speaks for itself, with its place.
        who:
          asset_id === null
            ? { table: null, title: technician }
            : { table: 'assets', id: asset_id, title: name, subtitle: ip },
        symptom,
        category: 'no_access',
        given: { ip, channel: 'scan' },
      }),
    [technician],
  );
}

interface Ticket {
  readonly id: string;
  readonly number: string;
}
/** Tickets that are still open at these addresses, the one reported last: one trouble is reported once. */
export function useOpenTickets(ips: readonly string[]): ReadonlyMap<string, Ticket> {
  const { data } = useQuery(
    rpc.tickets.list.queryOptions({
      input: {
        filter: [
          { field: 'ip', op: 'in', value: ips.slice(0, MOST) },
          { field: 'state', op: 'in', value: [...liveStates] },
        ],
        sort: [{ field: 'reported_at', dir: 'asc' }],
        limit: MOST,
      },
      enabled: ips.length > 0,
      meta: { tables: ['tickets'] },
    }),
  );
  return useMemo(
    () => new Map(data?.rows.flatMap(({ id, number, ip }) => (ip === null ? [] : [[ip, { id, number }]]))),
    [data],
  );
}
