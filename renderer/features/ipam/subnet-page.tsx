/** One subnet: how full it is, the map of its addresses, every address as a list, and its parts. The legend filters map and list alike. */
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { Alert, Button, Dropdown, Segmented } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import type { AddressCell } from '../../../shared/features/ipam/map.ts';
import type { FormState } from '../../../shared/features/ipam/marks.ts';
import { parseIp } from '../../../shared/ip.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go, to } from '../../route.ts';
import { client } from '../../rpc.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { ReasonDialog } from '../reason-dialog.tsx';
import { AddressList } from './address-list.tsx';
import { HeatMap } from './heat-map.tsx';
import { LeaseLines, TakeDialog } from './leases.tsx';
import { Legend } from './legend.tsx';
import { stateOf, useMarks } from './marks.ts';
import { SubnetOnDay } from './on-day.tsx';
import { Parts } from './parts.tsx';
import { useSaveTable } from './save-table.ts';
import { SubnetForm } from './subnet-form.tsx';
import { useSay } from '../../ui/say.ts';
import { useUndoable } from './undo.tsx';
import { UsageBar } from './usage-bar.tsx';
import { DeviceButton } from '../opening/device-dialog.tsx';
import { WriteButton } from '../sync/write-button.tsx';

/** Four blocks of 256 fill a screen; wider subnets are leafed through. */
const WINDOW = 1024;
const NEVER: Readonly<Record<string, number>> = {};
const tables = ['subnets', 'address_ranges', 'bindings', 'people', 'locations', 'assets', 'leases'];

/** Where an address leads: its binding, the asset that carries it, or a new binding for it. */
export function openCell(cell: AddressCell, subnetId: string): void {
  if (cell.binding_id) go(`addresses/${cell.binding_id}`);
  else if (cell.state === 'device' && cell.asset_id) go(`assets/${cell.asset_id}`);
  else if (cell.state === 'free' || cell.state === 'kept' || cell.state === 'unplanned')
    go(`addresses/new?subnet=${subnetId}&ip=${cell.ip}`);
}

