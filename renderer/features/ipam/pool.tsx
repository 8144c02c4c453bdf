/** The pool of released addresses: who had each last, how long it rests, and whether it can be given out. Routes: `released`, `released/ID`. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { bindings } from '../../../shared/features/ipam.ts';
import type { Resting } from '../../../shared/features/addressing.ts';
import type { RowOf } from '../../../shared/record.ts';
import { useText, type Text } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { client } from '../../rpc.ts';
import { go } from '../../route.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { State, type Tone } from '../../ui/state.tsx';
import type { Column } from '../../ui/table/columns.tsx';
import { RecordTable } from '../../ui/table/record-table.tsx';
import { ReasonDialog } from '../reason-dialog.tsx';
import { BindingDetail } from './binding-detail.tsx';
import { useUndoable } from './undo.tsx';

type Binding = RowOf<typeof bindings>;
const tones: Record<Resting['now'], Tone> = { cooling: 'warn', free: 'good', held: 'work', blocked: 'off' };
const nowText = (t: Text, { now, held_by }: Resting): string =>
  now === 'held' ? t('pool.now.held', { name: held_by ?? '' }) : t(`pool.now.${now}`);
const TABLES = ['subnets', 'address_ranges', 'assets'];

export function PoolScreen({ rest }: ScreenProps): ReactNode {
  const t = useText();
  const undoable = useUndoable();
  const [id] = rest;
  const [ending, setEnding] = useState<{ row: Binding; name: string } | null>(null);
  const { data: resting } = useQuery(
    rpc.addressing.resting.queryOptions({ meta: { tables: ['bindings', 'people', ...TABLES] } }),
  );
  const columns = useMemo((): readonly (Column<Binding> | keyof (typeof bindings)['fields'])[] => {
    const byId = new Map(resting?.map((each) => [each.id, each]));
    return [
      { field: 'ip', width: 120 },
      { field: 'person_id', title: 'pool.holder', width: 160 },
      { field: 'released_at', width: 136 },
      {
        field: 'free_on',
        title: 'pool.freeOn',
        width: 112,
        render: ({ id: row }) => byId.get(row)?.free_on ?? '',
        copy: ({ id: row }) => byId.get(row)?.free_on ?? '',
      },
      {
        field: 'now',
        title: 'pool.now',
        width: 150,
        render: ({ id: row }) => {
          const one = byId.get(row);
          return one ? <State tone={tones[one.now]}>{nowText(t, one)}</State> : null;
        },
        copy: ({ id: row }) => {
          const one = byId.get(row);
          return one ? nowText(t, one) : '';
        },
      },
      { field: 'subnet_id', width: 200 },
      'reason',
      { field: 'mac', hidden: true },
      { field: 'location_id', hidden: true },
      {
        field: 'act',
        title: 'pool.endCooling',
        width: 130,
        render: (row, refs) =>
          byId.get(row.id)?.now === 'cooling' ? (
            <Button
              size="small"
              onClick={(event) => {
                event.stopPropagation();
                setEnding({ row, name: refs[row.person_id] ?? '' });
              }}
            >
              {t('pool.endCooling')}
            </Button>
          ) : null,
      },
    ];
  }, [resting, t]);
  return (
    <Page>
      <RecordTable
        id="released"
        record={bindings}
        list={rpc.addressing.released}
        tables={TABLES}
        columns={columns}
        openId={id ?? null}
        onOpen={(row) => go(`released/${row.id}`)}
        empty={<Empty title={t('pool.emptyTitle')} hint={t('pool.emptyHint')} />}
      />
      {id === undefined ? null : <BindingDetail key={id} id={id} onClose={() => go('released')} />}
      {ending === null ? null : (
        <ReasonDialog
          open
          title={t('pool.endCooling')}
          text={t('pool.endCoolingText', { ip: ending.row.ip, name: ending.name })}
          hint={t('pool.endCoolingHint')}
          run={async (reason) => {
            const { batch } = await client.addressing.endCooling({ id: ending.row.id, reason });
            undoable.done(t('pool.ended', { ip: ending.row.ip }), batch);
          }}
          onClose={() => setEnding(null)}
        />
      )}
    </Page>
  );
}
