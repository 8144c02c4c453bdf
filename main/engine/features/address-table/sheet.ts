/** The address table as a workbook: one sheet a subnet, every address a row, the columns of the form F-02. */
import type { FileEvent } from '../../../../shared/features/transfer.ts';
import { maskOf } from '../../../../shared/ip.ts';
import { showMac } from '../../../../shared/mac.ts';
import type { Engine } from '../../engine.ts';
import { writeSheets, type SheetSource } from '../../sheets/client.ts';
import type { ColumnSpec, WriteRow } from '../../sheets/types.ts';
import { cidrOf, needSubnet, type Subnet } from '../ipam/plan.ts';
import { deskOf, heading, optionText, paperMoment, type Desk } from '../papers/desk.ts';
import { fileOf } from '../transfer/file.ts';
import { stateWord } from './drawing.ts';
import { addressLines, marksOf, type AddressLine } from './rows.ts';

/** Rows between two turns of the event loop. */
const SLICE = 500;

const columns = ({ t }: Desk): ColumnSpec[] => [
  { header: 'IP', width: 16, kind: 'text' },
  { header: t('paper.f02.state'), width: 10, kind: 'text' },
  { header: t('paper.f02.user'), width: 12, kind: 'text' },
  { header: t('paper.f01.department'), width: 16, kind: 'text' },
  { header: t('paper.f02.room'), width: 28, kind: 'text' },
  { header: t('paper.f02.type'), width: 14, kind: 'text' },
  { header: t('paper.f01.hostname'), width: 18, kind: 'text' },
  { header: 'MAC', width: 19, kind: 'text' },
  { header: t('paper.f01.port'), width: 20, kind: 'text' },
  { header: t('paper.f02.opened'), width: 12, kind: 'day' },
  { header: t('paper.f02.changed'), width: 12, kind: 'day' },
  { header: t('paper.f02.seen'), width: 17, kind: 'text' },
  { header: t('paper.remark'), width: 24, kind: 'text' },
];

const rowOf = (desk: Desk, line: AddressLine): WriteRow => ({
  cells: [
    line.ip,
    stateWord(desk, line.form_state),
    line.person,
    line.department,
    line.place,
    optionText(desk, 'assets', 'category', line.category),
    line.hostname,
    line.mac && showMac(line.mac),
    line.port,
    line.opened_on,
    line.changed_on,
    paperMoment(line.seen_at),
    line.state === 'cooling' ? desk.t('paper.f02.free_on', { day: line.free_on ?? '' }) : line.remark,
  ],
});

const titlesOf = (desk: Desk, subnet: Subnet): string[] => {
  const { t } = desk;
  const facts = [
    `${t('paper.f01.cidr')} ${subnet.name} ${subnet.cidr}`,
    subnet.vlan === null ? '' : `VLAN ${subnet.vlan}`,
    `${t('paper.f01.mask')} ${maskOf(cidrOf(subnet).prefix)}`,
    subnet.gateway === null ? '' : `${t('paper.f01.gateway')} ${subnet.gateway}`,
  ];
  return [heading(desk, 'F-02'), facts.filter(Boolean).join('  ')];
};

/** Excel forbids these in the name of a sheet, and more than 31 characters. */
const sheetName = ({ name, cidr }: Subnet): string =>
  `${cidr.replace('/', '-')} ${name}`.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31);

export async function* addressSheets(
  engine: Engine,
  subnetIds: readonly string[],
  signal?: AbortSignal,
): AsyncGenerator<FileEvent> {
  const { db } = engine;
  const desk = deskOf(engine);
  const subnets = subnetIds.map((id) => needSubnet(db, id));
  const total = subnets.reduce((sum, subnet) => sum + cidrOf(subnet).last - cidrOf(subnet).first + 1, 0);
  const job = { total, done: 0, rows: total, marks: null, position: null };
  async function* rows(lines: readonly AddressLine[]): AsyncGenerator<WriteRow[]> {
    for (let from = 0; from < lines.length; from += SLICE) {
      const slice = lines.slice(from, from + SLICE);
      yield slice.map((line) => rowOf(desk, line));
      job.done += slice.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  function* sheets(): Generator<SheetSource> {
    const marks = marksOf(db, engine.today());
    for (const subnet of subnets)
      yield {
        spec: {
          name: sheetName(subnet),
          titles: titlesOf(desk, subnet),
          columns: columns(desk),
          frozenColumns: 1,
          landscape: true,
          footer: '&C&P / &N',
        },
        rows: rows(addressLines(db, subnet, engine.today(), marks)),
      };
  }
  const one = subnets.length === 1 ? (subnets[0]?.cidr.replace('/', '-') ?? '') : desk.t('ipam.subnets');
  const name = `${heading(desk, 'F-02')}-${one}-${engine.today().replaceAll('-', '')}.xlsx`;
  yield* fileOf(name, writeSheets(engine.ports, sheets(), signal), job);
}
