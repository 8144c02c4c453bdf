/** Freezes the notice of change under a number of its own; a reprint of the same change is the same notice. */
import { bindings } from '../../../../shared/features/ipam.ts';
import { dayOf } from '../../../../shared/day.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { DocumentRow } from '../../documents.ts';
import type { WriteDb } from '../../door.ts';
import type { Engine } from '../../engine.ts';
import { nextNumber } from '../../numbers.ts';
import { refText } from '../../titles.ts';
import { deskOf, printPaper } from '../papers/desk.ts';
import { personById } from '../people.ts';
import { noticePaper, type Change, type Notice } from './notice.ts';

const FORM = 'F-18B';
/** 变更通知单; `YB` is the monthly report's. */
const CODE = 'TZ';
const TITLE_MAX = 120;

export function freezeNotice(
  tx: WriteDb,
  engine: Engine,
  made: Pick<Notice, 'reason' | 'department' | 'changes'>,
): DocumentRow {
  const desk = deskOf(engine);
  const [first] = made.changes;
  if (!first) throw refuse('not_found');
  const name = refText(tx, 'people', first.after.person_id);
  const moves = made.changes.map(({ before, after }) => `${before.ip} → ${after.ip}`).join('；');
  const day = dayOf(first.after.id === first.before.id ? engine.clock.now() : first.after.opened_at);
  const title = `${desk.t('form.F-18B')} ${name} ${day} ${moves}`.slice(0, TITLE_MAX);
  const known = tx.value<string>(
    "SELECT number FROM documents WHERE form = ? AND title = ? AND kind = 'print' AND deleted_at IS NULL ORDER BY made_at LIMIT 1",
    FORM,
    title,
  );
  const number = known ?? nextNumber(tx, CODE, engine.machine(), engine.today());
  const notice: Notice = { ...made, number, day };
  return printPaper(tx, engine, { form: FORM, code: CODE, title, number, paper: noticePaper(desk, tx, notice) });
}

/** Of a binding that took over from one released in the same moment for the same person. */
export function noticeAgain(tx: WriteDb, engine: Engine, id: string): DocumentRow {
  const after = tx.need(bindings, id);
  const before = tx.get<{ id: string }>(
    `SELECT id FROM bindings WHERE person_id = ? AND released_at = ? AND state = 'released' AND deleted_at IS NULL AND id <> ?
     ORDER BY asset_id IS ? DESC, mac IS ? DESC, id DESC LIMIT 1`,
    after.person_id,
    after.opened_at,
    after.id,
    after.asset_id,
    after.mac,
  );
  if (!before) throw refuse('notice_no_change', { ip: after.ip });
  const department = personById(tx, after.person_id)?.department ?? '';
  const change: Change = { before: tx.need(bindings, before.id), after };
  return freezeNotice(tx, engine, {
    reason: after.reason ?? '',
    department: [department, department],
    changes: [change],
  });
}
