/** What can be done about a finding: the most likely as a button, the rest behind it. Each opens the usual form, filled in. */
import { Button, Dropdown } from 'antd';
import type { ReactNode } from 'react';
import type { Verdict } from '../../../shared/features/discovery/match.ts';
import type { MessageKey } from '../../../shared/messages.ts';
import { useText } from '../../i18n.ts';
import { to } from '../../route.ts';
import type { Entry } from './entries.ts';

export type Act = 'bind' | 'register' | 'ticket' | 'card' | 'move' | 'holder' | 'ignore' | 'notice';

/** The first is the button. */
const offers: Record<Verdict, readonly Act[]> = {
  conflict: ['ticket', 'holder', 'ignore'],
  mac_twice: ['ticket', 'holder', 'ignore'],
  ip_taken: ['ticket', 'card', 'holder', 'ignore'],
  moved: ['ticket', 'move', 'holder', 'ignore'],
  port_moved: ['ticket', 'holder', 'ignore'],
  new_mac: ['bind', 'register', 'ticket', 'ignore'],
  unbound: ['bind', 'ticket', 'ignore'],
  misnamed: ['ticket', 'holder', 'ignore'],
  silent: ['ticket', 'holder', 'ignore'],
  unseen: [],
  dynamic: [],
  known: [],
};
const keyOf = (act: Act): MessageKey => `discovery.action.${act}`;

function offersOf({ verdict, fact }: Entry): readonly Act[] {
  if (fact?.ignored) return ['notice'];
  const has = (act: Act): boolean => {
    if (act === 'holder') return Boolean(fact?.holder ?? fact?.other_holder);
    if (act === 'register') return fact?.asset === null;
    if (act === 'bind') return fact?.holder === null;
    // A second one for the same thing helps nobody; the open one stands beside the buttons.
    if (act === 'ticket') return !fact?.ticket;
    return true;
  };
  return offers[verdict].filter(has);
}

export function RowActions({ entry, act }: { entry: Entry; act: (entry: Entry, what: Act) => void }): ReactNode {
  const t = useText();
  const acts = offersOf(entry);
  const ticket = entry.fact?.ticket ?? null;
  // The link takes the place of the button: what changes the register is not pressed there by habit.
  const replaced = ticket !== null && !entry.fact?.ignored && offers[entry.verdict][0] === 'ticket';
  const first = replaced ? undefined : acts[0];
  const rest = replaced ? acts : acts.slice(1);
  if (first === undefined && ticket === null) return null;
  return (
    <div className="finding-actions">
      {ticket === null ? null : (
        <a className="finding-ticket" href={to('tickets', ticket.id)}>
          {t('discovery.ticket_done', { number: ticket.number })}
        </a>
      )}
      {first === undefined ? null : (
        <Button size="small" onClick={() => act(entry, first)}>
          {t(keyOf(first))}
        </Button>
      )}
      {rest.length === 0 ? null : (
        <Dropdown
          trigger={['click']}
          menu={{
            items: rest.map((each) => ({ key: each, label: t(keyOf(each)) })),
            onClick: ({ key }) => act(entry, key as Act),
          }}
        >
          <Button size="small" aria-label={t('common.more')}>
            ⋯
          </Button>
        </Dropdown>
      )}
    </div>
  );
}
