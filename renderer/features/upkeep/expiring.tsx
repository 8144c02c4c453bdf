/** Whose time is over or soon will be: people here for a term, letters, access by application. Route: `expiring`, `expiring/letters`. */
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { applications } from '../../../shared/features/applications.ts';
import { people } from '../../../shared/features/people.ts';
import { expiryKinds, type ExpiryKind, type expiryStates } from '../../../shared/features/upkeep.ts';
import type { RowOf } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { State } from '../../ui/state.tsx';
import { RecordTable } from '../../ui/table/record-table.tsx';
import type { ListSource } from '../../ui/table/rows.ts';
import { changeView } from '../../ui/table/view.ts';
import { useUndoable } from '../ipam/undo.tsx';
import { ReasonDialog } from '../reason-dialog.tsx';
import { WriteButton } from '../sync/write-button.tsx';
import '../letters/letters.css';
import { ExtendDialog } from './extend-dialog.tsx';

type Person = RowOf<typeof people>;
type When = (typeof expiryStates)[number];
const TABLES = ['people', 'bindings', 'applications'];
const columns = {
  people: [
    { field: 'name', width: 120 },
    { field: 'identity' },
    { field: 'valid_until', width: 112 },
    { field: 'sponsor_id', width: 144 },
    { field: 'outside_unit', width: 160 },
    { field: 'department', width: 144 },
    { field: 'location_id', width: 192 },
    { field: 'phone', width: 130 },
  ],
  letters: [
    { field: 'name', width: 120 },
    { field: 'department', width: 160 },
    { field: 'location_id', width: 200 },
    { field: 'letter' },
    { field: 'letter_until', width: 128 },
    { field: 'phone', width: 130 },
  ],
  applications: [
    { field: 'number', width: 176 },
    { field: 'kind' },
    { field: 'name', width: 104 },
    { field: 'department', width: 144 },
    { field: 'until_on', width: 112 },
    { field: 'binding_id', width: 126 },
    { field: 'target', width: 160 },
    { field: 'purpose', width: 200 },
  ],
} as const;

const isKind = (text: string | undefined): text is ExpiryKind => expiryKinds.some((kind) => kind === text);

export function ExpiringScreen({ rest }: ScreenProps): ReactNode {
  const t = useText();
  const kind: ExpiryKind = isKind(rest[0]) ? rest[0] : 'people';
  const [when, setWhen] = useState<When | 'both'>('both');
  const { data } = useQuery(rpc.upkeep.expiry.queryOptions({ meta: { tables: TABLES } }));
  const counts = data?.counts[kind];
  return (
    <Page>
      <div className="letter-bar">
        <Segmented<ExpiryKind>
          value={kind}
          options={expiryKinds.map((each) => ({
            value: each,
            label: `${t(`expiry.${each}`)} ${data ? data.counts[each].expired + data.counts[each].soon : '·'}`,
          }))}
          onChange={(each) => go(`expiring/${each}`)}
        />
        <Segmented<When | 'both'>
          value={when}
          options={[
            { value: 'both', label: t('expiry.both') },
            { value: 'expired', label: `${t('expiry.expired')} ${counts?.expired ?? '·'}` },
            { value: 'soon', label: `${t('expiry.soon')} ${counts?.soon ?? '·'}` },
          ]}
          onChange={(next) => {
            changeView(`expiring-${kind}`, { selected: [] });
            setWhen(next);
          }}
        />
        {kind === 'letters' ? (
          <Button type="link" onClick={() => go('letters')}>
            {t('expiry.goLetters')}
          </Button>
        ) : null}
      </div>
      {kind === 'applications' ? (
        <Applications key={when} when={when} today={data?.today ?? ''} />
      ) : (
        <People key={`${kind}-${when}`} kind={kind} when={when} today={data?.today ?? ''} />
      )}
    </Page>
  );
}

const wishOf = (when: When | 'both') => (when === 'both' ? {} : { state: when });

