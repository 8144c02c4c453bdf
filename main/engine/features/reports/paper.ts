/** The form F-11: nine sections in their order, numbers as they were taken, sentences as they were written, and the annex of changed users. */
import { reportSections, type ReportSection } from '../../../../shared/features/reports.ts';
import { figureKeys, type ReportFigures } from '../../../../shared/features/reports/figures.ts';
import type { Paper, PaperBlock } from '../../../../shared/paper.ts';
import { heading, optionText, paperDay, paperMoment, paperOf, signatures, type Desk } from '../papers/desk.ts';
import type { Report } from './draft.ts';

/** Rows a blank table gets. */
const BLANK_ROWS = 5;

/** `report` null: the empty form. */
export function reportPaper(desk: Desk, report: Report | null, figures: ReportFigures | null, area: string): Paper {
  const { t } = desk;
  const number = report?.number ?? '';
  const month = report ? monthWords(desk, report.month) : t('reports.paper.month_line');
  const blocks = reportSections.flatMap((section): PaperBlock[] => [
    { kind: 'text', title: t(`field.reports.text_${section}`), lines: [] },
    ...numbersOf(desk, section, figures),
    ...tablesOf(desk, section, figures),
    written(desk, section, report),
  ]);
  return paperOf(desk, 'F-11', {
    number,
    foot: { copies: t('reports.paper.copies') },
    sections: [
      {
        page: 'portrait',
        title: heading(desk, 'F-11'),
        under: [`${t('paper.area')}${area}`, month, `${t('paper.number')}${number}`],
        blocks: [
          {
            kind: 'facts',
            columns: 2,
            facts: [
              { label: t('field.reports.reporter'), value: report?.reporter ?? '' },
              { label: t('field.reports.due_on'), value: paperDay(desk, report?.due_on ?? null) },
              { label: t('field.reports.taken_at'), value: paperMoment(report?.taken_at ?? null), wide: true },
            ],
          },
          ...blocks,
          ...annex(desk, figures),
          {
            kind: 'signatures',
            people: signatures(desk, 'report_author', 'area_head', 'centre_receipt'),
            seal: t('paper.seal'),
          },
        ],
      },
    ],
  });
}

export const monthWords = ({ t }: Desk, month: string): string =>
  t('reports.paper.month', { year: month.slice(0, 4), month: Number(month.slice(5)) });

function written({ t }: Desk, section: ReportSection, report: Report | null): PaperBlock {
  const text = report?.[`text_${section}`] ?? null;
  if (report === null) return { kind: 'text', lines: [''], tall: true };
  return {
    kind: 'text',
    lines: text === null ? [figureKeys[section].length > 0 ? '' : t('paper.none')] : text.split('\n'),
  };
}

function numbersOf({ t }: Desk, section: ReportSection, figures: ReportFigures | null): PaperBlock[] {
  const keys = figureKeys[section];
  if (keys.length === 0) return [];
  const value = (key: string): string => {
    if (!figures) return '';
    const n = figures.n[key];
    if (n == null) return t('reports.unknown');
    return key.endsWith('_percent') ? `${n}%` : String(n);
  };
  return [
    { kind: 'facts', columns: 3, facts: keys.map((key) => ({ label: t(`reports.figure.${key}`), value: value(key) })) },
  ];
}

function tablesOf(desk: Desk, section: ReportSection, figures: ReportFigures | null): PaperBlock[] {
  const { t } = desk;
  const right = (label: string, width: number) => ({ label, width, align: 'right' as const });
  const table = (
    columns: Extract<PaperBlock, { kind: 'table' }>['columns'],
    rows: string[][],
    title?: string,
  ): PaperBlock => ({
    kind: 'table',
    ...(title ? { title } : {}),
    ...(figures ? {} : { tall: true }),
    columns,
    groups: [{ rows: figures ? rows : Array.from({ length: BLANK_ROWS }, () => columns.map(() => '')) }],
    empty: t('paper.none'),
  });
  if (section === 'faults')
    return [
      table(
        [
          { label: t('field.tickets.category') },
          right(t('reports.col.count'), 22),
          right(t('reports.col.on_time'), 26),
          right(t('reports.col.late'), 22),
          right(t('reports.col.mean_hours'), 34),
        ],
        (figures?.faults ?? []).map(({ category, count, on_time, late, mean_hours }) => [
          optionText(desk, 'tickets', 'category', category),
          String(count),
          String(on_time),
          String(late),
          mean_hours === null ? '' : String(mean_hours),
        ]),
      ),
    ];
  if (section === 'tools' && figures && figures.parts.length > 0)
    return [
      table(
        [{ label: t('reports.col.part') }, { label: t('reports.col.spec') }, right(t('reports.col.count'), 24)],
        figures.parts.map(({ name, spec, quantity }) => [name, spec, String(quantity)]),
        t('reports.figure.parts'),
      ),
    ];
  if (section === 'overview' && figures && figures.areas.length > 0)
    return [
      table(
        [{ label: t('reports.col.area') }, ...areaKeys.map((key) => right(t(`reports.figure.${key}`), 24))],
        figures.areas.map((row) => [
          row.id === null ? t('reports.elsewhere') : row.name,
          ...areaKeys.map((key) => String(row[key])),
        ]),
        t('reports.byArea'),
      ),
    ];
  return [];
}
const areaKeys = ['users', 'opened', 'closed', 'reported', 'finished', 'late'] as const;

/** 附: rows of the user register that changed since it was handed in last. */
function annex({ t }: Desk, figures: ReportFigures | null): PaperBlock[] {
  if (!figures || figures.changed_total === 0) return [];
  const more = figures.changed_total - figures.changed.length;
  return [
    {
      kind: 'table',
      title: t('reports.annex', { n: figures.changed_total }),
      columns: [
        { label: t('paper.serial'), width: 12, align: 'center' },
        { label: t('paper.f01.name'), width: 28 },
        { label: 'IP', width: 32, mono: true },
        { label: t('reports.col.mark'), width: 20 },
        { label: t('reports.col.what') },
      ],
      groups: [
        {
          rows: figures.changed.map(({ mark, name, ip, what }, i) => [
            String(i + 1),
            name,
            ip,
            t(`submissions.mark.${mark}`),
            mark === 'changed' ? what : '',
          ]),
        },
      ],
    },
    ...(more > 0 ? [{ kind: 'text' as const, lines: [t('reports.annex_more', { n: more })] }] : []),
  ];
}
