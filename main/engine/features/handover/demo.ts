/** The demo school's three handovers (domain.md §4): one done in five days, one overdue, one running over a holiday. */
import { handoverDueDay } from '../../../../shared/calendar/deadlines.ts';
import { addDays, momentOf } from '../../../../shared/day.ts';
import { handoverItems, handovers } from '../../../../shared/features/handover.ts';
import { readCalendar } from '../../calendar.ts';
import type { WriteDb } from '../../door.ts';
import type { Engine } from '../../engine.ts';
import { nextNumber } from '../../numbers.ts';
import { LEAVER } from '../custody/demo.ts';
import { deskOf } from '../papers/desk.ts';
import { readArea } from './area.ts';
import { findItems, itemsOf, writeItems, type Item } from './gather.ts';

interface Plan {
  readonly building: string;
  readonly giver: string;
  readonly receiver: string;
  readonly supervisor: string | null;
  readonly reason: 'leaving' | 'transfer' | 'custody';
  /** Days before today. */
  readonly start: number;
  /** Days it took; left out: it still runs. */
  readonly took?: number;
  /** How many of ten items are checked. */
  readonly checked: number;
}
const plans: readonly Plan[] = [
  {
    building: '综合楼',
    giver: '马会东',
    receiver: '何晓梅',
    supervisor: '赵主任',
    reason: 'transfer',
    start: 32,
    took: 5,
    checked: 10,
  },
  {
    building: '教学楼',
    giver: '何晓梅',
    receiver: '马会东',
    supervisor: '赵主任',
    reason: 'custody',
    start: 19,
    checked: 8,
  },
  {
    building: '信息实验楼',
    giver: LEAVER,
    receiver: '何晓梅',
    supervisor: null,
    reason: 'leaving',
    start: 5,
    checked: 4,
  },
];
/** Mid-morning, in minutes of the day. */
const CHECKED_AT = 10 * 60;

export function writeHandovers(tx: WriteDb, engine: Engine): void {
  const today = engine.today();
  const calendar = readCalendar(tx);
  const { t } = deskOf(engine);
  for (const { building, start, took, checked, ...people } of plans) {
    const location_id = tx.value<string>(
      "SELECT id FROM locations WHERE kind = 'building' AND name = ? LIMIT 1",
      building,
    );
    if (location_id === undefined) continue;
    const start_on = addDays(today, -start);
    const handover = tx.insert(handovers, {
      ...people,
      location_id,
      number: nextNumber(tx, 'JJ', engine.machine(), start_on),
      state: took === undefined ? 'running' : 'settled',
      start_on,
      due_on: handoverDueDay(calendar, start_on),
      done_on: took === undefined ? null : addDays(start_on, took),
      gathered_at: momentOf(start_on, CHECKED_AT),
      archive_number: took === undefined ? null : `JJ-${start_on.slice(0, 4)}-07`,
      filed_on: took === undefined ? null : addDays(start_on, took + 1),
    });
    writeItems(tx, handover.id, findItems(readArea(tx, handover), t, start_on));
    const items = itemsOf(tx, handover.id);
    const by = `${people.receiver}@${engine.machine()}`;
    const done = items.filter((_, index) => index % 10 < checked);
    for (const item of done)
      tx.patch(handoverItems, item.id, {
        result: 'match',
        actual: item.book,
        checked_at: momentOf(addDays(start_on, 1), CHECKED_AT),
        checked_by: by,
      });
    differ(tx, done, took !== undefined);
  }
}

/** Two differences in every handover: one that was let pass, one that is disputed. */
function differ(tx: WriteDb, done: readonly Item[], settled: boolean): void {
  const wrong = done.filter(({ part }) => part === 'B' || part === 'C').slice(0, 2);
  const [lost, disputed] = wrong;
  if (lost)
    tx.patch(handoverItems, lost.id, {
      result: 'mismatch',
      actual: null,
      note: '与台账不符，现场未找到',
      opinion: '由移交人五日内说明去向，不影响交接',
      waived: true,
    });
  if (!disputed) return;
  const opinion = settled ? '台账登记有误，按现场更正' : null;
  tx.patch(handoverItems, disputed.id, { result: 'mismatch', note: '数量少于账面', opinion, actual: null });
  tx.insert(handoverItems, {
    handover_id: disputed.handover_id,
    part: 'H',
    position: 100_000,
    label: disputed.label,
    place: disputed.place,
    note: '移交人称已调往备件库，接收人未见调拨单',
    about_id: disputed.id,
    result: settled ? 'match' : 'pending',
    opinion,
  });
}
