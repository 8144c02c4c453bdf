/** Everything an address or a card ever was, newest first, each stretch with the commits that prove it. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Proof, Tenure } from '../../../shared/features/ipam/tenure.ts';
import { showMoment } from '../../../shared/day.ts';
import { keyOf, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { to } from '../../route.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { OptionState, State } from '../../ui/state.tsx';
import { Mac, Moment } from '../../ui/text.tsx';

export type Question = { readonly ip: string } | { readonly mac: string };
export const timelineTables = ['bindings', 'people', 'locations', 'assets'];

export function Timeline({ question }: { question: Question }): ReactNode {
  const t = useText();
  const answer = useQuery(rpc.ipam.at.queryOptions({ input: question, meta: { tables: timelineTables } }));
  if (answer.error) return <Failed error={answer.error} retry={() => void answer.refetch()} />;
  if (!answer.data) return <Loading />;
  const { timeline, refs } = answer.data;
  return timeline.length === 0 ? (
    <p className="field-hint">{t('ipam.timelineEmpty')}</p>
  ) : (
    <TenureList tenures={timeline} refs={refs} />
  );
}

export function TenureList({
  tenures,
  refs,
}: {
  tenures: readonly Tenure[];
  refs: Readonly<Record<string, string>>;
}): ReactNode {
  return (
    <ol className="tenures">
      {tenures.map((tenure) => (
        <TenureItem key={`${tenure.binding_id}${tenure.from}${tenure.state}`} tenure={tenure} refs={refs} />
      ))}
    </ol>
  );
}

function TenureItem({ tenure, refs }: { tenure: Tenure; refs: Readonly<Record<string, string>> }): ReactNode {
  const t = useText();
  const port = [tenure.switch_name, tenure.switch_port].filter(Boolean).join(' ');
  const where = [
    tenure.location_id && refs[tenure.location_id],
    tenure.outlet,
    port,
    tenure.hostname,
    tenure.asset_id && refs[tenure.asset_id],
  ].filter(Boolean);
  return (
    <li className={tenure.voided ? 'tenure voided' : 'tenure'}>
      <div className="tenure-time">
        <Moment at={tenure.from} /> – {tenure.to === null ? t('ipam.still') : <Moment at={tenure.to} />}
      </div>
      <div className="tenure-who">
        <a href={to('people', tenure.person_id)}>{refs[tenure.person_id] ?? '—'}</a>
        <span className="mono">{tenure.ip}</span>
        <Mac hex={tenure.mac} />
        {tenure.voided ? (
          <State tone="off">{t('ipam.voided')}</State>
        ) : (
          <OptionState table="bindings" field="state" code={tenure.state} />
        )}
        <a href={to('addresses', tenure.binding_id)}>{t('ipam.openBinding')}</a>
      </div>
      {where.length > 0 ? <div className="tenure-where">{where.join(' · ')}</div> : null}
      <div className="tenure-proof">
        {tenure.began_by ? <ProofLine proof={tenure.began_by} /> : t('ipam.noProof')}
        {tenure.ended_by ? <ProofLine proof={tenure.ended_by} /> : null}
      </div>
    </li>
  );
}

function ProofLine({ proof }: { proof: Proof }): ReactNode {
  const t = useText();
  const key = keyOf(`command.${proof.command}`);
  const line = t('ipam.proofLine', {
    what: key ? t(key) : proof.command,
    who: proof.actor,
    when: showMoment(proof.at),
    commit: proof.commit,
  });
  return (
    <div>
      {line}
      {proof.reason === null ? null : ` · ${t('history.reason', { reason: proof.reason })}`}
    </div>
  );
}
