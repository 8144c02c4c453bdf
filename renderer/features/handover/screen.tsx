/** Handovers: the list, a new one, and one with its items. Routes: `handover`, `handover/new`, `handover/ID`, `handover/ID/B`. */
import type { ReactNode } from 'react';
import { handovers } from '../../../shared/features/handover.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { RecordTable } from '../../ui/table/record-table.tsx';
import { NewHandover } from './new.tsx';
import { OneHandover } from './one.tsx';
import './handover.css';
import { WriteButton } from '../sync/write-button.tsx';

const columns = [
  { field: 'number', width: 190 },
  { field: 'location_id', width: 220 },
  { field: 'giver', width: 110 },
  { field: 'receiver', width: 110 },
  { field: 'supervisor', width: 110 },
  { field: 'reason', width: 90 },
  { field: 'state', width: 100 },
  { field: 'start_on', width: 110 },
  { field: 'due_on', width: 110 },
  { field: 'done_on', width: 110 },
] as const;

export function HandoverScreen({ rest }: ScreenProps): ReactNode {
  const t = useText();
  const [first, second] = rest;
  if (first !== undefined && first !== 'new') return <OneHandover key={first} id={first} part={second ?? null} />;
  const start = (
    <WriteButton type="primary" onClick={() => go('handover/new')}>
      {t('handover.new')}
    </WriteButton>
  );
  return (
    <Page actions={start}>
      <RecordTable
        id="handovers"
        record={handovers}
        list={rpc.handover.list}
        columns={columns}
        onOpen={(row) => go(`handover/${row.id}`)}
        empty={
          <Empty title={t('handover.none')} hint={t('handover.none_hint')}>
            {start}
          </Empty>
        }
      />
      <NewHandover open={first === 'new'} />
    </Page>
  );
}
