/** Who was chosen, with what the register knows of them, and what is open for them already. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { to } from '../../route.ts';
import { OptionState } from '../../ui/state.tsx';
import { closeQuickTicket, type Who } from './quick-store.ts';

const TABLES = ['people', 'bindings', 'assets', 'locations', 'tickets'];

/** What the register knows of a reporter; undefined for one who is in none, or until it is there. */
export function useKnown(who: Who | null) {
  const input = {
    person_id: who?.table === 'people' ? who.id : null,
    location_id: who?.table === 'locations' ? who.id : null,
    asset_id: who?.table === 'assets' ? who.id : null,
  };
  const registered = who !== null && who.table !== null;
  return useQuery(rpc.tickets.prefill.queryOptions({ input, enabled: registered, meta: { tables: TABLES } })).data;
}

export function WhoCard({ who, onAgain }: { who: Who; onAgain: () => void }): ReactNode {
  const t = useText();
  const known = useKnown(who);
  const place = known?.values.location_id;
  const asset = known?.values.asset_id;
  const facts = [known?.values.department, place ? known.refs[place] : null, asset ? known.refs[asset] : null].filter(
    Boolean,
  );
  return (
    <div className="who-card">
      <div className="who-line">
        <strong>{who.title}</strong>
        <span className="who-facts">
          {who.table === null ? t('field.tickets.reporter') : facts.join(' · ')}{' '}
          {known?.values.ip ? <span className="mono">{known.values.ip}</span> : null}
        </span>
        <button type="button" className="text-button" onClick={onAgain}>
          {t('tickets.whoAgain')}
        </button>
      </div>
      {known && known.open.length > 0 ? (
        <ul className="who-open" aria-label={t('tickets.already')}>
          {known.open.map((ticket) => (
            <li key={ticket.id}>
              <span className="field-hint">{t('tickets.already')}</span>
              <a href={to('tickets', ticket.id)} onClick={closeQuickTicket}>
                {ticket.symptom}
              </a>
              <OptionState table="tickets" field="state" code={ticket.state} />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
