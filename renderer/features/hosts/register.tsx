/** What the register says of it, and the finding between the two with its actions. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { HostPage } from '../../../shared/features/discovery/history.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go, to } from '../../route.ts';
import { OptionState, State } from '../../ui/state.tsx';
import { Mac, NONE } from '../../ui/text.tsx';
import { Actions, useActing } from '../discovery/actions.tsx';
import { factEntry, isOpen, sayFact, toneOf, verdictKey } from '../discovery/entries.ts';
import { WatchLink } from '../watch/link.tsx';
import { RowActions } from '../discovery/row-actions.tsx';
import { Fact, hostTables } from './parts.tsx';

export function RegisterSection({ address, page }: { address: string; page: HostPage }): ReactNode {
  const t = useText();
  const { bindings, assets, ip, mac } = page;
  const asked = ip === null ? `mac=${mac ?? ''}` : `ip=${ip}`;
  return (
    <section className="host-section">
      <h3>{t('hosts.register')}</h3>
      <Verdict address={address} />
      {bindings.length === 0 ? <p className="field-hint">{t('hosts.unbound')}</p> : null}
      {bindings.map((row) => (
        <article key={row.id} className={row.state === 'released' ? 'host-binding past' : 'host-binding'}>
          <p className="host-binding-head">
            <a href={to('addresses', row.id)} className="mono">
              {row.ip}
            </a>{' '}
            <Mac hex={row.mac} /> <OptionState table="bindings" field="state" code={row.state} />
          </p>
          <dl className="host-facts">
            <Fact label={t('field.bindings.person_id')} origin="register">
              <a href={to('people', row.person.id)}>{row.person.title}</a>
            </Fact>
            <Fact label={t('field.bindings.location_id')} origin="register">
              {row.place ?? NONE}
            </Fact>
            <Fact label={t('field.bindings.asset_id')} origin="register">
              {row.asset ? <a href={to('assets', row.asset.id)}>{row.asset.title}</a> : NONE}
            </Fact>
            <Fact label={t('field.bindings.hostname')} origin="register">
              {row.hostname ?? NONE}
            </Fact>
            <Fact label={t('hosts.registered_port')} origin="register">
              {[row.switch_name, row.switch_port, row.outlet].filter(Boolean).join(' · ') || NONE}
            </Fact>
          </dl>
        </article>
      ))}
      {assets
        .filter(({ id }) => bindings.every(({ asset }) => asset?.id !== id))
        .map((asset) => (
          <p key={asset.id}>
            {t('hosts.asset')} <a href={to('assets', asset.id)}>{asset.title}</a>
            {asset.place === null ? '' : ` · ${asset.place}`}
          </p>
        ))}
      <p className="host-links">
        {page.ticket ? (
          <a href={to('tickets', page.ticket.id)}>{t('hosts.ticket', { number: page.ticket.number })}</a>
        ) : null}
        <a href={`#/who?${asked}`}>{t('hosts.who')}</a>
        <WatchLink ip={ip} name={bindings[0]?.hostname ?? null} asset={assets[0]?.id ?? null} />
      </p>
    </section>
  );
}

/** Comes after the page: the whole sweep is judged for it. */
function Verdict({ address }: { address: string }): ReactNode {
  const t = useText();
  const { data } = useQuery(
    rpc.discovery.history.finding.queryOptions({ input: { address }, meta: { tables: hostTables } }),
  );
  const sweep = data?.sweep_id ?? null;
  const { doing, act, close } = useActing(sweep, () => go(sweep === null ? 'discovery' : `discovery/${sweep}`));
  const finding = data?.finding ?? null;
  if (finding === null) return null;
  const entry = factEntry(finding);
  return (
    <div className="host-verdict">
      <p>
        <State tone={toneOf[finding.verdict]}>{t(verdictKey(finding.verdict))}</State> {sayFact(finding, t)}
        {finding.ignored
          ? ` ${t('discovery.ignored_until', { until: finding.ignored.until, reason: finding.ignored.reason })}`
          : ''}
      </p>
      {isOpen(finding.verdict) || finding.ignored ? <RowActions entry={entry} active={false} act={act} /> : null}
      <Actions doing={doing} onClose={close} />
    </div>
  );
}
