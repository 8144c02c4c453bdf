/** What is joined to what, by LLDP: one line a cable, and whether both ends say so. */
import { useQuery } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import type { Link } from '../../../shared/features/switches/links.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go, to } from '../../route.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { State } from '../../ui/state.tsx';
import { NONE } from '../../ui/text.tsx';
import { deviceTables } from './words.ts';
import './switches.css';

export function LinksScreen(): ReactNode {
  const t = useText();
  const [text, setText] = useState('');
  const typed = useDeferredValue(text.trim().toLowerCase());
  const { data, error, refetch } = useQuery(rpc.switches.links.queryOptions({ meta: { tables: deviceTables } }));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.length === 0)
    return (
      <Page scroll>
        <Empty title={t('links.title')} hint={t('links.empty')}>
          <Button onClick={() => go('switches')}>{t('switches.to_switches')}</Button>
        </Empty>
      </Page>
    );
  const rows = data.filter(
    ({ a, b }) =>
      typed === '' || [a.name, a.port, b.name, b.port, a.ip, b.ip].some((word) => word?.toLowerCase().includes(typed)),
  );
  return (
    <Page>
      <div className="sw-bar">
        <Input
          className="grid-search"
          allowClear
          aria-label={t('links.filter')}
          placeholder={t('links.filter')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <span className="field-hint">
          {t('links.count', { count: data.length, both: data.filter(({ both }) => both).length })}
        </span>
      </div>
      <div className="sw-scroll">
        <table className="sw-table">
          <thead>
            <tr>
              <th scope="col">{t('links.a')}</th>
              <th scope="col">{t('links.a_port')}</th>
              <th scope="col">{t('links.b')}</th>
              <th scope="col">{t('links.b_port')}</th>
              <th scope="col">{t('links.proof')}</th>
              <th scope="col">{t('links.read_at')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((link) => (
              <tr key={[link.a.ip, link.a.port, link.b.name, link.b.port].join(' ')}>
                <td>
                  <End end={link.a} known="read" />
                </td>
                <td>{link.a.port ?? NONE}</td>
                <td>
                  <End end={link.b} known={link.known} />
                </td>
                <td>{link.b.port ?? NONE}</td>
                <td>
                  <State tone={link.both ? 'good' : 'off'}>{t(link.both ? 'links.both' : 'links.one')}</State>
                </td>
                <td>{showMoment(link.read_at)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Page>
  );
}

function End({ end: { ip, name }, known }: { end: Link['a']; known: Link['known'] }): ReactNode {
  const t = useText();
  return (
    <>
      {known === 'read' && ip !== null ? <a href={to('switches', ip)}>{name}</a> : name}
      {known === 'read' ? null : <div className="field-hint">{t(`links.known.${known}`)}</div>}
    </>
  );
}
