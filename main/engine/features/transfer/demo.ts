/**
 * The user register as it was handed in on 09-05, and what changed since: 7 opened, 9 changed in 14 cells, 2 closed (domain.md §4). Written
 * last, over the whole register, so that nothing else of the demo school counts as a change.
 */
import { bindings } from '../../../../shared/features/ipam.ts';
import { people } from '../../../../shared/features/people.ts';
import { receipts } from '../../../../shared/features/reports.ts';
import { formSpecs } from '../../../../shared/features/transfer/forms.ts';
import { addDays, momentOf } from '../../../../shared/day.ts';
import type { PatchOf } from '../../../../shared/record.ts';
import { freeze, type Maker } from '../../documents.ts';
import type { WriteDb } from '../../door.ts';
import { rowsNow } from './form-rows.ts';
import type { Binding, Campus } from '../../demo/registers.ts';
import type { Engine } from '../../engine.ts';
import { iterateRecords } from '../../list.ts';

/** Days before the demo's own day: 2026-09-05 of 2026-09-29. */
const BACK = 24;
const OPENED = 7;
/** What differs from the copy of 09-05, fields of the binding or of its person: as it was then, or, where the register has nothing, as it is now. Fourteen cells in nine rows. */
const OTHER: readonly (readonly [binding: PatchOf<typeof bindings>, person: PatchOf<typeof people>, reason: string])[] =
  [
    [{ outlet: 'A2-018', switch_port: 'GE0/0/18' }, {}, '办公桌调换，改接旁边的信息点'],
    [{ hostname: 'SZ-OLD-01' }, {}, '重装系统，按规则改计算机名'],
    [{ mac: '00E0FC0A0A01' }, {}, '网卡损坏，更换'],
    [{ outlet: 'A3-022', switch_name: 'A3F-SW2', switch_port: 'GE0/0/22' }, {}, '三楼弱电间改造'],
    [{}, { phone: '13900005566' }, '本人更换手机号'],
    [{}, { department: '教研室' }, '岗位调整'],
    [{ remark: '双面网卡，只用主口' }, {}, '补登备注'],
    [{ mac: '00E0FC0A0A02', hostname: 'SZ-OLD-02' }, {}, '更换电脑'],
    [{ switch_port: 'GE0/0/31', outlet: 'B1-031' }, {}, '原端口损坏，换口'],
  ];

export function writeSubmission(tx: WriteDb, maker: Engine): void {
  const every = { filter: [], sort: [{ field: 'ip', dir: 'asc' as const }] };
  const campus = {
    bindings: [...iterateRecords(tx, bindings, every)].filter(({ state }) => state === 'active'),
    people: [...iterateRecords(tx, people, { filter: [], sort: [] })],
  };
  const technician = maker.setup?.technician ?? '';
  const today = maker.today();
  const sent = addDays(today, -BACK);
  const own = pickLines(campus, sent);
  const changed = own.slice(0, OTHER.length);
  const opened = own.slice(OTHER.length, OTHER.length + OPENED);
  const undo = changed.map((binding, i) => takeBack(tx, binding, i));
  const closed = closing(tx, campus, sent);
  const late = new Set(opened.map(({ id }) => id));
  const rows = [...rowsNow(tx, 'F-01')].filter(({ id }) => !late.has(id));
  const spec = formSpecs['F-01'];
  const copy = freeze(
    tx,
    { ...then(maker, sent), actor: () => maker.actor() },
    {
      form: 'F-01',
      code: spec.code,
      title: `临江市第三中学${spec.title}`,
      kind: 'submission',
      content: {
        columns: spec.columns.map(({ key }) => key),
        rows: Object.fromEntries(rows.map(({ id, values }) => [id, values])),
      },
    },
  );
  tx.insert(receipts, {
    document_id: copy.id,
    sent_to: '网络中心',
    sent_on: sent,
    receiver: '周启明',
    received_on: sent,
    archive_number: `WLZX-${sent.slice(0, 4)}-041`,
  });
  for (const redo of undo) redo();
  for (const [i, { id }] of opened.entries()) {
    const day = addDays(today, i < 4 ? -2 : -1);
    tx.patch(bindings, id, { opened_on: day, opened_at: momentOf(day, 540 + i * 25), reason: '新学期增加用户' });
  }
  for (const { id } of closed)
    tx.patch(bindings, id, {
      state: 'released',
      released_at: momentOf(addDays(today, -1), 990),
      reason: `离校，收回地址（${technician}）`,
    });
}

