/** One finding settled: which command of the register its action is, and when it does not fit. */
import type { z } from 'zod';
import { assets } from '../../../../shared/features/assets.ts';
import type { FoundFact } from '../../../../shared/features/discovery.ts';
import { ignoredFindings } from '../../../../shared/features/discovery.ts';
import type { AcceptOrder, acceptOrder } from '../../../../shared/features/discovery/findings.ts';
import { categoryOf } from '../../../../shared/features/discovery/category.ts';
import { openVerdicts } from '../../../../shared/features/discovery/match.ts';
import { brandOf } from '../../../../shared/features/discovery/brands.ts';
import { hostnameOf } from '../../../../shared/features/discovery/identity.ts';
import { symptomOf } from '../../../../shared/features/discovery/say.ts';
import { bindings } from '../../../../shared/features/ipam.ts';
import type { DraftOf, RowOf } from '../../../../shared/record.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import type { WriteDb } from '../../door.ts';
import { checkOnce, createAsset } from '../assets.ts';
import { bind, moveBinding, moveState, updateBinding, type Now } from '../ipam/bindings.ts';
import { openTicket, type TicketDesk } from '../tickets.ts';

export interface Settling {
  readonly t: Translate;
  readonly desk: TicketDesk;
  readonly at: Now;
}
export type Given = z.infer<typeof acceptOrder>['all'] & { readonly key: string };
export interface Opened {
  readonly id: string;
  readonly number: string;
}
const NAME_MAX = 100;

/** Runs the action's command. Returns the ticket it opened, if that was it. Refuses what does not fit the fact. */
export function settle(
  tx: WriteDb,
  fact: FoundFact,
  given: Given,
  order: AcceptOrder,
  { t, desk, at }: Settling,
): Opened | null {
  const { ip, mac, holder, other_holder: other, host } = fact;
  const unfit = (): Error => refuse('finding_not_for', { ip });
  const reason = (): string => {
    if (!order.reason) throw refuse('finding_needs_reason');
    return order.reason;
  };
  switch (order.action) {
    case 'bind': {
      const why = order.reason || t('discovery.bind_reason');
      if (!host || (holder && holder.mac !== null)) throw unfit();
      if (holder) {
        // a reservation waits for its first card
        if (mac === null) throw refuse('mac_needed');
        moveState(tx, holder.id, 'activate', { ...at, reason: why, mac });
        return null;
      }
      if (fact.verdict !== 'new_mac' && fact.verdict !== 'unbound') throw unfit();
      if (!given.person_id) throw refuse('finding_needs_person', { ip });
      const { person_id, location_id } = given;
      const port = fact.port && { switch_name: fact.port.switch_name, switch_port: fact.port.switch_port };
      bind(
        tx,
        {
          ip,
          mac,
          person_id,
          location_id: location_id ?? null,
          asset_id: fact.asset?.id ?? null,
          hostname: hostnameOf(host),
          ...port,
          reason: why,
        },
        at,
      );
      return null;
    }
    case 'register': {
      if (!host || fact.asset || host.self) throw unfit();
      const category = given.category ?? categoryOf(host.kind);
      const label = t(`option.assets.category.${category}`);
      const brand = host.vendor === null ? null : brandOf(host.vendor);
      const vendor = brand === null ? host.vendor : t(`maker.${brand}`);
      const known = vendor === null ? label : t('finding.asset_name', { vendor, category: label });
      const named = category === 'other' ? t('finding.asset_unknown', { ip }) : known;
      const values = { ip, mac, hostname: hostnameOf(host) };
      addAsset(tx, {
        ...values,
        name: (given.name || host.name || named).slice(0, NAME_MAX),
        category,
        status: 'in_use',
        location_id: given.location_id ?? holder?.location_id ?? null,
        user_id: given.person_id ?? null,
      });
      return null;
    }
    case 'ticket': {
      if (!openVerdicts.includes(fact.verdict)) throw unfit();
      if (fact.ticket) throw refuse('finding_has_ticket', { ip, number: fact.ticket.number });
      if (order.tickets === 'one') return null;
      const about = holder ?? other;
      const conflict = fact.verdict === 'conflict' || fact.verdict === 'ip_taken' || fact.verdict === 'mac_twice';
      const { id, number } = openTicket(
        tx,
        {
          symptom: symptomOf(fact, t),
          category: order.ticket_category ?? (conflict ? 'ip_conflict' : 'other'),
          person_id: given.person_id ?? about?.person_id ?? null,
          location_id: given.location_id ?? about?.location_id ?? null,
          asset_id: fact.asset?.id ?? null,
          ip,
          kind: 'fault',
          channel: 'scan',
        },
        desk,
      );
      return { id, number };
    }
    case 'ignore': {
      if (!openVerdicts.includes(fact.verdict)) throw unfit();
      if (fact.ignored) throw refuse('finding_set_aside', { ip, until: fact.ignored.until });
      if (!order.until || order.until < at.today) throw refuse('finding_needs_day');
      setAside(tx, { key: given.key, ip, mac, until: order.until, reason: reason() });
      return null;
    }
    case 'port': {
      if (!fact.port || !holder) throw unfit();
      const { switch_name, switch_port } = fact.port;
      updateBinding(tx, holder.id, { switch_name, switch_port }, order.reason || null);
      return null;
    }
    case 'hostname': {
      const hostname = hostnameOf(host);
      if (!holder || hostname === null || (holder.mac !== null && mac !== null && holder.mac !== mac)) throw unfit();
      if (holder.hostname === hostname) throw refuse('finding_same', { ip });
      updateBinding(tx, holder.id, { hostname }, order.reason || null);
      return null;
    }
    case 'card': {
      if (!holder || mac === null || fact.verdict !== 'ip_taken') throw unfit();
      updateBinding(tx, holder.id, { mac }, reason());
      return null;
    }
    case 'move': {
      if (!other || fact.verdict !== 'moved') throw unfit();
      moveBinding(tx, other.id, { ip }, reason(), at);
      return null;
    }
  }
}

