/** The print page: `#/print/<document>` shows a frozen paper (`/<another>` behind it comes next), `#/print/blank/F-25` an empty form. Only the sheets reach the printer. */
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useEffect, useLayoutEffect, useMemo, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { showMoment } from '../../../shared/day.ts';
import { blankForms, type BlankForm } from '../../../shared/features/papers.ts';
import type { Paper } from '../../../shared/paper.ts';
import { useText } from '../../i18n.ts';
import { rpc } from '../../query.ts';
import { go } from '../../route.ts';
import type { ScreenProps } from '../../screens.ts';
import { Failed, Loading } from '../../ui/blank.tsx';
import { useKey } from '../../ui/keys.ts';
import { SubmitPaper } from '../reports/submit-paper.tsx';
import { Leaves } from './leaf.tsx';
import { needsA3, onA4 } from './on-a4.ts';
import { numbersPages } from './page-numbers.ts';
import './paper.css';
import './page.css';

const isForm = (name: string | undefined): name is BlankForm => blankForms.some((form) => form === name);

export function PrintScreen({ rest }: ScreenProps): ReactNode {
  const [first, second] = rest;
  if (first === 'blank' && isForm(second)) return <Blank form={second} />;
  return <Frozen key={first} id={first ?? ''} next={rest.slice(1)} />;
}

function Frozen({ id, next }: { id: string; next: readonly string[] }): ReactNode {
  const t = useText();
  const { data, error, refetch } = useQuery(rpc.papers.get.queryOptions({ input: { id }, meta: { tables: [] } }));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const { document: made, paper } = data;
  const about = t('papers.frozen', { number: made.number, at: showMoment(made.made_at), author: made.author });
  return (
    <Desk
      paper={paper}
      name={`${made.number} ${made.title}`}
      about={about}
      next={next}
      more={<SubmitPaper document={made} />}
    />
  );
}

function Blank({ form }: { form: BlankForm }): ReactNode {
  const t = useText();
  const { data, error, refetch } = useQuery(rpc.papers.blank.queryOptions({ input: { form }, meta: { tables: [] } }));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return <Desk paper={data} name={`${t(`form.${form}`)} ${t('paper.made_blank')}`} about={t('papers.empty_form')} />;
}

interface DeskProps {
  readonly paper: Paper;
  readonly name: string;
  readonly about: string;
  /** Papers that are printed after this one. */
  readonly next?: readonly string[];
  /** What else this paper is for. */
  readonly more?: ReactNode;
}
const SHEETS = ['A3', 'A4'] as const;
type Sheet = (typeof SHEETS)[number];

function Desk({ paper: made, name, about, next = [], more }: DeskProps): ReactNode {
  const t = useText();
  const [sheet, setSheet] = useState<Sheet>('A3');
  const paper = useMemo(() => (sheet === 'A4' ? onA4(made) : made), [made, sheet]);
  const [mark, setMark] = useState(paper.copies[0] ?? '');
  usePageWords(paper, mark);
  useTitle(name);
  const print = async (marks: readonly string[]): Promise<void> => {
    await document.fonts.ready;
    for (const one of marks) {
      flushSync(() => setMark(one));
      await printed();
    }
  };
  useKey('ctrl+p', () => void print([mark]));
  return (
    <div className="paper-desk">
      <header className="paper-bar">
        <Button onClick={() => (history.length > 1 ? history.back() : go('papers'))}>{t('papers.back')}</Button>
        <h1>{name}</h1>
        <p>{about}</p>
        {paper.copies.length > 1 ? (
          <>
            <Segmented aria-label={t('papers.copy')} options={[...paper.copies]} value={mark} onChange={setMark} />
            <Button onClick={() => void print(paper.copies)}>{t('papers.print_both')}</Button>
          </>
        ) : null}
        {needsA3(made) ? (
          <Segmented<Sheet> aria-label={t('papers.sheet')} options={[...SHEETS]} value={sheet} onChange={setSheet} />
        ) : null}
        {next.length > 0 ? (
          <Button onClick={() => go(`print/${next.join('/')}`)}>{t('opening.next_paper')}</Button>
        ) : null}
        {more}
        <Button type="primary" onClick={() => void print([mark])}>
          {t('papers.print')}
        </Button>
      </header>
      <p className="paper-hint">
        {t('papers.pages')}
        {numbersPages(navigator) ? null : <strong> {t('papers.no_page_numbers')}</strong>}
      </p>
      <Leaves paper={paper} mark={mark} />
    </div>
  );
}

/** Ends when the print dialog is closed. */
const printed = (): Promise<void> =>
  new Promise((resolve) => {
    addEventListener('afterprint', () => resolve(), { once: true });
    window.print();
  });

/** A CSS string: the words of the page's margins reach `@page` as custom properties of the root. */
const cssString = (words: string): string => `"${words.replace(/[\\"]/g, '\\$&').replace(/\s+/g, ' ')}"`;

function usePageWords(paper: Paper, mark: string): void {
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    const [before, between, after] = paper.foot.page;
    const words: Record<string, string> = {
      '--paper-number': [paper.unit, paper.number].filter(Boolean).join('  '),
      '--paper-mark': mark,
      '--paper-made': paper.foot.made,
      '--paper-page': before,
      '--paper-of': between,
      '--paper-end': after,
      '--paper-initials': paper.foot.initials ? `${paper.foot.initials}________________` : '',
    };
    for (const [name, value] of Object.entries(words)) style.setProperty(name, cssString(value));
    return () => Object.keys(words).forEach((name) => style.removeProperty(name));
  }, [paper, mark]);
}

/** The title is the file name a PDF is offered under. */
function useTitle(name: string): void {
  useEffect(() => {
    const before = document.title;
    document.title = name;
    return () => {
      document.title = before;
    };
  }, [name]);
}
