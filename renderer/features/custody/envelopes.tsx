/** Sealed envelopes with passwords: which system and account, who keeps them, whether the seal is whole. Routes: `envelopes`, `envelopes/new`, `envelopes/ID`, `envelopes/ID/edit`. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { envelopes } from '../../../shared/features/custody.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty } from '../../ui/blank.tsx';
import { Details } from '../../ui/details.tsx';
import { RecordForm } from '../../ui/form/record-form.tsx';
import { HistoryList } from '../../ui/history.tsx';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { RecordTable } from '../../ui/table/record-table.tsx';
import { usePlaces } from '../places.ts';
import { WriteButton } from '../sync/write-button.tsx';

const columns = [
  { field: 'number', width: 120 },
  { field: 'system', width: 220 },
  { field: 'account', width: 180 },
  { field: 'sealed', width: 90 },
  { field: 'holder', width: 100 },
  { field: 'changed_on', width: 130 },
  { field: 'location_id', width: 200 },
  { field: 'remark', hidden: true },
] as const;
const groups = [
  { fields: ['number', 'system', 'account', 'sealed', 'holder', 'changed_on', 'location_id', 'remark'] },
] as const;
const blank = { sealed: true } as const;

export function EnvelopesScreen({ rest }: ScreenProps): ReactNode {
  const t = useText();
  const say = useSay();
  const [first, second] = rest;
  const id = first !== undefined && first !== 'new' ? first : null;
  const start = (
    <WriteButton type="primary" onClick={() => go('envelopes/new')}>
      {t('envelopes.new')}
    </WriteButton>
  );
  return (
    <Page actions={start}>
      <RecordTable
        id="envelopes"
        record={envelopes}
        list={rpc.custody.envelopes.list}
        columns={columns}
        openId={id}
        onOpen={(row) => go(`envelopes/${row.id}`)}
        empty={
          <Empty title={t('envelopes.none')} hint={t('envelopes.none_hint')}>
            {start}
          </Empty>
        }
      />
      {id === null ? null : <OneEnvelope key={id} id={id} editing={second === 'edit'} />}
      <RecordForm
        record={envelopes}
        title={t('envelopes.new')}
        open={first === 'new'}
        groups={groups}
        initial={blank}
        forgetful
        lead={<Alert type="warning" showIcon title={t('envelopes.never')} />}
        save={(draft) => client.custody.envelopes.create(draft)}
        onSaved={(saved) => {
          say.done(t('tools.saved'));
          go(`envelopes/${saved.id}`);
        }}
        onClose={() => go('envelopes')}
      />
    </Page>
  );
}

function OneEnvelope({ id, editing }: { id: string; editing: boolean }): ReactNode {
  const t = useText();
  const say = useSay();
  const refs = usePlaces();
  const { data: row } = useQuery(
    rpc.custody.envelopes.get.queryOptions({ input: { id }, meta: { tables: ['envelopes', 'locations'] } }),
  );
  const history = useQuery(
    rpc.custody.envelopes.history.queryOptions({ input: { id }, meta: { tables: ['envelopes'] } }),
  );
  if (!row) return null;
  const remove = async (): Promise<void> => {
    try {
      await client.custody.envelopes.remove({ id });
      say.done(t('tools.removed'));
      go('envelopes');
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <>
      <Sheet
        open
        mask={false}
        width={480}
        title={<span className="sheet-title">{row.number}</span>}
        onClose={() => go('envelopes')}
        actions={
          <>
            <Button onClick={() => go(`envelopes/${id}/edit`)}>{t('common.edit')}</Button>
            <Popconfirm
              title={t('tools.remove_text', { name: row.number })}
              okText={t('common.delete')}
              cancelText={t('common.cancel')}
              onConfirm={() => void remove()}
              placement="bottomRight"
            >
              <Button danger>{t('common.delete')}</Button>
            </Popconfirm>
          </>
        }
      >
        <Details record={envelopes} row={row} refs={refs} groups={groups} />
        <section className="details">
          <h3>{t('history.title')}</h3>
          <HistoryList table="envelopes" query={history} />
        </section>
      </Sheet>
      <RecordForm
        record={envelopes}
        title={t('envelopes.edit')}
        open={editing}
        groups={groups}
        row={row}
        refs={refs}
        forgetful
        lead={<Alert type="warning" showIcon title={t('envelopes.never')} />}
        update={(changes) => client.custody.envelopes.update({ id, changes })}
        onSaved={() => say.done(t('tools.saved'))}
        onClose={() => go(`envelopes/${id}`)}
      />
    </>
  );
}
