/** Names to press beside a name field: technicians that tickets and areas know. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';

export function Technicians({ value, onPick }: { value: unknown; onPick: (name: string) => void }): ReactNode {
  const t = useText();
  const { data = [] } = useQuery(rpc.areas.technicians.queryOptions({ meta: { tables: ['duty_areas', 'tickets'] } }));
  return (
    <div className="chips" role="group" aria-label={t('areas.choose')}>
      {data.map((name) => (
        <button
          key={name}
          type="button"
          className={name === value ? 'chip chosen' : 'chip'}
          aria-pressed={name === value}
          onClick={() => onPick(name)}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
