/** The demo school's tickets: half a year of repairs in exactly the numbers of domain.md §4, each with the work log it would have. */
import { tickets, ticketEvents } from '../../../shared/features/tickets.ts';
import { shippedAid } from '../../../shared/features/tickets/first-aid.ts';
import { partsText } from '../../../shared/features/tickets/parts.ts';
import { calendarOf, isWorkday, workdayOnOrBefore } from '../../../shared/calendar.ts';
import { addWorking } from '../../../shared/calendar/hours.ts';
import { addDays, addMonths, DAY_MS, dayOf, momentOf, weekday } from '../../../shared/day.ts';
import type { DraftOf } from '../../../shared/record.ts';
import { replay, standardPolicy } from '../../../shared/sla.ts';
import { translator } from '../../../shared/translate.ts';
import type { WriteDb } from '../door.ts';
import type { Chance } from './chance.ts';
import {
  channelCounts,
  faultPlans,
  monthCounts,
  openPlans,
  placeCounts,
  priorityCounts,
  reportHours,
  weekdayWeights,
  type FaultPlan,
} from './faults.ts';
import { bindingsByBuilding, staffOf, type Spot } from './repairs.ts';
import type { Campus } from './registers.ts';

type Draft = DraftOf<typeof tickets>;
type Event = Omit<DraftOf<typeof ticketEvents>, 'ticket_id' | 'actor'>;
const calendar = calendarOf();
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Of the closed ones, in the order of their reports: those the user withdrew, and two that came back after they were repaired. */
const CANCELLED = [20, 60];
const REOPENED = [30, 60];
const WAITS_FOR = ['parts', 'parts', 'parts', 'user'] as const;

const shuffle = <T>(by: Chance, list: readonly T[]): T[] =>
  list
    .map((value) => [by.next(), value] as const)
    .toSorted(([a], [b]) => a - b)
    .map(([, value]) => value);
const spread = <K extends string>(counts: Readonly<Record<K, number>>): K[] =>
  (Object.keys(counts) as K[]).flatMap((key) => Array.from({ length: counts[key] }, () => key));

interface Plan {
  readonly fault: FaultPlan;
  readonly late: boolean;
  readonly at: number;
  readonly state: Draft['state'];
  readonly priority: Draft['priority'];
  readonly channel: Draft['channel'];
  readonly spot: Spot;
  readonly technician: string;
  readonly reason: (typeof WAITS_FOR)[number] | null;
  readonly reopened: boolean;
}

/** 120 tickets of the six months before `now` (ms), the last 20 still open. `number` gives out the human numbers. */
export function writeTickets(
  tx: WriteDb,
  by: Chance,
  campus: Campus,
  now: number,
  technician: string,
  number: (day: string) => string,
): void {
  for (const plan of plansOf(tx, by, campus, now, technician)) writeTicket(tx, by, plan, now, number);
}

function plansOf(tx: WriteDb, by: Chance, campus: Campus, now: number, technician: string): Plan[] {
  const lateFaults = faultPlans.flatMap((fault) => Array.from({ length: fault.late }, () => fault));
  const others = shuffle(
    by,
    faultPlans.flatMap((fault) => Array.from({ length: fault.n - fault.late }, () => fault)),
  );
  // Nobody waits for a user's confirmation, or for parts, of advice given over the telephone.
  const [advised, rest] = [others.filter(isAdvice), others.filter((fault) => !isAdvice(fault))];
  const openFaults = rest.slice(0, openPlans.length);
  const past = pastMoments(by, now).toSorted((a, b) => a - b);
  const closable = shuffle(by, [
    ...lateFaults.map((fault) => ({ fault, late: true })),
    ...[...advised, ...rest.slice(openPlans.length)].map((fault) => ({ fault, late: false })),
  ]);
  const onTime = closable.filter(({ late }) => !late);
  const withdrawn = new Set(onTime.filter(({ fault }) => !isAdvice(fault)).slice(0, CANCELLED.length));
  const closed = closable.filter((each) => !withdrawn.has(each));
  for (const [i, each] of [...withdrawn].entries()) closed.splice(CANCELLED[i] ?? 0, 0, each);
  const all = [
    ...closed.map(
      (each, i) => ({ ...each, state: withdrawn.has(each) ? 'cancelled' : 'closed', at: past[i] ?? now }) as const,
    ),
    ...openPlans.map(([state, back], i) => ({
      fault: openFaults[i] as FaultPlan,
      late: false,
      state,
      at: openMoment(by, now, back),
    })),
  ].toSorted((a, b) => a.at - b.at);
  const spots = bindingsByBuilding(tx, campus);
  const places = shuffle(by, spread(placeCounts));
  const priorities = shuffle(by, spread(priorityCounts));
  const channels = shuffle(by, spread(channelCounts));
  const staff = staffOf(technician);
  const repaired = all.filter(({ state, late, fault }) => state === 'closed' && !late && !isAdvice(fault));
  const again = new Set(REOPENED.map((i) => repaired[i]));
  let waiting = 0;
  return all.map((each, i) => {
    const place = places[i] ?? 'C';
    return {
      ...each,
      priority: priorities[i] ?? 'normal',
      channel: channels[i] ?? 'phone',
      spot: by.pick(spots[place]),
      technician: staff[place],
      reason: each.state === 'paused' ? (WAITS_FOR[waiting++] ?? 'parts') : null,
      reopened: again.has(each),
    };
  });
}
const isAdvice = ({ category }: FaultPlan): boolean => category === 'pc';

