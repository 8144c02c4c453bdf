/** Empty forms: the same columns and signature lines, with rows to write in. */
import { handoverParts } from '../../../../shared/features/handover.ts';
import type { BlankForm } from '../../../../shared/features/papers.ts';
import type { Paper, PaperSection } from '../../../../shared/paper.ts';
import type { ReadDb } from '../../db.ts';
import { blankLabels } from '../cabling/label-paper.ts';
import { blankPorts } from '../cabling/port-paper.ts';
import { applicationPaper } from '../applications/paper.ts';
import { blankLetter } from '../letters/paper.ts';
import { custodyPaper } from '../custody/paper.ts';
import { emptyArea as nothing } from '../handover/area.ts';
import { blankAddressTable } from '../address-table/paper.ts';
import { requestLetter } from '../addressing/letter.ts';
import { checklistPaper } from '../handover/checklist.ts';
import { reportPaper } from '../reports/paper.ts';
import { noticePaper } from '../opening/notice.ts';
import { blankTopology } from '../topology/paper.ts';
import { heading, paperOf, type Desk } from './desk.ts';
import { emptyRows, equipmentTable, userTable } from './lists.ts';
import { repairSlip } from './slip.ts';

/** Rows that fill one landscape A4 page under the title. */
const ROWS = 14;
/** Rows a part of the blank checklist gets. */
const PART_ROWS = 4;

/** How each form is made without any record: one line a form. */
const blanks: Record<BlankForm, (desk: Desk, db: ReadDb) => Paper> = {
  'F-01': (desk) => list(desk, 'F-01', userTable(desk, nothing)),
  'F-02': blankAddressTable,
  'F-04': (desk, db) =>
    list(
      desk,
      'F-04',
      equipmentTable(desk, db, nothing, () => ({ result: '', note: '' })),
    ),
  'F-05': blankPorts,
  'F-06': blankLabels,
  'F-07': blankTopology,
  'F-11': (desk) => reportPaper(desk, null, null, ''),
  'F-12': (desk, db) => repairSlip(desk, db, null),
  'F-17': (desk, db) => applicationPaper(desk, db, 'access', { row: null, today: '' }),
  'F-18': (desk, db) => applicationPaper(desk, db, 'binding', { row: null, today: '' }),
  'F-19': (desk, db) => blankLetter(desk, db),
  'F-18B': (desk, db) => noticePaper(desk, db, null),
  'F-20': (desk) => custodyPaper(desk, '', []),
  'F-25': (desk, db) => checklistPaper(desk, db, { handover: null, area: nothing, items: blankItems(), gaps: [] }, ''),
  DZ: (desk, db) => requestLetter(desk, db, null),
};

export const blankPaper = (desk: Desk, db: ReadDb, form: BlankForm): Paper => blanks[form](desk, db);

/** A list form: its title, the three lines under it, and a page of rows to write in. */
function list(desk: Desk, form: BlankForm, table: Parameters<typeof emptyRows>[0]): Paper {
  const { t } = desk;
  const section: PaperSection = {
    page: 'landscape',
    title: heading(desk, form),
    under: [t('paper.unit'), t('paper.area'), t('paper.number')],
    blocks: [emptyRows(table, ROWS)],
  };
  return paperOf(desk, form, { number: '', sections: [section] });
}

const blankItems = () =>
  handoverParts.flatMap((part) =>
    Array.from({ length: PART_ROWS }, () => ({
      part,
      label: '',
      detail: null,
      place: null,
      book: null,
      actual: null,
      result: 'pending' as const,
      note: null,
      opinion: null,
      waived: null,
      subject: null,
    })),
  );
