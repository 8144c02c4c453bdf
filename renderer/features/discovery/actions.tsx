/** The forms behind the actions: the usual commands, filled in from what was seen. Nothing is written before the person says so. */
import { useQuery } from '@tanstack/react-query';
import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useState, type ReactNode } from 'react';
import { assets } from '../../../shared/features/assets.ts';
import type { FoundFact } from '../../../shared/features/discovery.ts';
import { categoryOf } from '../../../shared/features/discovery/category.ts';
import { faultCategories } from '../../../shared/features/tickets.ts';
import { addDays, weekday } from '../../../shared/day.ts';
import type { AcceptAction } from '../../../shared/features/discovery/findings.ts';
import { hostnameOf } from '../../../shared/features/discovery/identity.ts';
import { choice, ip, mac, note, record, ref, text } from '../../../shared/record.ts';
import type { MessageKey } from '../../../shared/messages.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import { RecordForm } from '../../ui/form/record-form.tsx';
import { useSay } from '../../ui/say.ts';
import { useUndoable } from '../ipam/undo.tsx';
import { ReasonDialog } from '../reason-dialog.tsx';
import { sayFact, symptomOf, type Entry } from './entries.ts';
import { actKey, type Act } from './offers.ts';
import { Readdress } from './readdress.tsx';

export interface Doing {
  readonly act: Act;
  readonly fact: FoundFact;
}
/** What binding a found host asks: where it hangs is seen already. */
const binding = record('bindings', {
  ip: ip({ required: true }),
  /** None where a router stands between. */
  mac: mac(),
  person_id: ref('people', { required: true }),
  location_id: ref('locations'),
  asset_id: ref('assets'),
  hostname: text({ max: 80 }),
  outlet: text({ max: 40 }),
  remark: note(),
});
/** What opening a ticket from a finding asks. */
const report = record('tickets', {
  person_id: ref('people'),
  location_id: ref('locations'),
  ip: ip(),
  category: choice(faultCategories, { required: true }),
  symptom: note({ required: true, max: 1000 }),
});
const bindGroups = [
  { fields: ['ip', 'mac', 'person_id', 'location_id', 'asset_id', 'hostname', 'outlet', 'remark'] },
] as const;
const assetGroups = [
  {
    fields: ['name', 'category', 'brand', 'model', 'tag', 'location_id', 'user_id', 'ip', 'mac', 'hostname', 'remark'],
  },
] as const;
const ticketGroups = [{ fields: ['symptom', 'category', 'person_id', 'location_id', 'ip'] }] as const;
const IGNORE_DAYS = 7;
/** Until when things are put aside most: Friday (of next week, on a Friday or later), a week, a month. */
const ignorePresets = (today: string): readonly (readonly [MessageKey, string])[] => [
  ['discovery.ignore_friday', addDays(today, ((FRIDAY - weekday(today) + 6) % 7) + 1)],
  ['discovery.ignore_week', addDays(today, IGNORE_DAYS)],
  ['discovery.ignore_month', addDays(today, 30)],
];
const FRIDAY = 5;

