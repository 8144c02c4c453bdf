/** The store for its operator: how it stands, who has access, what waits for a decision, what happened. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Segmented } from 'antd';
import { useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import type { StoreReport } from '../../../shared/sync/operator.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { refusalOf } from '../../ui/refusal.ts';
import { showSize } from '../backup.tsx';
import { fresh } from './fresh.ts';
import { Devices } from './devices.tsx';
import { Events } from './events.tsx';
import { Invite } from './invite.tsx';
import { Quarantine } from './quarantine.tsx';
import { Sticks } from './sticks.tsx';
import './operator.css';

const tabs = ['devices', 'quarantine', 'sticks', 'events'] as const;
type Tab = (typeof tabs)[number];

export function OperatorScreen(): ReactNode {
  const t = useText();
  const [tab, setTab] = useState<Tab>('devices');
  const store = useQuery({ ...rpc.operator.store.queryOptions(), ...fresh });
  const refetch = (): void => void store.refetch();
  const code = refusalOf(store.error)?.code;
  if (code === 'operator_only') return <Empty title={t('operator.only')} hint={t('operator.onlyHint')} />;
  if (code === 'not_enrolled') return <Empty title={t('operator.notHere')} />;
  if (store.error) return <Failed error={store.error} retry={refetch} />;
  if (!store.data) return <Loading />;
  const waiting = store.data.quarantine;
  const label = (each: Tab): string =>
    each === 'quarantine' && waiting > 0 ? `${t('operator.tab.quarantine')} ${waiting}` : t(`operator.tab.${each}`);
  return (
    <Page scroll actions={<Invite />}>
      <div className="operator">
        <Report report={store.data} />
        <Segmented<Tab>
          className="segmented"
          value={tab}
          onChange={setTab}
          options={tabs.map((each) => ({ value: each, label: label(each) }))}
        />
        {tab === 'devices' ? <Devices onChanged={refetch} /> : null}
        {tab === 'quarantine' ? <Quarantine onChanged={refetch} /> : null}
        {tab === 'sticks' ? <Sticks onChanged={refetch} /> : null}
        {tab === 'events' ? <Events /> : null}
      </div>
    </Page>
  );
}

function Report({ report }: { report: StoreReport }): ReactNode {
  const t = useText();
  const { restored } = report;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('operator.commits'), report.commits.toLocaleString()],
    [t('operator.lastAt'), report.last_at === null ? '—' : showMoment(report.last_at)],
    [
      t('operator.conflicts'),
      `${report.conflicts}${report.overdue > 0 ? ` · ${t('operator.overdue', { n: report.overdue })}` : ''}`,
    ],
    [t('operator.size'), showSize(report.bytes)],
    [t('operator.backup'), report.backup_at === null ? t('operator.noBackup') : showMoment(report.backup_at)],
  ];
  return (
    <>
      <dl className="operator-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {restored ? <Restored restored={restored} /> : null}
    </>
  );
}

function Restored({ restored }: { restored: NonNullable<StoreReport['restored']> }): ReactNode {
  const t = useText();
  const n = restored.back.reduce((sum, each) => sum + each.n, 0);
  const list = restored.back.map((each) => `${each.machine} ${each.n}`).join(', ');
  const from = list === '' ? '' : t('operator.restoredFrom', { list });
  const away = restored.away.length > 0;
  return (
    <Alert
      type={away ? 'warning' : 'success'}
      showIcon
      title={t('operator.restored', { at: showMoment(restored.at), common: restored.common, n, from })}
      description={away ? t('operator.away', { list: restored.away.join(', ') }) : t('operator.allBack')}
    />
  );
}
