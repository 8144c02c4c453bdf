/** The form F-06: the cables of a closet, what their labels should say and what was found. Widths in millimetres. */
import type { CableLine } from '../../../../shared/features/cabling/calls.ts';
import { endOf } from '../../../../shared/features/cabling/ends.ts';
import type { Paper, PaperBlock, PaperSection } from '../../../../shared/paper.ts';
import type { ReadDb } from '../../db.ts';
import { titleOf } from '../../titles.ts';
import { heading, optionText, paperOf, signatures, type Desk } from '../papers/desk.ts';
import { emptyRows } from '../papers/lists.ts';

type Table = Extract<PaperBlock, { kind: 'table' }>;
interface LabelSheetOf {
  readonly place: string;
  readonly lines: readonly CableLine[];
}

export const labelColumns = ({ t }: Desk): Table['columns'] => [
  { label: t('paper.serial'), width: 9, align: 'center' },
  { label: t('paper.f06.panel'), width: 19, mono: true },
  { label: t('paper.f06.port'), width: 16, align: 'center' },
  { label: t('field.cables.label'), width: 30, mono: true },
  { label: t('field.cables.found'), width: 28, mono: true },
  { label: t('paper.f06.correct'), width: 10, align: 'center' },
  { label: t('field.cables.legible'), width: 12, align: 'center' },
  { label: t('field.cables.ends_match'), width: 12, align: 'center' },
  { label: t('field.cables.medium'), width: 17, align: 'center' },
  { label: t('field.cables.colour'), width: 10, align: 'center' },
  { label: t('paper.f06.far') },
  { label: t('field.cables.checked_on'), width: 20, align: 'center' },
  { label: t('field.cables.checked_by'), width: 15 },
  { label: t('field.cables.fix'), width: 13, align: 'center' },
];

export function labelRow(desk: Desk, db: ReadDb, { cable, a, b, correct }: CableLine, serial: number): string[] {
  const yes = (value: boolean | null): string => (value === null ? '' : desk.t(value ? 'paper.yes' : 'paper.no'));
  const ends = (['a', 'b'] as const).map((name) => endOf(cable, name));
  const panel = ends.find((end) => end?.kind === 'panel');
  const far = ends.indexOf(panel ?? null) === 1 ? a : b;
  const option = (field: string, code: string | null): string => optionText(desk, 'cables', field, code);
  return [
    String(serial),
    panel ? (titleOf(db, 'panels', panel.id)?.title ?? '') : '',
    panel?.kind === 'panel' ? `${panel.position} ${option('a_side', panel.side)}` : '',
    cable.label ?? '',
    cable.found ?? '',
    yes(correct),
    option('legible', cable.legible),
    yes(cable.ends_match),
    option('medium', cable.medium),
    cable.colour ?? '',
    panel ? (far?.text ?? '') : [a?.text, b?.text].filter(Boolean).join(' ↔ '),
    cable.checked_on ?? '',
    cable.checked_by ?? '',
    option('fix', cable.fix),
  ];
}

/** Sections of F-06, one for each closet; also an annex of other papers. */
export const labelSections = (
  desk: Desk,
  db: ReadDb,
  sheets: readonly LabelSheetOf[],
  number: string,
): PaperSection[] =>
  sheets.map(({ place, lines }) => ({
    page: 'landscape',
    title: heading(desk, 'F-06'),
    under: [`${desk.t('paper.f05.closet')}${place}`, '', `${desk.t('paper.number')}${number}`],
    blocks: [
      {
        kind: 'table',
        columns: labelColumns(desk),
        groups: [{ rows: lines.map((line, index) => labelRow(desk, db, line, index + 1)) }],
        empty: desk.t('paper.none'),
        signatures: signatures(desk, 'inspected', 'giver', 'reviewed'),
      },
    ],
  }));

export const labelPaper = (desk: Desk, db: ReadDb, sheets: readonly LabelSheetOf[], number: string): Paper =>
  paperOf(desk, 'F-06', {
    number,
    sections: labelSections(desk, db, sheets, number),
    foot: { copies: desk.t('paper.f05.copies') },
  });

/** Rows that fill a landscape page. */
const ROWS = 14;
export function blankLabels(desk: Desk, db: ReadDb): Paper {
  const sections = labelSections(desk, db, [{ place: '', lines: [] }], '').map((section) => ({
    ...section,
    blocks: section.blocks.map((block) => (block.kind === 'table' ? emptyRows(block, ROWS) : block)),
  }));
  return paperOf(desk, 'F-06', { number: '', sections });
}
