/** Ports of switches. Routes: `switch-ports`, `switch-ports/SWITCH`, `switch-ports/SWITCH/PORT`. */
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useState, type ReactNode } from 'react';
import { portStates } from '../../../shared/features/cabling.ts';
import type { FacePort, SwitchLine } from '../../../shared/features/cabling/calls.ts';
import { daysBetween } from '../../../shared/day.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go, to } from '../../route.ts';
import { client } from '../../rpc.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import { State } from '../../ui/state.tsx';
import { WindowRows } from '../../ui/table/window-rows.tsx';
import { NONE } from '../../ui/text.tsx';
import { WriteButton } from '../sync/write-button.tsx';
import { useSaveBook } from '../transfer/save-book.ts';
import { TestAge } from './age.tsx';
import { Faceplate } from './faceplate.tsx';
import { PortSheet } from './port-sheet.tsx';
import { PortTable } from './port-table.tsx';
import { RunForm } from './run-form.tsx';
import { TestLine } from './test-line.tsx';
import { traceTables } from './trace-tables.ts';
import '../switches/switches.css';

export function SwitchPortsScreen({ rest }: ScreenProps): ReactNode {
  const [asset, port] = rest;
  return asset === undefined ? <SwitchList /> : <OneSwitch key={asset} asset={asset} port={port ?? null} />;
}

/** Ports in use: those that carry somebody. */
const usedOf = ({ counts }: Pick<SwitchLine, 'counts'>): number => (counts.good ?? 0) + (counts.loose ?? 0);

function usePrint(): (ids: readonly string[]) => void {
  const say = useSay();
  return (ids) =>
    void client.cabling.printPorts({ asset_ids: [...ids] }).then(({ id }) => go(`print/${id}`), say.failed);
}

function SwitchList(): ReactNode {
  const t = useText();
  const print = usePrint();
  const save = useSaveBook();
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  const { data, error, refetch } = useQuery(rpc.cabling.switches.queryOptions({ meta: { tables: traceTables } }));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data || !state) return <Loading />;
  if (data.length === 0)
    return (
      <Page scroll>
        <Empty title={t('cabling.no_switches')} hint={t('cabling.no_switches_hint')}>
          <WriteButton onClick={() => go('assets/new')}>{t('assets.new')}</WriteButton>
        </Empty>
      </Page>
    );
  const none = data.every(({ ports }) => ports === 0);
  return (
    <Page
      actions={
        <>
          <Button disabled={none} onClick={() => void save(() => client.cabling.portsBook({}))}>
            {t('cabling.book_all')}
          </Button>
          <Button disabled={none} onClick={() => print([])}>
            {t('cabling.print_all_f05')}
          </Button>
        </>
      }
    >
      <div className="sw-scroll" tabIndex={-1}>
        <table className="sw-table">
          <thead>
            <tr>
              <th scope="col">{t('field.switch_ports.asset_id')}</th>
              <th scope="col">{t('field.panels.location_id')}</th>
              <th scope="col">{t('cabling.ports')}</th>
              {(['damaged', 'loose', 'reserved', 'disabled'] as const).map((each) => (
                <th key={each} scope="col">
                  {optionLabel(t, 'switch_ports', 'state', each)}
                </th>
              ))}
              <th scope="col">{t('cabling.last_test')}</th>
            </tr>
          </thead>
          <WindowRows
            rows={data}
            keyOf={({ id }) => id}
            renderCells={(line) => (
              <>
                <td>
                  <a href={to('switch-ports', line.id)}>{line.title}</a>
                  <div className="field-hint">{line.model}</div>
                </td>
                <td>{line.place || NONE}</td>
                <td className="num">
                  {line.ports === 0 ? NONE : t('cabling.used', { used: usedOf(line), total: line.ports })}
                </td>
                {(['damaged', 'loose', 'reserved', 'disabled'] as const).map((each) => (
                  <td key={each}>
                    {line.counts[each] ? (
                      <State tone={each === 'damaged' ? 'bad' : each === 'loose' ? 'warn' : 'off'}>
                        {line.counts[each]}
                      </State>
                    ) : (
                      NONE
                    )}
                  </td>
                ))}
                <td>
                  {line.ports === 0 || usedOf(line) === 0 ? (
                    NONE
                  ) : line.tested_since === null ? (
                    <State tone="warn">{t('cabling.some_untested')}</State>
                  ) : (
                    <TestAge days={daysBetween(line.tested_since, state.today)} />
                  )}
                </td>
              </>
            )}
          />
        </table>
      </div>
    </Page>
  );
}

