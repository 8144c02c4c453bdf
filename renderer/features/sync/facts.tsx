/** What a person needs to know before settling: who holds it since when and where, what the network showed, and who asks for it. */
import type { ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import { showMac } from '../../../shared/mac.ts';
import type { ConflictCard as Card } from '../../../shared/features/sync.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { to } from '../../route.ts';
import { personOf } from './values.tsx';
import { showWhen } from './when.ts';

/** Screens whose address takes the id of a record. */
export const detailPath = (table: string): string | null =>
  ['assets', 'people', 'tickets'].includes(table) ? table : table === 'bindings' ? 'addresses' : null;

export function Titled({ table, id, title }: { table: string; id: string; title: string }): ReactNode {
  const path = detailPath(table);
  return path ? <a href={to(path, id)}>{title}</a> : title;
}

export function Facts({ card }: { card: Card }): ReactNode {
  const t = useText();
  const holds = card.kind === 'unique' && card.state === 'open';
  return (
    <>
      {card.holder ? <Holder card={card} holder={card.holder} /> : null}
      {card.heir ? <p className="clash-note">{t('sync.heir', { title: card.heir.title })}</p> : null}
      {card.kind === 'step' && card.state === 'open' ? <Step card={card} /> : null}
      {holds && card.table === 'bindings' ? <Seen card={card} /> : null}
      {holds && card.rule === 'binding_ip' ? <p className="clash-note">{t('sync.live')}</p> : null}
      {card.asked ? (
        <p className="clash-asked">
          {t(card.asked.note === null ? 'sync.asked' : 'sync.askedNote', {
            name: personOf(card.asked.by),
            at: showMoment(card.asked.at),
            note: card.asked.note ?? '',
          })}
        </p>
      ) : null}
      {card.reason === null ? null : <p className="clash-note">{t('sync.reasonGiven', { reason: card.reason })}</p>}
      {card.dependants > 0 ? <p className="clash-note">{t('sync.dependants', { n: card.dependants })}</p> : null}
    </>
  );
}

function Holder({ card, holder }: { card: Card; holder: NonNullable<Card['holder']> }): ReactNode {
  const t = useText();
  if (card.kind !== 'unique')
    return (
      <p className="clash-note">
        {t('sync.holder', { title: holder.title })} {holder.subtitle}
      </p>
    );
  const parts = [
    holder.person,
    holder.place,
    holder.since === null ? null : t('sync.held.since', { at: showMoment(holder.since) }),
    card.theirs ? t('sync.held.made', { name: personOf(card.theirs.actor) }) : null,
  ].filter((part) => part !== null && part !== '');
  return (
    <p className="clash-note">
      {t('sync.held.by')}
      <strong>
        <Titled table={holder.table} id={holder.id} title={holder.title} />
      </strong>
      {parts.map((part) => ` · ${part}`).join('')}
    </p>
  );
}

function Seen({ card }: { card: Card }): ReactNode {
  const t = useText();
  const { seen } = card;
  if (!seen) return <p className="clash-note faint">{t('sync.seen.never')}</p>;
  const { ip, mac, whose } = seen;
  return (
    <p className="clash-note">
      {t(`sync.seen.${whose}`, { at: showMoment(seen.at), ip, mac: mac === '' ? '—' : showMac(mac) })}
    </p>
  );
}

function Step({ card }: { card: Card }): ReactNode {
  const t = useText();
  const state = card.fields.find(({ field }) => field === 'state');
  if (!state || !card.theirs) return null;
  return (
    <p className="clash-note">
      {t('sync.stepTold', {
        name: personOf(card.theirs.actor),
        at: showWhen(t, card.theirs),
        theirs: optionLabel(t, 'tickets', 'state', String(state.theirs)),
        author: personOf(card.mine.actor),
        mine: optionLabel(t, 'tickets', 'state', String(state.mine)),
      })}
    </p>
  );
}
