/** The way of an application: applied, signed on paper, opened; or rejected, withdrawn, and taken back at the end of its term. */
import {
  applicationForms,
  applications,
  LONGEST_TERM,
  type ApplicationKind,
  type applying,
  type Namesake,
} from '../../../../shared/features/applications.ts';
import { daysBetween } from '../../../../shared/day.ts';
import { people } from '../../../../shared/features/people.ts';
import type { MessageKey } from '../../../../shared/messages.ts';
import type { DraftOf, PatchOf } from '../../../../shared/record.ts';
import type { Translate } from '../../../../shared/refusal-text.ts';
import { refuse } from '../../../../shared/refusal.ts';
import type { ReadDb } from '../../db.ts';
import type { WriteDb } from '../../door.ts';
import { nextNumber } from '../../numbers.ts';
import { locationPath } from '../../titles.ts';
import type { Application } from './standing.ts';

type State = Application['state'];
/** Who does it, when, and in which words. */
export interface Maker {
  readonly today: string;
  readonly machine: string;
  readonly actor: string;
  readonly t: Translate;
}

/** What must be filled in before a signature means anything (domain.md §2.3). */
const needed: Readonly<Record<ApplicationKind, readonly (keyof Application)[]>> = {
  binding: ['name', 'department', 'phone', 'location_id', 'mac'],
  access: ['name', 'department', 'phone', 'access_kind', 'purpose', 'from_on', 'until_on'],
};
export const missingIn = (row: Application): string[] =>
  needed[row.kind].filter((field) => row[field] === null || row[field] === '');

export const isOverdue = ({ state, until_on }: Application, today: string): boolean =>
  state === 'opened' && until_on !== null && until_on < today;

/** Registered people of a name, told apart by department and room. */
export const namesakesOf = (db: ReadDb, name: string): Namesake[] =>
  db
    .all<{ id: string; name: string; department: string | null; location_id: string | null; phone: string | null }>(
      "SELECT id, name, department, location_id, phone FROM people WHERE name = ? AND status = 'active' AND deleted_at IS NULL ORDER BY department, id LIMIT 20",
      name.trim(),
    )
    .map(({ location_id, ...person }) => ({ ...person, place: location_id ? locationPath(db, location_id) : '' }));

type Asked = PatchOf<typeof applying>;
/** A registered applicant brings along what the register knows; what was written stays. */
function follow(tx: WriteDb, given: Asked, before: Partial<Application> = {}): Asked {
  if (!given.person_id) return given;
  const person = tx.need(people, given.person_id);
  if (person.status !== 'active') throw refuse('person_left', { name: person.name });
  const known = (field: 'department' | 'phone' | 'location_id', value: string | null): string | null =>
    given[field] ?? before[field] ?? value;
  return {
    ...given,
    name: person.name,
    department: known('department', person.department),
    phone: known('phone', person.phone),
    location_id: known('location_id', person.location_id),
    staff_number: given.staff_number ?? before.staff_number ?? person.number,
  };
}

/** The term: forwards, and no longer than a year. */
function checkTerm({ from_on, until_on, applied_on }: Pick<Application, 'from_on' | 'until_on' | 'applied_on'>): void {
  if (until_on === null) return;
  const from = from_on ?? applied_on;
  if (until_on < from) throw refuse('application_backwards', { from, until: until_on });
  if (daysBetween(from, until_on) > LONGEST_TERM) throw refuse('application_term', { from, until: until_on });
}

export function createApplication(
  tx: WriteDb,
  kind: ApplicationKind,
  draft: DraftOf<typeof applying>,
  { today, machine, actor }: Maker,
): Application {
  const asked = follow(tx, draft);
  if (!asked.name) throw refuse('application_who');
  checkTerm({ from_on: asked.from_on ?? null, until_on: asked.until_on ?? null, applied_on: today });
  return tx.insert(applications, {
    ...asked,
    name: asked.name,
    kind,
    number: nextNumber(tx, applicationForms[kind].code, machine, today),
    state: 'applied',
    applied_on: today,
    handler: actor,
  });
}

function standing(tx: WriteDb, id: string, allowed: readonly State[], t: Translate): Application {
  const row = tx.need(applications, id);
  if (!allowed.includes(row.state))
    throw refuse('application_state', {
      number: row.number,
      state: t(`option.applications.state.${row.state}` as MessageKey),
    });
  return row;
}

export function updateApplication(tx: WriteDb, id: string, changes: Asked, { t }: Maker): Application {
  const before = standing(tx, id, ['applied', 'signed'], t);
  const asked = follow(tx, changes, before);
  if (asked.name === null) throw refuse('application_who');
  checkTerm({ ...before, ...asked });
  return tx.patch(applications, id, asked as PatchOf<typeof applications>);
}

/** The signed page came back. One that was opened before its signature (the paper follows later) is complete with it. */
export function signApplication(
  tx: WriteDb,
  id: string,
  given: { signed_by: string; signed_on?: string | undefined },
  { today, actor, t }: Maker,
): Application {
  const row = standing(tx, id, ['applied'], t);
  const missing = missingIn(row);
  if (missing.length > 0)
    throw refuse('application_missing', {
      fields: missing.map((field) => t(`field.applications.${field}` as MessageKey)).join('、'),
    });
  const on = given.signed_on ?? today;
  if (on > today) throw refuse('application_future', { day: on });
  const opened = row.binding_id !== null;
  return tx.patch(applications, id, {
    state: opened ? 'opened' : 'signed',
    signed_by: given.signed_by,
    signed_on: on,
    handler: actor,
  });
}

export function endApplication(
  tx: WriteDb,
  id: string,
  state: 'rejected' | 'withdrawn',
  reason: string,
  { actor, t }: Maker,
): Application {
  standing(tx, id, ['applied', 'signed'], t);
  return tx.patch(applications, id, { state, reason, handler: actor });
}

/** Joins the address that was opened to the application it was opened from. */
export function openApplication(
  tx: WriteDb,
  id: string,
  binding: { id: string; person_id: string },
  { today, actor, t }: Maker,
): Application {
  const row = standing(tx, id, ['applied', 'signed'], t);
  if (row.person_id === null) throw refuse('application_unregistered', { number: row.number, name: row.name });
  if (row.person_id !== binding.person_id)
    throw refuse('application_other_person', { number: row.number, name: row.name });
  return tx.patch(applications, id, {
    // Without its signature it still waits for that; the address is open all the same, and stands on it.
    state: row.state === 'signed' ? 'opened' : 'applied',
    binding_id: binding.id,
    opened_on: today,
    handler: actor,
  });
}

/** Access without an address of its own is in force from now on. */
export function grantApplication(tx: WriteDb, id: string, { today, actor, t }: Maker): Application {
  standing(tx, id, ['signed'], t);
  return tx.patch(applications, id, { state: 'opened', opened_on: today, handler: actor });
}

/** Its term is over and it was taken back; the address is the caller's to release. */
export function clearApplication(tx: WriteDb, id: string, reason: string, { today, actor, t }: Maker): Application {
  standing(tx, id, ['opened'], t);
  return tx.patch(applications, id, { state: 'cleared', cleared_on: today, reason, handler: actor });
}
