/** The custody list: tools, keys and cards, who has them, issue and return in one step. Routes: `tools`, `tools/new`, `tools/ID`, `tools/ID/edit`. */
import { useQuery } from '@tanstack/react-query';
import { Button, Popconfirm, Segmented } from 'antd';
import { useCallback, useState, type ReactNode } from 'react';
import { isOut, newTool, tools } from '../../../shared/features/custody.ts';
import { addDays } from '../../../shared/day.ts';
import type { FilterClause } from '../../../shared/list.ts';
import type { RowOf } from '../../../shared/record.ts';
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
import { State } from '../../ui/state.tsx';
import type { Column } from '../../ui/table/columns.tsx';
import { RecordTable } from '../../ui/table/record-table.tsx';
import { usePlaces } from '../places.ts';
import { WriteButton } from '../sync/write-button.tsx';
import { LendDialog, ReturnDialog } from './lend.tsx';

type Tool = RowOf<typeof tools>;

function Where({ tool }: { tool: Tool }): ReactNode {
  const t = useText();
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  if (!isOut(tool)) return <State tone="off">{t('tools.in')}</State>;
  const late = tool.back_by !== null && state !== undefined && tool.back_by < state.today;
  return <State tone={late ? 'bad' : 'work'}>{t(late ? 'tools.late' : 'tools.out')}</State>;
}

const columns: readonly (Column<Tool> | keyof (typeof tools)['fields'])[] = [
  { field: 'number', width: 168 },
  { field: 'name', width: 150 },
  { field: 'model', width: 110 },
  { field: 'quantity', width: 64 },
  'condition',
  { field: 'where', title: 'tools.state', width: 104, sortable: false, render: (row) => <Where tool={row} /> },
  { field: 'holder', width: 90 },
  'issued_on',
  'back_by',
  'returned_on',
  { field: 'received_by', width: 84 },
  { field: 'kind', hidden: true },
  { field: 'location_id', width: 180, hidden: true },
  { field: 'remark', hidden: true },
];
const views = ['all', 'out', 'late'] as const;
type View = (typeof views)[number];
const OUT: readonly FilterClause[] = [
  { field: 'holder', op: 'not_empty' },
  { field: 'returned_on', op: 'empty' },
];
const ALL: readonly FilterClause[] = [];
const groups = [{ fields: ['kind', 'name', 'model', 'quantity', 'condition', 'location_id', 'remark'] }] as const;
const detail = [
  { fields: ['kind', 'model', 'quantity', 'condition', 'location_id'] },
  { fields: ['holder', 'issued_on', 'back_by', 'returned_on', 'received_by', 'remark'] },
] as const;
const blank = { kind: 'tool', quantity: 1, condition: 'good' } as const;

