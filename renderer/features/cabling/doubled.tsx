/** Places that two cables are in, with both cables, who put them there and when, and the ways out: move the end of one, or remove it. */
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { useState, type ReactNode } from 'react';
import { showMoment } from '../../../shared/day.ts';
import type { Doubled } from '../../../shared/features/cabling/calls.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { to } from '../../route.ts';
import { client } from '../../rpc.ts';
import { useSay } from '../../ui/say.ts';
import { useUndoable } from '../ipam/undo.tsx';
import { WriteButton } from '../sync/write-button.tsx';
import { MoveEnd } from './move-end.tsx';

type Held = Doubled['cables'][number];

/** Of the whole register, or of the cables given. */
export function DoubledList({ among }: { among?: ReadonlySet<string> }): ReactNode {
  const { data } = useQuery(
    rpc.cabling.breaches.queryOptions({ meta: { tables: ['cables', 'switch_ports', 'panels', 'outlets', 'assets'] } }),
  );
  if (!data) return null;
  return <DoubledNotice rows={among ? data.filter(({ cables }) => cables.some(({ id }) => among.has(id))) : data} />;
}

export function DoubledNotice({ rows }: { rows: readonly Doubled[] }): ReactNode {
  const t = useText();
  if (rows.length === 0) return null;
  return (
    <Alert
      className="page-alert"
      type="error"
      showIcon
      title={t('cabling.doubled', { n: rows.length })}
      description={
        <>
          <p className="doubled-how">{t('cabling.doubled.how')}</p>
          <ul className="doubled">
            {rows.map(({ place, where, cables }) => (
              <li key={`${where} ${place}`}>
                <strong className="mono">{place}</strong> <span className="field-hint">{where}</span>
                {cables.map((held) => (
                  <HeldCable key={held.id} held={held} />
                ))}
              </li>
            ))}
          </ul>
        </>
      }
    />
  );
}

function HeldCable({ held: { id, label, end, far, by, at } }: { held: Held }): ReactNode {
  const t = useText();
  const say = useSay();
  const undoable = useUndoable();
  const [moving, setMoving] = useState(false);
  const remove = (): void => {
    client.cabling.removeCable({ id }).then(({ batch }) => undoable.done(t('cabling.removed'), batch), say.failed);
  };
  return (
    <div className="doubled-cable">
      <a className="mono" href={to('cables', id)}>
        {label ?? t('cabling.no_label')}
      </a>
      <span>{t('cabling.doubled.far', { far: far ?? t('cabling.unknown') })}</span>
      <span className="field-hint">{[by, at === null ? null : showMoment(at)].filter(Boolean).join(' ')}</span>
      <WriteButton size="small" onClick={() => setMoving(true)}>
        {t('cabling.doubled.move')}
      </WriteButton>
      <WriteButton size="small" danger onClick={remove}>
        {t('cabling.remove')}
      </WriteButton>
      {moving ? <MoveEnd id={id} end={end} onClose={() => setMoving(false)} /> : null}
    </div>
  );
}
