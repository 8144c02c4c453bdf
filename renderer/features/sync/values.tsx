/** Both values of every field side by side, with who wrote which and when. */
import type { ReactNode } from 'react';
import type { ConflictCard as Card } from '../../../shared/features/sync.ts';
import { recordOf } from '../../../shared/records.ts';
import { fieldLabel, useText, type Text } from '../../i18n.ts';
import { valueText } from '../../ui/table/columns.tsx';
import { showWhen } from './when.ts';

export type Refs = Readonly<Record<string, string>>;
type FieldOf = Pick<Card, 'table'>;

export const shownValue = (t: Text, { table }: FieldOf, field: string, value: unknown, refs: Refs): string =>
  valueText({ t, table, name: field, field: recordOf(table)?.fields[field] ?? null, value, refs });

/** A name as people say it: `李明@L03` is 李明. */
export const personOf = (actor: string): string => actor.split('@', 1)[0] ?? actor;

export function Values({ card, refs }: { card: Card; refs: Refs }): ReactNode {
  const t = useText();
  if (card.fields.length === 0) return null;
  // Where nothing stood before on either side (a new record), there is no column for it.
  const hasBase = card.fields.some(({ base }) => base !== null);
  const mineName = card.own ? t('sync.mine') : t('sync.minePerson', { name: personOf(card.mine.actor) });
  return (
    <table className="clash-values">
      <thead>
        <tr>
          <th scope="col">{t('sync.field')}</th>
          {hasBase ? <th scope="col">{t('sync.base')}</th> : null}
          <th scope="col">
            {mineName}
            <small>
              {card.own ? showWhen(t, card.mine) : t('sync.by', { name: card.mine.actor, at: showWhen(t, card.mine) })}
            </small>
          </th>
          <th scope="col">
            {t('sync.theirs')}
            {card.theirs ? (
              <small>{t('sync.by', { name: card.theirs.actor, at: showWhen(t, card.theirs) })}</small>
            ) : null}
          </th>
        </tr>
      </thead>
      <tbody>
        {card.fields.map(({ field, base, mine, theirs }) => (
          <tr key={field}>
            <th scope="row">{fieldLabel(t, card.table, field)}</th>
            {hasBase ? <Value card={card} field={field} value={base} refs={refs} /> : null}
            {card.kind === 'changed' ? <Removed /> : <Value card={card} field={field} value={mine} refs={refs} />}
            {card.kind === 'deleted' ? <Removed /> : <Value card={card} field={field} value={theirs} refs={refs} />}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Removed(): ReactNode {
  const t = useText();
  return <td className="faint">{t('sync.removed')}</td>;
}

interface ValueProps {
  readonly card: Card;
  readonly field: string;
  readonly value: unknown;
  readonly refs: Refs;
}
function Value({ card, field, value, refs }: ValueProps): ReactNode {
  const t = useText();
  const kind = recordOf(card.table)?.fields[field]?.kind;
  const text = shownValue(t, card, field, value, refs);
  return (
    <td className={kind === 'ip' || kind === 'mac' ? 'mono' : undefined}>
      {text === '' ? <span className="faint">{t('sync.nothing')}</span> : text}
    </td>
  );
}
