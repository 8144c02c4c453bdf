/** People: list, detail with what they hold, new and edit. Routes: `people`, `people/new`, `people/ID`, `people/ID/edit`. */
import { useQuery } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import { people } from '../../shared/features/people.ts';
import type { RowOf } from '../../shared/record.ts';
import { useText } from '../i18n.ts';
import { rpc } from '../query.ts';
import { go, to } from '../route.ts';
import { client } from '../rpc.ts';
import type { ScreenProps } from '../screens.ts';
import { Empty } from '../ui/blank.tsx';
import { Details } from '../ui/details.tsx';
import { RecordForm } from '../ui/form/record-form.tsx';
import { HistoryList } from '../ui/history.tsx';
import { Page } from '../ui/page.tsx';
import { useSay } from '../ui/say.ts';
import { Sheet } from '../ui/sheet.tsx';
import { OptionState } from '../ui/state.tsx';
import { RecordTable } from '../ui/table/record-table.tsx';
import { usePlaces } from './places.ts';
import { personGroups as groups } from './person-groups.ts';
import { FormExport } from './transfer/form-export.tsx';
import { TransferButtons } from './transfer/buttons.tsx';
import { PersonPapers } from './applications/person-papers.tsx';
import { Attachments } from './attachments/panel.tsx';
import { SyncBadge } from './sync/badge.tsx';
import { WriteButton } from './sync/write-button.tsx';

const columns = [
  { field: 'name', width: 120 },
  { field: 'department', width: 160 },
  { field: 'identity', width: 100 },
  { field: 'location_id', width: 220 },
  { field: 'phone', width: 140 },
  { field: 'status', width: 96 },
  { field: 'letter', width: 110 },
  { field: 'number', width: 120 },
  { field: 'letter_until', hidden: true },
  { field: 'valid_until', hidden: true },
  { field: 'sponsor_id', hidden: true },
  { field: 'outside_unit', hidden: true },
  { field: 'remark', hidden: true },
] as const;
const blank = { identity: 'staff', letter: 'unsigned', status: 'active' } as const;

export function PeopleScreen({ rest }: ScreenProps): ReactNode {
  const t = useText();
  const say = useSay();
  const places = usePlaces();
  const [first, second] = rest;
  const id = first !== undefined && first !== 'new' ? first : null;
  const { data: person } = useQuery({
    ...rpc.people.get.queryOptions({ input: { id: id ?? '' }, meta: { tables: ['people'] } }),
    enabled: id !== null,
  });
  const row = person?.id === id ? person : null;
  return (
    <Page
      actions={
        <>
          <FormExport form="F-01" />
          <TransferButtons table="people" into="people" form="people" />
          <WriteButton type="primary" onClick={() => go('people/new')}>
            {t('people.new')}
          </WriteButton>
        </>
      }
    >
      <RecordTable
        id="people"
        record={people}
        list={rpc.people.list}
        columns={columns}
        openId={id}
        onOpen={(each) => go(`people/${each.id}`)}
        empty={
          <Empty title={t('people.emptyTitle')} hint={t('people.emptyHint')}>
            <WriteButton onClick={() => go('people/new')}>{t('people.new')}</WriteButton>
          </Empty>
        }
      />
      <Sheet
        open={row !== null}
        mask={false}
        width={528}
        title={row ? <PersonTitle person={row} /> : ''}
        onClose={() => go('people')}
        actions={row ? <PersonActions person={row} /> : null}
      >
        {row ? <PersonBody person={row} refs={places} /> : null}
      </Sheet>
      <RecordForm
        record={people}
        title={t('people.new')}
        open={first === 'new'}
        groups={groups}
        initial={blank}
        help={help}
        save={(draft) => client.people.create(draft)}
        onSaved={(saved) => {
          say.done(t('assets.saved'));
          go(`people/${saved.id}`);
        }}
        onClose={() => go('people')}
      />
      {row ? (
        <RecordForm
          record={people}
          title={t('people.edit')}
          open={second === 'edit'}
          groups={groups}
          row={row}
          refs={places}
          update={(changes) => client.people.update({ id: row.id, changes })}
          onSaved={() => say.done(t('assets.saved'))}
          onClose={() => go(`people/${row.id}`)}
        />
      ) : null}
    </Page>
  );
}

