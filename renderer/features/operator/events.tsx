/** What happened at the store's door, newest first, success and failure alike. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { showInstant } from '../../../shared/day.ts';
import { keyOf, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { State } from '../../ui/state.tsx';
import { fresh } from './fresh.ts';

export function Events(): ReactNode {
  const t = useText();
  const [before, setBefore] = useState<readonly number[]>([]);
  const at = before.at(-1);
  const list = useQuery({
    ...rpc.operator.events.queryOptions({ input: at === undefined ? {} : { before: at } }),
    ...fresh,
  });
  if (list.error) return <Failed error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  const { events } = list.data;
  if (events.length === 0 && at === undefined) return <Empty title={t('operator.noEvents')} />;
  const last = events.at(-1);
  return (
    <>
      <table className="operator-table">
        <tbody>
          {events.map((event) => {
            const kind = keyOf(`operator.event.${event.kind}`);
            return (
              <tr key={event.number}>
                <td>{showInstant(event.at)}</td>
                <td>{kind ? t(kind) : event.kind}</td>
                <td className="mono">{event.machine ?? '—'}</td>
                <td>{event.detail}</td>
                <td className="mono faint">{event.address}</td>
                <td>{event.success ? null : <State tone="bad">{t('operator.failed')}</State>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <p className="operator-ways">
        <Button size="small" disabled={before.length === 0} onClick={() => setBefore(before.slice(0, -1))}>
          {t('operator.newer')}
        </Button>
        <Button
          size="small"
          disabled={!last || last.number === 1}
          onClick={() => setBefore([...before, last?.number ?? 1])}
        >
          {t('operator.older')}
        </Button>
      </p>
    </>
  );
}
