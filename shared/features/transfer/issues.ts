/** Everything an import can say about a cell, a row or a column. Each has a sentence `issue.<code>` in the catalogue. */
export const issueCodes = [
  'scientific',
  'zeros_lost',
  'unknown_choice',
  'bad_mac',
  'bad_ip',
  'bad_day',
  'day_ambiguous',
  'bad_number',
  'too_long',
  'cell_error',
  'person_not_found',
  'person_ambiguous',
  'place_not_found',
  'place_ambiguous',
  'duplicate_in_file',
  'no_key',
  'no_name',
  'untagged_twin',
  'key_conflict',
  'serial_elsewhere',
  'ambiguous_key',
  'required',
  'refused',
  'month_only',
  'day_from_number',
  'untagged_new',
  'category_from_name',
  'place_new',
  'person_new',
  'left_blank',
  'same',
  'not_a_row',
  'duplicate_header',
  'empty_header',
  'unknown_header',
] as const;
export type IssueCode = (typeof issueCodes)[number];
export type Severity = 'error' | 'warning' | 'note';

const NOTES: ReadonlySet<IssueCode> = new Set(['same', 'not_a_row']);
const WARNINGS: ReadonlySet<IssueCode> = new Set([
  'month_only',
  'day_from_number',
  'untagged_new',
  'category_from_name',
  'place_new',
  'person_new',
  'left_blank',
  'duplicate_header',
  'empty_header',
  'unknown_header',
]);

/** Errors keep a row out; warnings let it in and say what was assumed; notes say why a row was passed over. */
export const severityOf = (code: IssueCode): Severity =>
  NOTES.has(code) ? 'note' : WARNINGS.has(code) ? 'warning' : 'error';
