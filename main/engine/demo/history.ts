/** The demo school's tickets: half a year of repairs with the mix of faults of domain.md §4. */
import { tickets, ticketEvents } from '../../../shared/features/tickets.ts';
import { calendarOf, isWorkday, workdayOnOrBefore } from '../../../shared/calendar.ts';
import { repairDueDay } from '../../../shared/calendar/deadlines.ts';
import { closeOf } from '../../../shared/calendar/hours.ts';
import { addDays, DAY_MS, dayOf, momentOf } from '../../../shared/day.ts';
import type { DraftOf } from '../../../shared/record.ts';
import type { WriteDb } from '../door.ts';
import type { Chance } from './chance.ts';
import type { Campus, Person } from './registers.ts';

type Draft = DraftOf<typeof tickets>;
type Category = Draft['category'];
type EventKind = DraftOf<typeof ticketEvents>['kind'];

/** Category, how many of 120, median repair time in hours, symptom, action. */
const FAULTS: readonly (readonly [Category, number, number, string, string])[] = [
  ['cable', 22, 1, '水晶头松动，时断时续', '重做水晶头'],
  ['slow', 16, 4, '网络很慢，网页打不开', '查环路并限速，换口'],
  ['no_access', 15, 1.5, '无法上网，提示未识别的网络', '改正IP配置'],
  ['printer', 12, 3, '打印机脱机，无法打印', '清理队列，换硒鼓'],
  ['ip_conflict', 10, 2, '提示IP地址冲突', '改址，查私设地址'],
  ['wireless', 9, 4, '无线连不上', '重启AP'],
  ['ports_short', 7, 14, '端口不够用，需要加信息点', '申购交换机'],
  ['port_damaged', 7, 3, '墙上信息点插不紧', '更换模块'],
  ['pc', 6, 1, '电脑蓝屏，无法开机', '指导用户重装系统'],
  ['switch_power', 4, 6, '整层断网', '更换交换机电源'],
  ['virus', 4, 6, '电脑中毒，弹窗广告', '断网查杀'],
  ['loop', 3, 2.5, '办公室网络时断时续，交换机灯狂闪', '定位环路端口并关闭'],
  ['projection', 3, 4, '投影没有信号', '更换视频线'],
  ['other', 2, 2, '需要协助调试设备', '现场协助'],
];
/** The 20 tickets still open: state, and how many working days ago each was reported. Two are overdue, three due today, one is of today. */
const OPEN: readonly (readonly [Draft['state'], number])[] = [
  ['paused', 9],
  ['paused', 7],
  ['paused', 6],
  ['paused', 4],
  ['working', 4],
  ['working', 3],
  ['to_confirm', 4],
  ['to_confirm', 3],
  ['to_confirm', 3],
  ['to_confirm', 2],
  ['to_confirm', 2],
  ['to_confirm', 1],
  ['working', 2],
  ['working', 2],
  ['working', 2],
  ['working', 1],
  ['working', 1],
  ['open', 1],
  ['open', 1],
  ['open', 0],
];
const CANCELLED = [20, 60];
const HOURS: readonly (readonly [readonly [number, number], number])[] = [
  [[450, 570], 34],
  [[570, 720], 28],
  [[810, 930], 22],
  [[930, 1050], 16],
];
const CHANNELS: readonly (readonly [Draft['channel'], number])[] = [
  ['phone', 55],
  ['chat', 30],
  ['paper', 20],
  ['scan', 10],
  ['round', 5],
];
const CAUSES: Partial<Record<Category, NonNullable<Draft['cause']>>> = {
  no_access: 'configuration',
  ip_conflict: 'configuration',
  virus: 'virus',
  loop: 'human',
};

const calendar = calendarOf();

/** 120 tickets of the half year before `now` (ms), the last 20 still open. `number` gives out the human numbers. */
export function writeTickets(
  tx: WriteDb,
  by: Chance,
  campus: Campus,
  now: number,
  technician: string,
  number: (day: string) => string,
): void {
  const faults = shuffle(
    by,
    FAULTS.flatMap((fault) => Array.from({ length: fault[1] }, () => fault)),
  );
  const past = Array.from({ length: faults.length - OPEN.length }, () => pastMoment(by, now)).toSorted((a, b) => a - b);
  const all = [
    ...past.map((at, i) => [CANCELLED.includes(i) ? 'cancelled' : 'closed', at] as const),
    ...OPEN.map(([state, back]) => [state, openMoment(by, now, back)] as const),
  ];
  for (const [i, [state, at]] of all.entries())
    writeTicket(tx, by, campus, { fault: faults[i] as (typeof FAULTS)[number], at, now, state, technician, number });
}

