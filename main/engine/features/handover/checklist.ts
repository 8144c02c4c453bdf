/** The handover checklist F-25 and the leaving slip, as papers. */
import type { HandoverPart, handovers } from '../../../../shared/features/handover.ts';
import { isOpen } from '../../../../shared/features/handover.ts';
import type { Paper, PaperBlock, PaperSection } from '../../../../shared/paper.ts';
import type { RowOf } from '../../../../shared/record.ts';
import type { ReadDb } from '../../db.ts';
import { boxes, copyMarks, heading, optionText, paperDay, paperOf, signatures, type Desk } from '../papers/desk.ts';
import { emptyRows, equipmentTable, matchBoxes, subnetTable, ticketTable, userTable } from '../papers/lists.ts';
import { cablingAnnexes } from './annexes.ts';
import type { Area } from './area.ts';
import type { Gap } from './gaps.ts';
import type { Item } from './gather.ts';

type Handover = RowOf<typeof handovers>;
type Table = Extract<PaperBlock, { kind: 'table' }>;
/** What the form shows of an item. */
export type PaperItem = Pick<
  Item,
  'part' | 'label' | 'detail' | 'place' | 'book' | 'actual' | 'result' | 'note' | 'opinion' | 'waived' | 'subject'
> &
  Partial<Pick<Item, 'version' | 'pages' | 'carrier'>>;
export interface Checklist {
  /** Null for a blank form. */
  readonly handover: Handover | null;
  readonly area: Area;
  readonly items: readonly PaperItem[];
  readonly gaps: readonly Gap[];
}

const signers = ['giver', 'receiver', 'supervisor', 'centre'] as const;
const REASONS = ['leaving', 'transfer', 'custody'] as const;

/** `today` tells how old the tests of the ports are. */
export function checklistPaper(desk: Desk, db: ReadDb, list: Checklist, today: string): Paper {
  const { t } = desk;
  const { handover, area } = list;
  const annex = (title: string, blocks: PaperBlock[]): PaperSection => ({
    page: 'landscape',
    title,
    under: [
      `${t('paper.unit')}${desk.unit}`,
      `${t('paper.area')}${area.name}`,
      `${t('paper.number')}${handover?.number ?? ''}`,
    ],
    blocks,
  });
  const checked = new Map(list.items.filter(({ part }) => part === 'B').map((item) => [item.subject, item]));
  const equipment = equipmentTable(desk, db, area, ({ id }) => {
    const item = checked.get(`assets:${id}`);
    return { result: item?.result ?? '', note: item?.note ?? '' };
  });
  const users = userTable(desk, area);
  const tickets = ticketTable(desk, db, area);
  /** A register handed over as a file alone is not printed. */
  const onPaper = (form: string): boolean =>
    list.items.find(({ part, subject }) => part === 'A' && subject === form)?.carrier !== 'file';
  const fill = (table: Table): Table => (handover ? table : emptyRows(table, 14));
  return paperOf(desk, 'F-25', {
    number: handover?.number ?? '',
    copies: copyMarks(desk),
    sections: [
      front(desk, list),
      ...(onPaper('F-01')
        ? [
            annex(t('paper.f25.annex1'), [
              ...(area.bindings.length > 0 ? [subnetTable(desk, db, area)] : []),
              fill(users),
            ]),
          ]
        : []),
      ...(onPaper('F-04') ? [annex(t('paper.f25.annex2'), [fill(equipment)])] : []),
      annex(t('paper.f25.annex3'), [fill(tickets)]),
      ...(handover ? cablingAnnexes(desk, db, area, { handover, today, onPaper }) : []),
    ],
    foot: { copies: t('paper.f25.copies'), initials: t('paper.initials') },
  });
}

