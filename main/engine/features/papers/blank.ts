/** Empty forms: the same columns and signature lines, with rows to write in. */
import { handoverParts } from '../../../../shared/features/handover.ts';
import type { BlankForm } from '../../../../shared/features/papers.ts';
import type { Paper, PaperSection } from '../../../../shared/paper.ts';
import type { ReadDb } from '../../db.ts';
import type { Area } from '../handover/area.ts';
import { checklistPaper } from '../handover/checklist.ts';
import { heading, pageWords, type Desk } from './desk.ts';
import { emptyRows, equipmentTable, userTable } from './lists.ts';
import { repairSlip } from './slip.ts';

const nothing: Area = {
  name: '',
  places: new Map(),
  equipment: [],
  devices: [],
  tools: [],
  bindings: [],
  holders: new Map(),
  tickets: [],
};
/** Rows that fill one landscape A4 page under the title. */
const ROWS = 14;
/** Rows a part of the blank checklist gets. */
const PART_ROWS = 4;

export function blankPaper(desk: Desk, db: ReadDb, form: BlankForm): Paper {
  const { t } = desk;
  switch (form) {
    case 'F-12':
      return marked(desk, repairSlip(desk, db, null));
    case 'F-25':
      return marked(desk, checklistPaper(desk, db, { handover: null, area: nothing, items: blankItems(), gaps: [] }));
    case 'F-01':
    case 'F-04': {
      const table =
        form === 'F-01'
          ? userTable(desk, nothing)
          : equipmentTable(desk, db, nothing, () => ({ result: '', note: '' }));
      const section: PaperSection = {
        page: 'landscape',
        title: heading(desk, form),
        under: [t('paper.unit'), t('paper.area'), t('paper.number')],
        blocks: [emptyRows(table, ROWS)],
      };
      return marked(desk, {
        form,
        language: desk.language,
        unit: desk.unit,
        number: '',
        sections: [section],
        copies: [''],
        foot: { page: pageWords(desk), made: '', copies: '' },
      });
    }
  }
}

const marked = (desk: Desk, paper: Paper): Paper => ({
  ...paper,
  copies: [''],
  foot: { ...paper.foot, made: desk.t('paper.made_blank') },
});

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