type Person = RowOf<typeof people>;

/** Two people may share a name; nobody should enter the same one twice without seeing the other. */
function Namesakes({ name }: { name: string }): ReactNode {
  const t = useText();
  const { data } = useQuery(
    rpc.people.list.queryOptions({
      input: { filter: [{ field: 'name', op: 'equals', value: name }], sort: [], limit: 3 },
      enabled: name.length > 1,
      meta: { tables: ['people'] },
    }),
  );
  if (name.length < 2 || !data || data.total === 0) return null;
  const list = data.rows.map((each) => each.department ?? each.phone ?? each.name).join(t('transfer.comma'));
  return <span className="field-hint">{t('people.namesakes', { n: data.total, list })}</span>;
}

const help = {
  name: (name: unknown) => <Namesakes name={typeof name === 'string' ? name.trim() : ''} />,
};

const PersonTitle = ({ person }: { person: Person }): ReactNode => (
  <span className="sheet-title">
    {person.name} <OptionState table="people" field="status" code={person.status} />
  </span>
);

function PersonActions({ person }: { person: Person }): ReactNode {
  const t = useText();
  const say = useSay();
  const remove = async (): Promise<void> => {
    try {
      await client.people.remove({ id: person.id });
      say.done(t('assets.removed'));
      go('people');
    } catch (error) {
      say.failed(error);
    }
  };
  return (
    <>
      <PersonPapers id={person.id} />
      <Button onClick={() => go(`people/${person.id}/edit`)}>{t('common.edit')}</Button>
      <Popconfirm
        title={t('people.removeText', { name: person.name })}
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

const HELD = 50;
function PersonBody({ person, refs }: { person: Person; refs: Readonly<Record<string, string>> }): ReactNode {
  const t = useText();
  const held = useQuery(
    rpc.assets.list.queryOptions({
      input: { filter: [{ field: 'user_id', op: 'equals', value: person.id }], limit: HELD },
      meta: { tables: ['assets'] },
    }),
  );
  const addresses = useQuery(
    rpc.ipam.list.queryOptions({
      input: { filter: [{ field: 'person_id', op: 'equals', value: person.id }], limit: HELD },
      meta: { tables: ['bindings'] },
    }),
  );
  const { data: sponsor } = useQuery({
    ...rpc.search.title.queryOptions({ input: { table: 'people', id: person.sponsor_id ?? '' } }),
    enabled: person.sponsor_id !== null,
  });
  const titles = person.sponsor_id && sponsor ? { ...refs, [person.sponsor_id]: sponsor.title ?? '' } : refs;
  const history = useQuery(rpc.people.history.queryOptions({ input: { id: person.id }, meta: { tables: ['people'] } }));
  return (
    <>
      <SyncBadge id={person.id} />
      <Attachments key={person.id} table="people" id={person.id} />
      <Details record={people} row={person} refs={titles} groups={groups} />
      <section className="details">
        <h3>
          {t('people.holds')} <a href={`#/addresses/new?person=${person.id}`}>{t('ipam.new')}</a>{' '}
          {addresses.data?.rows.some(({ state }) => state !== 'released') ? (
            <a href={`#/opening/move?person=${person.id}`}>{t('opening.move')}</a>
          ) : null}
        </h3>
        {held.data?.rows.length === 0 && addresses.data?.rows.length === 0 ? (
          <p className="field-hint">{t('people.holdsNothing')}</p>
        ) : null}
        <ul className="links">
          {held.data?.rows.map((asset) => (
            <li key={asset.id}>
              <a href={to('assets', asset.id)}>{asset.name}</a>
              <span className="mono">{asset.tag}</span>
              <OptionState table="assets" field="status" code={asset.status} />
            </li>
          ))}
          {addresses.data?.rows.map((binding) => (
            <li key={binding.id}>
              <a className="mono" href={to('addresses', binding.id)}>
                {binding.ip}
              </a>
              <OptionState table="bindings" field="state" code={binding.state} />
            </li>
          ))}
        </ul>
      </section>
      <section className="details">
        <h3>{t('history.title')}</h3>
        <HistoryList table="people" query={history} />
      </section>
    </>
  );
}