export function SubnetPage({ id, editing }: { id: string; editing: boolean }): ReactNode {
  const t = useText();
  const [offset, setOffset] = useState(0);
  const [only, setOnly] = useState<ReadonlySet<FormState>>(new Set());
  const [tab, setTab] = useState<'table' | 'parts' | 'day'>('table');
  const [removing, setRemoving] = useState(false);
  const [taking, setTaking] = useState(false);
  const [run, setRun] = useState<readonly [string, string] | null>(null);
  const undoable = useUndoable();
  const say = useSay();
  const saveTable = useSaveTable();
  const marks = useMarks();
  const about = useQuery(rpc.ipam.getSubnet.queryOptions({ input: { id }, meta: { tables } }));
  const map = useQuery(
    rpc.ipam.map.queryOptions({ input: { subnet_id: id, offset, limit: WINDOW }, meta: { tables } }),
  );
  const cells = useMemo(() => map.data?.cells ?? [], [map.data]);
  const seen = useQuery(
    rpc.addressing.seen.queryOptions({
      input: { subnet_id: id, offset, limit: WINDOW },
      meta: { tables: ['_sweeps', '_device_reads'] },
    }),
  );
  const listed = useMemo(
    () => (only.size === 0 ? cells : cells.filter((cell) => only.has(stateOf(cell, marks)))),
    [cells, only, marks],
  );
  const counts = useMemo(() => {
    const all: Partial<Record<FormState, number>> = { ...map.data?.counts };
    for (const cell of cells) {
      const state = stateOf(cell, marks);
      if (state === cell.state) continue;
      all[cell.state] = (all[cell.state] ?? 0) - 1;
      all[state] = (all[state] ?? 0) + 1;
    }
    return all;
  }, [map.data, cells, marks]);
  const print = async (every: boolean): Promise<void> => {
    try {
      go(`print/${(await client.addressing.print({ subnet_ids: [id], every })).id}`);
    } catch (error) {
      say.failed(error);
    }
  };
  if (about.error) return <Failed error={about.error} retry={() => void about.refetch()} />;
  if (!about.data) return <Loading />;
  const { subnet, refs, usage } = about.data;
  return (
    <Page
      actions={
        <>
          <DeviceButton wanted={{ subnet: id }} />
          <Button onClick={() => go(`subnets/${id}/edit`)}>{t('common.edit')}</Button>
          <Dropdown
            trigger={['click']}
            menu={{
              items: [
                { key: 'print', label: t('ipam.print') },
                { key: 'every', label: t('ipam.printEvery') },
                { key: 'sheet', label: t('ipam.exportTable') },
                { key: 'take', label: t('leases.take') },
                { key: 'remove', label: t('ipam.removeSubnet'), danger: true },
              ],
              onClick: ({ key }) => {
                if (key === 'take') setTaking(true);
                else if (key === 'remove') setRemoving(true);
                else if (key === 'sheet') void saveTable([id]);
                else void print(key === 'every');
              },
            }}
          >
            <Button aria-label={t('common.more')}>⋯</Button>
          </Dropdown>
          <WriteButton type="primary" disabled={usage.free === 0} onClick={() => go(`addresses/new?subnet=${id}`)}>
            {t('ipam.new')}
          </WriteButton>
        </>
      }
    >
      <SubnetHead about={about} />
      {usage.level === 'full' ? (
        <Alert className="page-alert" type="error" showIcon title={t('ipam.warn.full')} />
      ) : null}
      {usage.level === 'short' ? (
        <Alert className="page-alert" type="warning" showIcon title={t('ipam.warn.short', { n: usage.free })} />
      ) : null}
      <LeaseLines subnetId={id} />
      {map.data ? <Legend counts={counts} only={only} onChange={setOnly} /> : null}
      <div className="subnet-body">
        <section className="subnet-map" aria-label={t('ipam.map')}>
          <HeatMap
            cells={cells}
            only={only}
            marks={marks}
            seen={seen.data ?? NEVER}
            onOpen={(cell) => openCell(cell, id)}
            onChoose={(first, last) => setRun([first.ip, last.ip])}
          />
          <p className="field-hint">{t('ipam.dragHint')}</p>
          {map.data && map.data.total > WINDOW ? (
            <Leaf total={map.data.total} offset={offset} onLeaf={setOffset} />
          ) : null}
        </section>
        <section className="subnet-side">
          <Segmented
            className="subnet-tabs"
            value={tab}
            onChange={setTab}
            options={[
              { value: 'table', label: t('ipam.table') },
              { value: 'parts', label: t('ipam.parts') },
              { value: 'day', label: t('ipam.onDay.tab') },
            ]}
          />
          {tab === 'table' ? (
            <AddressList cells={listed} marks={marks} onOpen={(cell) => openCell(cell, id)} />
          ) : tab === 'parts' ? (
            <Parts subnet={subnet} />
          ) : (
            <SubnetOnDay subnetId={id} />
          )}
        </section>
      </div>
      {editing ? (
        <SubnetForm row={subnet} refs={refs} onClose={() => go(`subnets/${id}`)} onSaved={() => undefined} />
      ) : null}
      <TakeDialog subnetId={id} open={taking} onClose={() => setTaking(false)} />
      {run === null ? null : (
        <ReasonDialog
          open
          title={t('ipam.reserveRun')}
          text={t('ipam.reserveRunText', {
            first: run[0],
            last: run[1],
            n: (parseIp(run[1]) ?? 0) - (parseIp(run[0]) ?? 0) + 1,
          })}
          hint={t('ipam.reserveRunHint')}
          run={async (reason) => {
            const [first_ip, last_ip] = run;
            const { batch } = await client.addressing.reserveRun({ subnet_id: id, first_ip, last_ip, reason });
            undoable.done(t('ipam.runReserved', { first: first_ip, last: last_ip }), batch);
          }}
          onClose={() => setRun(null)}
        />
      )}
      <ReasonDialog
        open={removing}
        title={t('ipam.removeSubnet')}
        text={t('ipam.removeSubnetText', { cidr: subnet.cidr })}
        danger
        run={async (reason) => {
          const { batch } = await client.ipam.removeSubnet({ id, reason });
          undoable.done(t('ipam.removeSubnet'), batch);
          go('subnets');
        }}
        onClose={() => setRemoving(false)}
      />
    </Page>
  );
}

type About = UseQueryResult<Awaited<ReturnType<typeof client.ipam.getSubnet>>>;
function SubnetHead({ about }: { about: About }): ReactNode {
  const t = useText();
  if (!about.data) return null;
  const { subnet, refs, usage, mask } = about.data;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('field.subnets.vlan'), subnet.vlan ?? '—'],
    [
      t('ipam.mask'),
      <span key="mask" className="mono">
        {mask}
      </span>,
    ],
    [
      t('field.subnets.gateway'),
      <span key="gateway" className="mono">
        {subnet.gateway ?? '—'}
      </span>,
    ],
    [
      'DNS',
      <span key="dns" className="mono">
        {subnet.dns ?? '—'}
      </span>,
    ],
    [t('field.subnets.location_id'), subnet.location_id ? (refs[subnet.location_id] ?? '—') : '—'],
  ];
  return (
    <header className="subnet-head">
      <div className="subnet-name">
        <a href={to('subnets')}>‹ {t('ipam.back')}</a>
        <h2>
          {subnet.name} <span className="mono">{subnet.cidr}</span>
        </h2>
        <UsageBar usage={usage} />
      </div>
      <dl className="subnet-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

function Leaf({
  total,
  offset,
  onLeaf,
}: {
  total: number;
  offset: number;
  onLeaf: (offset: number) => void;
}): ReactNode {
  const t = useText();
  const left = total - offset - WINDOW;
  return (
    <div className="subnet-leaf">
      <Button size="small" disabled={offset === 0} onClick={() => onLeaf(offset - WINDOW)}>
        {t('ipam.earlier', { n: WINDOW })}
      </Button>
      <Button size="small" disabled={left <= 0} onClick={() => onLeaf(offset + WINDOW)}>
        {t('ipam.more', { n: Math.min(WINDOW, Math.max(left, 0)) })}
      </Button>
    </div>
  );
}