function front(desk: Desk, list: Checklist): PaperSection {
  const { t } = desk;
  const { handover, area, items, gaps } = list;
  const of = (part: HandoverPart): PaperItem[] => items.filter((item) => item.part === part);
  const sheets: Table = {
    kind: 'table',
    title: t('paper.f25.part.A'),
    columns: [
      { label: t('paper.serial'), width: 10, align: 'center' },
      { label: t('paper.f25.item') },
      { label: t('paper.f25.book'), width: 19 },
      { label: t('field.handover_items.version'), width: 26 },
      { label: t('field.handover_items.pages'), width: 13.5, align: 'center' },
      { label: t('field.handover_items.carrier'), width: 21.5 },
      { label: t('paper.f25.result'), width: 27 },
      { label: t('paper.f25.note'), width: 23 },
    ],
    groups: [{ rows: of('A').map((item, index) => sheetRow(desk, item, index)) }],
    empty: t('paper.none'),
  };
  const table = (part: HandoverPart, rows: readonly PaperItem[] = of(part)): Table => ({
    kind: 'table',
    title: t(`paper.f25.part.${part}`),
    columns: [
      { label: t('paper.serial'), width: 10, align: 'center' },
      { label: t('paper.f25.item') },
      { label: part === 'E' ? t('paper.f25.envelope') : t('paper.f25.book'), width: 22 },
      { label: t('paper.f25.actual'), width: 20 },
      { label: t('paper.f25.result'), width: 29 },
      { label: t('paper.f25.note'), width: 32 },
    ],
    groups: [{ rows: rows.map((item, index) => itemRow(desk, item, index)) }],
    empty: t('paper.none'),
  });
  const reasons = boxes(
    desk,
    REASONS.map((code) => [code, optionText(desk, 'handovers', 'reason', code)] as const),
    handover?.reason ?? null,
  );
  return {
    page: 'portrait',
    title: heading(desk, 'F-25'),
    under: [
      `${t('paper.unit')}${desk.unit}`,
      `${t('paper.area')}${area.name}`,
      `${t('paper.number')}${handover?.number ?? ''}`,
    ],
    blocks: [
      {
        kind: 'facts',
        columns: 3,
        facts: [
          { label: t('paper.sign.giver'), value: handover?.giver ?? '' },
          { label: t('paper.sign.receiver'), value: handover?.receiver ?? '' },
          { label: t('paper.sign.supervisor'), value: handover?.supervisor ?? '' },
          { label: t('field.handovers.start_on'), value: paperDay(desk, handover?.start_on ?? null) },
          { label: t('field.handovers.due_on'), value: paperDay(desk, handover?.due_on ?? null) },
          { label: t('field.handovers.done_on'), value: paperDay(desk, handover?.done_on ?? null) },
          { label: t('field.handovers.reason'), value: reasons, wide: true },
          { label: t('field.handovers.archive_number'), value: handover?.archive_number ?? '' },
          { label: t('field.handovers.filed_on'), value: paperDay(desk, handover?.filed_on ?? null) },
          { label: t('paper.f25.late'), value: lateText(desk, handover) },
        ],
      },
      sheets,
      table('B', handover ? sumUp(desk, of('B')) : of('B')),
      { kind: 'text', lines: [t('paper.f25.by_room')] },
      table('C'),
      table('D'),
      table('E'),
      table('F'),
      table('G'),
      disputes(desk, of('H')),
      { kind: 'text', title: t('paper.f25.part.I'), lines: notes(desk, handover, gaps), tall: handover === null },
      { kind: 'text', lines: [t('paper.f25.statement')] },
      { kind: 'signatures', people: signatures(desk, ...signers), seal: t('paper.seal') },
    ],
  };
}

const sheetRow = (desk: Desk, item: PaperItem, index: number): string[] => [
  String(index + 1),
  item.label,
  item.book ?? '',
  item.version ?? '',
  item.pages ? String(item.pages) : '',
  optionText(desk, 'handover_items', 'carrier', item.carrier ?? null),
  matchBoxes(desk, item.result) + (item.waived ? desk.t('paper.f25.waived') : ''),
  item.note ?? '',
];