/**
 * Sixteen lines that were open before that day, spread over the buildings. Where a person changed, one who holds a single line: the change is
 * one row.
 */
function pickLines({ bindings: all }: Pick<Campus, 'bindings'>, sent: string): Binding[] {
  const old = all.filter(({ opened_on }) => opened_on < sent);
  const held = Map.groupBy(all, ({ person_id }) => person_id);
  const single = old.filter(({ person_id }) => held.get(person_id)?.length === 1);
  const others = old.filter((line) => !single.includes(line));
  const taken = { single: single.entries(), others: spread(others).entries() };
  const isPersonal = [
    ...OTHER.map(([, person]) => Object.keys(person).length > 0),
    ...Array.from({ length: OPENED }, () => false),
  ];
  return isPersonal.flatMap((personal) => taken[personal ? 'single' : 'others'].next().value?.[1] ?? []);
}
/** Every so many-th, from the beginning to the end. */
const spread = <T>(list: readonly T[]): T[] => {
  const step = Math.max(1, Math.floor(list.length / (OTHER.length + OPENED)));
  return list.filter((_, i) => i % step === 0);
};

/** Sets a row back to what it said then; what is returned makes it what it is now, with the reason on record. */
function takeBack(tx: WriteDb, { id, person_id }: Binding, i: number): () => void {
  const [binding, person, reason] = OTHER[i] ?? [{}, {}, ''];
  const lines = splitUp(tx.need(bindings, id), binding);
  const holder = splitUp(tx.need(people, person_id), person);
  tx.patch(bindings, id, lines.past);
  tx.patch(people, person_id, holder.past);
  return () => {
    tx.patch(bindings, id, { ...lines.present, reason });
    tx.patch(people, person_id, holder.present);
  };
}
function splitUp<T extends object>(row: T, other: Partial<T>): { past: Partial<T>; present: Partial<T> } {
  const fields = Object.keys(other) as (keyof T)[];
  const take = (from: (field: keyof T) => T[keyof T] | undefined): Partial<T> =>
    Object.fromEntries(fields.map((field) => [field, from(field)])) as Partial<T>;
  return {
    past: take((field) => (row[field] === null ? row[field] : other[field])),
    present: take((field) => (row[field] === null ? other[field] : row[field])),
  };
}

/** Two addresses that were in use then. They are beyond those of the register, which counts 600 computers. */
function closing(
  tx: WriteDb,
  { bindings: all, people: staff }: Pick<Campus, 'bindings' | 'people'>,
  sent: string,
): Binding[] {
  const like = all.find(({ hostname }) => hostname !== null);
  if (!like) return [];
  const net = like.ip.split('.').slice(0, 3).join('.');
  return [251, 252].map((host, i) => {
    const opened = addDays(sent, -180 - i);
    return tx.insert(bindings, {
      ip: `${net}.${host}`,
      mac: `00E0FC0B0B0${i + 1}`,
      person_id: staff[staff.length - 1 - i]?.id ?? like.person_id,
      location_id: like.location_id,
      subnet_id: like.subnet_id,
      hostname: `SZ-LX-0${i + 1}`,
      state: 'active',
      opened_on: opened,
      opened_at: momentOf(opened, 600),
    });
  });
}

/** The same maker on an earlier day, late in the afternoon. */
const then = (maker: Maker, day: string): Omit<Maker, 'actor'> => ({
  today: () => day,
  machine: () => maker.machine(),
  clock: { now: () => momentOf(day, 16 * 60 + 10) },
});
