/** The demo school's applications: 12, three of them not signed yet (domain.md §4); one outside access is past its term. */
import { applications } from '../../../shared/features/applications.ts';
import { addDays } from '../../../shared/day.ts';
import type { DraftOf } from '../../../shared/record.ts';
import type { WriteDb } from '../door.ts';
import type { Campus, Person } from './registers.ts';

type Draft = DraftOf<typeof applications>;

/** People without an address of their own come after those who have one. */
const WITHOUT_ADDRESS = 160;
const SIGNER = '周国强';

/** `number` gives out the human numbers of a code in the month of a day. */
export function writeApplications(
  tx: WriteDb,
  { people, bindings }: Campus,
  today: string,
  number: (code: 'RW' | 'ZR', day: string) => string,
): void {
  const of = (
    person: Person,
  ): Pick<Draft, 'person_id' | 'name' | 'department' | 'phone' | 'staff_number' | 'location_id'> => ({
    person_id: person.id,
    name: person.name,
    department: person.department,
    phone: person.phone,
    staff_number: person.number,
    location_id: person.location_id,
  });
  const add = (back: number, draft: Omit<Draft, 'number' | 'applied_on'>): void => {
    const day = addDays(today, -back);
    tx.insert(applications, { ...draft, number: number(draft.kind === 'binding' ? 'RW' : 'ZR', day), applied_on: day });
  };
  const person = (index: number): Person => people[index] as Person;
  const line = { kind: 'binding', device_kind: 'desktop', device: '台式计算机', purpose: '日常办公' } as const;
  const signed = (back: number) => ({ signed_by: SIGNER, signed_on: addDays(today, -back) });

  // Opened: each with the address that its applicant holds.
  for (let i = 0; i < 7; i += 1) {
    const who = person(i * 11);
    const held = bindings.find(({ person_id }) => person_id === who.id);
    add(150 - i * 20, {
      ...line,
      ...of(who),
      state: 'opened',
      location_id: held?.location_id ?? who.location_id,
      mac: held?.mac ?? null,
      binding_id: held?.id ?? null,
      ...signed(148 - i * 20),
      opened_on: addDays(today, -(147 - i * 20)),
    });
  }
  add(4, {
    ...line,
    ...of(person(WITHOUT_ADDRESS + 3)),
    state: 'signed',
    mac: '8C1645D00A01',
    ...signed(1),
  });
  // Not signed yet: a registered one, one of a name that others bear as well, and outside access.
  add(3, { ...line, ...of(person(WITHOUT_ADDRESS + 8)), state: 'applied', mac: '8C1645D00A02' });
  add(1, {
    ...line,
    state: 'applied',
    name: '王芳',
    department: '七年级组',
    phone: '13800000001',
    device_kind: 'laptop',
    device: '笔记本电脑',
    purpose: '新入职教师备课',
  });
  add(2, {
    kind: 'access',
    state: 'applied',
    name: '陈立新',
    department: '临江市恒信科技有限公司',
    phone: '13800000002',
    access_kind: 'third_party',
    target: '10.20.110.3:443',
    purpose: '一卡通系统升级调试',
    from_on: addDays(today, 10),
    until_on: addDays(today, 24),
    has_antivirus: true,
    has_patches: true,
    knows_secrecy: true,
  });
  add(64, {
    kind: 'access',
    state: 'opened',
    name: '郭建明',
    department: '临江市恒信科技有限公司',
    phone: '13800000003',
    access_kind: 'remote',
    target: '10.20.110.2:3389',
    purpose: '财务系统远程维护',
    from_on: addDays(today, -60),
    until_on: addDays(today, -6),
    has_antivirus: true,
    has_patches: true,
    is_dedicated: true,
    knows_secrecy: true,
    ...signed(62),
    opened_on: addDays(today, -60),
  });
}
