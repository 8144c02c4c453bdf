/** Who may write what (security.md H5). One person works at one laptop, so the laptop carries the role; the hub decides, the laptop only says so earlier. */

export const roles = ['technician', 'lead', 'admin', 'auditor'] as const;
export type Role = (typeof roles)[number];

/** What a laptop is at its store. `areas`: ids of places, each with everything below it; null = the whole store. */
export interface Grant {
  readonly role: Role;
  readonly areas: readonly string[] | null;
}
/** A notebook without a store, and the first laptop of one. */
export const EVERYTHING: Grant = { role: 'admin', areas: null };

/** Rules for the whole school: one laptop must not change what all others work by. */
const OFFICE_WIDE: ReadonlySet<string> = new Set(['calendar_days', 'naming_rules', 'sla_rules']);
/**
 * Which networks there are and which parts of them are given out, that a responsible person signed for something, who answers for an area, and the
 * texts that all work by or sign.
 */
const OF_A_LEAD: ReadonlySet<string> = new Set([
  'subnets',
  'address_ranges',
  'approvals',
  'duty_areas',
  'first_aid_lists',
  'letter_texts',
]);

/** Of purged evidence: whoever deletes evidence on a laptop, as the law asks after its term, must always be able to say so. */
const OWN_TRAIL = 'evidence_purges';

/** The table of roles. An auditor changes nothing; tables not named here are the daily registers. */
export function mayWrite(role: Role, table: string): boolean {
  switch (role) {
    case 'admin':
      return true;
    case 'lead':
      return !OFFICE_WIDE.has(table);
    case 'technician':
      return !OFFICE_WIDE.has(table) && !OF_A_LEAD.has(table);
    case 'auditor':
      return table === OWN_TRAIL;
  }
}

/** Whether someone may settle a conflict they are no party of. Those it is about may always: they know what was meant. */
export const settlesForOthers = (role: Role): boolean => role === 'lead' || role === 'admin';