const shuffle = <T>(by: Chance, list: readonly T[]): T[] =>
  list
    .map((value) => [by.next(), value] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, value]) => value);

/** A working moment 9 to 180 days back, more likely in the newest month (start of term). */
function pastMoment(by: Chance, now: number): number {
  for (;;) {
    const day = addDays(dayOf(now), -(by.next() < 0.12 ? by.int(9, 30) : by.int(9, 180)));
    const [low, high] = by.weighted(HOURS);
    if (isWorkday(calendar, day)) return momentOf(day, by.int(low, high));
  }
}

/** A moment `back` working days ago, never in the future. */
function openMoment(by: Chance, now: number, back: number): number {
  const today = dayOf(now);
  let day = today;
  for (let i = 0; i < back; i += 1) day = workdayOnOrBefore(calendar, addDays(day, -1));
  const [low, high] = by.weighted(HOURS);
  return Math.min(momentOf(day, by.int(low, high)), now - 1_800_000);
}

function writeTicket(
  tx: WriteDb,
  by: Chance,
  campus: Campus,
  plan: {
    fault: (typeof FAULTS)[number];
    at: number;
    now: number;
    state: Draft['state'];
    technician: string;
    number: (day: string) => string;
  },
): void {
  const [category, , median, symptom, action] = plan.fault;
  const binding = by.pick(campus.bindings);
  const person = campus.people.find(({ id }) => id === binding.person_id) as Person;
  const day = dayOf(plan.at);
  const due = repairDueDay(calendar, day);
  const accepted = plan.at + by.int(2, 50) * 60_000;
  // One repair in ten waited too long; nothing was finished in the future.
  const late = plan.state === 'closed' && by.next() < 0.1 ? 3 * DAY_MS : 0;
  const finished = Math.min(
    accepted + Math.max(0.2, Math.min(12, by.logNormal(median))) * 3_600_000 + late,
    plan.now - 600_000,
  );
  const done = plan.state === 'closed' || plan.state === 'to_confirm';
  const started = done || plan.state === 'working' || plan.state === 'paused';
  const notNetwork = category === 'pc';
  const row = tx.insert(tickets, {
    number: plan.number(day),
    kind: category === 'ports_short' ? 'request' : 'fault',
    person_id: person.id,
    phone: person.phone,
    department: person.department,
    location_id: binding.location_id,
    asset_id: binding.asset_id,
    ip: binding.ip,
    category,
    symptom,
    action: done ? action : null,
    priority: by.weighted([
      ['urgent', 6],
      ['high', 18],
      ['normal', 84],
      ['low', 12],
    ] as const),
    channel: by.weighted(CHANNELS),
    state: plan.state,
    assignee: started ? plan.technician : null,
    reported_at: plan.at,
    accepted_at: started ? accepted : null,
    arrived_at: started ? accepted + 600_000 : null,
    finished_at: done ? Math.round(finished) : null,
    closed_at: plan.state === 'closed' ? Math.round(finished) + 1_800_000 : null,
    due_on: due,
    due_at: closeOf(due),
    paused_at: plan.state === 'paused' ? accepted + 1_200_000 : null,
    pause_reason:
      plan.state === 'paused'
        ? by.weighted([
            ['parts', 3],
            ['user', 1],
          ] as const)
        : null,
    cause: done ? (CAUSES[category] ?? 'wear') : null,
    result: done ? (notNetwork ? 'not_network' : 'fixed') : null,
    satisfaction:
      plan.state === 'closed'
        ? by.weighted([
            ['good', 8],
            ['fair', 2],
          ] as const)
        : null,
  });
  const step = (
    kind: EventKind,
    at: number,
    remark: string | null = null,
    reason: Draft['pause_reason'] = null,
  ): void =>
    void tx.append(ticketEvents, {
      ticket_id: row.id,
      kind,
      at: Math.round(at),
      actor: plan.technician,
      remark,
      reason,
    });
  step('open', plan.at);
  if (plan.state === 'cancelled') step('cancel', plan.at + 1_200_000, '用户自行解决');
  if (!started) return;
  step('accept', accepted);
  step('arrive', accepted + 600_000);
  if (plan.state === 'paused') step('pause', accepted + 1_200_000, null, row.pause_reason);
  if (done) step('finish', finished, action);
  if (plan.state === 'closed') step('close', finished + 1_800_000);
}
