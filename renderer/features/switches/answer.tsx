/** Where one card is: the place and why, else the direction, else why nobody knows; and what the register says beside it. */
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import { answerOf, type PortCandidate } from '../../../shared/features/switches/candidate.ts';
import type { Whereabouts } from '../../../shared/features/switches.ts';
import { showMac } from '../../../shared/mac.ts';
import { useText } from '../../i18n.ts';
import { to } from '../../route.ts';
import { client } from '../../rpc.ts';
import { useSay } from '../../ui/say.ts';
import { State } from '../../ui/state.tsx';
import { useUndoable } from '../ipam/undo.tsx';
import { reason } from './words.ts';

/** `now`: UTC ms. */
export function Answer({ found, now }: { found: Whereabouts; now: number }): ReactNode {
  const t = useText();
  const best = answerOf(found.candidates);
  const others = best ? found.candidates.slice(1) : found.candidates;
  return (
    <li className="port-card">
      <div className="port-who">
        <span className="mono">{showMac(found.mac)}</span>
        <span className="field-hint">{t(`port.from.${found.from}`)}</span>
        {found.binding ? (
          <a href={to('addresses', found.binding.id)}>
            {found.binding.person} <span className="mono">{found.binding.ip}</span>
          </a>
        ) : found.ip ? (
          <span className="mono">{found.ip}</span>
        ) : null}
        {found.asset ? <a href={to('assets', found.asset.id)}>{found.asset.title}</a> : null}
      </div>
      {best ? (
        <Place candidate={best} now={now} />
      ) : found.candidates[0] ? (
        <Direction candidate={found.candidates[0]} />
      ) : (
        <p className="port-nowhere">{t('port.nowhere')}</p>
      )}
      <Registered found={found} best={best} />
      {others.length > 0 ? (
        <details className="port-others" open={best?.kind !== 'edge'}>
          <summary>{t('port.others')}</summary>
          <ul>
            {others.map((each) => (
              <li key={`${each.device_ip} ${each.port}`}>
                <span className="port-where">
                  <a href={to('switches', each.device_ip)}>{each.device}</a> {each.port}
                </span>
                {each.kind === 'uplink' ? <State tone="off">{t('port.is_uplink')}</State> : null}
                <span className="field-hint">
                  {reason(t, each, now)}
                  {each.outdated ? ` · ${t('port.reason.outdated')}` : ''}
                </span>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </li>
  );
}

function Place({ candidate, now }: { candidate: PortCandidate; now: number }): ReactNode {
  const t = useText();
  const { device, device_ip, port, kind, vlan, since, status, neighbour, alias } = candidate;
  return (
    <div className="port-place">
      <h2>
        <a href={to('switches', device_ip)}>
          {kind === 'self' ? t('port.self', { device }) : t('port.answer', { device, port })}
        </a>
      </h2>
      <p>{reason(t, candidate, now)}</p>
      <p className="field-hint">
        {[
          alias,
          vlan === null ? null : t('port.vlan', { vlan }),
          neighbour === null ? null : t('port.neighbour', { name: neighbour }),
          status === 'static' ? t('port.reason.static') : null,
          since === null ? null : t('port.since', { time: showMoment(since) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </div>
  );
}

function Direction({ candidate: { device, port, neighbour } }: { candidate: PortCandidate }): ReactNode {
  const t = useText();
  return (
    <div className="port-place port-direction">
      <h2>{t('port.only_uplinks')}</h2>
      <p>
        {neighbour === null
          ? t('port.direction', { device, port })
          : t('port.direction_named', { device, port, neighbour })}
      </p>
      <p className="field-hint">{t('port.direction_hint')}</p>
    </div>
  );
}

/** The register beside the evidence: an empty field may be filled with one press, what a person wrote is never overwritten from here. */
function Registered({ found, best }: { found: Whereabouts; best: PortCandidate | null }): ReactNode {
  const t = useText();
  const say = useSay();
  const undoable = useUndoable();
  const [busy, setBusy] = useState(false);
  const { binding, place, agrees } = found;
  if (!binding) return null;
  const where = [binding.switch_name, binding.switch_port].filter(Boolean).join(' ');
  const write = async (): Promise<void> => {
    if (!place || !best) return;
    setBusy(true);
    try {
      const { batch } = await client.ipam.update({
        id: binding.id,
        changes: place,
        reason: t('port.write_reason', {
          device: place.switch_name,
          port: place.switch_port,
          time: showMoment(best.read_at),
        }),
      });
      undoable.done(t('port.written', { person: binding.person }), batch);
    } catch (error) {
      say.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="port-registered">
      <span>{where === '' ? t('port.registered_none') : t('port.registered', { where })}</span>
      {agrees === true ? <State tone="good">{t('port.registered_same')}</State> : null}
      {agrees === false ? (
        <>
          <State tone="warn">{t('port.registered_other')}</State>
          <a href={to('addresses', binding.id)}>{t('port.open_binding')}</a>
        </>
      ) : null}
      {where === '' && place ? (
        <Button size="small" type="primary" loading={busy} onClick={() => void write()}>
          {t('port.write')}
        </Button>
      ) : null}
    </div>
  );
}
