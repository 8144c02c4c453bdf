/** What can be done about a finding: the most likely as a button, the rest behind it, each with its key. */
import { Button, Dropdown } from 'antd';
import type { ReactNode } from 'react';
import type { MessageKey } from '../../../shared/messages.ts';
import { useText } from '../../i18n.ts';
import { to } from '../../route.ts';
import { Key } from '../../ui/text.tsx';
import type { Entry } from './entries.ts';
import { keyFor, mainOf, offersOf, type Act } from './offers.ts';

export const actKey = (act: Act): MessageKey => `discovery.action.${act}`;

interface RowActionsProps {
  readonly entry: Entry;
  /** The keyboard is on this row: its keys are shown. */
  readonly active: boolean;
  readonly act: (entry: Entry, what: Act) => void;
}
export function RowActions({ entry, active, act }: RowActionsProps): ReactNode {
  const t = useText();
  const acts = offersOf(entry);
  const first = mainOf(entry);
  const rest = acts.filter((each) => each !== first);
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
        <Button size="small" tabIndex={-1} onClick={() => act(entry, first)}>
          {t(actKey(first))} {active ? <Key>{keyFor[first]}</Key> : null}
        </Button>
      )}
      {rest.length === 0 ? null : (
        <Dropdown
          trigger={['click']}
          menu={{
            items: rest.map((each) => ({
              key: each,
              label: (
                <span className="finding-menu">
                  {t(actKey(each))} <Key>{keyFor[each]}</Key>
                </span>
              ),
            })),
            onClick: ({ key }) => act(entry, key as Act),
          }}
        >
          <Button size="small" tabIndex={-1} aria-label={t('common.more')}>
            ⋯
          </Button>
        </Dropdown>
      )}
    </div>
  );
}