export function Actions({ doing, onClose }: { doing: Doing | null; onClose: () => void }): ReactNode {
  const t = useText();
  const { done } = useUndoable();
  const [until, setUntil] = useState<string | null>(null);
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  if (!doing || !state) return null;
  const { act, fact } = doing;
  const { holder, other_holder: other, host } = fact;
  const about = holder ?? other;
  const refs: Record<string, string> = {
    ...(about ? { [about.person_id]: about.person } : {}),
    ...(about?.location_id ? { [about.location_id]: about.place ?? '' } : {}),
    ...(fact.asset ? { [fact.asset.id]: fact.asset.title } : {}),
  };
  const lead = <p className="finding-lead">{sayFact(fact, t)}</p>;
  const draft = `finding-${act}-${fact.key}`;
  switch (act) {
    case 'bind':
      return (
        <RecordForm
          record={binding}
          title={t('discovery.bind_title', { ip: fact.ip })}
          open
          draft={draft}
          groups={bindGroups}
          refs={refs}
          lead={lead}
          initial={{
            ip: fact.ip,
            mac: fact.mac,
            asset_id: fact.asset?.id ?? null,
            hostname: hostnameOf(host),
          }}
          save={async (values) => {
            const bound = await client.ipam.bind({ ...values, reason: t('discovery.bind_reason') });
            done(t('discovery.bound', { ip: fact.ip }), bound.batch);
            return bound;
          }}
          onClose={onClose}
        />
      );
    case 'register':
      return (
        <RecordForm
          record={assets}
          title={t('discovery.action.register')}
          open
          draft={draft}
          groups={assetGroups}
          lead={lead}
          initial={{
            ip: fact.ip,
            mac: fact.mac,
            hostname: hostnameOf(host),
            category: host === null || host.kind === null ? 'desktop' : categoryOf(host.kind),
            status: 'in_use',
          }}
          save={async (values) => {
            const saved = await client.discovery.register(values);
            done(t('discovery.registered_done', { name: saved.name }), saved.batch);
            return saved;
          }}
          onClose={onClose}
        />
      );
    case 'ticket':
      return (
        <RecordForm
          record={report}
          title={t('discovery.action.ticket')}
          open
          draft={draft}
          groups={ticketGroups}
          refs={refs}
          lead={lead}
          initial={{
            person_id: about?.person_id ?? null,
            location_id: about?.location_id ?? null,
            ip: fact.ip,
            category: fact.verdict === 'conflict' || fact.verdict === 'ip_taken' ? 'ip_conflict' : 'other',
            symptom: symptomOf(fact, t),
          }}
          save={async (values) => {
            const ticket = await client.discovery.report({ ...values, kind: 'fault', channel: 'scan' });
            done(t('discovery.ticket_done', { number: ticket.number }), ticket.batch);
            return ticket;
          }}
          onClose={onClose}
        />
      );
    case 'card':
    case 'move':
      return (
        <ReasonDialog
          open
          title={t(`discovery.action.${act}`)}
          text={
            act === 'card'
              ? t('discovery.card_text', { ip: fact.ip, holder: holder?.person ?? '' })
              : t('discovery.move_text', { ip: fact.ip, holder: other?.person ?? '', from: other?.ip ?? '' })
          }
          run={async (reason) => {
            const changed =
              act === 'card' && holder
                ? await client.ipam.update({ id: holder.id, changes: { mac: fact.mac }, reason })
                : act === 'move' && other
                  ? await client.ipam.move({ id: other.id, to: { ip: fact.ip }, reason })
                  : null;
            if (changed) done(t('discovery.bound', { ip: fact.ip }), changed.batch);
          }}
          onClose={onClose}
        />
      );
    case 'ignore': {
      const last = until ?? addDays(state.today, IGNORE_DAYS);
      return (
        <ReasonDialog
          open
          title={t('discovery.ignore_title', { ip: fact.ip })}
          run={async (reason) => {
            const { key, ip, mac } = fact;
            const { batch } = await client.discovery.ignore({ key, ip, mac, until: last, reason });
            done(t('discovery.ignored_done', { ip }), batch);
          }}
          onClose={() => {
            setUntil(null);
            onClose();
          }}
        >
          <div className="field">
            <label htmlFor="ignore-until">{t('discovery.ignore_until')}</label>
            <DatePicker
              id="ignore-until"
              allowClear={false}
              value={dayjs(last)}
              minDate={dayjs(state.today)}
              presets={ignorePresets(state.today).map(([key, day]) => ({ label: t(key), value: dayjs(day) }))}
              onChange={(day: dayjs.Dayjs | null) => setUntil(day?.format('YYYY-MM-DD') ?? null)}
            />
          </div>
        </ReasonDialog>
      );
    }
    case 'readdress':
      return holder === null ? null : <Readdress id={holder.id} onClose={onClose} />;
    case 'port':
    case 'hostname':
    case 'holder':
    case 'clash':
    case 'notice':
      return null;
  }
}

/** What is being done about a finding. Acts that need no form are done at once; the others open theirs. */
export function useActing(
  sweepId: string | null,
  /** One that does not go through is shown with the reason. */
  onRefused: (action: AcceptAction, entry: Entry) => void,
): {
  doing: Doing | null;
  act: (entry: Entry, what: Act) => void;
  close: () => void;
} {
  const t = useText();
  const say = useSay();
  const { done } = useUndoable();
  const [doing, setDoing] = useState<Doing | null>(null);
  /** True: done here. */
  const atOnce = async ({ act, fact }: Doing, entry: Entry): Promise<boolean> => {
    if (act === 'holder') go(`addresses/${(fact.holder ?? fact.other_holder)?.id ?? ''}`);
    else if (act === 'clash') go(`opening/clash?ip=${fact.ip}`);
    else if (act === 'notice' && fact.ignored) {
      const { batch } = await client.discovery.notice({ id: fact.ignored.id });
      done(t('finding.noticed', { ip: fact.ip }), batch);
    } else if ((act === 'port' || act === 'hostname') && sweepId !== null) {
      const { batch, refused } = await client.discovery.accept({
        sweep_id: sweepId,
        action: act,
        rows: [{ key: fact.key }],
      });
      if (refused.length > 0) onRefused(act, entry);
      else if (batch !== null) done(t('discovery.accepted', { action: t(actKey(act)), count: 1 }), batch);
    } else return false;
    return true;
  };
  const run = async (next: Doing, entry: Entry): Promise<void> => {
    try {
      if (!(await atOnce(next, entry))) setDoing(next);
    } catch (error) {
      say.failed(error);
    }
  };
  return {
    doing,
    act: (entry, what) => {
      if (entry.fact) void run({ act: what, fact: entry.fact }, entry);
    },
    close: () => setDoing(null),
  };
}