const itemRow = (desk: Desk, item: PaperItem, index: number): string[] => [
  String(index + 1),
  item.part === 'F' && item.place ? `${item.label}（${item.place}）` : item.label,
  item.book ?? '',
  item.actual ?? '',
  matchBoxes(desk, item.result) + (item.waived ? desk.t('paper.f25.waived') : ''),
  item.note ?? '',
];

/** What the centre said to its lateness. */
const lateText = ({ t }: Desk, handover: Handover | null): string =>
  handover?.late_opinion
    ? handover.late_opinion
    : handover?.done_on && handover.done_on <= handover.due_on
      ? t('paper.f25.on_time')
      : '';

/** One line per place: machine rooms piece by piece are in annex 2. */
function sumUp(desk: Desk, items: readonly PaperItem[]): PaperItem[] {
  const machines = items.filter(({ subject }) => subject?.startsWith('assets:'));
  const places = [...Map.groupBy(machines, ({ place }) => place ?? '')].map(([place, held]): PaperItem => {
    const wrong = held.filter(({ result }) => result === 'mismatch');
    const pending = held.some(({ result }) => result === 'pending');
    return {
      part: 'B',
      subject: null,
      label: place,
      place,
      detail: null,
      book: desk.t('handover.units', { n: held.length }),
      waived: null,
      opinion: null,
      actual: pending ? null : desk.t('handover.units', { n: held.length - wrong.length }),
      result: wrong.length > 0 ? 'mismatch' : pending ? 'pending' : 'match',
      note:
        wrong
          .map(({ label }) => label)
          .join('、')
          .slice(0, 300) || null,
    };
  });
  return [...places, ...items.filter(({ subject }) => !subject?.startsWith('assets:'))];
}

function disputes({ t }: Desk, items: readonly PaperItem[]): Table {
  return {
    kind: 'table',
    title: t('paper.f25.part.H'),
    columns: [
      { label: t('paper.serial'), width: 10, align: 'center' },
      { label: t('paper.f25.item'), width: 55 },
      { label: t('paper.f25.dispute') },
      { label: t('paper.f25.opinion'), width: 50 },
    ],
    groups: [
      {
        rows: items.map((item, index) => [
          String(index + 1),
          item.label,
          item.note ?? '',
          (item.opinion ?? '') + (item.waived ? t('paper.f25.waived') : ''),
        ]),
      },
    ],
    empty: t('paper.none'),
  };
}

function notes({ t }: Desk, handover: Handover | null, gaps: readonly Gap[]): string[] {
  const told = gaps.map(
    ({ code, n, examples }) =>
      t(`handover.gap.${code}`, { n }) + (examples.length > 0 ? `：${examples.join('、')}` : ''),
  );
  return [...(handover?.remark ? [handover.remark] : []), ...told];
}

/** The paper the giver leaves with; only for a settled handover. */
export function leavingSlip(desk: Desk, handover: Handover, area: string, items: readonly PaperItem[]): Paper {
  const { t } = desk;
  const settled = items.filter((item) => !isOpen(item)).length;
  const line = t('paper.slip.line', {
    giver: handover.giver,
    receiver: handover.receiver,
    supervisor: handover.supervisor ?? '',
    area,
    done: paperDay(desk, handover.done_on),
    number: handover.number,
    items: settled,
  });
  return paperOf(desk, 'F-25L', {
    number: handover.number,
    copies: copyMarks(desk),
    sections: [
      {
        page: 'portrait',
        title: heading(desk, 'F-25L'),
        under: ['', '', `${t('paper.number')}${handover.number}`],
        blocks: [
          { kind: 'text', lines: [line, t('paper.slip.agree')] },
          { kind: 'signatures', people: signatures(desk, ...signers), seal: t('paper.seal') },
        ],
      },
    ],
    foot: { copies: t('paper.f25.copies') },
  });
}
