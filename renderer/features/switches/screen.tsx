/** Switches: what can be read, how it went, and one device in full. Routes: `switches`, `switches/IP`. */
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input } from 'antd';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import type { Device } from '../../../shared/features/switches.ts';
import { parseIp, showIp } from '../../../shared/ip.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go, to } from '../../route.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { State } from '../../ui/state.tsx';
import { NONE } from '../../ui/text.tsx';
import { DevicePage } from './device-page.tsx';
import { ReadButton, ReadingLine } from './reading.tsx';
import { useReading } from './reading-store.ts';
import { deviceTables, endTone, stateTone, tableNames } from './words.ts';
import './switches.css';

export function SwitchesScreen({ rest }: ScreenProps): ReactNode {
  const [ip] = rest;
  return ip === undefined ? <DeviceList /> : <DevicePage key={ip} ip={ip} />;
}

function DeviceList(): ReactNode {
  const t = useText();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const typed = useDeferredValue(text.trim().toLowerCase());
  const devices = useQuery(rpc.switches.devices.queryOptions({ meta: { tables: [...deviceTables, '_sweeps'] } }));
  const credentials = useQuery(rpc.switches.credentials.queryOptions({ meta: { tables: ['_snmp_credentials'] } }));
  const failed = devices.error ?? credentials.error;
  if (failed) return <Failed error={failed} retry={() => void devices.refetch()} />;
  if (!devices.data || !credentials.data) return <Loading />;
  const bare = credentials.data.length === 0;
  const other = bare ? null : unlisted(text, devices.data);
  const rows = devices.data.filter(
    (each) =>
      typed === '' || [each.name, each.ip, each.description].some((word) => word?.toLowerCase().includes(typed)),
  );
  if (devices.data.length === 0 || (bare && devices.data.every(({ last }) => last === null)))
    return (
      <Page scroll>
        <Empty title={t('switches.none')} hint={t(bare ? 'switches.empty_credentials' : 'switches.empty')}>
          {bare ? (
            <Button type="primary" onClick={() => go('settings?at=snmp')}>
              {t('switches.to_settings')}
            </Button>
          ) : (
            <Button onClick={() => go('discovery')}>{t('discovery.title')}</Button>
          )}
        </Empty>
      </Page>
    );
  return (
    <Page actions={bare ? null : <ReadButton ips={[]} label={t('switches.read_all')} primary />}>
      <div className="sw-bar">
        <Input
          className="grid-search"
          allowClear
          aria-label={t('switches.filter')}
          placeholder={t('switches.filter')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {bare ? <a href="#/settings?at=snmp">{t('switches.to_settings')}</a> : null}
        {chosen.size > 0 && !bare ? (
          <ReadButton ips={[...chosen]} label={t('switches.read_chosen', { count: chosen.size })} />
        ) : null}
      </div>
      {other === null ? null : (
        <div className="sw-line">
          <span>{t('switches.other', { ip: other })}</span>
          <ReadButton ips={[other]} label={t('switches.read_one')} small />
        </div>
      )}
      <ReadingLine />
      <div className="sw-scroll" tabIndex={-1}>
        <table className="sw-table">
          <thead>
            <tr>
              <th scope="col">
                <span className="unseen">{t('switches.choose', { name: '' })}</span>
              </th>
              <th scope="col">{t('switches.device')}</th>
              <th scope="col">{t('switches.address')}</th>
              <th scope="col">{t('switches.last')}</th>
              <th scope="col">{t('switches.tables')}</th>
              <th scope="col">{t('switches.model')}</th>
              <th scope="col">
                <span className="unseen">{t('switches.read_one')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((device) => (
              <DeviceRow
                key={device.ip}
                device={device}
                chosen={chosen.has(device.ip)}
                onChoose={(on) => {
                  const next = new Set(chosen);
                  if (on) next.add(device.ip);
                  else next.delete(device.ip);
                  setChosen(next);
                }}
              />
            ))}
          </tbody>
        </table>
      </div>
    </Page>
  );
}

/** A whole address that is typed and not in the list: many a switch shows by nothing but SNMP what it is. */
function unlisted(text: string, devices: readonly Device[]): string | null {
  const address = parseIp(text);
  const ip = address === null ? null : showIp(address);
  return ip !== null && devices.every((each) => each.ip !== ip) ? ip : null;
}

interface RowProps {
  readonly device: Device;
  readonly chosen: boolean;
  readonly onChoose: (on: boolean) => void;
}
function DeviceRow({ device, chosen, onChoose }: RowProps): ReactNode {
  const t = useText();
  const asking = useReading(({ asking }) => asking.includes(device.ip));
  const { ip, last, reachable, description } = device;
  return (
    <tr>
      <td>
        <Checkbox
          aria-label={t('switches.choose', { name: device.name ?? ip })}
          checked={chosen}
          disabled={!reachable}
          onChange={(event) => onChoose(event.target.checked)}
        />
      </td>
      <td>
        <a href={to('switches', ip)}>{device.name ?? t('switches.unnamed')}</a>
        {device.asset && device.asset.title !== device.name ? (
          <div className="field-hint">{device.asset.title}</div>
        ) : null}
      </td>
      <td className="mono">{ip}</td>
      <td>
        {asking ? (
          <State tone="work">{t('switches.asking')}</State>
        ) : last ? (
          <>
            <State tone={endTone[last.end]}>{t(`switches.end.${last.end}`)}</State>
            <div className="field-hint">{showMoment(last.read_at)}</div>
          </>
        ) : (
          <State tone="off">{t(reachable ? 'switches.never' : 'switches.out_of_scope')}</State>
        )}
      </td>
      <td className="sw-what">{last ? <What device={device} /> : NONE}</td>
      <td className="sw-model" title={description ?? undefined}>
        {description ?? NONE}
      </td>
      <td className="right">{reachable ? <ReadButton ips={[ip]} label={t('switches.read_one')} small /> : null}</td>
    </tr>
  );
}

const macTables: readonly (typeof tableNames)[number][] = ['bridge', 'qbridge', 'vendor'];

/** Figures of what was read; of what was not, why. A table the device does not have is never "0". */
function What({ device: { last, counts, good_at } }: { device: Device }): ReactNode {
  const t = useText();
  if (!last) return NONE;
  const isGood = last.end === 'complete' || last.end === 'partial';
  if (!counts || good_at === null) return <span className="field-hint">{t(`switches.why.${last.end}`)}</span>;
  const read = (name: (typeof tableNames)[number]): boolean => ['read', 'cut'].includes(last.tables[name]);
  const hasCards = macTables.some(read);
  // one of the three tables of cards is enough; the device's own page names them all
  const odd = tableNames.filter(
    (name) =>
      ['cut', 'failed'].includes(last.tables[name]) ||
      (last.tables[name] === 'absent' && (!macTables.includes(name) || !hasCards)),
  );
  const parts = [
    !isGood || read('interfaces') ? t('switches.count.interfaces', { count: counts.interfaces, up: counts.up }) : null,
    !isGood || hasCards ? t('switches.count.macs', { count: counts.macs }) : null,
    !isGood || read('arp') ? t('switches.count.arp', { count: counts.arp }) : null,
    !isGood || read('lldp') ? t('switches.count.neighbours', { count: counts.neighbours }) : null,
  ];
  return (
    <>
      <span>{parts.filter(Boolean).join(' · ')}</span>
      {isGood ? (
        odd.length > 0 ? (
          <ul className="sw-odd">
            {odd.map((name) => (
              <li key={name}>
                <State tone={stateTone[last.tables[name]]}>
                  {t(`switches.table.${name}`)}
                  {': '}
                  {t(`switches.state.${last.tables[name]}`)}
                </State>
              </li>
            ))}
          </ul>
        ) : null
      ) : (
        <div className="field-hint">{t('switches.kept_from', { time: showMoment(good_at) })}</div>
      )}
    </>
  );
}
