/** Areas of responsibility: who looks after which places and who stands in. Routes: `tickets/areas`, `…/new`, `…/ID`. */
import { useQuery } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { dutyAreas, inCharge, type DutyArea } from '../../../shared/features/duty-areas.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty } from '../../ui/blank.tsx';
import { RecordForm } from '../../ui/form/record-form.tsx';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import { State } from '../../ui/state.tsx';
import type { Column } from '../../ui/table/columns.tsx';
import { RecordTable } from '../../ui/table/record-table.tsx';
import { usePlaces } from '../places.ts';
import { WriteButton } from '../sync/write-button.tsx';
import { Technicians } from './area-names.tsx';

const groups = [{ fields: ['location_id', 'owner', 'stand_in', 'stand_in_from', 'stand_in_until', 'remark'] }] as const;
const help = {
  owner: (value: unknown, onChange: (value: unknown) => void) => <Technicians value={value} onPick={onChange} />,
  stand_in: (value: unknown, onChange: (value: unknown) => void) => <Technicians value={value} onPick={onChange} />,
};

export function AreasScreen({ rest }: ScreenProps): ReactNode {
  const t = useText();
  const say = useSay();
  const places = usePlaces();
  const [first] = rest;
  const id = first !== undefined && first !== 'new' ? first : null;
  const { data } = useQuery({
    ...rpc.areas.get.queryOptions({ input: { id: id ?? '' }, meta: { tables: ['duty_areas'] } }),
    enabled: id !== null,
  });
  const area = data?.id === id ? data : null;
  const back = (): void => go('tickets/areas');
  const remove = async (): Promise<void> => {
    try {
      await client.areas.remove({ id: id ?? '' });
      say.done(t('assets.removed'));
      back();
    } catch (error) {
      say.failed(error);
    }
  };
  const add = (
    <WriteButton type="primary" onClick={() => go('tickets/areas/new')}>
      {t('areas.new')}
    </WriteButton>
  );
  return (
    <Page actions={add}>
      <RecordTable
        id="duty_areas"
        record={dutyAreas}
        list={rpc.areas.list}
        columns={columns}
        openId={id}
        onOpen={(row) => go(`tickets/areas/${row.id}`)}
        empty={
          <Empty title={t('areas.emptyTitle')} hint={t('areas.emptyHint')}>
            <WriteButton onClick={() => go('tickets/areas/new')}>{t('areas.new')}</WriteButton>
          </Empty>
        }
      />
      <RecordForm
        record={dutyAreas}
        title={t('areas.new')}
        open={first === 'new'}
        groups={groups}
        help={help}
        save={(draft) => client.areas.create(draft)}
        onSaved={() => say.done(t('assets.saved'))}
        onClose={back}
      />
      {area ? (
        <RecordForm
          record={dutyAreas}
          title={t('areas.edit')}
          open
          groups={groups}
          row={area}
          refs={places}
          help={help}
          lead={
            <Popconfirm
              title={t('areas.removeText', { place: places[area.location_id] ?? '' })}
              okText={t('common.delete')}
              cancelText={t('common.cancel')}
              onConfirm={() => void remove()}
            >
              <Button danger size="small">
                {t('common.delete')}
              </Button>
            </Popconfirm>
          }
          update={(changes) => client.areas.update({ id: area.id, changes })}
          onSaved={() => say.done(t('assets.saved'))}
          onClose={back}
        />
      ) : null}
    </Page>
  );
}

/** Who answers for the area today; said where it is the stand-in. */
function Today({ area }: { area: DutyArea }): ReactNode {
  const t = useText();
  const { data } = useQuery(rpc.system.state.queryOptions());
  if (!data) return null;
  const name = inCharge(area, data.today);
  return name === area.owner ? name : <State tone="work">{t('areas.standsIn', { name })}</State>;
}
const columns: readonly (Column<DutyArea> | keyof (typeof dutyAreas)['fields'])[] = [
  { field: 'location_id', width: 280 },
  { field: 'owner', width: 120 },
  { field: 'today', title: 'areas.today', width: 160, render: (row) => <Today area={row} /> },
  { field: 'stand_in', width: 120 },
  { field: 'stand_in_from', width: 120 },
  { field: 'stand_in_until', width: 120 },
  { field: 'remark', width: 240 },
];