function OneSwitch({ asset, port }: { asset: string; port: string | null }): ReactNode {
  const t = useText();
  const print = usePrint();
  const save = useSaveBook();
  const [view, setView] = useState<'state' | 'vlan'>('state');
  const [making, setMaking] = useState(false);
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  const { data, error, refetch } = useQuery(
    rpc.cabling.faceplate.queryOptions({ input: { asset_id: asset }, meta: { tables: traceTables } }),
  );
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data || !state) return <Loading />;
  const { ports } = data;
  const chosen = ports.find((each) => each.port.id === port) ?? null;
  const open = (id: string): void => go(`switch-ports/${asset}/${id}`);
  return (
    <Page
      actions={
        <>
          <Button onClick={() => go('switch-ports')}>{t('cabling.back')}</Button>
          <WriteButton onClick={() => setMaking(true)}>{t('cabling.make_ports')}</WriteButton>
          <Button
            disabled={ports.length === 0}
            onClick={() => void save(() => client.cabling.portsBook({ asset_ids: [asset] }))}
          >
            {t('cabling.book')}
          </Button>
          <Button type="primary" disabled={ports.length === 0} onClick={() => print([asset])}>
            {t('cabling.print_f05')}
          </Button>
        </>
      }
    >
      <div className="cab-head">
        <h2>{data.switch.title}</h2>
        <span className="field-hint">{data.switch.place}</span>
        {ports.length > 0 ? <Counts ports={ports} /> : null}
      </div>
      {ports.length === 0 ? (
        <Empty title={t('cabling.no_ports')} hint={t('cabling.no_ports_hint')}>
          <WriteButton type="primary" onClick={() => setMaking(true)}>
            {t('cabling.make_ports')}
          </WriteButton>
        </Empty>
      ) : (
        <>
          <div className="sw-bar">
            <Segmented<'state' | 'vlan'>
              aria-label={t('cabling.faceplate')}
              value={view}
              options={(['state', 'vlan'] as const).map((each) => ({ value: each, label: t(`cabling.by_${each}`) }))}
              onChange={setView}
            />
            <TestLine assetId={asset} today={state.today} />
          </div>
          <div className="sw-scroll" tabIndex={-1}>
            <Faceplate ports={ports} view={view} chosen={port} onChoose={open} />
            <PortTable ports={ports} onOpen={open} chosen={port} />
          </div>
        </>
      )}
      {making ? (
        <RunForm
          title={t('cabling.make_ports')}
          start={{ prefix: 'GE1/0/', from: 1, to: 48 }}
          make={(run) => client.cabling.makePorts({ asset_id: asset, ...run })}
          onClose={() => setMaking(false)}
        />
      ) : null}
      {chosen ? (
        <PortSheet
          key={chosen.port.id}
          face={chosen}
          device={data.switch.title}
          today={state.today}
          technician={state.setup?.technician ?? ''}
          onClose={() => go(`switch-ports/${asset}`)}
        />
      ) : null}
    </Page>
  );
}

/** How many ports are in each state: the key of the letters on the faceplate. */
function Counts({ ports }: { ports: readonly FacePort[] }): ReactNode {
  const t = useText();
  return (
    <ul className="face-legend">
      {portStates.map((state) => {
        const n = ports.filter(({ port }) => port.state === state).length;
        return n === 0 ? null : (
          <li key={state}>
            <span className={`face-key face-${state}`}>{t(`cabling.letter.${state}`)}</span>
            {optionLabel(t, 'switch_ports', 'state', state)} {n}
          </li>
        );
      })}
    </ul>
  );
}
