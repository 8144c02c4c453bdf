/** What is known of the device or link that was chosen on the map. */
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { speedText } from '../../../shared/features/topology/lines.ts';
import type { TopologyLink, TopologyMap, TopologyNode } from '../../../shared/features/topology.ts';
import { shortPort } from '../../../shared/port-name.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { go } from '../../route.ts';
import { State } from '../../ui/state.tsx';
import { NONE } from '../../ui/text.tsx';

interface Fact {
  readonly label: string;
  readonly value: ReactNode;
  /** Where labels may be the same: of several links without a port. */
  readonly id?: string;
}
function Facts({ facts }: { facts: readonly Fact[] }): ReactNode {
  return (
    <dl className="topo-facts">
      {facts.map(({ label, value, id }) => (
        <div key={id ?? label} style={{ display: 'contents' }}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

export function NodeSide({ node, map }: { node: TopologyNode; map: TopologyMap }): ReactNode {
  const t = useText();
  const names = new Map(map.nodes.map(({ id, name }) => [id, name]));
  const own = map.links.filter(({ a, b }) => a === node.id || b === node.id);
  return (
    <aside className="topo-side" aria-label={node.name}>
      <h3>{node.name}</h3>
      <Facts
        facts={[
          { label: t('field.assets.model'), value: node.model ?? NONE },
          { label: 'IP', value: <span className="mono">{node.ip ?? NONE}</span> },
          { label: t('field.assets.location_id'), value: node.place ?? t('topology.no_place') },
          { label: t('topology.link'), value: own.length },
          ...(node.endpoints > 0
            ? [{ label: t('topology.node'), value: t('topology.endpoints', { n: node.endpoints }) }]
            : []),
        ]}
      />
      {node.category === null ? <State tone="warn">{t('topology.unregistered')}</State> : null}
      {node.spof ? (
        <p>
          <State tone="warn">{t('topology.spof')}</State> {t('topology.spof_why')}
        </p>
      ) : null}
      {node.pinned ? <p className="field-hint">{t('topology.pinned')}</p> : null}
      {node.category === null ? null : (
        <p>
          <Button size="small" onClick={() => go(`assets/${node.id}`)}>
            {t('topology.open_asset')}
          </Button>{' '}
          {node.category === 'switch' ? (
            <Button size="small" onClick={() => go(`switch-ports/${node.id}`)}>
              {t('topology.open_ports')}
            </Button>
          ) : null}
        </p>
      )}
      <Facts
        facts={own.map((link): Fact => {
          const far = link.a === node.id ? link.b : link.a;
          const ports = link.a === node.id ? [link.a_port, link.b_port] : [link.b_port, link.a_port];
          const [near, beyond] = ports.map((port) => (port === null ? null : shortPort(port)));
          return { id: link.id, label: near ?? NONE, value: [names.get(far), beyond].filter(Boolean).join(' ') };
        })}
      />
    </aside>
  );
}

export function LinkSide({ link, map }: { link: TopologyLink; map: TopologyMap }): ReactNode {
  const t = useText();
  const names = new Map(map.nodes.map(({ id, name }) => [id, name]));
  const state = link.up === null ? 'not_read' : link.up ? 'up' : 'down';
  return (
    <aside className="topo-side" aria-label={t('topology.link')}>
      <h3>
        {names.get(link.a)} — {names.get(link.b)}
      </h3>
      <Facts
        facts={[
          { label: t('console.port'), value: `${link.a_port ?? NONE} — ${link.b_port ?? NONE}` },
          {
            label: t('topology.medium'),
            value:
              link.medium === null ? t('topology.medium.unknown') : optionLabel(t, 'cables', 'medium', link.medium),
          },
          { label: t('topology.speed'), value: speedText(link.speed_mbps) || NONE },
          {
            label: t('topology.state'),
            value: (
              <State tone={state === 'up' ? 'good' : state === 'down' ? 'bad' : 'off'}>{t(`topology.${state}`)}</State>
            ),
          },
          { label: t('topology.cable'), value: link.label ?? NONE },
          { label: t('topology.proof'), value: link.proofs.map((proof) => t(`topology.proof.${proof}`)).join(' + ') },
        ]}
      />
      {link.conflict === null ? null : (
        <p>
          <State tone="bad">
            {t(link.proofs.includes('lldp') ? 'topology.conflict' : 'topology.conflict_lldp', { other: link.conflict })}
          </State>
        </p>
      )}
      {link.bridge ? (
        <p>
          <State tone="warn">{t('topology.spof')}</State> {t('topology.bridge')}
        </p>
      ) : null}
    </aside>
  );
}
