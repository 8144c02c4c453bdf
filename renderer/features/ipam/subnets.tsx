/** Subnets: how full each is, and one of them with its map. Routes: `subnets`, `subnets/new`, `subnets/ID`, `subnets/ID/edit`. */
import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { subnets } from '../../../shared/features/ipam.ts';
import type { RowOf } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import type { Column } from '../../ui/table/columns.tsx';
import { RecordTable } from '../../ui/table/record-table.tsx';
import { SubnetForm } from './subnet-form.tsx';
import { SubnetPage } from './subnet-page.tsx';
import { UsageBar } from './usage-bar.tsx';
import { TransferButtons } from '../transfer/buttons.tsx';
import { WriteButton } from '../sync/write-button.tsx';

type Subnet = RowOf<typeof subnets>;

export function SubnetsScreen({ rest }: ScreenProps): ReactNode {
  const [first, second] = rest;
  if (first !== undefined && first !== 'new') return <SubnetPage key={first} id={first} editing={second === 'edit'} />;
  return <SubnetList creating={first === 'new'} />;
}

function SubnetList({ creating }: { creating: boolean }): ReactNode {
  const t = useText();
  const { data: usages } = useQuery(
    rpc.ipam.usage.queryOptions({ meta: { tables: ['subnets', 'address_ranges', 'bindings', 'assets'] } }),
  );
  const columns = useMemo((): readonly (Column<Subnet> | keyof (typeof subnets)['fields'])[] => {
    const usageOf = (row: Subnet) => usages?.find(({ subnet_id }) => subnet_id === row.id);
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
      { field: 'strict_order', hidden: true },
      { field: 'remark', hidden: true },
    ];
  }, [usages]);
  return (
    <Page
      actions={
        <>
          <TransferButtons table="subnets" form="subnets" />
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
        onOpen={(row) => go(`subnets/${row.id}`)}
        empty={
          <Empty title={t('ipam.subnetsEmptyTitle')} hint={t('ipam.subnetsEmptyHint')}>
            <WriteButton onClick={() => go('subnets/new')}>{t('ipam.newSubnet')}</WriteButton>
          </Empty>
        }
      />
      {creating ? <SubnetForm onClose={() => go('subnets')} onSaved={(row) => go(`subnets/${row.id}`)} /> : null}
    </Page>
  );
}
