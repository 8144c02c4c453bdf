/** Outlets of a room as buttons, free ones first: one press fills in the outlet and the switch port behind it. Nothing where nothing is known. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { z } from 'zod';
import type { freeEnd } from '../../../shared/features/opening.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import './opening.css';

type End = z.infer<typeof freeEnd>;
const TABLES = ['bindings', 'outlets', 'switch_ports', 'cables', 'panels', 'people'];
/** Buttons that fit on two lines; a hall has more, and they are typed. */
const SHOWN = 24;

interface EndsProps {
  readonly room: string | null;
  readonly chosen: string | null;
  readonly onChoose: (end: End) => void;
}
export function Ends({ room, chosen, onChoose }: EndsProps): ReactNode {
  const t = useText();
  const { data = [] } = useQuery({
    ...rpc.opening.ends.queryOptions({ input: { location_id: room ?? '' }, meta: { tables: TABLES } }),
    enabled: room !== null,
  });
  if (room === null || data.length === 0) return null;
  return (
    <div className="open-ends" role="group" aria-label={t('opening.ends')}>
      {data.slice(0, SHOWN).map((end) => (
        <button
          key={end.outlet}
          type="button"
          className="open-end"
          disabled={end.taken !== null}
          aria-pressed={chosen === end.outlet}
          title={[end.switch_name, end.switch_port].filter(Boolean).join(' ')}
          onClick={() => onChoose(end)}
        >
          {end.taken === null
            ? t('opening.move.free_end', { outlet: end.outlet })
            : t('opening.move.taken_end', { outlet: end.outlet, who: end.taken })}
        </button>
      ))}
    </div>
  );
}
