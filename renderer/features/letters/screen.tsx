/** Responsibility letters: who signed until when, by department; printing in bulk, ticking what came back. Routes: `letters`, `letters/texts`. */
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented, Select } from 'antd';
import { useMemo, useState, type ReactNode } from 'react';
import { letterStates, MOST_LETTERS, type LetterState } from '../../../shared/features/letters.ts';
import { people } from '../../../shared/features/people.ts';
import type { RowOf } from '../../../shared/record.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import type { ScreenProps } from '../../screens.ts';
import { Empty } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import { RecordTable } from '../../ui/table/record-table.tsx';
import type { ListSource } from '../../ui/table/rows.ts';
import { changeView } from '../../ui/table/view.ts';
import { ReasonDialog } from '../reason-dialog.tsx';
import { useUndoable } from '../ipam/undo.tsx';
import { WriteButton } from '../sync/write-button.tsx';
import { LetterTexts } from './texts.tsx';
import { TickDialog } from './tick-dialog.tsx';
import { useLetterView, type Whom } from './view.ts';
import './letters.css';

type Person = RowOf<typeof people>;
const columns = [
  { field: 'name', width: 120 },
  { field: 'department', width: 160 },
  { field: 'location_id', width: 200 },
  'identity',
  'letter',
  { field: 'letter_on', width: 128 },
  { field: 'letter_until', width: 128 },
  { field: 'letter_text_id', width: 160, hidden: true },
  { field: 'phone', width: 130 },
] as const;
const TABLES = ['people', 'bindings'];
const NOBODY = '\u0000';

const whomOf = ({ holders, department }: Whom) => ({ holders, ...(department === undefined ? {} : { department }) });

