/** The knowledge base. Routes: `tickets/knowledge`, `…/new?ticket=ID`, `…/ID`, `…/ID/edit`. */
import { useQuery } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useState, type ReactNode } from 'react';
import { knowledgeArticles, type KnowledgeArticle } from '../../../shared/features/knowledge.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty, Failed } from '../../ui/blank.tsx';
import { Details } from '../../ui/details.tsx';
import { RecordForm } from '../../ui/form/record-form.tsx';
import { HistoryList } from '../../ui/history.tsx';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { RecordTable } from '../../ui/table/record-table.tsx';
import { SyncBadge } from '../sync/badge.tsx';
import { WriteButton } from '../sync/write-button.tsx';
import { AidDialog } from './aid-dialog.tsx';

const columns = [
  { field: 'title', width: 260 },
  { field: 'category', width: 120 },
  { field: 'symptom', width: 260 },
  { field: 'solution', width: 320 },
  { field: 'handout', width: 96 },
  { field: 'author', hidden: true },
  { field: 'ticket_id', hidden: true },
] as const;
const groups = [{ fields: ['title', 'category', 'symptom', 'solution', 'handout'] }] as const;
const shown = [{ fields: ['category', 'symptom', 'solution', 'handout', 'author', 'ticket_id'] }] as const;
const meta = { tables: ['knowledge_articles'] };

export function KnowledgeScreen({ rest, query }: ScreenProps): ReactNode {
  const t = useText();
  const [aid, setAid] = useState(false);
  const [first, second] = rest;
  const id = first !== undefined && first !== 'new' ? first : null;
  const { data } = useQuery({
    ...rpc.knowledge.get.queryOptions({ input: { id: id ?? '' }, meta }),
    enabled: id !== null,
  });
  const row = data?.id === id ? data : null;
  return (
    <Page
      actions={
        <>
          <Button onClick={() => setAid(true)}>{t('knowledge.aidLists')}</Button>
          <WriteButton type="primary" onClick={() => go('tickets/knowledge/new')}>
            {t('knowledge.new')}
          </WriteButton>
        </>
      }
    >
      <RecordTable
        id="knowledge_articles"
        record={knowledgeArticles}
        list={rpc.knowledge.list}
        columns={columns}
        openId={id}
        onOpen={(each) => go(`tickets/knowledge/${each.id}`)}
        empty={
          <Empty title={t('knowledge.emptyTitle')} hint={t('knowledge.emptyHint')}>
            <WriteButton onClick={() => go('tickets/knowledge/new')}>{t('knowledge.new')}</WriteButton>
          </Empty>
        }
      />
      <AidDialog open={aid} onClose={() => setAid(false)} />
      <Article row={row} editing={second === 'edit'} />
      {first === 'new' ? <NewArticle ticket={query['ticket'] ?? null} /> : null}
    </Page>
  );
}

/** Out of a ticket the form comes filled in: nothing is typed twice. */
function NewArticle({ ticket }: { ticket: string | null }): ReactNode {
  const t = useText();
  const say = useSay();
  const { data, error } = useQuery({
    ...rpc.knowledge.draft.queryOptions({ input: { ticket_id: ticket ?? '' }, meta: { tables: ['tickets'] } }),
    enabled: ticket !== null,
    retry: false,
  });
  if (error) return <Failed error={error} />;
  if (ticket !== null && !data) return null;
  return (
    <RecordForm
      record={knowledgeArticles}
      title={t('knowledge.new')}
      open
      groups={groups}
      initial={data ?? { handout: false }}
      draft={`knowledge-${ticket ?? 'new'}`}
      save={(draft) => client.knowledge.create(draft)}
      onSaved={(saved) => {
        say.done(t('assets.saved'));
        go(`tickets/knowledge/${saved.id}`);
      }}
      onClose={() => go('tickets/knowledge')}
    />
  );
}

function Article({ row, editing }: { row: KnowledgeArticle | null; editing: boolean }): ReactNode {
  const t = useText();
  const say = useSay();
  const history = useQuery({
    ...rpc.knowledge.history.queryOptions({ input: { id: row?.id ?? '' }, meta }),
    enabled: row !== null,
  });
  const source = useQuery({
    ...rpc.tickets.get.queryOptions({ input: { id: row?.ticket_id ?? '' }, meta: { tables: ['tickets'] } }),
    enabled: row?.ticket_id != null,
  });
  const refs: Record<string, string> =
    source.data && row?.ticket_id ? { [row.ticket_id]: source.data.ticket.number } : {};
  return (
    <>
      <Sheet
        open={row !== null}
        mask={false}
        width={560}
        title={row?.title ?? ''}
        onClose={() => go('tickets/knowledge')}
        actions={row ? <Actions row={row} /> : null}
      >
        {row ? (
          <>
            <SyncBadge id={row.id} />
            <Details record={knowledgeArticles} row={row} refs={refs} groups={shown} />
            <section className="details">
              <h3>{t('history.title')}</h3>
              <HistoryList table="knowledge_articles" query={history} />
            </section>
          </>
        ) : null}
      </Sheet>
      {row ? (
        <RecordForm
          record={knowledgeArticles}
          title={t('knowledge.edit')}
          open={editing}
          groups={groups}
          row={row}
          update={(changes) => client.knowledge.update({ id: row.id, changes })}
          onSaved={() => say.done(t('assets.saved'))}
          onClose={() => go(`tickets/knowledge/${row.id}`)}
        />
      ) : null}
    </>
  );
}

function Actions({ row }: { row: KnowledgeArticle }): ReactNode {
  const t = useText();
  const say = useSay();
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      say.failed(error);
    }
  };
  const print = (): Promise<void> =>
    attempt(async () => go(`print/${(await client.knowledge.print({ id: row.id })).id}`));
  const remove = (): Promise<void> =>
    attempt(async () => {
      await client.knowledge.remove({ id: row.id });
      say.done(t('assets.removed'));
      go('tickets/knowledge');
    });
  return (
    <>
      <Button onClick={() => void print()}>{t('knowledge.printHandout')}</Button>
      <Button onClick={() => go(`tickets/knowledge/${row.id}/edit`)}>{t('common.edit')}</Button>
      <Popconfirm
        title={t('knowledge.removeText', { title: row.title })}
        okText={t('common.delete')}
        cancelText={t('common.cancel')}
        onConfirm={() => void remove()}
        placement="bottomRight"
      >
        <Button danger>{t('common.delete')}</Button>
      </Popconfirm>
    </>
  );
}
