/** Bindings: list, detail beside it, new and edit. Routes: `addresses`, `addresses/new?person=…&ip=…&subnet=…` (also `place`, `mac`, `asset`, `application`), `addresses/ID`, `addresses/ID/edit`. */
import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { type ReactNode } from 'react';
import { bindings } from '../../../shared/features/ipam.ts';
import type { FilterClause } from '../../../shared/list.ts';
import type { RowOf } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import type { Column } from '../../ui/table/columns.tsx';
import { RecordTable } from '../../ui/table/record-table.tsx';
import { changeView, useTableView, withFilter } from '../../ui/table/view.ts';
import { BindForm } from './bind-form.tsx';
import { BindingDetail } from './binding-detail.tsx';
import { BindingEdit } from './binding-edit.tsx';
import { Breaches } from './breaches.tsx';
import { Waiting } from '../sync/waiting.tsx';
import { TransferButtons } from '../transfer/buttons.tsx';
import { WriteButton } from '../sync/write-button.tsx';

const columns: readonly (Column<RowOf<typeof bindings>> | keyof (typeof bindings)['fields'])[] = [
  'ip',
  'state',
  { field: 'person_id', width: 96 },
  { field: 'location_id', width: 176 },
  'mac',
  { field: 'hostname', width: 136 },
  { field: 'outlet', width: 88 },
  { field: 'switch_name', width: 104 },
  { field: 'switch_port', width: 72 },
  { field: 'opened_on', width: 104 },
  { field: 'subnet_id', width: 200, hidden: true },
  { field: 'asset_id', width: 200, hidden: true },
  { field: 'reason', width: 200, hidden: true },
  { field: 'skipped', hidden: true },
  { field: 'released_at', hidden: true },
  { field: 'remark', hidden: true },
];

const LIVE = ['reserved', 'active', 'suspended'];
const views = {
  live: { field: 'state', op: 'in', value: LIVE },
  released: { field: 'state', op: 'equals', value: 'released' },
} as const satisfies Record<string, FilterClause>;
type View = 'live' | 'released' | 'all' | 'other';

const viewOf = (filter: readonly FilterClause[]): View => {
  const clause = filter.find(({ field }) => field === 'state');
  if (!clause) return 'all';
  const is = JSON.stringify(clause);
  return is === JSON.stringify(views.live) ? 'live' : is === JSON.stringify(views.released) ? 'released' : 'other';
};

/** In use, released, all: the question asked most, one press away. Any other filter on the state shows none of them. */
function Views(): ReactNode {
  const t = useText();
  const { filter } = useTableView('bindings');
  return (
    <Segmented<View>
      value={viewOf(filter)}
      options={(['all', 'live', 'released'] as const).map((view) => ({ value: view, label: t(`ipam.view.${view}`) }))}
      onChange={(view) =>
        changeView('bindings', {
          filter: withFilter(filter, 'state', view === 'live' || view === 'released' ? views[view] : null),
        })
      }
    />
  );
}

export function BindingsScreen({ rest, query }: ScreenProps): ReactNode {
  const t = useText();
  const [first, second] = rest;
  const id = first !== undefined && first !== 'new' ? first : null;
  return (
    <Page
      actions={
        <>
          <TransferButtons table="bindings" form="F-01" />
          <WriteButton onClick={() => go('opening')}>{t('opening.title')}</WriteButton>
          <WriteButton type="primary" onClick={() => go('addresses/new')}>
            {t('ipam.new')}
          </WriteButton>
        </>
      }
    >
      <Breaches />
      <RecordTable
        id="bindings"
        record={bindings}
        list={rpc.ipam.list}
        columns={columns}
        openId={id}
        onOpen={(row) => go(`addresses/${row.id}`)}
        lead={
          <>
            <Views />
            <Waiting table="bindings" />
          </>
        }
        empty={
          <Empty title={t('ipam.emptyTitle')} hint={t('ipam.emptyHint')}>
            <WriteButton onClick={() => go('addresses/new')}>{t('ipam.new')}</WriteButton>
          </Empty>
        }
      />
      {id === null ? null : <BindingDetail key={id} id={id} onClose={() => go('addresses')} />}
      {first === 'new' ? <NewBinding key={JSON.stringify(query)} query={query} /> : null}
      {id !== null && second === 'edit' ? <BindingEdit id={id} /> : null}
    </Page>
  );
}

/** Opens filled with what the place it was called from knows. */
function NewBinding({ query }: { query: ScreenProps['query'] }): ReactNode {
  const { person, ip, subnet, asset, place, mac, application } = query;
  const known = { person_id: person, subnet_id: subnet, asset_id: asset, location_id: place };
  const { data } = useQuery({
    ...rpc.ipam.suggest.queryOptions({ input: known }),
    enabled: subnet !== undefined || asset !== undefined,
  });
  const someone = useQuery({
    ...rpc.people.get.queryOptions({ input: { id: person ?? '' } }),
    enabled: person !== undefined,
  });
  if (((subnet ?? asset) !== undefined && !data) || (person !== undefined && someone.isPending)) return null;
  const start = Object.fromEntries(
    Object.entries({ ...known, ip, mac, application_id: application }).filter(([, value]) => value !== undefined),
  );
  const refs = { ...data?.refs, ...(person && someone.data ? { [person]: someone.data.name } : {}) };
  const back = subnet === undefined ? 'addresses' : `subnets/${subnet}`;
  return <BindForm start={start} refs={refs} onClose={() => go(back)} onBound={(id) => go(`addresses/${id}`)} />;
}
