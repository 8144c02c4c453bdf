/** Applications for a line: 入网/IP-MAC绑定申请表 (F-18) and 网络外联及准入申请表 (F-17). Paper first: printed, signed by hand, then opened. */
import { z } from 'zod';
import { call } from '../call.ts';
import { dayText } from '../day.ts';
import { history } from '../history.ts';
import { listOf, listQuery } from '../list.ts';
import { choice, day, flag, idText, mac, note, record, ref, text } from '../record.ts';
import { documents } from './documents.ts';
import { people } from './people.ts';

const applicationKinds = ['binding', 'access'] as const;
export type ApplicationKind = (typeof applicationKinds)[number];
/** The form each is printed on, and the code of its number (domain.md §2.4). */
export const applicationForms = {
  binding: { form: 'F-18', code: 'RW' },
  access: { form: 'F-17', code: 'ZR' },
} as const satisfies Record<ApplicationKind, { form: string; code: string }>;

const applicationStates = ['applied', 'signed', 'opened', 'rejected', 'withdrawn', 'cleared'] as const;
export const accessKinds = ['terminal', 'outbound', 'internet', 'remote', 'third_party'] as const;
export const deviceKinds = ['desktop', 'laptop', 'printer', 'server', 'other'] as const;

/** What the applicant asks for; may be filled in bit by bit until it is signed. */
const asked = {
  /** Registered already: name, department, phone and room follow the register where they are left out. */
  person_id: ref('people', { class: 'C', search: 'name' }),
  department: text({ max: 60, search: 'name' }),
  phone: text({ max: 40, search: 'key', personal: true }),
  /** Staff or student number. */
  staff_number: text({ max: 40, personal: true }),
  location_id: ref('locations'),
  device_kind: choice(deviceKinds),
  device: text({ max: 80, search: 'text' }),
  mac: mac({ search: 'key' }),
  asset_id: ref('assets'),
  purpose: note({ max: 500 }),
  from_on: day({ class: 'C' }),
  /** Left out: a lasting line. Only F-18 may leave it out. */
  until_on: day({ class: 'C' }),
  /** Of F-17. */
  access_kind: choice(accessKinds),
  target: text({ max: 200 }),
  has_antivirus: flag(),
  has_patches: flag(),
  is_dedicated: flag(),
  knows_secrecy: flag(),
  remark: note({ class: 'A' }),
} as const;

export const applications = record(
  'applications',
  {
    /** `RW-202609-L03-0001`; its papers carry the same number. */
    number: text({ required: true, max: 40, class: 'C', search: 'key' }),
    kind: choice(applicationKinds, { required: true, class: 'C' }),
    state: choice(applicationStates, { required: true, class: 'C' }),
    name: text({ required: true, max: 60, search: 'name', personal: true }),
    ...asked,
    applied_on: day({ required: true }),
    /** Who signed for the applicant's department or unit; the scan of the page is an attachment. */
    signed_by: text({ max: 60, personal: true }),
    signed_on: day(),
    binding_id: ref('bindings', { class: 'C' }),
    opened_on: day(),
    /** When the access was taken back at the end of its term. */
    cleared_on: day(),
    /** Who entered the last step. */
    handler: text({ max: 80 }),
    /** Why it was rejected or withdrawn. */
    reason: text({ max: 200 }),
  },
  { since: 2 },
);

/** What the form takes: a registered person, or a name. */
export const applying = record('applications', { name: text({ max: 60 }), ...asked });

/** Longest term of a temporary line and of outside access, in days (domain.md §2.3: 临时 ≤ 1 年). */
export const LONGEST_TERM = 366;

const namesake = z.object({
  id: z.string(),
  name: z.string(),
  department: z.string().nullable(),
  place: z.string(),
  phone: z.string().nullable(),
});
export type Namesake = z.infer<typeof namesake>;
const byId = z.object({ id: idText });
const reason = z.string().trim().min(1).max(200);

export const applicationsContract = {
  list: call.input(listQuery).output(listOf(applications)),
  get: call.input(byId).output(
    z.object({
      application: applications.row,
      refs: z.record(z.string(), z.string()),
      /** Registered people of the applicant's name, as long as none of them is chosen. */
      namesakes: z.array(namesake),
      /** Fields that must be filled in before it can be signed. */
      missing: z.array(z.string()),
      /** Past its last day and not taken back yet. */
      overdue: z.boolean(),
      papers: z.array(documents.row),
    }),
  ),
  /** Registered people of this name: two of one name must be told apart before anything is opened. */
  namesakes: call.input(z.object({ name: z.string().max(60) })).output(z.array(namesake)),
  create: call.input(z.object({ kind: z.enum(applicationKinds), draft: applying.draft })).output(applications.row),
  update: call.input(z.object({ id: idText, changes: applying.patch })).output(applications.row),
  /** The signed page came back. */
  sign: call
    .input(z.object({ id: idText, signed_by: z.string().trim().min(1).max(60), signed_on: dayText.optional() }))
    .output(applications.row),
  reject: call.input(z.object({ id: idText, reason })).output(applications.row),
  withdraw: call.input(z.object({ id: idText, reason })).output(applications.row),
  /** Registers the applicant as a new person and names them on the application, in one step. */
  register: call.input(z.object({ id: idText, person: people.draft })).output(applications.row),
  /** F-17: access was given without an address of its own (a remote session, an outside link). */
  grant: call.input(byId).output(applications.row),
  history: call.input(byId).output(history),
  /** The form, frozen under the number of the application. An unchanged one gives the same document again. */
  print: call.input(byId).output(documents.row),
  /** The form filled in from a binding or a person; makes the application that waits for the signature where there is none. */
  printFor: call
    .input(
      z.union([
        z.strictObject({ binding_id: idText }),
        z.strictObject({ person_id: idText, kind: z.enum(applicationKinds).default('binding') }),
      ]),
    )
    .output(documents.row),
};
