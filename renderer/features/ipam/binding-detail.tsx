/** One binding beside the list: who, what, where; what can be done with it; what was done; who had the address before. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Dropdown, Segmented } from 'antd';
import { useState, type ReactNode } from 'react';
import { bindings } from '../../../shared/features/ipam.ts';
import { mayMove, type BindingState } from '../../../shared/features/ipam/states.ts';
import type { RowOf } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go, to } from '../../route.ts';
import { client } from '../../rpc.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { Details } from '../../ui/details.tsx';
import { HistoryList } from '../../ui/history.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { OptionState } from '../../ui/state.tsx';
import { WatchLink } from '../watch/link.tsx';
import { ReasonDialog } from '../reason-dialog.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { DeviceButton } from '../opening/device-dialog.tsx';
import { Timeline } from './timeline.tsx';
import { useUndoable } from './undo.tsx';
import { Attachments } from '../attachments/panel.tsx';
import { TracePath } from '../cabling/trace-path.tsx';
import { BindingPapers } from '../applications/person-papers.tsx';
import { SyncBadge } from '../sync/badge.tsx';

type Binding = RowOf<typeof bindings>;
type Tab = 'details' | 'history' | 'past';
/** What may be done next, in the order it is asked for. */
const acts = ['activate', 'suspend', 'resume', 'move', 'release', 'reissue'] as const;
type Act = (typeof acts)[number];

const groups = [
  { title: 'ipam.group.who', fields: ['person_id', 'location_id'] },
  { title: 'ipam.group.address', fields: ['ip', 'mac', 'subnet_id', 'skipped'] },
  { title: 'ipam.group.port', fields: ['asset_id', 'hostname', 'outlet', 'switch_name', 'switch_port'] },
  { title: 'ipam.group.life', fields: ['opened_on', 'released_at', 'reason', 'remark'] },
] as const;

const possible = (state: BindingState): readonly Act[] =>
  acts.filter((act) =>
    act === 'move' ? state !== 'released' : act === 'reissue' ? state === 'released' : mayMove(act, state),
  );

export function BindingDetail({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  const t = useText();
  const undoable = useUndoable();
  const [tab, setTab] = useState<Tab>('details');
  const [act, setAct] = useState<Act | null>(null);
  const meta = { tables: ['bindings', 'people', 'locations', 'assets', 'subnets'] };
  const answer = useQuery(rpc.ipam.get.queryOptions({ input: { id }, meta }));
  const history = useQuery({ ...rpc.ipam.history.queryOptions({ input: { id }, meta }), enabled: tab === 'history' });
  const row = answer.data?.binding;
  const done = (name: Act, changed: Binding & { batch: string }): void => {
    undoable.done(t(`ipam.done.${name}`, { ip: changed.ip }), changed.batch);
    if (changed.id !== id) go(`addresses/${changed.id}`);
  };
  const run = async (name: Exclude<Act, 'move'>, reason: string): Promise<void> =>
    done(name, await client.ipam[name]({ id, reason }));
  const [main, ...more] = row ? possible(row.state) : [];
  const label = (name: Act): string =>
    t(name === 'release' && row?.state === 'reserved' ? 'ipam.act.cancel' : `ipam.act.${name}`);
  return (
    <Sheet
      open
      mask={false}
      width={528}
      title={
        row ? (
          <span className="sheet-title">
            <span className="mono">{row.ip}</span> <OptionState table="bindings" field="state" code={row.state} />
          </span>
        ) : (
          ''
        )
      }
      onClose={onClose}
      actions={
        row ? (
          <>
            {row.state === 'released' ? null : <BindingPapers id={id} person={row.person_id} />}
            {row.state === 'released' ? null : (
              <Button onClick={() => go(`addresses/${id}/edit`)}>{t('common.edit')}</Button>
            )}
            {main ? <Button onClick={() => setAct(main)}>{label(main)}</Button> : null}
            {more.length > 0 ? (
              <Dropdown
                trigger={['click']}
                menu={{
                  items: more.map((key) => ({ key, label: label(key), danger: key === 'release' })),
                  onClick: ({ key }) => setAct(key as Act),
                }}
              >
                <Button aria-label={t('common.more')}>⋯</Button>
              </Dropdown>
            ) : null}
          </>
        ) : null
      }
    >
      <Segmented<Tab>
        className="sheet-tabs"
        value={tab}
        onChange={setTab}
        options={[
          { value: 'details', label: t('assets.tab.details') },
          { value: 'history', label: t('ipam.tab.history') },
          { value: 'past', label: t('ipam.tab.past') },
        ]}
      />
      {answer.error ? <Failed error={answer.error} retry={() => void answer.refetch()} /> : null}
      {answer.isPending ? <Loading /> : null}
      {tab === 'details' && answer.data && row ? (
        <>
          {answer.data.free_on ? (
            <Alert
              className="detail-note"
              type="info"
              showIcon
              title={t('ipam.freeOn', { day: answer.data.free_on })}
            />
          ) : null}
          <SyncBadge id={row.id} />
          <p className="host-link">
            <a href={to('hosts', row.ip)}>{t('hosts.link')}</a>{' '}
            <WatchLink ip={row.ip} name={row.hostname} asset={row.asset_id} place={row.location_id} />{' '}
            {row.mac ? <a href={`${to('ports')}?text=${row.mac}`}>{t('switches.find')}</a> : null}
          </p>
          <p className="host-link">
            {row.state === 'released' ? null : <a href={`#/opening/move?binding=${row.id}`}>{t('opening.move')}</a>}{' '}
            <DeviceButton
              wanted={{ ids: [row.id] }}
              {...(row.state === 'released' ? { start: 'remove' as const } : {})}
            />
          </p>
          {row.state === 'released' ? null : <TracePath start="binding" id={row.id} quiet />}
          <Attachments key={row.id} table="bindings" id={row.id} />
          <Details record={bindings} row={row} refs={answer.data.refs} groups={groups} />
        </>
      ) : null}
      {tab === 'history' ? <HistoryList table="bindings" query={history} /> : null}
      {tab === 'past' && row ? <Timeline question={{ ip: row.ip }} /> : null}
      {row && act !== null && act !== 'move' ? (
        <ReasonDialog
          open
          title={label(act)}
          {...textOf(act, row, answer.data?.cooldown_days ?? 0, t)}
          danger={act === 'release'}
          run={(reason) => run(act, reason)}
          onClose={() => setAct(null)}
        />
      ) : null}
      {row && act === 'move' ? (
        <MoveDialog
          binding={row}
          refs={answer.data?.refs ?? {}}
          onMoved={(changed) => done('move', changed)}
          onClose={() => setAct(null)}
        />
      ) : null}
    </Sheet>
  );
}

function textOf(
  act: Exclude<Act, 'move'>,
  { ip, state }: Binding,
  days: number,
  t: ReturnType<typeof useText>,
): { text?: string; hint?: string } {
  switch (act) {
    case 'release':
      if (state === 'reserved') return { text: t('ipam.text.cancel', { ip }) };
      return { text: t('ipam.text.release', { ip, days }), hint: t('ipam.hint.release') };
    case 'reissue':
      return { text: t('ipam.text.reissue', { ip }), hint: t('ipam.hint.reissue') };
    case 'suspend':
      return { hint: t('ipam.hint.suspend') };
    case 'activate':
    case 'resume':
      return {};
  }
}
