/** Patch panels. Routes: `panels`, `panels/ID`. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { optionLabel, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go, to } from '../../route.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { WindowRows } from '../../ui/table/window-rows.tsx';
import { NONE } from '../../ui/text.tsx';
import { WriteButton } from '../sync/write-button.tsx';
import { PanelForm } from './panel-form.tsx';
import { PanelPage } from './panel-page.tsx';
import { traceTables } from './trace-tables.ts';
import '../switches/switches.css';

export function PanelsScreen({ rest }: ScreenProps): ReactNode {
  const [id] = rest;
  return id === undefined || id === 'new' ? <PanelList adding={id === 'new'} /> : <PanelPage key={id} id={id} />;
}

function PanelList({ adding }: { adding: boolean }): ReactNode {
  const t = useText();
  const { data, error, refetch } = useQuery(rpc.cabling.panels.queryOptions({ meta: { tables: traceTables } }));
  const add = (
    <WriteButton type="primary" onClick={() => go('panels/new')}>
      {t('cabling.new_panel')}
    </WriteButton>
  );
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <Page actions={add}>
      {data.length === 0 ? (
        <Empty title={t('cabling.no_panels')} hint={t('cabling.no_panels_hint')}>
          {add}
        </Empty>
      ) : (
        <div className="sw-scroll" tabIndex={-1}>
          <table className="sw-table">
            <thead>
              <tr>
                <th scope="col">{t('record.panels')}</th>
                <th scope="col">{t('field.panels.location_id')}</th>
                <th scope="col">{t('field.panels.medium')}</th>
                <th scope="col">{t('cabling.rear')}</th>
                <th scope="col">{t('cabling.front')}</th>
              </tr>
            </thead>
            <WindowRows
              rows={data}
              keyOf={({ panel }) => panel.id}
              renderCells={({ panel, place: where, rear, front }) => (
                <>
                  <td>
                    <a className="mono" href={to('panels', panel.id)}>
                      {panel.code}-{panel.name}
                    </a>
                  </td>
                  <td>{where}</td>
                  <td>{panel.medium === null ? NONE : optionLabel(t, 'panels', 'medium', panel.medium)}</td>
                  <td className="num">{`${rear}/${panel.ports}`}</td>
                  <td className="num">{`${front}/${panel.ports}`}</td>
                </>
              )}
            />
          </table>
        </div>
      )}
      {adding ? (
        <PanelForm panel={null} onSaved={(saved) => go(`panels/${saved.id}`)} onClose={() => go('panels')} />
      ) : null}
    </Page>
  );
}