/** A device that was found goes into the register under the same law as one that is typed in. */
export function addAsset(tx: WriteDb, draft: DraftOf<typeof assets>): RowOf<typeof assets> {
  checkOnce(tx, draft, null);
  return createAsset(tx, draft);
}

/** Two notebooks may have set the same thing aside before they synced: it is one all the same. */
const asideOf = (tx: WriteDb, key: string): string[] =>
  tx
    .all<{ id: string }>('SELECT id FROM ignored_findings WHERE finding = ? AND deleted_at IS NULL ORDER BY id', key)
    .map(({ id }) => id);

/** Not asked about again until a day; asked before, the day and the reason are those given now. */
export function setAside(
  tx: WriteDb,
  { key, ip, mac, until, reason }: { key: string; ip: string; mac: string | null; until: string; reason: string },
): { id: string } {
  const [first] = asideOf(tx, key).map((id) => tx.patch(ignoredFindings, id, { until, reason }));
  return first ?? tx.insert(ignoredFindings, { finding: key, ip, mac, until, reason });
}

/** Asked about again. */
export function notice(tx: WriteDb, id: string): void {
  for (const each of asideOf(tx, tx.need(ignoredFindings, id).finding)) tx.remove(ignoredFindings, each);
}

/** What a preview shows of each table, in this order: what a person decides about, not what follows from it. */
export const shownFields: Readonly<Record<string, readonly string[]>> = {
  [bindings.table]: [
    'ip',
    'mac',
    'person_id',
    'location_id',
    'asset_id',
    'hostname',
    'switch_name',
    'switch_port',
    'state',
  ],
  [assets.table]: ['name', 'category', 'ip', 'mac', 'hostname', 'location_id', 'user_id'],
  tickets: ['symptom', 'category', 'person_id', 'location_id', 'ip'],
  [ignoredFindings.table]: ['until', 'reason'],
};
