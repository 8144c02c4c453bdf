/** The label table of a closet, checked down the list with one key each. */
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Segmented } from 'antd';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { verdicts, type CableLine, type Verdict } from '../../../shared/features/cabling/calls.ts';
import { optionLabel, useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import { client } from '../../rpc.ts';
import { Empty, Failed, Loading } from '../../ui/blank.tsx';
import { Page } from '../../ui/page.tsx';
import { useSay } from '../../ui/say.ts';
import { State } from '../../ui/state.tsx';
import { NONE } from '../../ui/text.tsx';
import { useSaveBook } from '../transfer/save-book.ts';
import { Ask, Line } from './ask.tsx';
import { CableSheet } from './cable-sheet.tsx';
import { DoubledList } from './doubled.tsx';
import { SheetForm } from './sheet-form.tsx';
import { traceTables } from './trace-tables.ts';

type Show = 'all' | 'bad' | 'unchecked';
const isBad = ({ cable, correct }: CableLine): boolean =>
  correct === false || cable.fix === 'to_replace' || (cable.legible !== null && cable.legible !== 'clear');

const verdictOf = ({ cable, correct }: CableLine): Verdict =>
  cable.legible !== null && cable.legible !== 'clear'
    ? cable.legible
    : correct === null
      ? 'unchecked'
      : correct
        ? 'right'
        : 'wrong';
const tones = {
  right: 'good',
  wrong: 'bad',
  blurred: 'warn',
  missing: 'bad',
  fallen: 'bad',
  unchecked: 'off',
} as const;
/** Key 0 clears; 1 to 5 are the others in order. */
const keyed: Readonly<Record<string, Verdict>> = {
  '0': 'unchecked',
  ...Object.fromEntries(verdicts.slice(0, 5).map((verdict, index) => [String(index + 1), verdict])),
};

export function ClosetCables({ closet, open }: { closet: string; open: string | null }): ReactNode {
  const t = useText();
  const say = useSay();
  const save = useSaveBook();
  const [show, setShow] = useState<Show>('all');
  const [at, setAt] = useState<string | null>(null);
  const [wrong, setWrong] = useState<CableLine | null>(null);
  const [sheet, setSheet] = useState(false);
  const table = useRef<HTMLTableSectionElement>(null);
  const { data, error, refetch } = useQuery(
    rpc.cabling.cables.queryOptions({ input: { location_id: closet }, meta: { tables: traceTables } }),
  );
  const title =
    useQuery(rpc.search.title.queryOptions({ input: { table: 'locations', id: closet } })).data?.title ?? '';
  useEffect(() => {
    if (at !== null) table.current?.querySelector<HTMLElement>(`[data-id="${at}"]`)?.focus();
  }, [at]);
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const lines = data.filter(
    (line) =>
      show === 'all' || (show === 'bad' ? isBad(line) : verdictOf(line) === 'unchecked') || line.cable.id === at,
  );
  const bad = data.filter(isBad);
  const step = (from: string, by: number): void => {
    const index = lines.findIndex(({ cable }) => cable.id === from);
    setAt(lines[index + by]?.cable.id ?? from);
  };
  const give = async (line: CableLine, verdict: Verdict, found?: string): Promise<void> => {
    await client.cabling.verdict({ id: line.cable.id, verdict, ...(found === undefined ? {} : { found }) });
  };
  const onKey = (event: KeyboardEvent, line: CableLine): void => {
    const verdict = keyed[event.key];
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') step(line.cable.id, event.key === 'ArrowDown' ? 1 : -1);
    else if (event.key === 'Enter') go(`cables/in/${closet}/${line.cable.id}`);
    else if (verdict === 'wrong') setWrong(line);
    else if (verdict !== undefined) {
      // On to the next row before the answer comes: keys follow each other faster than commits.
      step(line.cable.id, 1);
      give(line, verdict).catch(say.failed);
    } else return;
    event.preventDefault();
  };
  const print = (): void =>
    void client.cabling.printLabels({ location_ids: [closet] }).then(({ id }) => go(`print/${id}`), say.failed);
  return (
    <Page
      actions={
        <>
          <Button onClick={() => go('cables')}>{t('cabling.back')}</Button>
          <Button disabled={data.length === 0} onClick={() => setSheet(true)}>
            {t('cabling.sheet')}
          </Button>
          <Button
            disabled={data.length === 0}
            onClick={() => void save(() => client.cabling.labelsBook({ location_ids: [closet] }))}
          >
            {t('cabling.book')}
          </Button>
          <Button type="primary" onClick={print}>
            {t('cabling.print_f06')}
          </Button>
        </>
      }
    >
      <div className="cab-head">
        <h2>{title}</h2>
        <Segmented<Show>
          aria-label={t('cabling.show')}
          value={show}
          options={(['all', 'bad', 'unchecked'] as const).map((each) => ({
            value: each,
            label: t(`cabling.show.${each}`),
          }))}
          onChange={setShow}
        />
        <span className="field-hint">{t('cabling.verdict_keys')}</span>
      </div>
      <DoubledList among={new Set(data.map(({ cable }) => cable.id))} />
      {lines.length === 0 ? (
        <Empty title={t('cabling.no_cables')} hint={t('cabling.no_cables_hint')} />
      ) : (
        <div className="sw-scroll" tabIndex={-1}>
          <table className="sw-table label-table">
            <thead>
              <tr>
                <th scope="col">{t('field.cables.label')}</th>
                <th scope="col">{t('field.cables.found')}</th>
                <th scope="col">{t('cabling.verdict')}</th>
                <th scope="col">{t('cabling.ends')}</th>
                <th scope="col">{t('field.cables.medium')}</th>
                <th scope="col">{t('field.cables.checked_on')}</th>
                <th scope="col">{t('field.cables.fix')}</th>
              </tr>
            </thead>
            <tbody ref={table}>
              {lines.map((line, index) => (
                <LabelRow
                  key={line.cable.id}
                  line={line}
                  current={at === line.cable.id}
                  reach={at === null ? index === 0 : at === line.cable.id}
                  onKey={(event) => onKey(event, line)}
                  onChoose={() => setAt(line.cable.id)}
                  onOpen={() => go(`cables/in/${closet}/${line.cable.id}`)}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {wrong ? (
        <FoundForm
          line={wrong}
          give={async (found) => {
            await give(wrong, 'wrong', found);
            step(wrong.cable.id, 1);
          }}
          onClose={() => setWrong(null)}
        />
      ) : null}
      {sheet ? <SheetForm all={data} bad={bad} onClose={() => setSheet(false)} /> : null}
      {open === null ? null : <CableSheet key={open} id={open} onClose={() => go(`cables/in/${closet}`)} />}
    </Page>
  );
}

interface RowProps {
  readonly line: CableLine;
  readonly current: boolean;
  /** Reached by the Tab key: one row of the list. */
  readonly reach: boolean;
  readonly onKey: (event: KeyboardEvent) => void;
  readonly onChoose: () => void;
  readonly onOpen: () => void;
}
function LabelRow({ line, current, reach, onKey, onChoose, onOpen }: RowProps): ReactNode {
  const t = useText();
  const { cable, a, b } = line;
  const verdict = verdictOf(line);
  return (
    <tr
      data-id={cable.id}
      tabIndex={reach ? 0 : -1}
      aria-current={current || undefined}
      className={current ? 'cab-chosen' : undefined}
      onKeyDown={onKey}
      onFocus={onChoose}
      onClick={onChoose}
      onDoubleClick={onOpen}
    >
      <th scope="row" className="mono">
        {cable.label ?? t('cabling.no_label')}
      </th>
      <td className="mono">{cable.found ?? NONE}</td>
      <td>
        <State tone={tones[verdict]}>{t(`cabling.verdict.${verdict}`)}</State>
      </td>
      <td>{[a?.text ?? t('cabling.unknown'), b?.text ?? t('cabling.unknown')].join(' ↔ ')}</td>
      <td>{cable.medium === null ? NONE : optionLabel(t, 'cables', 'medium', cable.medium)}</td>
      <td>{[cable.checked_on, cable.checked_by].filter(Boolean).join(' · ') || NONE}</td>
      <td>
        {cable.fix === null || cable.fix === 'none' ? (
          NONE
        ) : (
          <State tone={cable.fix === 'to_replace' ? 'warn' : 'good'}>{t(`option.cables.fix.${cable.fix}`)}</State>
        )}
      </td>
    </tr>
  );
}

interface FoundProps {
  readonly line: CableLine;
  readonly give: (found: string) => Promise<void>;
  readonly onClose: () => void;
}
function FoundForm({ line, give, onClose }: FoundProps): ReactNode {
  const t = useText();
  const [found, setFound] = useState('');
  return (
    <Ask
      title={`${t('cabling.verdict.wrong')} · ${line.cable.label ?? ''}`}
      ok={t('cabling.save')}
      ready={found.trim() !== ''}
      run={() => give(found.trim())}
      onClose={onClose}
    >
      <Line label={t('cabling.found_ask')}>
        <Input
          autoFocus
          className="mono"
          maxLength={60}
          value={found}
          onChange={(event) => setFound(event.target.value)}
        />
      </Line>
    </Ask>
  );
}
