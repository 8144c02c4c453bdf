/**
 * Where a record stands with the central store: only on this laptop, sent, or in conflict with what waits struck through. Nothing when
 * it is confirmed, or when no store was joined.
 */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ConflictCard, RecordBadge } from '../../../shared/features/sync.ts';
import { fieldLabel, keyOf, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { to } from '../../route.ts';
import { State, type Tone } from '../../ui/state.tsx';
import { personOf, shownValue, type Refs } from './values.tsx';

const tones: Record<RecordBadge, Tone> = { local: 'off', sent: 'work', conflict: 'bad' };

export function SyncBadge({ id }: { id: string }): ReactNode {
  const t = useText();
  const enrolled = useQuery(rpc.sync.status.queryOptions({ input: { probe: false } })).data?.enrolled === true;
  const badge = useQuery(rpc.sync.badges.queryOptions({ input: { ids: [id] }, enabled: enrolled })).data?.[id];
  const { data } = useQuery(rpc.sync.about.queryOptions({ input: { id }, enabled: enrolled && badge === 'conflict' }));
  if (!enrolled || !badge) return null;
  const state = <State tone={tones[badge]}>{t(`sync.badge.${badge}`)}</State>;
  if (badge !== 'conflict' || !data || data.cards.length === 0)
    return <p className="sync-badge">{badge === 'conflict' ? <a href={to('sync')}>{state}</a> : state}</p>;
  return (
    <ul className="sync-waits">
      {data.cards.map((card) => (
        <li key={card.id}>
          <a href={to('sync', card.id)}>{state}</a> <Waits card={card} refs={data.refs} />
        </li>
      ))}
    </ul>
  );
}

/** The value that lost for now, struck through, so that its author sees that it is not gone. */
function Waits({ card, refs }: { card: ConflictCard; refs: Refs }): ReactNode {
  const t = useText();
  const name = personOf(card.mine.actor);
  const kind = t(
    keyOf(`sync.kind.${card.kind}.${card.rule ?? ''}`) ?? keyOf(`sync.kind.${card.kind}`) ?? 'sync.conflicts',
  );
  const values = card.kind === 'changed' ? [] : card.fields.filter(({ mine, theirs }) => mine !== theirs).slice(0, 3);
  if (values.length === 0)
    return (
      <>
        {t('sync.waitsRecord', { name, kind })} {t('sync.waitsIn')}
      </>
    );
  return (
    <>
      {values.map(({ field, mine }) => (
        <span key={field} className="sync-waits-value">
          {t(card.own ? 'sync.waitsMine' : 'sync.waitsHere', { name, field: fieldLabel(t, card.table, field) })}{' '}
          <s>{shownValue(t, card, field, mine, refs) || t('sync.nothing')}</s>
        </span>
      ))}{' '}
      {t('sync.waitsIn')}
    </>
  );
}
