/** The form F-02, address table of a subnet: its head, a row for every address, and its map in letters (R-24). */
import { folded, spanText } from '../../../../shared/features/ipam/fold.ts';
import type { AddressState } from '../../../../shared/features/ipam/map.ts';
import { maskOf } from '../../../../shared/ip.ts';
import { showMac } from '../../../../shared/mac.ts';
import type { Paper, PaperBlock, PaperSection } from '../../../../shared/paper.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { DocumentRow } from '../../documents.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import type { Engine } from '../../engine.ts';
import { usageAndNext } from '../ipam/map.ts';
import { allSubnets, cidrOf, needSubnet, rangesOf, type Subnet } from '../ipam/plan.ts';
import {
  deskOf,
  heading,
  numberThisMonth,
  optionText,
  paperDay,
  paperMoment,
  paperOf,
  printPaper,
  signatures,
  type Desk,
} from '../papers/desk.ts';
import { mapDrawings, stateWord } from './drawing.ts';
import { addressLines, marksOf, type AddressLine } from './rows.ts';

type Table = Extract<PaperBlock, { kind: 'table' }>;
type Facts = Extract<PaperBlock, { kind: 'facts' }>;

/** A /20: a wider one would be a book, and its map a wall. */
export const MOST_ON_PAPER = 4096;
const BLANK_ROWS = 11;

export interface TableOptions {
  /** `YYYY-MM-DD`: cool-downs are judged by it. */
  readonly today: string;
  /** A row for every address; otherwise runs that nobody holds become one row. */
  readonly every?: boolean;
  readonly number?: string;
}

const columns = ({ t }: Desk): Table['columns'] => [
  { label: 'IP', width: 27.5, mono: true },
  { label: t('paper.f02.state'), width: 16 },
  { label: t('paper.f02.user'), width: 14 },
  { label: t('paper.f01.department'), width: 15 },
  { label: t('paper.f02.room'), width: 26 },
  { label: t('paper.f02.type'), width: 16 },
  { label: t('paper.f01.hostname'), width: 17 },
  { label: 'MAC', width: 29.5, mono: true },
  { label: t('paper.f01.port'), width: 25 },
  { label: t('paper.f02.opened'), width: 17 },
  { label: t('paper.f02.changed'), width: 17 },
  { label: t('paper.f02.seen'), width: 17 },
  { label: t('paper.remark') },
];

const FOLDS: ReadonlySet<AddressState> = new Set(['free', 'dhcp', 'kept', 'unplanned', 'leased']);
/** Nobody holds it, and nobody was seen there. */
const isEmpty = (line: AddressLine): boolean => FOLDS.has(line.state) && line.mark === null && line.seen_at === null;

function rowOf(desk: Desk, line: AddressLine, ip: string, count: number): string[] {
  const remark = line.state === 'cooling' ? desk.t('paper.f02.free_on', { day: line.free_on ?? '' }) : line.remark;
  return [
    ip,
    stateWord(desk, line.form_state),
    line.person ?? '',
    line.department ?? '',
    line.place ?? '',
    optionText(desk, 'assets', 'category', line.category),
    line.hostname ?? '',
    line.mac ? showMac(line.mac) : '',
    line.port ?? '',
    line.opened_on ?? '',
    line.changed_on ?? '',
    // Day and minute on two lines of a narrow column.
    paperMoment(line.seen_at),
    [count > 1 ? desk.t('paper.f02.count', { n: count }) : null, remark].filter(Boolean).join(' '),
  ];
}

function tableOf(desk: Desk, lines: readonly AddressLine[], every: boolean): Table {
  const runs = every ? lines.map((row) => ({ row, count: 1, last: row })) : folded(lines, isEmpty);
  const rows = runs.map(({ row, count, last }) => rowOf(desk, row, spanText(row.ip, last.ip), count));
  return {
    kind: 'table',
    columns: columns(desk),
    groups: [{ rows }],
    signatures: signatures(desk, 'made', 'reviewed'),
  };
}

