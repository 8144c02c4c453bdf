/** A ticket about a device that does not answer: the quick ticket, filled in from the register. */
import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { rpc } from '../../query.ts';
import { openQuickTicket } from '../tickets/quick-store.ts';

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
