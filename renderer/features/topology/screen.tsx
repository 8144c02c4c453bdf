/** Topology: devices in layers and what joins them; places set by hand are remembered, revisions are frozen and printed as F-07. */
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Dropdown, Input, Popconfirm, Select } from 'antd';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import type { TopologyMap } from '../../../shared/features/topology.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import { State } from '../../ui/state.tsx';
import { Canvas } from './canvas.tsx';
import { shownIds } from './flow.tsx';
import { Revisions } from './revisions.tsx';
import { saveSvg } from './svg.tsx';
import '../switches/switches.css';
import './topology.css';

export function TopologyScreen(): ReactNode {
  const t = useText();
  const { data, error, refetch } = useQuery(rpc.topology.map.queryOptions());
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.links.length === 0)
    return (
      <Page scroll>
        <Empty title={t('topology.empty')} hint={t('topology.empty_hint')}>
          <Button type="primary" onClick={() => go('switches')}>
            {t('topology.to_switches')}
          </Button>
          <Button onClick={() => go('console')}>{t('topology.to_console')}</Button>
          <Button onClick={() => go('cables')}>{t('topology.to_cables')}</Button>
          {data.nodes.length === 0 ? <Button onClick={() => go('assets/new')}>{t('topology.to_assets')}</Button> : null}
        </Empty>
      </Page>
    );
  return <Drawn map={data} />;
}

type Drawn_ = Awaited<ReturnType<typeof client.topology.map>>;

/** Devices that the text is part of: name, address, model or place. */
function foundIn({ nodes }: TopologyMap, text: string): ReadonlySet<string> | null {
  if (text === '') return null;
  return new Set(
    nodes.flatMap(({ id, name, ip, model, place }) =>
      [name, ip, model, place].some((word) => word?.toLowerCase().includes(text)) ? [id] : [],
    ),
  );
}

function Drawn({ map }: { map: Drawn_ }): ReactNode {
  const t = useText();
  const say = useSay();
  const [text, setText] = useState('');
  const [building, setBuilding] = useState<string | null>(null);
  const [outline, setOutline] = useState(true);
  const [listed, setListed] = useState(false);
  const found = foundIn(map, useDeferredValue(text.trim().toLowerCase()));
  const shown = shownIds(map, building);
  const nodes = map.nodes.filter(({ id }) => shown.has(id));
  const links = map.links.filter(({ a, b }) => shown.has(a) && shown.has(b));
  const conflicts = map.links.filter(({ conflict }) => conflict !== null).length;
  const pinned = map.nodes.filter((node) => node.pinned).length;

  const freeze = async (print: boolean): Promise<void> => {
    try {
      const { document, version, fresh } = await client.topology.freeze();
      say.done(t(fresh ? 'topology.frozen' : 'topology.not_fresh', { version, number: document.number }));
      if (print) go(`print/${document.id}`);
    } catch (error) {
      say.failed(error);
    }
  };
  const svg = async (): Promise<void> => {
    try {
      await saveSvg(await client.topology.paper(), t('form.F-07'));
    } catch (error) {
      say.failed(error);
    }
  };
  const unpin = async (): Promise<void> => {
    try {
      await client.topology.unpin({});
      say.done(t('topology.unpinned'));
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <Page
      actions={
        <>
          <Dropdown
            menu={{
              items: [
                { key: 'svg', label: t('topology.svg') },
                { key: 'revisions', label: t('topology.revisions') },
              ],
              onClick: ({ key }) => (key === 'svg' ? void svg() : setListed(true)),
            }}
          >
            <Button>{t('common.more')}</Button>
          </Dropdown>
          <Button onClick={() => void freeze(true)}>{t('topology.print')}</Button>
          <Button type="primary" onClick={() => void freeze(false)}>
            {t('topology.freeze')}
          </Button>
        </>
      }
    >
      <div className="sw-bar">
        <Input
          className="grid-search"
          allowClear
          aria-label={t('topology.search')}
          placeholder={t('topology.search')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Select
          aria-label={t('topology.building')}
          value={building}
          onChange={setBuilding}
          options={[
            { value: null, label: t('topology.all_buildings') },
            ...map.buildings.map((each) => ({ value: each, label: each })),
          ]}
          style={{ minWidth: 140 }}
        />
        <Checkbox checked={outline} onChange={(event) => setOutline(event.target.checked)}>
          {t('topology.spof_count', { n: nodes.filter(({ spof }) => spof).length })}
        </Checkbox>
        <span className="field-hint">{t('topology.about', { nodes: nodes.length, links: links.length })}</span>
        {found?.size === 0 ? <State tone="warn">{t('topology.search_none')}</State> : null}
        {conflicts === 0 ? null : <State tone="bad">{t('topology.conflicts', { n: conflicts })}</State>}
        {pinned === 0 ? null : (
          <Popconfirm title={t('topology.unpin_ask', { n: pinned })} onConfirm={() => void unpin()}>
            <Button size="small" type="text">
              {t('topology.unpin')}
            </Button>
          </Popconfirm>
        )}
        <span className="field-hint topo-bar-end">
          {map.revision === null
            ? t('topology.no_revision')
            : t('topology.revision', { version: map.revision.version, date: showMoment(map.revision.made_at) })}
        </span>
      </div>
      <Canvas map={map} building={building} found={found} outline={outline} />
      <Revisions open={listed} onClose={() => setListed(false)} />
    </Page>
  );
}