export function LettersScreen({ rest }: ScreenProps): ReactNode {
  const t = useText();
  const say = useSay();
  const [view, change] = useLetterView();
  // What was ticked in another list is not meant in this one.
  const setView = (next: typeof view): void => {
    changeView('letters', { selected: [] });
    change(next);
  };
  const [chosen, setChosen] = useState<{ act: 'tick' | 'untick'; people: readonly Person[] } | null>(null);
  const [printing, setPrinting] = useState(false);
  const undoable = useUndoable();
  const { data: counts } = useQuery(rpc.letters.counts.queryOptions({ input: whomOf(view), meta: { tables: TABLES } }));
  const { holders, department, state } = view;
  const list = useMemo((): ListSource<Person> => {
    const wish = { ...whomOf({ holders, department }), ...(state === undefined ? {} : { state }) };
    return { call: (input, options) => client.letters.list({ ...input, ...wish }, options) };
  }, [holders, department, state]);
  const outstanding = counts ? counts.unsigned + counts.expired : 0;
  const print = async (ids: readonly string[]): Promise<void> => {
    setPrinting(true);
    try {
      go(`print/${(await client.letters.print({ people: [...ids] })).id}`);
    } catch (error) {
      say.failed(error);
    } finally {
      setPrinting(false);
    }
  };
  const printOutstanding = async (): Promise<void> => {
    const ids: string[] = [];
    for (const each of ['unsigned', 'expired'] as const) {
      const page = await client.letters.list({ ...whomOf(view), state: each, limit: MOST_LETTERS, filter: [] });
      ids.push(...page.rows.map(({ id }) => id));
    }
    await print(ids.slice(0, MOST_LETTERS));
  };
  const done = (sentence: string, batch: string): void => {
    undoable.done(sentence, batch);
    changeView('letters', { selected: [] });
  };
  const acts = (rows: readonly Person[]): ReactNode => (
    <Acts
      rows={rows}
      printing={printing}
      print={() => void print(rows.map(({ id }) => id))}
      choose={(act) => setChosen({ act, people: rows })}
    />
  );
  return (
    <Page
      actions={
        <>
          <Button onClick={() => go('letters/texts')}>{t('letters.texts')}</Button>
          <WriteButton
            type="primary"
            loading={printing}
            disabled={outstanding === 0}
            onClick={() => void printOutstanding()}
          >
            {t('letters.printOutstanding', { n: Math.min(outstanding, MOST_LETTERS).toLocaleString() })}
          </WriteButton>
        </>
      }
    >
      <div className="letter-bar">
        <Segmented<boolean>
          aria-label={t('letters.whom')}
          value={holders}
          options={[
            { value: true, label: t('letters.holders') },
            { value: false, label: t('letters.everybody') },
          ]}
          onChange={(next) => setView({ ...view, holders: next })}
        />
        <Select<string>
          className="letter-department"
          aria-label={t('letters.byDepartment')}
          value={department === undefined ? '' : (department ?? NOBODY)}
          showSearch={{ optionFilterProp: 'label' }}
          options={[
            { value: '', label: t('letters.anyDepartment') },
            ...(counts?.departments ?? []).map(({ name, unsigned, expired }) => ({
              value: name ?? NOBODY,
              label: `${name ?? t('letters.noDepartment')}${unsigned + expired > 0 ? ` (${unsigned + expired})` : ''}`,
            })),
          ]}
          onChange={(next) => setView({ ...view, department: next === '' ? undefined : next === NOBODY ? null : next })}
        />
        <Segmented<LetterState | 'all'>
          aria-label={t('field.people.letter')}
          value={state ?? 'all'}
          options={[
            { value: 'all', label: `${t('letters.all')} ${total(counts)}` },
            ...letterStates.map((code) => ({
              value: code,
              label: `${t(`option.people.letter.${code}`)} ${counts ? counts[code].toLocaleString() : '·'}`,
            })),
          ]}
          onChange={(next) => setView({ ...view, state: next === 'all' ? undefined : next })}
        />
      </div>
      <RecordTable
        key={JSON.stringify(view)}
        id="letters"
        asks={JSON.stringify(view)}
        record={people}
        list={list}
        columns={columns}
        tables={TABLES}
        onOpen={(row) => go(`people/${row.id}`)}
        bulk={acts}
        empty={<Empty title={t('letters.emptyTitle')} hint={t('letters.emptyHint')} />}
      />
      {chosen?.act === 'tick' ? (
        <TickDialog
          people={chosen.people}
          onDone={(n, batch) => done(t('letters.ticked', { n }), batch)}
          onClose={() => setChosen(null)}
        />
      ) : null}
      {chosen?.act === 'untick' ? (
        <ReasonDialog
          open
          danger
          title={t('letters.untick')}
          text={t('letters.untickText', { n: chosen.people.length })}
          run={async (reason) => {
            const { n, batch } = await client.letters.untick({ people: chosen.people.map(({ id }) => id), reason });
            done(t('letters.unticked', { n }), batch);
          }}
          onClose={() => setChosen(null)}
        />
      ) : null}
      {rest[0] === 'texts' ? <LetterTexts onClose={() => go('letters')} /> : null}
    </Page>
  );
}

interface ActsProps {
  readonly rows: readonly Person[];
  readonly printing: boolean;
  readonly print: () => void;
  readonly choose: (act: 'tick' | 'untick') => void;
}
function Acts({ rows, printing, print, choose }: ActsProps): ReactNode {
  const t = useText();
  if (rows.length === 0) return null;
  return (
    <>
      <Button size="small" loading={printing} onClick={print}>
        {t('letters.print')}
      </Button>
      <WriteButton size="small" type="primary" onClick={() => choose('tick')}>
        {t('letters.tick')}
      </WriteButton>
      <WriteButton size="small" onClick={() => choose('untick')}>
        {t('letters.untick')}
      </WriteButton>
    </>
  );
}

const total = (counts: Record<LetterState, number> | undefined): string =>
  counts ? letterStates.reduce((sum, code) => sum + counts[code], 0).toLocaleString() : '·';
