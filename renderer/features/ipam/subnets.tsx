/** Subnets: how full each is and will be, and one of them with its map. Routes: `subnets`, `subnets?short=1`, `subnets/new`, `subnets/ID`, `subnets/ID/edit`. */
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Dropdown } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { subnets } from '../../../shared/features/ipam.ts';
import type { RowOf } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import type { Column } from '../../ui/table/columns.tsx';
import { RecordTable } from '../../ui/table/record-table.tsx';
import { useSaveTable } from './save-table.ts';
import { SubnetForm } from './subnet-form.tsx';
import { SubnetPage } from './subnet-page.tsx';
import { ForecastText, forecastText, TrendLine } from './trend.tsx';
import { UsageBar } from './usage-bar.tsx';
import { useTrends } from './use-trends.ts';
import { TransferButtons } from '../transfer/buttons.tsx';
import { WriteButton } from '../sync/write-button.tsx';

type Subnet = RowOf<typeof subnets>;

export function SubnetsScreen({ rest, query }: ScreenProps): ReactNode {
  const [first, second] = rest;
  if (first !== undefined && first !== 'new') return <SubnetPage key={first} id={first} editing={second === 'edit'} />;
  return <SubnetList creating={first === 'new'} short={query['short'] !== undefined} />;
}

function SubnetList({ creating, short }: { creating: boolean; short: boolean }): ReactNode {
  const t = useText();
  const say = useSay();
  const saveTable = useSaveTable();
  const { data: trends } = useTrends();
  // A list of nothing at all would be every subnet: an id nobody has stands for none.
  const base = useMemo(() => {
    if (!short || !trends) return undefined;
    const cidrs = trends.flatMap(({ warns, cidr }) => (warns ? [cidr] : []));
    return [{ field: 'cidr', op: 'in' as const, value: cidrs.length > 0 ? cidrs : [''] }];
  }, [short, trends]);
  const printAll = async (): Promise<void> => {
    try {
      go(`print/${(await client.addressing.print({})).id}`);
    } catch (error) {
      say.failed(error);
    }
  };
  const { data: usages } = useQuery(
    rpc.ipam.usage.queryOptions({ meta: { tables: ['subnets', 'address_ranges', 'bindings', 'assets'] } }),
  );
  const columns = useMemo((): readonly (Column<Subnet> | keyof (typeof subnets)['fields'])[] => {
    const usageOf = (row: Subnet) => usages?.find(({ subnet_id }) => subnet_id === row.id);
    const trendOf = (row: Subnet) => trends?.find(({ subnet_id }) => subnet_id === row.id);
    return [
      { field: 'cidr', width: 136, render: ({ cidr }) => <span className="mono">{cidr}</span> },
      { field: 'name', width: 128 },
      { field: 'vlan', width: 64 },
      {
        field: 'usage',
        title: 'ipam.usage',
        width: 272,
        render: (row) => <UsageBar usage={usageOf(row)} />,
        copy: (row) => `${usageOf(row)?.percent ?? ''}`,
      },
      {
        field: 'free',
        title: 'ipam.free',
        width: 72,
        render: (row) => usageOf(row)?.free.toLocaleString() ?? '',
        copy: (row) => `${usageOf(row)?.free ?? ''}`,
      },
      {
        field: 'trend',
        title: 'ipam.trend',
        width: 100,
        render: (row) => {
          const trend = trendOf(row);
          return trend && trend.usage.percent !== null ? (
            <TrendLine weeks={trend.weeks} hosts={trend.usage.hosts} />
          ) : null;
        },
        copy: (row) => trendOf(row)?.weeks.join(' ') ?? '',
      },
      {
        field: 'forecast',
        title: 'ipam.forecast',
        width: 192,
        render: (row) => {
          const trend = trendOf(row);
          return trend ? <ForecastText forecast={trend.forecast} /> : null;
        },
        copy: (row) => {
          const trend = trendOf(row);
          return trend ? forecastText(t, trend.forecast) : '';
        },
      },
      {
        field: 'next',
        title: 'ipam.next',
        width: 120,
        render: (row) => <span className="mono">{usageOf(row)?.next ?? '—'}</span>,
        copy: (row) => usageOf(row)?.next ?? '',
      },
      { field: 'gateway', width: 120 },
      'purpose',
      { field: 'location_id', width: 168 },
      { field: 'dns', hidden: true },
      { field: 'cooldown_days', hidden: true },
      { field: 'warn_percent', hidden: true },
      { field: 'strict_order', hidden: true },
      { field: 'remark', hidden: true },
    ];
  }, [usages, trends, t]);
  return (
    <Page
      actions={
        <>
          <TransferButtons table="subnets" form="subnets" />
          <Dropdown
            trigger={['click']}
            menu={{
              items: [
                { key: 'print', label: t('ipam.printAll') },
                { key: 'sheet', label: t('ipam.exportAll') },
              ],
              onClick: ({ key }) => void (key === 'print' ? printAll() : saveTable([])),
            }}
          >
            <Button>{t('form.F-02')}</Button>
          </Dropdown>
          <WriteButton type="primary" onClick={() => go('subnets/new')}>
            {t('ipam.newSubnet')}
          </WriteButton>
        </>
      }
    >
      <RecordTable
        id="subnets"
        record={subnets}
        list={rpc.ipam.listSubnets}
        columns={columns}
        {...(base ? { base } : {})}
        lead={
          <Checkbox checked={short} onChange={({ target }) => go(target.checked ? 'subnets?short=1' : 'subnets')}>
            {t('ipam.shortOnly')}
          </Checkbox>
        }
        onOpen={(row) => go(`subnets/${row.id}`)}
        empty={
          short ? (
            <Empty title={t('ipam.shortNone')} />
          ) : (
            <Empty title={t('ipam.subnetsEmptyTitle')} hint={t('ipam.subnetsEmptyHint')}>
              <WriteButton onClick={() => go('subnets/new')}>{t('ipam.newSubnet')}</WriteButton>
            </Empty>
          )
        }
      />
      {creating ? <SubnetForm onClose={() => go('subnets')} onSaved={(row) => go(`subnets/${row.id}`)} /> : null}
    </Page>
  );
}