export function ToolsScreen({ rest }: ScreenProps): ReactNode {
  const t = useText();
  const say = useSay();
  const [first, second] = rest;
  const id = first !== undefined && first !== 'new' ? first : null;
  const { data: state } = useQuery(rpc.system.state.queryOptions());
  const [view, setView] = useState<View>('all');
  const [lending, setLending] = useState<{ what: 'issue' | 'back'; held: readonly Tool[] } | null>(null);
  const today = state?.today ?? '';
  const bulk = useCallback((rows: readonly Tool[]): ReactNode => <Lend rows={rows} onPick={setLending} />, []);
  const [base, setBase] = useState(ALL);
  const show = (next: View): void => {
    setView(next);
    setBase(
      next === 'all'
        ? ALL
        : next === 'out'
          ? OUT
          : [...OUT, { field: 'back_by', op: 'between', value: [null, addDays(today, -1)] }],
    );
  };
  const print = async (): Promise<void> => {
    try {
      go(`print/${(await client.custody.tools.print()).id}`);
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <Page
      actions={
        <>
          <Button onClick={() => void print()}>{t('tools.print')}</Button>
          <WriteButton type="primary" onClick={() => go('tools/new')}>
            {t('tools.new')}
          </WriteButton>
        </>
      }
    >
      <RecordTable
        id="tools"
        record={tools}
        list={rpc.custody.tools.list}
        columns={columns}
        base={base}
        openId={id}
        onOpen={(row) => go(`tools/${row.id}`)}
        lead={
          <Segmented<View>
            value={view}
            options={views.map((each) => ({ value: each, label: t(`tools.${each}`) }))}
            onChange={show}
          />
        }
        bulk={bulk}
        empty={
          view === 'all' ? (
            <Empty title={t('tools.none')} hint={t('tools.none_hint')}>
              <WriteButton onClick={() => go('tools/new')}>{t('tools.new')}</WriteButton>
            </Empty>
          ) : (
            <Empty title={t('paper.none')} />
          )
        }
      />
      {id === null ? null : <OneTool key={id} id={id} editing={second === 'edit'} onLend={setLending} />}
      <RecordForm
        record={newTool}
        title={t('tools.new')}
        open={first === 'new'}
        groups={groups}
        initial={blank}
        save={(draft) => client.custody.tools.create(draft)}
        onSaved={(saved) => {
          say.done(t('tools.saved'));
          go(`tools/${saved.id}`);
        }}
        onClose={() => go('tools')}
      />
      {lending?.what === 'issue' ? <LendDialog held={lending.held} onClose={() => setLending(null)} /> : null}
      {lending?.what === 'back' ? <ReturnDialog held={lending.held} onClose={() => setLending(null)} /> : null}
    </Page>
  );
}

type Pick = (lending: { what: 'issue' | 'back'; held: readonly Tool[] }) => void;

/** Of ticked rows those that can be given out, and those that can come back. */
function Lend({ rows, onPick }: { rows: readonly Tool[]; onPick: Pick }): ReactNode {
  const t = useText();
  const out = rows.filter(isOut);
  const kept = rows.filter((row) => !isOut(row));
  return (
    <>
      {kept.length > 0 ? (
        <WriteButton size="small" onClick={() => onPick({ what: 'issue', held: kept })}>
          {t('tools.issue_n', { n: kept.length })}
        </WriteButton>
      ) : null}
      {out.length > 0 ? (
        <WriteButton size="small" onClick={() => onPick({ what: 'back', held: out })}>
          {t('tools.back_n', { n: out.length })}
        </WriteButton>
      ) : null}
    </>
  );
}

function OneTool({ id, editing, onLend }: { id: string; editing: boolean; onLend: Pick }): ReactNode {
  const t = useText();
  const say = useSay();
  const refs = usePlaces();
  const { data: tool } = useQuery(
    rpc.custody.tools.get.queryOptions({ input: { id }, meta: { tables: ['tools', 'locations'] } }),
  );
  const history = useQuery(rpc.custody.tools.history.queryOptions({ input: { id }, meta: { tables: ['tools'] } }));
  if (!tool) return null;
  const remove = async (): Promise<void> => {
    try {
      await client.custody.tools.remove({ id });
      say.done(t('tools.removed'));
      go('tools');
    } catch (error) {
      say.failed(error);
    }
  };
  const out = isOut(tool);
  return (
    <>
      <Sheet
        open
        mask={false}
        width={480}
        title={
          <span className="sheet-title">
            {tool.name} <Where tool={tool} />
          </span>
        }
        onClose={() => go('tools')}
        actions={
          <>
            <WriteButton type="primary" onClick={() => onLend({ what: out ? 'back' : 'issue', held: [tool] })}>
              {t(out ? 'tools.back' : 'tools.issue')}
            </WriteButton>
            <Button onClick={() => go(`tools/${id}/edit`)}>{t('common.edit')}</Button>
            <Popconfirm
              title={t('tools.remove_text', { name: tool.name })}
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
        <Details record={tools} row={tool} refs={refs} groups={detail} />
        <section className="details">
          <h3>{t('history.title')}</h3>
          <HistoryList table="tools" query={history} />
        </section>
      </Sheet>
      <RecordForm
        record={tools}
        title={t('tools.edit')}
        open={editing}
        groups={groups}
        row={tool}
        refs={refs}
        update={(changes) => client.custody.tools.update({ id, changes })}
        onSaved={() => say.done(t('tools.saved'))}
        onClose={() => go(`tools/${id}`)}
      />
    </>
  );
}
