/** Cables by closet, and their labels (F-06). Routes: `cables`, `cables/in/CLOSET`, `cables/new`, `cables/CABLE`. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type ReactNode } from 'react';
import { useText } from '../../i18n.ts';
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
import { CableSheet, NewCable } from './cable-sheet.tsx';
import { ClosetCables } from './closet-cables.tsx';
import { DoubledList } from './doubled.tsx';
import { traceTables } from './trace-tables.ts';
import '../switches/switches.css';

export function CablesScreen({ rest }: ScreenProps): ReactNode {
  const [first, second] = rest;
  if (first === 'in' && second !== undefined)
    return <ClosetCables key={second} closet={second} open={rest[2] ?? null} />;
  return (
    <>
      <Closets />
      {first === 'new' ? <NewCable onClose={() => go('cables')} /> : null}
      {first !== undefined && first !== 'new' ? (
        <CableSheet key={first} id={first} onClose={() => go('cables')} />
      ) : null}
    </>
  );
}

function Closets(): ReactNode {
  const t = useText();
  const say = useSay();
  const save = useSaveBook();
  const print = (): void => void client.cabling.printLabels({}).then(({ id }) => go(`print/${id}`), say.failed);
  const { data, error, refetch } = useQuery(rpc.cabling.closets.queryOptions({ meta: { tables: traceTables } }));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const none = data.length === 0;
  return (
    <Page
      actions={
        <>
          <Button disabled={none} onClick={() => void save(() => client.cabling.labelsBook({}))}>
            {t('cabling.book_all')}
          </Button>
          <Button disabled={none} onClick={print}>
            {t('cabling.print_all_f06')}
          </Button>
          <WriteButton onClick={() => go('cables/new')}>{t('cabling.new_cable')}</WriteButton>
        </>
      }
    >
      <DoubledList />
      {none ? (
        <Empty title={t('cabling.no_cables')} hint={t('cabling.no_cables_hint')}>
          <Button onClick={() => go('panels')}>{t('cabling.panels')}</Button>
        </Empty>
      ) : (
        <div className="sw-scroll" tabIndex={-1}>
          <table className="sw-table">
            <thead>
              <tr>
                <th scope="col">{t('cabling.closet')}</th>
                <th scope="col">{t('cabling.cables')}</th>
                <th scope="col">{t('cabling.checked')}</th>
                <th scope="col">{t('cabling.verdict.wrong')}</th>
                <th scope="col">{t('cabling.illegible')}</th>
                <th scope="col">{t('field.cables.checked_on')}</th>
              </tr>
            </thead>
            <WindowRows
              rows={data}
              keyOf={({ id }) => id}
              renderCells={(closet) => (
                <>
                  <td>
                    <a href={to('cables', 'in', closet.id)}>{closet.title}</a>
                  </td>
                  <td className="num">{closet.cables}</td>
                  <td className="num">
                    {closet.checked === 0 ? (
                      <State tone="off">{t('cabling.verdict.unchecked')}</State>
                    ) : (
                      `${closet.checked}/${closet.cables}`
                    )}
                  </td>
                  <td className="num">{closet.wrong > 0 ? <State tone="bad">{closet.wrong}</State> : NONE}</td>
                  <td className="num">{closet.illegible > 0 ? <State tone="warn">{closet.illegible}</State> : NONE}</td>
                  <td>{closet.checked_since ?? NONE}</td>
                </>
              )}
            />
          </table>
        </div>
      )}
    </Page>
  );
}