function factsOf(desk: Desk, db: ReadDb, subnet: Subnet | null, today: string): Facts {
  const { t } = desk;
  const usage = subnet && usageAndNext(db, subnet, today);
  const dhcp = subnet ? rangesOf(db, subnet.id).filter(({ kind }) => kind === 'dhcp') : [];
  const value = (text: string | number | null | undefined): string => (text === null ? '' : `${text ?? ''}`);
  return {
    kind: 'facts',
    columns: 4,
    facts: [
      { label: t('paper.f01.cidr'), value: subnet ? `${subnet.name} ${subnet.cidr}` : '' },
      { label: 'VLAN', value: value(subnet?.vlan) },
      { label: t('paper.f01.mask'), value: subnet ? maskOf(cidrOf(subnet).prefix) : '' },
      { label: t('paper.f01.gateway'), value: value(subnet?.gateway) },
      { label: 'DNS', value: value(subnet?.dns) },
      {
        label: t('paper.f02.dhcp'),
        value: dhcp.map(({ first_ip, last_ip }) => spanText(first_ip, last_ip)).join('、'),
      },
      { label: t('field.subnets.purpose'), value: optionText(desk, 'subnets', 'purpose', subnet?.purpose ?? null) },
      {
        label: t('paper.f02.usage'),
        value: usage
          ? `${usage.hosts} / ${usage.used} / ${usage.percent === null ? t('ipam.level.dynamic') : `${usage.percent}%`}`
          : '',
      },
    ],
  };
}

const sectionOf = (desk: Desk, number: string, day: string | null, blocks: PaperSection['blocks']): PaperSection => ({
  page: 'landscape',
  title: heading(desk, 'F-02'),
  under: [`${desk.t('paper.unit')}${desk.unit}`, paperDay(desk, day), `${desk.t('paper.number')}${number}`],
  blocks,
});

/** The paper of these subnets in the order given: for each its table, then its map. Refuses what no paper could hold. */
export function addressTablePaper(desk: Desk, db: ReadDb, subnetIds: readonly string[], options: TableOptions): Paper {
  const { today, every = false, number = '' } = options;
  const marks = marksOf(db, today);
  const sections = subnetIds.flatMap((id): PaperSection[] => {
    const subnet = needSubnet(db, id);
    const { first, last } = cidrOf(subnet);
    const n = last - first + 1;
    if (n > MOST_ON_PAPER) throw refuse('table_too_wide', { cidr: subnet.cidr, n, most: MOST_ON_PAPER });
    const lines = addressLines(db, subnet, today, marks);
    const [drawing, ...more] = mapDrawings(desk, lines, subnet.cidr);
    const title = desk.t('paper.f02.map', { subnet: `${subnet.name} ${subnet.cidr}` });
    return [
      sectionOf(desk, number, today, [factsOf(desk, db, subnet, today), tableOf(desk, lines, every)]),
      sectionOf(desk, number, today, drawing ? [{ ...drawing, title }, ...more] : []),
    ];
  });
  if (sections.length === 0) throw refuse('no_subnets');
  return paperOf(desk, 'F-02', { number, sections, foot: { copies: desk.t('paper.f02.copies') } });
}

/** The empty form. */
export function blankAddressTable(desk: Desk, db: ReadDb): Paper {
  const table: Table = { ...tableOf(desk, [], false), tall: true };
  const rows = Array.from({ length: BLANK_ROWS }, () => table.columns.map(() => ''));
  const blocks = [factsOf(desk, db, null, ''), { ...table, groups: [{ rows }] }];
  return paperOf(desk, 'F-02', { number: '', sections: [sectionOf(desk, '', null, blocks)] });
}

/**
 * Freezes the address table of one subnet, or of several as one paper. The same subnets keep their number within a month; what changed since
 * the last printing becomes the next version. Inside a command.
 */
export function freezeAddressTable(
  tx: WriteDb,
  engine: Engine,
  subnetIds: readonly string[],
  { every = false }: { every?: boolean } = {},
): DocumentRow {
  const desk = deskOf(engine);
  const today = engine.today();
  const title = titleOf(desk, tx, subnetIds);
  const number = numberThisMonth(tx, engine, { form: 'F-02', code: 'IP', title });
  const paper = addressTablePaper(desk, tx, subnetIds, { today, every, number });
  return printPaper(tx, engine, { form: 'F-02', code: 'IP', title, number, paper });
}

function titleOf(desk: Desk, db: ReadDb, subnetIds: readonly string[]): string {
  const name = desk.t('form.F-02');
  if (subnetIds.length === allSubnets(db).length && subnetIds.length > 1) return desk.t('paper.f02.all', { name });
  const cidrs = subnetIds.map((id) => needSubnet(db, id).cidr).join('、');
  return `${name} ${cidrs}`.slice(0, 200);
}

/** Every subnet that fits a paper, in address order: what a submission pack takes. */
export const printableSubnets = (db: ReadDb): string[] =>
  allSubnets(db)
    .filter((subnet) => {
      const { first, last } = cidrOf(subnet);
      return last - first < MOST_ON_PAPER;
    })
    .map(({ id }) => id);
