/** Outlets of rooms. Routes: `outlets`, `outlets/new`, `outlets/ID`. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { outlets } from '../../../shared/features/cabling.ts';
import type { RowOf } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty } from '../../ui/blank.tsx';
import { RecordForm } from '../../ui/form/record-form.tsx';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import type { Column } from '../../ui/table/columns.tsx';
import { RecordTable } from '../../ui/table/record-table.tsx';
import { useUndoable } from '../ipam/undo.tsx';
import { WriteButton } from '../sync/write-button.tsx';
import { RunForm } from './run-form.tsx';
import { TracePath } from './trace-path.tsx';

const columns: readonly Column<RowOf<typeof outlets>>[] = [
  { field: 'label', width: 140 },
  { field: 'location_id', width: 320 },
  { field: 'state', width: 100 },
  { field: 'remark', width: 320 },
];
const groups = [{ fields: ['location_id', 'label', 'state', 'remark'] }] as const;

export function OutletsScreen({ rest }: ScreenProps): ReactNode {
  const t = useText();
  const say = useSay();
  const [making, setMaking] = useState(false);
  const [first] = rest;
  const id = first !== undefined && first !== 'new' ? first : null;
  const { data } = useQuery({
    ...rpc.cabling.getOutlet.queryOptions({ input: { id: id ?? '' }, meta: { tables: ['outlets', 'locations'] } }),
    enabled: id !== null,
  });
  const make = (
    <WriteButton type="primary" onClick={() => setMaking(true)}>
      {t('cabling.make_outlets')}
    </WriteButton>
  );
  return (
    <Page
      actions={
        <>
          <WriteButton onClick={() => go('outlets/new')}>{t('cabling.new_outlet')}</WriteButton>
          {make}
        </>
      }
    >
      <RecordTable
        id="outlets"
        record={outlets}
        list={rpc.cabling.listOutlets}
        columns={columns}
        openId={id}
        onOpen={(row) => go(`outlets/${row.id}`)}
        empty={
          <Empty title={t('cabling.no_outlets')} hint={t('cabling.no_outlets_hint')}>
            {make}
          </Empty>
        }
      />
      <RecordForm
        record={outlets}
        title={t('cabling.new_outlet')}
        open={first === 'new'}
        groups={groups}
        initial={{ state: 'good' }}
        save={(draft) => client.cabling.createOutlet(draft)}
        onClose={() => go('outlets')}
        onSaved={() => say.done(t('cabling.saved'))}
      />
      {data && id !== null ? (
        <OutletForm key={id} outlet={data.outlet} place={data.place} onClose={() => go('outlets')} />
      ) : null}
      {making ? (
        <RunForm
          title={t('cabling.make_outlets')}
          start={{ prefix: '', from: 1, to: 24 }}
          digits={2}
          place={{ label: t('field.outlets.location_id'), value: null }}
          make={(run, place) => client.cabling.makeOutlets({ ...run, location_id: place ?? '' })}
          onClose={() => setMaking(false)}
        />
      ) : null}
    </Page>
  );
}

interface OutletFormProps {
  readonly outlet: RowOf<typeof outlets>;
  readonly place: string;
  readonly onClose: () => void;
}
function OutletForm({ outlet, place, onClose }: OutletFormProps): ReactNode {
  const t = useText();
  const say = useSay();
  const undoable = useUndoable();
  const remove = (): void => {
    client.cabling.removeOutlet({ id: outlet.id }).then(({ batch }) => {
      onClose();
      undoable.done(t('cabling.removed'), batch);
    }, say.failed);
  };
  return (
    <RecordForm
      record={outlets}
      title={outlet.label}
      open
      groups={groups}
      refs={{ [outlet.location_id]: place }}
      row={outlet}
      update={(changes) => client.cabling.updateOutlet({ id: outlet.id, changes })}
      onClose={onClose}
      onSaved={() => say.done(t('cabling.saved'))}
      lead={
        <div className="port-lead">
          <TracePath start="outlet" id={outlet.id} />
          <Button size="small" danger onClick={remove}>
            {t('cabling.remove')}
          </Button>
        </div>
      }
    />
  );
}
