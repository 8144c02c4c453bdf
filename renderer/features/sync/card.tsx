/** One conflict: what it is about, each value with who and when, and the ways out, one click each. */
import { Button } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import type { ConflictCard as Card } from '../../../shared/features/sync.ts';
import { recordOf } from '../../../shared/records.ts';
import { fieldLabel, keyOf, optionLabel, useText, type Text } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { to } from '../../route.ts';
import { useSay } from '../../ui/say.ts';
import { State } from '../../ui/state.tsx';
import { valueText } from '../../ui/table/columns.tsx';
import { FieldInput } from '../../ui/form/field-input.tsx';
import { choicesOf, type Choice } from './choices.ts';

type Refs = Readonly<Record<string, string>>;

/** From an hour on the time of a laptop is only about right. */
const ABOUT_MS = 60_000;
const moment = (t: Text, at: number, uncertainty: number): string =>
  uncertainty > ABOUT_MS ? t('sync.about', { at: showMoment(at) }) : showMoment(at);

export function ConflictCard({ card, refs }: { card: Card; refs: Refs }): ReactNode {
  const t = useText();
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const [editing, setEditing] = useState(false);
  const settle = async (
    how: Choice['how'],
    values?: Record<string, string | number | boolean | null>,
  ): Promise<void> => {
    setBusy(true);
    try {
      await client.sync.resolve({ id: card.id, how, values });
      say.done(t('sync.settled'));
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  };
  const left = card.state === 'open' && card.kind === 'dependent' && !card.waits;
  const kind = left
    ? 'sync.kind.left'
    : (keyOf(`sync.kind.${card.kind}.${card.rule ?? ''}`) ?? keyOf(`sync.kind.${card.kind}`) ?? 'sync.conflicts');
  // Where nothing stood before on either side (a new record), there is no column for it.
  const hasBase = card.fields.some(({ base }) => base !== null);
  const author = card.mine.actor.split('@')[0] ?? card.mine.actor;
  const mineName = card.own ? t('sync.mine') : t('sync.minePerson', { name: author });
  return (
    <article className="clash" aria-label={card.title}>
      <header className="clash-head">
        <State tone={card.state === 'open' ? 'bad' : 'off'}>{t(kind)}</State>
        <h3>
          {detailPath(card.table) ? (
            <a href={to(detailPath(card.table) ?? '', card.row_id)}>{card.title}</a>
          ) : (
            card.title
          )}
        </h3>
        <span className="clash-sub">{card.subtitle}</span>
      </header>
      {card.fields.length > 0 ? (
        <table className="clash-values">
          <thead>
            <tr>
              <th scope="col">{t('sync.field')}</th>
              {hasBase ? <th scope="col">{t('sync.base')}</th> : null}
              <th scope="col">
                {mineName}
                <small>
                  {card.own
                    ? moment(t, card.mine.at, card.mine.unc_ms)
                    : t('sync.by', { name: card.mine.actor, at: moment(t, card.mine.at, card.mine.unc_ms) })}
                </small>
              </th>
              <th scope="col">
                {t('sync.theirs')}
                {card.theirs ? (
                  <small>{t('sync.by', { name: card.theirs.actor, at: showMoment(card.theirs.at) })}</small>
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
      ) : null}
      {card.holder ? (
        <p className="clash-note">
          {t('sync.holder', { title: card.holder.title })} {card.holder.subtitle}
        </p>
      ) : null}
      {card.reason === null ? null : <p className="clash-note">{t('sync.reasonGiven', { reason: card.reason })}</p>}
      {card.dependants > 0 ? <p className="clash-note">{t('sync.dependants', { n: card.dependants })}</p> : null}
      {card.state === 'resolved' ? (
        <p className="clash-note">
          {t('sync.resolvedBy', {
            name: card.resolved_by ?? '',
            at: showMoment(card.resolved_at ?? 0),
            how: optionLabel(t, 'conflicts', 'how', card.how ?? ''),
          })}
        </p>
      ) : editing ? (
        <EditLine
          card={card}
          busy={busy}
          onSave={(values) => void settle('edit', values)}
          onClose={() => setEditing(false)}
        />
      ) : (
        <div className="clash-ways">
          {choicesOf(card).map(({ how, label, primary }) => (
            <Button key={label} type={primary ? 'primary' : 'default'} disabled={busy} onClick={() => void settle(how)}>
              {t(card.own ? label : (keyOf(`${label}.other`) ?? label), { name: author })}
            </Button>
          ))}
          {card.editable.length > 0 && !card.waits ? (
            <Button disabled={busy} onClick={() => setEditing(true)}>
              {t('sync.edit')}
            </Button>
          ) : null}
        </div>
      )}
    </article>
  );
}

/** Screens whose address takes the id of a record. */
const detailPath = (table: string): string | null =>
  ['assets', 'people', 'tickets'].includes(table) ? table : table === 'bindings' ? 'addresses' : null;

function Removed(): ReactNode {
  const t = useText();
  return <td className="faint">{t('sync.removed')}</td>;
}

function Value({ card, field, value, refs }: { card: Card; field: string; value: unknown; refs: Refs }): ReactNode {
  const t = useText();
  const declared = recordOf(card.table)?.fields[field] ?? null;
  const text = valueText({ t, table: card.table, name: field, field: declared, value, refs });
  return (
    <td className={declared?.kind === 'ip' || declared?.kind === 'mac' ? 'mono' : undefined}>
      {text === '' ? <span className="faint">{t('sync.nothing')}</span> : text}
    </td>
  );
}

type Scalar = string | number | boolean | null;
const asScalar = (value: unknown): Scalar =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;

function EditLine({
  card,
  busy,
  onSave,
  onClose,
}: {
  card: Card;
  busy: boolean;
  onSave: (values: Record<string, Scalar>) => void;
  onClose: () => void;
}): ReactNode {
  const t = useText();
  const id = useId();
  const [values, setValues] = useState<Record<string, Scalar>>(() =>
    Object.fromEntries(
      card.fields.filter(({ field }) => card.editable.includes(field)).map(({ field, mine }) => [field, mine]),
    ),
  );
  return (
    <div className="clash-edit">
      {card.editable.map((name) => {
        const field = recordOf(card.table)?.fields[name];
        return field ? (
          <div className="field" key={name}>
            <label htmlFor={`${id}-${name}`}>{fieldLabel(t, card.table, name)}</label>
            <FieldInput
              id={`${id}-${name}`}
              table={card.table}
              name={name}
              field={field}
              value={values[name]}
              onChange={(value) => setValues({ ...values, [name]: asScalar(value) })}
            />
          </div>
        ) : null;
      })}
      <div className="clash-ways">
        <Button type="primary" disabled={busy} onClick={() => onSave(values)}>
          {t('common.save')}
        </Button>
        <Button disabled={busy} onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </div>
  );
}
