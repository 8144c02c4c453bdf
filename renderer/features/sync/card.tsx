/** One conflict: what it is about, each value with who and when, and the ways out, one click each. */
import { Button, Input } from 'antd';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import { OVERDUE_DAYS, type ConflictCard as Card } from '../../../shared/features/sync.ts';
import { recordOf } from '../../../shared/records.ts';
import { fieldLabel, keyOf, optionLabel, useText } from '../../i18n.ts';
import { client } from '../../rpc.ts';
import { FieldInput } from '../../ui/form/field-input.tsx';
import { useSay } from '../../ui/say.ts';
import { State } from '../../ui/state.tsx';
import { waysOf, type Way } from './choices.ts';
import { Facts, Titled } from './facts.tsx';
import { useSupervises } from './supervises.ts';
import { personOf, Values, type Refs } from './values.tsx';
import { WriteButton } from './write-button.tsx';

type Scalar = string | number | boolean | null;

interface CardProps {
  readonly card: Card;
  readonly refs: Refs;
  /** The keys of the list act on this one. */
  readonly active?: boolean;
  /** Somebody walked to it: it is brought into sight. */
  readonly reveal?: boolean;
  readonly onActive?: () => void;
}

export function ConflictCard({ card, refs, active = false, reveal = false, onActive }: CardProps): ReactNode {
  const t = useText();
  const say = useSay();
  const box = useRef<HTMLElement>(null);
  const [busy, setBusy] = useState(false);
  const [line, setLine] = useState<'edit' | 'ask' | null>(null);
  const author = personOf(card.mine.actor);
  const supervises = useSupervises();
  const ways = waysOf(card, t('sync.reopenRemark', { name: author }));
  const run = async (work: () => Promise<unknown>, done: string): Promise<void> => {
    setBusy(true);
    try {
      await work();
      setLine(null);
      say.done(done);
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  };
  const take = (way: Way): void => {
    if ('opens' in way) return setLine(way.opens);
    void run(() => client.sync.resolve({ id: card.id, how: way.how, values: way.values }), t('sync.settled'));
  };
  useEffect(() => {
    if (reveal) box.current?.scrollIntoView({ block: 'nearest' });
  }, [reveal]);
  const left = card.state === 'open' && card.kind === 'dependent' && !card.waits;
  const kind = left
    ? 'sync.kind.left'
    : (keyOf(`sync.kind.${card.kind}.${card.rule ?? ''}`) ?? keyOf(`sync.kind.${card.kind}`) ?? 'sync.conflicts');
  const theirState = card.fields.find(({ field }) => field === 'state')?.theirs;
  return (
    <article
      ref={box}
      className={active ? 'clash clash-active' : 'clash'}
      aria-label={card.title}
      aria-current={active ? 'true' : undefined}
      onPointerDown={onActive}
    >
      <header className="clash-head">
        <State tone={card.state === 'open' ? 'bad' : 'off'}>{t(kind)}</State>
        <h3>{card.exists ? <Titled table={card.table} id={card.row_id} title={card.title} /> : card.title}</h3>
        <span className="clash-sub">{card.subtitle}</span>
      </header>
      {card.overdue ? (
        <p className="clash-overdue">
          <State tone="warn">{t('sync.overdue', { n: OVERDUE_DAYS })}</State>
        </p>
      ) : null}
      <Values card={card} refs={refs} />
      <Facts card={card} />
      {card.state !== 'resolved' && card.settles !== 'all' ? (
        <p className="clash-note">
          {t(card.kind === 'forbidden' ? 'sync.forbiddenWaits' : 'refusal.conflict_of_others')}
        </p>
      ) : null}
      {card.state === 'resolved' ? (
        <p className="clash-note">
          {t('sync.resolvedBy', {
            name: card.resolved_by ?? '',
            at: showMoment(card.resolved_at ?? 0),
            how: optionLabel(t, 'conflicts', 'how', card.how ?? ''),
          })}
        </p>
      ) : line === 'edit' ? (
        <EditLine
          card={card}
          busy={busy}
          onSave={(values) =>
            void run(() => client.sync.resolve({ id: card.id, how: 'edit', values }), t('sync.settled'))
          }
          onClose={() => setLine(null)}
        />
      ) : line === 'ask' ? (
        <AskLine
          busy={busy}
          onSend={(note) => void run(() => client.sync.ask({ id: card.id, note }), t('sync.way.sent'))}
          onClose={() => setLine(null)}
        />
      ) : (
        <div className="clash-ways" data-ways>
          {ways.map((way, index) => (
            <WriteButton
              key={way.label}
              type={way.primary ? 'primary' : 'default'}
              disabled={busy || ('how' in way && way.how === 'shared' && !supervises)}
              title={'how' in way && way.how === 'shared' && !supervises ? t('sync.supervisor') : undefined}
              onClick={() => take(way)}
            >
              {active && index < 3 ? <kbd aria-hidden="true">{index + 1}</kbd> : null}
              {t(card.own ? way.label : (keyOf(`${way.label}.other`) ?? way.label), {
                name: author,
                ip: way.value ?? '',
                title: way.value ?? '',
                state: optionLabel(t, 'tickets', 'state', String(theirState ?? '')),
              })}
            </WriteButton>
          ))}
        </div>
      )}
    </article>
  );
}

const asScalar = (value: unknown): Scalar =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;

interface EditProps {
  readonly card: Card;
  readonly busy: boolean;
  readonly onSave: (values: Record<string, Scalar>) => void;
  readonly onClose: () => void;
}
function EditLine({ card, busy, onSave, onClose }: EditProps): ReactNode {
  const t = useText();
  const id = useId();
  const [values, setValues] = useState<Record<string, Scalar>>(() =>
    Object.fromEntries(
      card.fields.filter(({ field }) => card.editable.includes(field)).map(({ field, mine }) => [field, mine]),
    ),
  );
  return (
    <form
      className="clash-edit"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(values);
      }}
    >
      {card.editable.map((name, index) => {
        const field = recordOf(card.table)?.fields[name];
        return field ? (
          <div className="field" key={name}>
            <label htmlFor={`${id}-${name}`}>{fieldLabel(t, card.table, name)}</label>
            <FieldInput
              id={`${id}-${name}`}
              table={card.table}
              name={name}
              field={field}
              autoFocus={index === 0}
              value={values[name]}
              onChange={(value) => setValues({ ...values, [name]: asScalar(value) })}
            />
          </div>
        ) : null;
      })}
      <div className="clash-ways">
        <Button type="primary" htmlType="submit" disabled={busy}>
          {t('common.save')}
        </Button>
        <Button disabled={busy} onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}

interface AskProps {
  readonly busy: boolean;
  readonly onSend: (note: string) => void;
  readonly onClose: () => void;
}
function AskLine({ busy, onSend, onClose }: AskProps): ReactNode {
  const t = useText();
  const id = useId();
  const [note, setNote] = useState('');
  return (
    <form
      className="clash-edit"
      onSubmit={(event) => {
        event.preventDefault();
        onSend(note);
      }}
    >
      <div className="field">
        <label htmlFor={id}>{t('sync.way.askNote')}</label>
        <Input id={id} autoFocus maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
      </div>
      <div className="clash-ways">
        <Button type="primary" htmlType="submit" disabled={busy}>
          {t('sync.way.send')}
        </Button>
        <Button disabled={busy} onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