/** Moments of the closed ones, by month; in a month that has just begun those of the present one lie in the 30 days before. */
function pastMoments(by: Chance, now: number): number[] {
  const today = dayOf(now);
  const month = `${today.slice(0, 7)}-01`;
  return monthCounts.flatMap((count, i) => {
    const back = monthCounts.length - 1 - i;
    const first = addMonths(month, -back);
    const last = back > 0 ? addDays(addMonths(first, 1), -1) : addDays(today, -9);
    const from = last < addDays(first, 7) ? addDays(last, -30) : first;
    const own = back > 0 ? count : count - openPlans.length;
    return Array.from({ length: own }, () => momentIn(by, from, last));
  });
}

function momentIn(by: Chance, from: string, last: string): number {
  const days = Math.round((momentOf(last) - momentOf(from)) / DAY_MS);
  const all = Array.from({ length: days + 1 }, (_, i) => addDays(from, i));
  const weights = all
    .filter((day) => isWorkday(calendar, day))
    .map((day) => [day, weekdayWeights[weekday(day) - 1] ?? 0] as const);
  const [low, high] = by.weighted(reportHours);
  return momentOf(by.weighted(weights), by.int(low, high));
}

/** A moment `back` working days ago, never in the future. */
function openMoment(by: Chance, now: number, back: number): number {
  const today = dayOf(now);
  let day = today;
  for (let i = 0; i < back; i += 1) day = workdayOnOrBefore(calendar, addDays(day, -1));
  const [low, high] = by.weighted(reportHours.slice(0, 3));
  return Math.min(momentOf(day, by.int(low, high)), now - 30 * MINUTE_MS);
}

