/**
 * Applications for a line (F-18) and for outside access (F-17). Routes: `applications`, `applications/new?kind=access&person=…`,
 * `applications/ID`, `applications/ID/edit`, `applications/ID/register`.
 */
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import type { ReactNode } from 'react';
import { applications, type ApplicationKind } from '../../../shared/features/applications.ts';
import { addDays } from '../../../shared/day.ts';
import type { FilterClause } from '../../../shared/list.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { RecordTable } from '../../ui/table/record-table.tsx';
import { changeView, useTableView } from '../../ui/table/view.ts';
import { WriteButton } from '../sync/write-button.tsx';
import { OneApplication } from './detail.tsx';
import { EditApplication, NewApplication } from './form.tsx';
import { RegisterApplicant } from './register.tsx';

const columns = [
  { field: 'number', width: 176 },
  'kind',
  'state',
  { field: 'name', width: 96 },
  { field: 'department', width: 120 },
  { field: 'location_id', width: 176 },
  { field: 'mac' },
  { field: 'purpose', width: 160 },
  { field: 'until_on', width: 104 },
  { field: 'applied_on', width: 104 },
  { field: 'signed_by', width: 96 },
  { field: 'binding_id', width: 126 },
  { field: 'phone', width: 120, hidden: true },
  { field: 'signed_on', hidden: true },
  { field: 'opened_on', hidden: true },
  { field: 'handler', hidden: true },
  { field: 'reason', width: 160, hidden: true },
] as const;

type View = 'all' | 'waiting' | 'signed' | 'due';
const filters = (yesterday: string): Record<View, readonly FilterClause[]> => ({
  all: [],
  waiting: [{ field: 'state', op: 'equals', value: 'applied' }],
  signed: [{ field: 'state', op: 'equals', value: 'signed' }],
  due: [
    { field: 'state', op: 'equals', value: 'opened' },
    { field: 'until_on', op: 'between', value: [null, yesterday] },
  ],
});

/** To be signed, to be opened, to be taken back: what is asked for each day, one press away. */
function Views(): ReactNode {
  const t = useText();
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  const { filter } = useTableView('applications');
  const views = filters(state ? addDays(state.today, -1) : '');
  const current = (Object.keys(views) as View[]).find((view) => JSON.stringify(views[view]) === JSON.stringify(filter));
  return (
    <Segmented<View>
      value={current ?? ('other' as View)}
      options={(['all', 'waiting', 'signed', 'due'] as const).map((value) => ({
        value,
        label: t(`applications.view.${value}`),
      }))}
      onChange={(view) => changeView('applications', { filter: views[view] })}
    />
  );
}

const isKind = (kind: string | undefined): kind is ApplicationKind => kind === 'binding' || kind === 'access';

export function ApplicationsScreen({ rest, query }: ScreenProps): ReactNode {
  const t = useText();
  const [first, second] = rest;
  const id = first !== undefined && first !== 'new' ? first : null;
  const fresh = (
    <>
      <WriteButton onClick={() => go('applications/new?kind=access')}>{t('applications.new.access')}</WriteButton>
      <WriteButton type="primary" onClick={() => go('applications/new')}>
        {t('applications.new.binding')}
      </WriteButton>
    </>
  );
  return (
    <Page
      actions={
        <>
          <Button onClick={() => go('print/blank/F-18')}>{t('applications.blank')}</Button>
          {fresh}
        </>
      }
    >
      <RecordTable
        id="applications"
        record={applications}
        list={rpc.applications.list}
        columns={columns}
        openId={id}
        onOpen={(row) => go(`applications/${row.id}`)}
        lead={<Views />}
        empty={
          <Empty title={t('applications.emptyTitle')} hint={t('applications.emptyHint')}>
            {fresh}
          </Empty>
        }
      />
      {id === null ? null : <OneApplication key={id} id={id} onClose={() => go('applications')} />}
      {first === 'new' ? (
        <NewApplication
          key={JSON.stringify(query)}
          kind={isKind(query['kind']) ? query['kind'] : 'binding'}
          person={query['person'] ?? null}
        />
      ) : null}
      {id !== null && second === 'edit' ? <EditApplication id={id} /> : null}
      {id !== null && second === 'register' ? <RegisterApplicant id={id} /> : null}
    </Page>
  );
}
