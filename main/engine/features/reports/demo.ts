/** Monthly reports of the demo school: five months handed in, one of them late, and a draft of the month that runs (domain.md §4). */
import { addDays, momentOf } from '../../../../shared/day.ts';
import { receipts, reports } from '../../../../shared/features/reports.ts';
import { monthBefore } from '../../../../shared/features/reports/figures.ts';
import { freeze, type Maker } from '../../documents.ts';
import type { WriteDb } from '../../door.ts';
import { deskOf, paperMoment } from '../papers/desk.ts';
import { draftReport, dueOf, figuresOf } from './draft.ts';
import type { Reporter } from './figures.ts';
import { monthWords, reportPaper } from './paper.ts';

const MONTHS = 5;
/** Months ago of the one that came two days late: July, in the holidays. */
const LATE = 2;
const PLANS = [
  '检查各楼弱电间理线与标签，补齐看不清的标签。',
  '期末前检修五个机房的交换机和学生机。',
  '暑期全校网络停机检修，更换老化的水晶头和模块。',
  '开学前恢复机房网络，核对教师办公室地址。',
  '新学期增加用户开通，补签网络安全责任书。',
];

export function writeReports(tx: WriteDb, maker: Reporter & Pick<Maker, 'actor'>): void {
  let month = maker.today().slice(0, 7);
  draftReport(tx, maker, month, null);
  for (let back = 1; back <= MONTHS; back += 1) {
    month = monthBefore(month);
    handIn(tx, maker, month, back);
  }
}

function handIn(tx: WriteDb, maker: Reporter & Pick<Maker, 'actor'>, month: string, back: number): void {
  const due = dueOf(tx, month);
  const on = at(maker, back === LATE ? addDays(due, 2) : due);
  const draft = draftReport(tx, on, month, null);
  const report = tx.patch(reports, draft.id, { text_plan: PLANS[MONTHS - back] ?? null });
  const desk = deskOf(maker);
  const area = desk.t('reports.whole', { unit: desk.unit });
  const paper = reportPaper(desk, report, figuresOf(report), area);
  const foot = { ...paper.foot, made: desk.t('paper.made', { version: 1, at: paperMoment(on.clock.now()) }) };
  const document = freeze(
    tx,
    { ...on, actor: () => maker.actor() },
    {
      form: 'F-11',
      code: 'YB',
      title: `${desk.t('form.F-11')} ${monthWords(desk, month)}`,
      kind: 'print',
      number: report.number,
      content: { ...paper, foot },
    },
  );
  tx.insert(receipts, {
    document_id: document.id,
    sent_to: '网络中心',
    sent_on: on.today(),
    receiver: '周启明',
    received_on: on.today(),
    archive_number: `WLZX-${month.replace('-', '')}`,
  });
  tx.patch(reports, report.id, { state: 'submitted', submitted_on: on.today(), document_id: document.id });
}

/** The same school on an earlier day, in the morning. */
const at = (maker: Reporter, day: string): Reporter => ({
  setup: maker.setup,
  dir: maker.dir,
  machine: () => maker.machine(),
  today: () => day,
  clock: { now: () => momentOf(day, 9 * 60 + 30) },
});
