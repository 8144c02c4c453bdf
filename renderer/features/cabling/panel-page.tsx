/** One patch panel: what is behind each place and what is plugged in front. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import type { PanelPlace } from '../../../shared/features/cabling/calls.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go, to } from '../../route.ts';
import { client } from '../../rpc.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import { State } from '../../ui/state.tsx';
import { useUndoable } from '../ipam/undo.tsx';
import { WriteButton } from '../sync/write-button.tsx';
import { MapForm } from './map-form.tsx';
import { PanelForm } from './panel-form.tsx';
import { traceTables } from './trace-tables.ts';

export function PanelPage({ id }: { id: string }): ReactNode {
  const t = useText();
  const say = useSay();
  const undoable = useUndoable();
  const [mapping, setMapping] = useState(false);
  const [editing, setEditing] = useState(false);
  const { data, error, refetch } = useQuery(
    rpc.cabling.panel.queryOptions({ input: { id }, meta: { tables: traceTables } }),
  );
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const { panel, place, places } = data;
  const used = (side: 'front' | 'rear'): number => places.filter((each) => each[side] !== null).length;
  const remove = (): void => {
    client.cabling.removePanel({ id }).then(({ batch }) => {
      go('panels');
      undoable.done(t('cabling.removed'), batch);
    }, say.failed);
  };
  return (
    <Page
      actions={
        <>
          <Button onClick={() => go('panels')}>{t('cabling.back')}</Button>
          <Button onClick={() => go(`cables/in/${panel.location_id}`)}>{t('cabling.labels')}</Button>
          <WriteButton type="primary" onClick={() => setMapping(true)}>
            {t('cabling.map')}
          </WriteButton>
        </>
      }
    >
      <div className="cab-head">
        <h2>{t('cabling.panel_name', { name: `${panel.code}-${panel.name}` })}</h2>
        <span className="field-hint">{place}</span>
        <span>{t('cabling.rear_used', { used: used('rear'), total: panel.ports })}</span>
        <span>{t('cabling.front_used', { used: used('front'), total: panel.ports })}</span>
        <span className="cab-head-acts">
          <WriteButton size="small" onClick={() => setEditing(true)}>
            {t('cabling.edit_panel')}
          </WriteButton>
          <WriteButton size="small" danger onClick={remove}>
            {t('cabling.remove')}
          </WriteButton>
        </span>
      </div>
      <div className="sw-scroll" tabIndex={-1}>
        <table className="sw-table panel-table">
          <thead>
            <tr>
              <th scope="col">{t('cabling.position')}</th>
              <th scope="col">{t('cabling.rear')}</th>
              <th scope="col">{t('field.cables.label')}</th>
              <th scope="col">{t('cabling.front')}</th>
              <th scope="col">{t('field.cables.label')}</th>
            </tr>
          </thead>
          <tbody>
            {places.map(({ position, rear, front }) => (
              <tr key={position}>
                <th scope="row" className="num">
                  {position}
                </th>
                <Side held={rear} />
                <Side held={front} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {editing ? (
        <PanelForm panel={panel} place={place} onSaved={() => setEditing(false)} onClose={() => setEditing(false)} />
      ) : null}
      {mapping ? <MapForm panel={panel} onClose={() => setMapping(false)} /> : null}
    </Page>
  );
}

function Side({ held }: { held: PanelPlace['front'] }): ReactNode {
  const t = useText();
  if (held === null)
    return (
      <td className="field-hint" colSpan={2}>
        {t('cabling.free')}
      </td>
    );
  return (
    <>
      <td className="mono">{held.far ?? t('cabling.unknown')}</td>
      <td className="mono">
        <a href={to('cables', held.cable)}>{held.label ?? t('cabling.no_label')}</a>{' '}
        {held.ok ? null : <State tone="warn">{t('option.cables.fix.to_replace')}</State>}
      </td>
    </>
  );
}
