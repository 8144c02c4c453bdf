/** Requests of departments for a range of addresses. Routes: `requests`, `requests/new`, `requests/ID`. */
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { asking, rangeRequests } from '../../../shared/features/range-requests.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { go } from '../../route.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty } from '../../ui/blank.tsx';
import { RecordForm } from '../../ui/form/record-form.tsx';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import { RecordTable } from '../../ui/table/record-table.tsx';
import { WriteButton } from '../sync/write-button.tsx';
import { OneRequest } from './one.tsx';
import { askedGroups } from './fields.ts';

const columns = [
  { field: 'number', width: 180 },
  { field: 'department', width: 128 },
  { field: 'person_id', width: 110 },
  { field: 'addresses', width: 90 },
  { field: 'purpose', width: 200 },
  { field: 'state', width: 100 },
  { field: 'range_id', width: 200 },
  { field: 'from_on', width: 110 },
  { field: 'until_on', width: 110 },
  { field: 'asked_on', width: 110 },
  { field: 'subnet_id', hidden: true },
  { field: 'decided_by', hidden: true },
  { field: 'reason', hidden: true },
] as const;

export function RangeRequestsScreen({ rest }: ScreenProps): ReactNode {
  const t = useText();
  const say = useSay();
  const [first] = rest;
  const id = first !== undefined && first !== 'new' ? first : null;
  const file = (
    <WriteButton type="primary" onClick={() => go('requests/new')}>
      {t('ranges.new')}
    </WriteButton>
  );
  return (
    <Page actions={file}>
      <RecordTable
        id="range_requests"
        record={rangeRequests}
        list={rpc.addressing.listRequests}
        columns={columns}
        openId={id}
        onOpen={(row) => go(`requests/${row.id}`)}
        empty={
          <Empty title={t('ranges.emptyTitle')} hint={t('ranges.emptyHint')}>
            {file}
          </Empty>
        }
      />
      {id === null ? null : <OneRequest key={id} id={id} />}
      <RecordForm
        record={asking}
        title={t('ranges.new')}
        open={first === 'new'}
        groups={askedGroups}
        initial={{ from_on: dayjs().format('YYYY-MM-DD') }}
        save={(draft) => client.addressing.createRequest(draft)}
        onClose={() => go('requests')}
        onSaved={(row) => {
          say.done(t('ranges.saved'));
          go(`requests/${row.id}`);
        }}
      />
    </Page>
  );
}
