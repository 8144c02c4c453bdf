/** One asset beside the list: what it is, what happened to it, and what can be done with it. */
import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown, Segmented } from 'antd';
import { useState, type ReactNode } from 'react';
import { showMac } from '../../../shared/mac.ts';
import { assets } from '../../../shared/features/assets.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go, to } from '../../route.ts';
import { client } from '../../rpc.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { Details } from '../../ui/details.tsx';
import { HistoryList } from '../../ui/history.tsx';
import { useSay } from '../../ui/say.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { OptionState } from '../../ui/state.tsx';
import { WatchLink } from '../watch/link.tsx';
import { openQuickTicket } from '../tickets/quick-store.ts';
import { ReasonDialog } from '../reason-dialog.tsx';
import { Attachments } from '../attachments/panel.tsx';
import { createGroups } from './groups.ts';
import { Approval } from '../approvals.tsx';
import { StatusDialog } from './status-dialog.tsx';
import { SyncBadge } from '../sync/badge.tsx';

type Tab = 'details' | 'history';

export function AssetDetail({ id, onClose }: { id: string | null; onClose: () => void }): ReactNode {
  const t = useText();
  const say = useSay();
  const [tab, setTab] = useState<Tab>('details');
  // Every opening starts on the details, whatever the last one was left on.
  const [shownId, setShownId] = useState(id);
  if (shownId !== id) {
    setShownId(id);
    setTab('details');
  }
  const [dialog, setDialog] = useState<'status' | 'remove' | null>(null);
  const input = { id: id ?? '' };
  const meta = { tables: ['assets', 'people', 'locations'] };
  const asset = useQuery({ ...rpc.assets.get.queryOptions({ input, meta }), enabled: id !== null });
  const history = useQuery({
    ...rpc.assets.history.queryOptions({ input, meta }),
    enabled: id !== null && tab === 'history',
  });
  const row = asset.data?.asset;
  const remove = async (reason: string): Promise<void> => {
    await client.assets.remove({ id: input.id, reason });
    say.done(t('assets.removed'));
    onClose();
  };
  return (
    <Sheet
      open={id !== null}
      mask={false}
      width={528}
      title={
        row ? (
          <span className="sheet-title">
            {row.name} <OptionState table="assets" field="status" code={row.status} />
          </span>
        ) : (
          ''
        )
      }
      onClose={onClose}
      actions={
        row ? (
          <>
            <Button onClick={() => go(`assets/${row.id}/edit`)}>{t('common.edit')}</Button>
            <Dropdown
              trigger={['click']}
              placement="bottomRight"
              menu={{
                items: [
                  { key: 'report', label: t('tickets.quick') },
                  { key: 'status', label: t('assets.changeStatus') },
                  { key: 'remove', label: t('assets.remove'), danger: true },
                ],
                onClick: ({ key }) => {
                  if (key === 'report')
                    openQuickTicket({ who: { table: 'assets', id: row.id, title: row.name, subtitle: row.tag ?? '' } });
                  else setDialog(key === 'remove' ? 'remove' : 'status');
                },
              }}
            >
              <Button aria-label={t('common.more')}>⋯</Button>
            </Dropdown>
          </>
        ) : null
      }
    >
      <Segmented<Tab>
        className="sheet-tabs"
        value={tab}
        onChange={setTab}
        options={[
          { value: 'details', label: t('assets.tab.details') },
          { value: 'history', label: t('assets.tab.history') },
        ]}
      />
      {asset.error ? <Failed error={asset.error} retry={() => void asset.refetch()} /> : null}
      {asset.isPending && id !== null ? <Loading /> : null}
      {tab === 'details' && asset.data && row ? (
        <>
          <SyncBadge id={row.id} />
          {row.status === 'to_scrap' || row.status === 'scrapped' ? <Approval what="scrap" id={row.id} /> : null}
          {row.ip === null && row.mac === null ? null : (
            <p className="host-link">
              <a href={to('hosts', row.ip ?? showMac(row.mac ?? ''))}>{t('hosts.link')}</a>{' '}
              {row.ip === null ? null : <a href={`#/opening/move?asset=${row.id}`}>{t('opening.move')}</a>}{' '}
              <WatchLink ip={row.ip} asset={row.id} />
            </p>
          )}
          <Attachments key={row.id} table="assets" id={row.id} />
          <Details record={assets} row={row} refs={asset.data.refs} groups={createGroups} />
        </>
      ) : null}
      {tab === 'history' && row ? <HistoryList table="assets" query={history} /> : null}
      {row ? <StatusDialog asset={row} open={dialog === 'status'} onClose={() => setDialog(null)} /> : null}
      {row ? (
        <ReasonDialog
          open={dialog === 'remove'}
          title={t('assets.remove')}
          text={t('assets.removeText', { name: row.name })}
          danger
          run={remove}
          onClose={() => setDialog(null)}
        />
      ) : null}
    </Sheet>
  );
}
