/** The asset register: list, detail beside it, new and edit. Routes: `assets`, `assets/new`, `assets/ID`, `assets/ID/edit`. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { assets } from '../../../shared/features/assets.ts';
import type { RowOf } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty } from '../../ui/blank.tsx';
import { RecordForm } from '../../ui/form/record-form.tsx';
import { NextTag } from './next-tag.tsx';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import type { Column } from '../../ui/table/columns.tsx';
import { RecordTable } from '../../ui/table/record-table.tsx';
import { TransferButtons } from '../transfer/buttons.tsx';
import { Waiting } from '../sync/waiting.tsx';
import { AssetDetail } from './detail.tsx';
import { MergeButton } from './merge-button.tsx';
import { createGroups, editGroups } from './groups.ts';
import { WriteButton } from '../sync/write-button.tsx';

const columns: readonly Column<RowOf<typeof assets>>[] = [
  // Up to the MAC everything stands on a 1366 px screen.
  { field: 'tag', width: 128 },
  { field: 'name', width: 120 },
  { field: 'category', width: 100 },
  { field: 'model', width: 124 },
  { field: 'status' },
  { field: 'location_id', width: 160 },
  { field: 'user_id', width: 74 },
  { field: 'custodian_id', width: 74 },
  { field: 'ip' },
  { field: 'mac' },
  { field: 'serial', width: 140 },
  ...(
    [
      'brand',
      'spec',
      'class_code',
      'unit',
      'quantity',
      'price',
      'purchased_on',
      'accepted_on',
      'supplier',
      'invoice',
      'funding',
      'procurement',
      'usage',
      'department',
      'warranty_until',
      'minimum_years',
      'hostname',
      'no_offsite',
      'remark',
    ] as const
  ).map((field) => ({ field, hidden: true })),
];
/** Two ticked records may be one device. */
const mergeable = (rows: readonly RowOf<typeof assets>[]): ReactNode => <MergeButton ids={rows.map(({ id }) => id)} />;
const waiting = <Waiting table="assets" />;
const blank = { status: 'in_use', unit: 'tai', quantity: 1 } as const;

const help = {
  tag: (tag: unknown, onTag: (tag: unknown) => void): ReactNode => <NextTag tag={tag} onTag={onTag} />,
};

export function AssetsScreen({ rest }: ScreenProps): ReactNode {
  const t = useText();
  const say = useSay();
  const [first, second] = rest;
  const id = first !== undefined && first !== 'new' ? first : null;
  const { data } = useQuery({
    ...rpc.assets.get.queryOptions({ input: { id: id ?? '' }, meta: { tables: ['assets', 'people', 'locations'] } }),
    enabled: id !== null,
  });
  const saved = (): void => say.done(t('assets.saved'));
  return (
    <Page
      actions={
        <>
          <TransferButtons table="assets" into="assets" form="F-03" />
          <WriteButton type="primary" onClick={() => go('assets/new')}>
            {t('assets.new')}
          </WriteButton>
        </>
      }
    >
      <RecordTable
        id="assets"
        record={assets}
        list={rpc.assets.list}
        columns={columns}
        lead={waiting}
        openId={id}
        onOpen={(row) => go(`assets/${row.id}`)}
        bulk={mergeable}
        empty={
          <Empty title={t('assets.emptyTitle')} hint={t('assets.emptyHint')}>
            <Button onClick={() => go('import')}>{t('common.import')}</Button>
            <Button onClick={() => go('demo')}>{t('first.demo')}</Button>
          </Empty>
        }
      />
      <AssetDetail id={id} onClose={() => go('assets')} />
      <RecordForm
        record={assets}
        title={t('assets.new')}
        open={first === 'new'}
        groups={createGroups}
        initial={blank}
        help={help}
        save={(draft) => client.assets.create(draft)}
        onSaved={(row) => {
          saved();
          go(`assets/${row.id}`);
        }}
        onClose={() => go('assets')}
      />
      {data && data.asset.id === id ? (
        <RecordForm
          record={assets}
          title={t('assets.edit')}
          open={second === 'edit'}
          groups={editGroups}
          row={data.asset}
          refs={data.refs}
          update={(changes) => client.assets.update({ id: data.asset.id, changes })}
          onSaved={saved}
          onClose={() => go(`assets/${data.asset.id}`)}
        />
      ) : null}
    </Page>
  );
}
