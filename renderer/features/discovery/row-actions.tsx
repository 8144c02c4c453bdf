/** What can be done about a finding: the most likely as a button, the rest behind it. Plain buttons: a list draws many of them. */
import { useState, type ReactNode } from 'react';
import { useText } from '../../i18n.ts';
import { to } from '../../route.ts';
import { Key } from '../../ui/text.tsx';
import type { Entry } from './entries.ts';
import { actKey, keyFor, mainOf, offersOf, type Act } from './offers.ts';
import { RowMenu } from './row-menu.tsx';

interface RowActionsProps {
  readonly entry: Entry;
  /** The keyboard is on this row: its keys are shown. */
  readonly active: boolean;
  readonly act: (entry: Entry, what: Act) => void;
}
export function RowActions({ entry, active, act }: RowActionsProps): ReactNode {
  const t = useText();
  const [open, setOpen] = useState(false);
  const acts = offersOf(entry);
  const first = mainOf(entry);
  const ticket = entry.fact?.ticket ?? null;
  if (acts.length === 0 && ticket === null) return null;
  return (
    <div className="finding-actions">
      {ticket === null ? null : (
        <a className="finding-ticket" href={to('tickets', ticket.id)}>
          {t('discovery.ticket_done', { number: ticket.number })}
        </a>
      )}
      {first === null ? null : (
        <button type="button" className="row-button" tabIndex={-1} onClick={() => act(entry, first)}>
          {t(actKey(first))} {active ? <Key>{keyFor[first]}</Key> : null}
        </button>
      )}
      {acts.every((each) => each === first) ? null : (
        <button
          type="button"
          className="row-button"
          tabIndex={-1}
          aria-haspopup="menu"
          aria-label={t('common.more')}
          onClick={() => setOpen(true)}
        >
          ⋯
        </button>
      )}
      {open ? <RowMenu entry={entry} act={act} onClose={() => setOpen(false)} /> : null}
    </div>
  );
}