interface Story {
  readonly events: Event[];
  readonly finished: number | null;
  readonly due_at: number;
  readonly due_on: string;
}
/** What happened in its order, and the deadline that follows from it. */
function storyOf(by: Chance, { fault, late, at, state, priority, reason, reopened }: Plan, now: number): Story {
  const t = translator('zh-CN');
  const start = { reported_at: at, priority };
  const due = replay(standardPolicy, calendar, start, []).due_at;
  const accepted = Math.min(addWorking(calendar, at, by.int(2, 50) * MINUTE_MS), now - 25 * MINUTE_MS);
  const arrived = accepted + by.int(5, 15) * MINUTE_MS;
  const took = Math.max(0.2, by.logNormal(fault.median)) * HOUR_MS;
  const wanted = addWorking(calendar, late ? due : arrived, late ? by.int(1, 9) * HOUR_MS : took);
  const inTime = Math.min(wanted, due - 20 * MINUTE_MS);
  const finished = Math.min(late ? wanted : Math.max(inTime, arrived + 5 * MINUTE_MS), now - 10 * MINUTE_MS);
  const events: Event[] = [{ kind: 'open', at }];
  const add = (kind: Event['kind'], when: number, more: Partial<Event> = {}): void =>
    void events.push({ kind, at: Math.round(when), ...more });
  const end = (): Story => {
    const { due_at, due_on } = replay(standardPolicy, calendar, start, events);
    const done = state === 'closed' || state === 'to_confirm';
    return { events, finished: done ? Math.round(finished) : null, due_at, due_on };
  };
  if (state === 'cancelled') add('cancel', at + 20 * MINUTE_MS, { remark: '用户自行解决' });
  if (state === 'cancelled' || state === 'open') return end();
  add('accept', accepted);
  add('arrive', arrived);
  if (state === 'working' || by.next() < 0.25)
    for (const [i, code] of shippedAid[fault.category].slice(0, by.int(1, 3)).entries()) {
      const step = t(`tickets.aid.${code}`);
      const outcome = i === 0 && by.next() < 0.5 ? 'bad' : 'ok';
      const words = t('tickets.aidSaid', { step, outcome: t(`option.ticket_events.aid_outcome.${outcome}`) });
      add('note', arrived + (i + 1) * MINUTE_MS, { remark: words, aid_step: step, aid_outcome: outcome });
    }
  if (reason) add('pause', arrived + 10 * MINUTE_MS, { reason });
  const done = state === 'closed' || state === 'to_confirm';
  if (done && isAdvice(fault)) add('advise', finished, { remark: fault.action });
  else if (done) {
    if (reopened) {
      add('finish', finished - 4 * MINUTE_MS, { remark: fault.action });
      add('reopen', finished - 2 * MINUTE_MS, { remark: '用户说又断了' });
    }
    add('finish', finished, { remark: fault.action });
  }
  if (state === 'closed' && !isAdvice(fault)) add('close', Math.min(finished + 30 * MINUTE_MS, now - 5 * MINUTE_MS));
  return end();
}

function writeTicket(tx: WriteDb, by: Chance, plan: Plan, now: number, number: (day: string) => string): void {
  const { fault, state, spot, technician } = plan;
  const { events, finished, due_at, due_on } = storyOf(by, plan, now);
  const when = (kind: Event['kind']): number | null => events.findLast((each) => each.kind === kind)?.at ?? null;
  const advised = finished !== null && isAdvice(fault);
  const repaired = finished !== null && !advised;
  const paid = repaired && fault.category === 'switch_power' && plan.late;
  const row = tx.insert(tickets, {
    number: number(dayOf(plan.at)),
    kind: fault.category === 'ports_short' ? 'request' : fault.category === 'other' ? 'consultation' : 'fault',
    person_id: spot.person?.id ?? null,
    reporter: spot.person ? null : '门卫老周',
    phone: spot.person?.phone ?? null,
    department: spot.person?.department ?? null,
    location_id: spot.location_id,
    asset_id: spot.asset_id,
    ip: spot.ip,
    category: fault.category,
    symptom: by.pick(fault.symptoms),
    action: repaired ? fault.action : null,
    advice: advised ? '不是网络问题，指导重装系统，资料先备份' : null,
    priority: plan.priority,
    channel: plan.channel,
    state,
    assignee: technician,
    reported_at: plan.at,
    accepted_at: when('accept'),
    arrived_at: when('arrive'),
    finished_at: finished,
    closed_at: state === 'closed' ? (when('close') ?? finished) : when('cancel'),
    due_on,
    due_at,
    paused_at: when('pause'),
    pause_reason: plan.reason,
    cause: repaired ? fault.cause : null,
    parts: repaired && fault.parts.length > 0 ? partsText(fault.parts) : null,
    part_lines: repaired && fault.parts.length > 0 ? JSON.stringify(fault.parts) : null,
    requisition: fault.category === 'ports_short' && !repaired ? '8 口千兆交换机 1 台' : null,
    vendor: paid ? '临江市恒信科技有限公司' : null,
    vendor_contact: paid ? '小王 13800000000' : null,
    vendor_called_at: paid ? when('arrive') : null,
    vendor_arrived_at: paid && finished !== null ? finished - HOUR_MS : null,
    off_site: paid ? false : null,
    cost: paid ? 68_000 : null,
    result: advised ? 'not_network' : repaired ? 'fixed' : null,
    satisfaction:
      state === 'closed' && repaired
        ? by.weighted([
            ['good', 80],
            ['fair', 16],
            ['bad', 4],
          ] as const)
        : null,
  });
  for (const event of events) tx.append(ticketEvents, { ...event, ticket_id: row.id, actor: technician });
}
