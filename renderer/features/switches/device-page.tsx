/** One device as it told of itself: its system group, its interfaces with what hangs on them, its ARP table, its readings. */
import { useQuery } from '@tanstack/react-query';
import { Checkbox, Input, Segmented } from 'antd';
import { useDeferredValue, useState, type ReactNode } from 'react';
import type { DevicePage as Page_ } from '../../../shared/features/switches.ts';
import { showMoment } from '../../../shared/day.ts';
import { showMac } from '../../../shared/mac.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { to } from '../../route.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { State } from '../../ui/state.tsx';
import { NONE } from '../../ui/text.tsx';
import { InterfaceTable } from './interface-table.tsx';
import { ReadButton, ReadingLine } from './reading.tsx';
import { Outcome } from './outcome.tsx';
import { deviceTables, endTone, stateTone, tableNames } from './words.ts';

type Tab = 'interfaces' | 'arp' | 'readings';
/** More rows than this are found by the filter, not by scrolling. */
const SHOWN = 400;

export function DevicePage({ ip }: { ip: string }): ReactNode {
  const t = useText();
  const [tab, setTab] = useState<Tab>('interfaces');
  const [text, setText] = useState('');
  const [onlyUp, setOnlyUp] = useState(false);
  const typed = useDeferredValue(text.trim().toLowerCase());
  const { data, error, refetch } = useQuery(
    rpc.switches.device.queryOptions({ input: { ip }, meta: { tables: deviceTables } }),
  );
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const fits = (...words: (string | null)[]): boolean =>
    typed === '' ||
    words.some(
      (word) => word?.toLowerCase().includes(typed) || word?.includes(typed.replace(/[-:.]/g, '').toUpperCase()),
    );
  const faces = data.interfaces.filter(
    (each) =>
      (!onlyUp || each.up === true) &&
      fits(each.name, each.alias, each.neighbour, ...each.macs.flatMap(({ mac, who }) => [mac, who])),
  );
  const arp = data.arp.filter((each) => fits(each.ip, each.mac, each.who));
  return (
    <Page actions={data.reachable ? <ReadButton ips={[ip]} label={t('switches.read_one')} primary /> : null}>
      <ReadingLine brief />
      <SystemGroup page={data} />
      {data.good_at === null ? null : (
        <>
          <div className="sw-bar">
            <Segmented
              value={tab}
              options={[
                {
                  value: 'interfaces' as const,
                  label: [t('switches.interfaces'), data.interfaces.length || ''].join(' '),
                },
                { value: 'arp' as const, label: [t('switches.arp'), data.arp.length || ''].join(' ') },
                { value: 'readings' as const, label: `${t('switches.readings')} ${data.readings.length}` },
              ]}
              onChange={setTab}
            />
            {tab === 'readings' ? null : (
              <Input
                className="grid-search"
                allowClear
                aria-label={t('switches.filter_page')}
                placeholder={t('switches.filter_page')}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
            {tab === 'interfaces' ? (
              <Checkbox checked={onlyUp} onChange={(event) => setOnlyUp(event.target.checked)}>
                {t('switches.only_up')}
              </Checkbox>
            ) : null}
          </div>
          <div className="sw-scroll">
            {tab === 'interfaces' ? (
              data.interfaces.length === 0 ? (
                <p className="sw-none">{t(`switches.state.${data.last?.tables.interfaces ?? 'not_asked'}`)}</p>
              ) : (
                <InterfaceTable faces={faces} />
              )
            ) : null}
            {tab === 'arp' ? <ArpTable page={data} rows={arp.slice(0, SHOWN)} more={arp.length - SHOWN} /> : null}
            {tab === 'readings' ? <Readings page={data} /> : null}
          </div>
        </>
      )}
    </Page>
  );
}

function SystemGroup({ page }: { page: Page_ }): ReactNode {
  const t = useText();
  const days = page.uptime_s === null ? 0 : Math.floor(page.uptime_s / 86_400);
  const hours = page.uptime_s === null ? 0 : Math.floor((page.uptime_s % 86_400) / 3600);
  const rows: [string, ReactNode][] = [
    [t('switches.address'), page.ip],
    [t('switches.model'), page.description],
    [t('switches.addresses'), page.addresses.filter((ip) => ip !== page.ip).join(' ') || null],
    [t('switches.location'), page.location],
    [t('switches.contact'), page.contact],
    [t('switches.uptime'), page.uptime_s === null ? null : t('switches.uptime_value', { days, hours })],
    [t('switches.asset'), page.asset ? <a href={to('assets', page.asset.id)}>{page.asset.title}</a> : null],
  ];
  return (
    <section className="sw-system">
      <div className="sw-title">
        <a href={to('switches')}>‹ {t('switches.title')}</a>
        <h2>{page.name ?? page.ip}</h2>
      </div>
      <Outcome device={page} />
      <dl className="sw-pairs">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value ?? NONE}</dd>
          </div>
        ))}
      </dl>
      {page.last && (page.last.end === 'complete' || page.last.end === 'partial') ? (
        <ul className="sw-odd">
          {tableNames.map((name) => (
            <li key={name}>
              <State tone={stateTone[page.last?.tables[name] ?? 'not_asked']}>
                {t(`switches.table.${name}`)}
                {': '}
                {t(`switches.state.${page.last?.tables[name] ?? 'not_asked'}`)}
              </State>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function ArpTable({ page, rows, more }: { page: Page_; rows: Page_['arp']; more: number }): ReactNode {
  const t = useText();
  if (page.arp.length === 0) return <p className="sw-none">{t('switches.arp_none')}</p>;
  return (
    <>
      <table className="sw-table">
        <thead>
          <tr>
            <th scope="col">{t('switches.address')}</th>
            <th scope="col">{t('discovery.mac')}</th>
            <th scope="col">{t('switches.port')}</th>
            <th scope="col">{t('switches.who')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.ip} ${row.mac}`}>
              <td className="mono">{row.ip}</td>
              <td>
                <a className="mono" href={`${to('ports')}?text=${row.mac}`}>
                  {showMac(row.mac)}
                </a>
              </td>
              <td>{row.port ?? NONE}</td>
              <td>{row.who ?? <span className="field-hint">{t('switches.not_registered')}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 ? <p className="sw-none">{t('switches.more_rows', { count: more })}</p> : null}
    </>
  );
}

function Readings({ page }: { page: Page_ }): ReactNode {
  const t = useText();
  return (
    <ul className="sw-readings">
      {page.readings.map((each) => (
        <li key={`${each.read_at} ${each.elapsed_ms}`}>
          <span>{showMoment(each.read_at)}</span>
          <State tone={endTone[each.end]}>{t(`switches.end.${each.end}`)}</State>
          <span className="field-hint">
            {each.source === 'console'
              ? t('console.source')
              : [each.credential, `${Math.round(each.elapsed_ms)} ms`].filter(Boolean).join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  );
}