/** A day that is over, told by a shape and not by its colour alone. */
const Day = ({ day, today }: { day: string | null; today: string }): ReactNode =>
  day !== null && day < today ? <State tone="bad">{day}</State> : <State tone="warn">{day ?? ''}</State>;

function People({ kind, when, today }: { kind: 'people' | 'letters'; when: When | 'both'; today: string }): ReactNode {
  const t = useText();
  const undoable = useUndoable();
  const [act, setAct] = useState<{ is: 'close' | 'extend'; people: readonly Person[] } | null>(null);
  const list = useMemo((): ListSource<Person> => {
    const call = kind === 'people' ? client.upkeep.expiringPeople : client.upkeep.expiringLetters;
    return { call: (input, options) => call({ ...input, ...wishOf(when) }, options) };
  }, [kind, when]);
  const shown = columns[kind].map((column) =>
    column.field === 'valid_until' || column.field === 'letter_until'
      ? {
          ...column,
          render: (row: Person) => (
            <Day day={column.field === 'valid_until' ? row.valid_until : row.letter_until} today={today} />
          ),
        }
      : column,
  );
  const id = `expiring-${kind}`;
  const done = (sentence: string, batch: string): void => {
    undoable.done(sentence, batch);
    changeView(id, { selected: [] });
  };
  const acts = (rows: readonly Person[]): ReactNode => (
    <Acts rows={rows} choose={(is) => setAct({ is, people: rows })} />
  );
  return (
    <>
      <RecordTable
        id={id}
        record={people}
        list={list}
        asks={when}
        columns={shown}
        tables={TABLES}
        onOpen={(row) => go(`people/${row.id}`)}
        {...(kind === 'people' ? { bulk: acts } : {})}
        empty={<Empty title={t('expiry.emptyTitle')} hint={t('expiry.emptyHint')} />}
      />
      {act?.is === 'close' ? (
        <ReasonDialog
          open
          danger
          title={t('expiry.close')}
          text={t('expiry.closeText', { n: act.people.length })}
          reason={t('expiry.reason')}
          run={async (reason) => {
            const closed = await client.upkeep.close({ people: act.people.map((person) => person.id), reason });
            done(t('expiry.closed', { people: closed.people, addresses: closed.addresses }), closed.batch);
          }}
          onClose={() => setAct(null)}
        />
      ) : null}
      {act?.is === 'extend' ? (
        <ExtendDialog
          n={act.people.length}
          run={async (until) => {
            const { n, batch } = await client.upkeep.extend({ people: act.people.map((person) => person.id), until });
            done(t('expiry.extended', { n }), batch);
          }}
          onClose={() => setAct(null)}
        />
      ) : null}
    </>
  );
}

function Acts({ rows, choose }: { rows: readonly Person[]; choose: (act: 'close' | 'extend') => void }): ReactNode {
  const t = useText();
  if (rows.length === 0) return null;
  return (
    <>
      <WriteButton size="small" danger onClick={() => choose('close')}>
        {t('expiry.close')}
      </WriteButton>
      <WriteButton size="small" onClick={() => choose('extend')}>
        {t('expiry.extend')}
      </WriteButton>
    </>
  );
}

type Application = RowOf<typeof applications>;

function Applications({ when, today }: { when: When | 'both'; today: string }): ReactNode {
  const t = useText();
  const list = useMemo(
    (): ListSource<Application> => ({
      call: (input, options) => client.upkeep.expiringApplications({ ...input, ...wishOf(when) }, options),
    }),
    [when],
  );
  const shown = columns.applications.map((column) =>
    column.field === 'until_on'
      ? { ...column, render: (row: Application) => <Day day={row.until_on} today={today} /> }
      : column,
  );
  return (
    <RecordTable
      id="expiring-applications"
      record={applications}
      list={list}
      asks={when}
      columns={shown}
      tables={TABLES}
      onOpen={(row) => go(`applications/${row.id}`)}
      empty={<Empty title={t('expiry.emptyTitle')} hint={t('expiry.emptyHint')} />}
    />
  );
}
